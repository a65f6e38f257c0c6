"""Off-ramp wallets: addresses whose deposits are paid out to a bank account."""

"""Rules about blockchain wallets."""

"""Rules about offramp wallets."""

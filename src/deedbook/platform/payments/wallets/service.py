"""Rules about wallets."""

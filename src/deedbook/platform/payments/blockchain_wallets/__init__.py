"""Blockchain wallets: addresses of a customer's own."""

"""Wallets: managed by the platform for a customer."""

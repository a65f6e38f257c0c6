"""Wallets on the wire."""

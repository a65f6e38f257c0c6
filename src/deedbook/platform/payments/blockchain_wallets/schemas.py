"""Blockchain wallets on the wire."""

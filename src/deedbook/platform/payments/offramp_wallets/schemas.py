"""Offramp wallets on the wire."""

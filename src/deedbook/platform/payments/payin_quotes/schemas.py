"""Payin quotes on the wire."""

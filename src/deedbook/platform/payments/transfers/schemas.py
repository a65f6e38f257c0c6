"""Transfers on the wire."""

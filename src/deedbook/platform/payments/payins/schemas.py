"""Payins on the wire."""

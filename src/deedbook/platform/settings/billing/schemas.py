"""Billing on the wire."""

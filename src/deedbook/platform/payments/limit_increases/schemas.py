"""Limit increases on the wire."""

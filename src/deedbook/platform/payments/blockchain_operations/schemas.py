"""Blockchain operations on the wire."""

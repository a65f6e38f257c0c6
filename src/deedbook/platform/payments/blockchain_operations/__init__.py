"""Blockchain operations: the development token, and transactions that are prepared for signing."""

"""Payout quotes on the wire."""

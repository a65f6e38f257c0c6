"""Payouts: tokens that arrive as money in a bank account."""

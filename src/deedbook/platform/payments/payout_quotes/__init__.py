"""Payout quotes: what a payout would cost, for five minutes."""

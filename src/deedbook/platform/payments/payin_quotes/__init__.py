"""Payin quotes: what a payin would cost, for five minutes."""

"""Rules about payout quotes."""

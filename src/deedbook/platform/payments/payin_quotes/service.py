"""Rules about payin quotes."""

"""Rules about uploads."""

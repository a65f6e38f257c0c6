"""Rules about blockchain operations."""

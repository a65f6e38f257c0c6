"""Rules about transfers."""

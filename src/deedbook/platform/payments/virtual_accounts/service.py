"""Rules about virtual accounts."""

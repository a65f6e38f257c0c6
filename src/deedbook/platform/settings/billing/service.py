"""Rules about billing."""

"""Rules about partner fees."""

"""Rules about reference."""

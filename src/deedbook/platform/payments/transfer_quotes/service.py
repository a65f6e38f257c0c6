"""Rules about transfer quotes."""

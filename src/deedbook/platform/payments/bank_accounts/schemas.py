"""Bank accounts on the wire."""

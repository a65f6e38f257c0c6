"""Partner fees on the wire."""

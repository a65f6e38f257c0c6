"""Partner fees: what an instance earns on its payments."""

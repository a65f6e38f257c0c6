"""The outside world: banks, chains, identity checks and billing, behind one small protocol."""

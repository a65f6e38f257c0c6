"""Legal holds: what must not be forgotten for now."""

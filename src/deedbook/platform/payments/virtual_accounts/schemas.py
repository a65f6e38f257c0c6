"""Virtual accounts on the wire."""

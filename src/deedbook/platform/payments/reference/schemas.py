"""Reference on the wire."""

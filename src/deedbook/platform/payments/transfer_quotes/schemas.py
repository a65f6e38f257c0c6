"""Transfer quotes on the wire."""

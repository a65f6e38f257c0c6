"""Legal holds: what must not be forgotten until the hold is lifted."""

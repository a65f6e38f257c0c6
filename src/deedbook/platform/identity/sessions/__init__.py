"""Sessions: how a person signs in, without a password."""

"""The platform: instances and what their people do, each area a slice of the same few files."""

"""A platform to test: an application on a fresh database, with instances, people, keys and strangers."""

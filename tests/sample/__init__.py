"""A lending library, which the tests of the engine and of what stands on it record."""

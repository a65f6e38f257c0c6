"""Fixtures for tests of the examples."""

from world.fixtures import backend, new_world, templates

__all__ = ["backend", "new_world", "templates"]

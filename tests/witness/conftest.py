"""Fixtures for tests of witnesses beside a real server."""

from world.fixtures import backend, new_world, templates

__all__ = ["backend", "new_world", "templates"]

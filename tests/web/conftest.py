"""Fixtures for tests of the HTTP kit."""

from world.fixtures import backend, new_world, strangers, team, templates, world

__all__ = ["backend", "new_world", "strangers", "team", "templates", "world"]

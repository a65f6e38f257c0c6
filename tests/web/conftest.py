"""Fixtures for tests of the HTTP kit."""

from world.fixtures import backend, new_world, strangers, team, teams, templates, world

__all__ = ["backend", "new_world", "strangers", "team", "teams", "templates", "world"]

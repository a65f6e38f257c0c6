"""Fixtures for tests of the platform."""

from world.fixtures import backend, new_world, strangers, team, teams, templates, world

__all__ = ["backend", "new_world", "strangers", "team", "teams", "templates", "world"]

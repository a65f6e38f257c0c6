"""Fixtures for tests of the command line beside an application."""

from world.fixtures import backend, templates, world

__all__ = ["backend", "templates", "world"]

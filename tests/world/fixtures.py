"""Fixtures of worlds, on both databases; a conftest imports those that its tests ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from world.operation import DEVELOPMENT
from world.people import Team
from world.templates import BACKENDS, Templates
from world.world import World

WorldMaker = Callable[..., World]


@pytest.fixture(scope="session")
def templates(
    postgres_server_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Templates]:
    """Migrated databases to copy."""
    found = Templates(tmp_path_factory.mktemp("templates"), postgres_server_url)
    yield found
    found.close()


@pytest.fixture(scope="module", params=BACKENDS)
def backend(request: pytest.FixtureRequest) -> str:
    """The name of a database; a test that asks for a world runs on both."""
    name: str = request.param
    return name


@pytest.fixture(scope="module")
def world(
    backend: str, templates: Templates, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """A world that the tests of a module share: each makes what it changes itself."""
    with templates.copy(backend) as url, World(url, tmp_path_factory.mktemp("home")).running() as w:
        yield w


@pytest.fixture
def new_world(backend: str, templates: Templates, tmp_path: Path) -> Iterator[WorldMaker]:
    """A maker of worlds of a test's own, with the settings that it gives."""
    with ExitStack() as stack:

        def make(
            *, prepare: Callable[[World], None] | None = None, served: bool = False, **settings: Any
        ) -> World:
            made = World(stack.enter_context(templates.copy(backend)), tmp_path, **settings)
            if prepare is not None:
                prepare(made)
            return stack.enter_context(made.serving() if served else made.running())

        yield make


@pytest.fixture(scope="module")
def teams(world: World) -> Callable[[str, str], Team]:
    """Instances by a name and a type, with a member of every role and keys made by each."""
    return cache(lambda _name, type_: world.team(type=type_))


@pytest.fixture
def team(request: pytest.FixtureRequest, teams: Callable[[str, str], Team]) -> Team:
    """An instance that the tests of a module share; leave it as it is."""
    return teams("own", _type_for(request))


@pytest.fixture
def strangers(request: pytest.FixtureRequest, teams: Callable[[str, str], Team]) -> Team:
    """Another instance, whose people have no business in the first."""
    return teams("strangers", _type_for(request))


def _type_for(request: pytest.FixtureRequest) -> str:
    """Give the type of instance that the row of a test needs; development where there is no row."""
    callspec = getattr(request.node, "callspec", None)
    rows = callspec.params.values() if callspec is not None else ()
    return next((row.instance_type for row in rows if hasattr(row, "instance_type")), DEVELOPMENT)

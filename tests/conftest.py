"""Fixtures that give each test a database of its own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from databases import Database, empty_postgres, fresh_postgres, postgres_server
from sample.lending import Library, opened
from world.matrix import matrix
from world.report import pytest_sessionfinish, pytest_terminal_summary, pytest_testnodedown

__all__ = ["matrix", "pytest_sessionfinish", "pytest_terminal_summary", "pytest_testnodedown"]

# Where a failure must be the change's own, every run tries the same examples; elsewhere new ones.
settings.register_profile("ci", derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "default")


@pytest.fixture(scope="session")
def postgres_server_url() -> Iterator[str]:
    """The URL of the PostgreSQL server of this session, started when it is first asked for."""
    with postgres_server() as url:
        yield url


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The URL of a SQLite file that is not there yet."""
    return f"sqlite:///{tmp_path / 'test.sqlite3'}"


@pytest.fixture(scope="session")
def shared_postgres_url(postgres_server_url: str) -> Iterator[str]:
    """The URL of the database that the tests of this process have one after the other."""
    with fresh_postgres(postgres_server_url) as url:
        yield url


@pytest.fixture
def postgres_url(shared_postgres_url: str) -> str:
    """The URL of an empty PostgreSQL database."""
    empty_postgres(shared_postgres_url)
    return shared_postgres_url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of an empty database; a test that asks for it runs on both."""
    url: str = request.getfixturevalue(
        "sqlite_url" if request.param == "sqlite" else "postgres_url"
    )
    return url


@pytest.fixture
def database(database_url: str) -> Database:
    """An empty database; a test that asks for it runs on both."""
    return Database(database_url)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def shared_database(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Database]:
    """A database that the tests of a module share: no one changes what another looks at."""
    if request.param == "sqlite":
        yield Database(f"sqlite:///{tmp_path_factory.mktemp('shared') / 'test.sqlite3'}")
    else:
        with fresh_postgres(request.getfixturevalue("postgres_server_url")) as url:
            yield Database(url)


@pytest.fixture
def sqlite_database(sqlite_url: str) -> Database:
    """An empty SQLite database."""
    return Database(sqlite_url)


@pytest.fixture
def postgres_database(postgres_url: str) -> Database:
    """An empty PostgreSQL database."""
    return Database(postgres_url)


@pytest.fixture
def library(database: Database) -> Iterator[Library]:
    """A library with its guards in place; a test that asks for it runs on both."""
    with opened(database) as library:
        yield library

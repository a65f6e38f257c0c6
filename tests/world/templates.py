"""Migrated databases at the cost of a copy: each is migrated once in a session, as a template."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

import psycopg
from sqlalchemy import make_url

from deedbook.database.connect import Database
from deedbook.database.migrate import migrate

BACKENDS = ("sqlite", "postgresql")


class Templates:
    """Gives migrated databases: SQLite files in a folder, PostgreSQL ones on a server."""

    def __init__(self, folder: Path, server_url: str) -> None:
        self._folder = folder
        self._server_url = server_url

    @contextmanager
    def copy(self, backend: str) -> Iterator[str]:
        """Give the URL of a migrated database of `sqlite` or `postgresql`."""
        if backend == "sqlite":
            path = self._folder / f"{uuid.uuid4().hex}.sqlite3"
            shutil.copyfile(self._sqlite_template, path)
            yield f"sqlite:///{path}"
        else:
            with self._postgres_database(template=self._postgres_template) as name:
                yield self._url_of(name)

    def close(self) -> None:
        """Drop the template on the server, which may outlive the tests."""
        if "_postgres_template" in self.__dict__:
            self._drop(self._postgres_template)

    @cached_property
    def _sqlite_template(self) -> Path:
        path = self._folder / "template.sqlite3"
        _migrate(f"sqlite:///{path}")
        return path

    @cached_property
    def _postgres_template(self) -> str:
        name = self._create(template="template0")
        _migrate(self._url_of(name))
        return name

    @contextmanager
    def _postgres_database(self, *, template: str) -> Iterator[str]:
        name = self._create(template=template)
        try:
            yield name
        finally:
            self._drop(name)

    def _create(self, *, template: str) -> str:
        name = f"deedbook_{uuid.uuid4().hex}"
        with psycopg.connect(self._server_url, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def _drop(self, name: str) -> None:
        with psycopg.connect(self._server_url, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def _url_of(self, name: str) -> str:
        return make_url(self._server_url).set(database=name).render_as_string(hide_password=False)


def _migrate(url: str) -> None:
    database = Database(url)
    try:
        migrate(database)
    finally:
        database.close()

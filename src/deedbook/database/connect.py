"""Connections: one engine that writes and one that the database itself holds to reading."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.engine import URL, Connection
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import Session

from deedbook.database.turns import queue_writers
from deedbook.engine import DeedbookError
from deedbook.recording import prepare_engine

_BUSY_SECONDS: Final = 15
# Checkpoints of SQLite's write-ahead log cost least when they are rare (ADR 48).
_WAL_PAGES: Final = 20_000
# Kilobytes of pages that a writer of SQLite keeps: a batch of entries touches thousands of them.
_WRITER_CACHE: Final = 32_000
# And that a reader keeps: there are many, and the system has the same pages at hand. Four times as much,
# which is SQLite's own measure, hastens the look-up of a word by a tenth, and no other look (measured).
_READER_CACHE: Final = 500


class UnsupportedDatabase(DeedbookError):
    """DEEDBOOK_DATABASE_URL must be sqlite:///PATH or postgresql://USER@HOST/NAME."""

    code = "DATABASE_UNSUPPORTED"


class Database:
    """The platform's database. Close it when the process ends."""

    def __init__(self, url: str, *, connections: int = 16) -> None:
        self.url = url
        self.writer = _engine(url, connections, read_only=False)
        self.reader = _engine(url, connections, read_only=True)

    @property
    def has_one_writer(self) -> bool:
        """Whether one transaction at a time can write, as in SQLite."""
        return self.writer.dialect.name == "sqlite"

    def write(self) -> Session:
        """Give a session that may write; on SQLite it holds the one write lock from its first use."""
        return Session(self.writer, autoflush=True, expire_on_commit=False)

    def read(self) -> Session:
        """Give a session whose transaction the database holds to read-only."""
        return Session(self.reader, autoflush=False, expire_on_commit=False)

    def snapshot(self) -> Session:
        """Give a reading session that sees the database as it was at its first statement."""
        if self.has_one_writer:
            # A transaction of SQLite sees one moment by itself.
            return self.read()
        still = self.reader.execution_options(isolation_level="REPEATABLE READ")
        return Session(still, autoflush=False, expire_on_commit=False)

    def begin(self) -> AbstractContextManager[Connection]:
        """Give a connection in a transaction that commits at the end of the block."""
        return self.writer.begin()

    def close(self) -> None:
        """Close every connection; one that is in use is closed when it comes back."""
        for engine in (self.writer, self.reader):
            # A pool that is disposed of keeps what comes back later.
            event.listen(engine, "checkin", lambda connection, _record: connection.close())
            engine.dispose()


def _engine(url: str, connections: int, *, read_only: bool) -> Engine:
    parsed = _with_driver(url)
    if parsed.get_backend_name() == "sqlite":
        return _sqlite_engine(parsed, connections, read_only=read_only)
    options = "-c default_transaction_read_only=on" if read_only else ""
    return create_engine(
        parsed,
        pool_size=connections,
        max_overflow=0,
        # An error goes to the log of the server, where no value that was asked for belongs.
        hide_parameters=True,
        pool_pre_ping=True,
        connect_args={"options": options, "application_name": "deedbook"},
    )


def _with_driver(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise UnsupportedDatabase from None
    match parsed.get_backend_name():
        case "sqlite" if parsed.database and parsed.database != ":memory:":
            return parsed.set(drivername="sqlite+pysqlite")
        case "postgresql" | "postgres":
            return parsed.set(drivername="postgresql+psycopg")
    raise UnsupportedDatabase


def _sqlite_engine(url: URL, connections: int, *, read_only: bool) -> Engine:
    Path(str(url.database)).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url,
        pool_size=connections,
        max_overflow=0,
        # What was used last has its pages at hand.
        pool_use_lifo=True,
        hide_parameters=True,
        connect_args={"timeout": _BUSY_SECONDS, "check_same_thread": False},
    )
    prepare_engine(engine)
    event.listen(engine, "connect", _sqlite_connection(read_only=read_only))
    if read_only:
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    else:
        # A write transaction takes the lock at once: one that begins by reading could not upgrade
        # after a neighbour's commit.
        queue_writers(engine, "BEGIN IMMEDIATE", patience=_BUSY_SECONDS)
    return engine


def _lower(text: str | None) -> str | None:
    return None if text is None else str(text).lower()


def _sqlite_connection(*, read_only: bool) -> Callable[[Any, object], None]:
    def prepare(connection: Any, _record: object) -> None:  # noqa: ANN401 (a DBAPI connection)
        # The driver's own transaction handling would begin late and commit before DDL.
        connection.isolation_level = None
        # The built-in one knows the capitals of ASCII alone.
        connection.create_function("lower", 1, _lower, deterministic=True)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(f"PRAGMA wal_autocheckpoint = {_WAL_PAGES}")
        cache = _READER_CACHE if read_only else _WRITER_CACHE
        connection.execute(f"PRAGMA cache_size = -{cache}")
        if read_only:
            connection.execute("PRAGMA query_only = ON")

    return prepare

"""A layout in a database: rows go in, one transaction for each call, and are looked for."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, Protocol

import psycopg

from bench.layouts.rows import COLUMNS, Row
from bench.layouts.shipped import Layout
from deedbook.database.connect import Database

_NAMES: Final = ", ".join(COLUMNS)
_ID_TYPES: Final[dict[type, str]] = {int: "int8", uuid.UUID: "uuid", str: "text"}
_TYPES: Final = ("text", "int4", "text", "text", "int2", "bytea", "bytea", "bytea", "bytea")


class Store(Protocol):
    """What is asked of either database."""

    layout: Layout

    def write(self, rows: Sequence[Row]) -> None:
        """Insert rows, and commit."""

    def read(self, sql: str, values: Mapping[str, object]) -> list[Row]:
        """Give what a query with `:name` finds."""

    def log_bytes(self) -> int:
        """Give what SQLite's log of writes takes on the disk; else 0."""

    def settle(self) -> None:
        """Do what the database does by and by: pages into the file, statistics."""

    def bytes(self) -> int:
        """Give the bytes of the table and its indexes."""

    def remove(self) -> None:
        """Leave nothing behind."""


class SQLiteStore:
    """A file of its own, opened as the platform opens it."""

    def __init__(self, path: Path, layout: Layout) -> None:
        self.layout = layout
        self._path = path
        self._database = Database(f"sqlite:///{path}")
        self._fairy = self._database.writer.raw_connection()
        connection = self._fairy.driver_connection
        assert connection is not None
        self._connection = connection
        self._connection.executescript(layout.tables)
        if layout.checkpoint_pages is not None:
            self._connection.execute(f"PRAGMA wal_autocheckpoint = {layout.checkpoint_pages}")
        self._insert = (
            f"INSERT INTO deedbook_entry ({_NAMES}) VALUES ({', '.join('?' * len(COLUMNS))})"
        )

    def write(self, rows: Sequence[Row]) -> None:
        """Insert rows, and commit."""
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.executemany(self._insert, rows)
        self._connection.execute("COMMIT")

    def read(self, sql: str, values: Mapping[str, object]) -> list[Row]:
        """Give what a query with `:name` finds."""
        rows: list[Row] = self._connection.execute(sql, values).fetchall()
        return rows

    def log_bytes(self) -> int:
        """Give what the log of writes takes on the disk."""
        return self._path.with_name(f"{self._path.name}-wal").stat().st_size

    def settle(self) -> None:
        """Write the log into the file."""
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def bytes(self) -> int:
        """Give the bytes of the file."""
        return self._path.stat().st_size

    def remove(self) -> None:
        """Remove the file."""
        self._fairy.close()
        self._database.close()
        self._path.unlink()


class PostgresStore:
    """A schema of its own."""

    def __init__(self, url: str, schema: str, layout: Layout) -> None:
        self.layout = layout
        self._schema = schema
        self._connection = psycopg.connect(url, autocommit=True)
        self._connection.execute(f"CREATE SCHEMA {schema}")
        self._connection.execute(f"SET search_path = {schema}")
        self._connection.execute(layout.tables)
        self._insert = (
            f"INSERT INTO deedbook_entry ({_NAMES}) VALUES ({', '.join(['%s'] * len(COLUMNS))})"
        )
        self._copy = f"COPY deedbook_entry ({_NAMES}) FROM STDIN (FORMAT binary)"
        self._types = (_ID_TYPES[type(layout.stored_id(0))], *_TYPES)

    def write(self, rows: Sequence[Row]) -> None:
        """Insert rows, many by COPY as `append_written` does, and commit."""
        if len(rows) == 1:
            self._connection.execute(self._insert, rows[0])
            return
        with self._connection.cursor() as cursor, cursor.copy(self._copy) as copy:
            copy.set_types(self._types)
            for row in rows:
                copy.write_row(row)

    def read(self, sql: str, values: Mapping[str, object]) -> list[Row]:
        """Give what a query with `:name` finds."""
        named = re.sub(r":(\w+)", r"%(\1)s", sql)
        return self._connection.execute(named, values, binary=True).fetchall()

    def log_bytes(self) -> int:
        """Give 0: the server's log is for all of it."""
        return 0

    def settle(self) -> None:
        """Do what autovacuum would."""
        self._connection.execute("VACUUM (ANALYZE) deedbook_entry")

    def bytes(self) -> int:
        """Give the bytes of all tables and indexes of the schema."""
        found = self._connection.execute(
            "SELECT sum(pg_relation_size(oid))::bigint FROM pg_class"
            " WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'i')"
        ).fetchone()
        assert found is not None
        size: int = found[0]
        return size

    def remove(self) -> None:
        """Remove the schema."""
        self._connection.execute(f"DROP SCHEMA {self._schema} CASCADE")
        self._connection.close()

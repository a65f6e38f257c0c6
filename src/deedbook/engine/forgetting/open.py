"""Which database a connection of the host belongs to."""

from __future__ import annotations

import sqlite3

from deedbook.engine.drivers import is_of_psycopg
from deedbook.engine.errors import UnsupportedConnection
from deedbook.engine.forgetting.sqlite import SQLiteDecrees
from deedbook.engine.forgetting.tables import DecreeTables


def decree_tables(connection: object) -> DecreeTables:
    """Give the statements for a connection of `sqlite3` or psycopg 3."""
    if isinstance(connection, sqlite3.Connection):
        return SQLiteDecrees(connection)
    if is_of_psycopg(connection):
        from deedbook.engine.forgetting.postgres import PostgresDecrees  # noqa: PLC0415 (`is_of_psycopg`)

        return PostgresDecrees(connection)
    raise UnsupportedConnection

"""Which database a connection of the host belongs to."""

from __future__ import annotations

import sqlite3

from deedbook.engine.drivers import is_of_psycopg
from deedbook.engine.errors import UnsupportedConnection
from deedbook.engine.sealing.sqlite import SQLiteTrees
from deedbook.engine.sealing.tables import TreeTables


def tree_tables(connection: object) -> TreeTables:
    """Give the statements for a connection of `sqlite3` or psycopg 3."""
    if isinstance(connection, sqlite3.Connection):
        return SQLiteTrees(connection)
    if is_of_psycopg(connection):
        from deedbook.engine.sealing.postgres import PostgresTrees  # noqa: PLC0415 (`is_of_psycopg`)

        return PostgresTrees(connection)
    raise UnsupportedConnection

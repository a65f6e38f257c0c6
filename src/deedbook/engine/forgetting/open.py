"""Which database a connection of the host belongs to."""

from __future__ import annotations

import sqlite3

import psycopg

from deedbook.engine.errors import UnsupportedConnection
from deedbook.engine.forgetting.postgres import PostgresDecrees
from deedbook.engine.forgetting.sqlite import SQLiteDecrees
from deedbook.engine.forgetting.tables import DecreeTables


def decree_tables(connection: object) -> DecreeTables:
    """Give the statements for a connection of `sqlite3` or psycopg 3."""
    match connection:
        case sqlite3.Connection():
            return SQLiteDecrees(connection)
        case psycopg.Connection():
            return PostgresDecrees(connection)
    raise UnsupportedConnection

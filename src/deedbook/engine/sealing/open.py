"""Which database a connection of the host belongs to."""

from __future__ import annotations

import sqlite3

import psycopg

from deedbook.engine.errors import UnsupportedConnection
from deedbook.engine.sealing.postgres import PostgresTrees
from deedbook.engine.sealing.sqlite import SQLiteTrees
from deedbook.engine.sealing.tables import TreeTables


def tree_tables(connection: object) -> TreeTables:
    """Give the statements for a connection of `sqlite3` or psycopg 3."""
    match connection:
        case sqlite3.Connection():
            return SQLiteTrees(connection)
        case psycopg.Connection():
            return PostgresTrees(connection)
    raise UnsupportedConnection

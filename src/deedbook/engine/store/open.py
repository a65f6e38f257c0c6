"""Which database a connection of the host belongs to."""

from __future__ import annotations

import sqlite3

from deedbook.engine.catalogue import Catalogue
from deedbook.engine.drivers import is_of_psycopg
from deedbook.engine.errors import UnsupportedConnection
from deedbook.engine.forgetting.open import decree_tables
from deedbook.engine.ids import EntryIds
from deedbook.engine.sealing import tree_tables
from deedbook.engine.store import sqlite
from deedbook.engine.store.entry_store import EntryStore
from deedbook.engine.store.tables import Tables


def open_store(
    connection: object, instance_id: str, catalogue: Catalogue, entry_ids: EntryIds | None = None
) -> EntryStore:
    """Give the entries of one instance over the host's connection.

    The connection is one of `sqlite3` or of psycopg 3; it stays the host's, which begins and commits.
    Raises `UnsupportedConnection` for anything else.
    """
    tables = _entry_tables(connection)
    trees, decrees = tree_tables(connection), decree_tables(connection)
    return EntryStore(tables, trees, decrees, instance_id, catalogue, entry_ids or _PROCESS_IDS)


def _entry_tables(connection: object) -> Tables:
    if isinstance(connection, sqlite3.Connection):
        return sqlite.SQLiteTables(connection)
    if is_of_psycopg(connection):
        from deedbook.engine.store import postgres  # noqa: PLC0415 (`is_of_psycopg`)

        return postgres.PostgresTables(connection)
    raise UnsupportedConnection


# One source of ids per process, so that its ids never step back.
_PROCESS_IDS = EntryIds()


def create_log(connection: object) -> None:
    """Make the tables of the log where they are missing, and the triggers that keep it append-only.

    Runs within the host's transaction, as often as one likes.
    """
    if isinstance(connection, sqlite3.Connection):
        sqlite.create_log(connection)
    elif is_of_psycopg(connection):
        from deedbook.engine.store import postgres  # noqa: PLC0415 (`is_of_psycopg`)

        postgres.create_log(connection)
    else:
        raise UnsupportedConnection

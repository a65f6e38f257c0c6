"""A log made older than it is: the tables of a version from before, with what they would have held."""

from __future__ import annotations

import sqlite3
from typing import Final

from databases import RawConnection

POSTINGS: Final = ("deedbook_posting", "deedbook_personal_posting")
_INDEXES: Final = (
    ("deedbook_entry_of_instance", "deedbook_entry_by_instance", "instance_id, id"),
    ("deedbook_entry_of_kind", "deedbook_entry_by_kind", "instance_id, kind, id"),
    ("deedbook_entry_of_actor", "deedbook_entry_by_actor", "instance_id, actor_id, kind, id"),
)


def unnumber_trees(connection: RawConnection) -> None:
    """Have the postings name their instance, as they did before trees had numbers."""
    for table in POSTINGS:
        connection.execute(f"ALTER TABLE {table} RENAME TO {table}_after")
        connection.execute(
            f"CREATE TABLE {table} (instance_id TEXT NOT NULL, field INTEGER NOT NULL,"
            " value TEXT NOT NULL, entry_id BIGINT NOT NULL,"
            " PRIMARY KEY (instance_id, field, value, entry_id))"
        )
        connection.execute(
            f"INSERT INTO {table} SELECT instance_id, field, value, entry_id"
            f" FROM {table}_after JOIN deedbook_tree ON number = tree"
        )
        connection.execute(f"DROP TABLE {table}_after")
    connection.execute("DROP INDEX deedbook_tree_by_number")
    connection.execute("ALTER TABLE deedbook_tree DROP COLUMN number")
    if isinstance(connection, sqlite3.Connection):
        for name, before, columns in _INDEXES:
            connection.execute(f"DROP INDEX {name}")
            connection.execute(f"CREATE INDEX {before} ON deedbook_entry ({columns})")


def unmark_posted(connection: RawConnection) -> None:
    """Have no tree say how far it is posted, as none did before postings came after the sealing."""
    connection.execute("DROP INDEX deedbook_tree_behind")
    connection.execute("ALTER TABLE deedbook_tree DROP COLUMN posted")

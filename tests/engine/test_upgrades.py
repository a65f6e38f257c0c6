"""What `create_log` makes of a log from before postings named a tree by its number. On both databases."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from databases import Database, RawConnection
from deedbook.engine import EntryStore, Page, create_log, open_store, read_filters
from sample.catalogue import CATALOGUE, INSTANCE, OTHER_INSTANCE, lent
from sample.older import POSTINGS, unmark_posted, unnumber_trees
from sample.sealing import autocommitting, make_log, rows, seal_all, transaction

Act = Callable[[RawConnection], None]


def older(connection: RawConnection, *acts: Act) -> None:
    """Make the log older, and then new again."""
    for act in acts:
        act(connection)
    with transaction(connection):
        create_log(connection)


def postings(connection: RawConnection) -> list[list[tuple[Any, ...]]]:
    return [
        rows(
            connection,
            f"SELECT instance_id, field, value, entry_id FROM {table}"
            " JOIN deedbook_tree ON number = tree ORDER BY 1, 2, 3, 4",
        )
        for table in POSTINGS
    ]


def found(store: EntryStore) -> int:
    return len(store.find(read_filters([("q", "charles")], CATALOGUE), Page()).entries)


@pytest.mark.parametrize("acts", [(unnumber_trees,), (unnumber_trees, unmark_posted)])
def test_what_was_posted_is_posted_again(
    database: Database, connection: RawConnection, store: EntryStore, acts: tuple[Act, ...]
) -> None:
    other = open_store(connection, OTHER_INSTANCE, CATALOGUE)
    for each in (store, store, other, store):
        each.append(lent(instance_id=each.instance_id))
    seal_all(database)
    before = postings(connection)
    assert all(before)
    older(connection, *acts)
    trees = "SELECT size, posted FROM deedbook_tree ORDER BY size"
    assert rows(connection, trees) == [(1, 0), (3, 0)]
    assert postings(connection) == [[], []]
    # Nobody has to wait for it: what is not posted is looked through.
    assert (found(store), found(other)) == (3, 1)
    seal_all(database)
    assert rows(connection, trees) == [(1, 1), (3, 3)]
    assert postings(connection) == before
    assert (found(store), found(other)) == (3, 1)


def test_an_instance_that_is_new_after_it_has_a_number_of_its_own(
    database: Database, connection: RawConnection, store: EntryStore
) -> None:
    store.append(lent(instance_id=INSTANCE))
    seal_all(database)
    older(connection, unnumber_trees)
    for name in ("in_a", "in_b", "in_z"):
        open_store(connection, name, CATALOGUE).append(lent(instance_id=name))
    store.append(lent(instance_id=INSTANCE))
    seal_all(database)
    numbered = dict(rows(connection, "SELECT instance_id, number FROM deedbook_tree"))
    assert numbered[INSTANCE] == 1
    assert len(set(numbered.values())) == 4
    assert found(store) == 2


def test_a_log_of_any_age_gets_the_indexes_of_a_new_one(connection: RawConnection) -> None:
    def shape() -> list[tuple[Any, ...]]:
        if isinstance(connection, sqlite3.Connection):
            sql = "SELECT name, tbl_name FROM sqlite_schema WHERE name LIKE 'deedbook%' ORDER BY 1"
        else:
            sql = "SELECT indexdef FROM pg_indexes WHERE tablename LIKE 'deedbook%%' ORDER BY 1"
        return rows(connection, sql)

    new = shape()
    older(connection, unnumber_trees, unmark_posted)
    assert shape() == new
    older(connection)
    assert shape() == new


def test_nothing_of_the_dropped_postings_stays_in_the_file(sqlite_database: Database) -> None:
    """No erasure to come would find it there."""
    make_log(sqlite_database)
    connection = autocommitting(sqlite_database)
    connection.execute("PRAGMA secure_delete = OFF").fetchall()
    unnumber_trees(connection)
    connection.execute(
        "INSERT INTO deedbook_personal_posting VALUES (?, 4, 'dorothea.brooke', 1)", (INSTANCE,)
    )
    assert "dorothea" in contents(connection, sqlite_database)
    older(connection)
    assert "dorothea" not in contents(connection, sqlite_database)
    connection.close()


def contents(connection: RawConnection, database: Database) -> str:
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    return Path(database.path).read_bytes().decode("latin-1")

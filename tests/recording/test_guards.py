"""The database refuses, over any connection, a change of an audited row that no entry covers."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from sqlalchemy import String, text
from sqlalchemy.orm import DeclarativeBase, Mapped

from databases import Database, RawConnection
from deedbook.engine import append
from deedbook.recording import Audited, install_guards, personal, system, tracked
from sample.catalogue import CATALOGUE, lent
from sample.lending import Library, opened
from sample.models import Base

REFUSALS = (sqlite3.IntegrityError, psycopg.IntegrityError)

SEED = (
    (
        "INSERT INTO loans (id, book, terms, borrower, status) VALUES"
        " (1, 'Emma', '{\"weeks\": 4}', 'Charles', 'lent'), (2, 'Emma', 'null', NULL, 'lent')"
    ),
    "INSERT INTO loan_notes (id, loan_id, text) VALUES (1, 1, 'torn cover')",
    "INSERT INTO places (shelf, slot, book) VALUES ('A', 1, 'Emma')",
)
COVERED = frozenset({"loans:1", "loans:2", "places:A:1"})

# Each change of an audited row, and what an entry has to cover for it.
CHANGES = [
    ("INSERT INTO loans (id, book) VALUES (9, 'Persuasion')", {"loans:9"}),
    ("UPDATE loans SET book = 'Persuasion' WHERE id = 1", {"loans:1"}),
    ("UPDATE loans SET book = 'Persuasion'", {"loans:1", "loans:2"}),
    ("UPDATE loans SET borrower = 'Fanny' WHERE id = 2", {"loans:2"}),
    ("UPDATE loans SET borrower = NULL WHERE id = 1", {"loans:1"}),
    ("UPDATE loans SET terms = '{\"weeks\": 8}' WHERE id = 1", {"loans:1"}),
    ("UPDATE loans SET pin = '1' WHERE id = 1", {"loans:1"}),
    ("UPDATE loans SET id = 7 WHERE id = 2", {"loans:2", "loans:7"}),
    ("DELETE FROM loans WHERE id = 2", {"loans:2"}),
    ("INSERT INTO loan_notes (id, loan_id, text) VALUES (9, 2, 'stained')", {"loans:2"}),
    ("UPDATE loan_notes SET text = 'mended'", {"loans:1"}),
    ("UPDATE loan_notes SET loan_id = 2", {"loans:1", "loans:2"}),
    ("DELETE FROM loan_notes", {"loans:1"}),
    ("INSERT INTO places (shelf, slot) VALUES ('A', 2)", {"places:A:2"}),
    ("UPDATE places SET book = NULL", {"places:A:1"}),
    ("UPDATE places SET slot = 3", {"places:A:1", "places:A:3"}),
    ("DELETE FROM places", {"places:A:1"}),
]
TABLES = ("loans", "loan_notes", "places")


@pytest.fixture
def connection(library: Library) -> Iterator[RawConnection]:
    """A connection of the bare driver, to a library with some rows in it."""
    with library.database.connection() as opened:
        for sql in SEED:
            opened.execute(sql)
        cover(opened, *COVERED)
        opened.commit()
        yield opened


def cover(connection: RawConnection, *covers: str) -> None:
    append(connection, lent(covers=frozenset(covers)), CATALOGUE)


def content(connection: RawConnection) -> list[Any]:
    return [connection.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall() for table in TABLES]


def refused(connection: RawConnection) -> None:
    """Fail unless the database refuses this very commit."""
    with pytest.raises(REFUSALS):
        connection.commit()
    connection.rollback()


@pytest.mark.parametrize(("sql", "covers"), CHANGES)
def test_a_change_is_refused_without_an_entry_and_passes_with_one(
    connection: RawConnection, sql: str, covers: set[str]
) -> None:
    before = content(connection)
    connection.execute(sql)
    refused(connection)
    assert content(connection) == before

    connection.execute(sql)
    cover(connection, *covers)
    connection.commit()
    assert content(connection) != before


@pytest.mark.parametrize(("sql", "covers"), CHANGES)
def test_every_row_has_to_be_covered(connection: RawConnection, sql: str, covers: set[str]) -> None:
    for uncovered in covers:
        connection.execute(sql)
        cover(connection, "loans:999", *(covers - {uncovered}))
        refused(connection)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE loans SET status = 'late'",
        "UPDATE loans SET book = book, borrower = borrower, terms = terms, id = id",
        "UPDATE loans SET book = 'Persuasion' WHERE id = 999",
        "UPDATE loan_notes SET id = 5",
        "INSERT INTO visits (id, count) VALUES (1, 1)",
    ],
)
def test_what_changes_nothing_that_is_watched_needs_no_entry(
    connection: RawConnection, sql: str
) -> None:
    connection.execute(sql)
    connection.commit()


def test_an_entry_of_an_earlier_transaction_covers_nothing(connection: RawConnection) -> None:
    cover(connection, "loans:1")
    connection.commit()
    connection.execute("UPDATE loans SET book = 'Persuasion' WHERE id = 1")
    refused(connection)


def test_an_entry_of_a_neighbour_covers_nothing(
    library: Library, connection: RawConnection
) -> None:
    if library.database.is_sqlite:
        pytest.skip("SQLite has one writer at a time")
    with library.database.connection() as neighbour:
        cover(neighbour, "loans:1")
        connection.execute("UPDATE loans SET book = 'Persuasion' WHERE id = 1")
        neighbour.commit()
        refused(connection)


def test_a_savepoint_that_takes_the_entry_back_but_not_the_change_is_refused(
    connection: RawConnection,
) -> None:
    connection.execute("UPDATE loans SET book = 'Persuasion' WHERE id = 1")
    connection.execute("SAVEPOINT here")
    cover(connection, "loans:1")
    connection.execute("ROLLBACK TO SAVEPOINT here")
    refused(connection)


def test_a_savepoint_that_takes_the_change_back_as_well_is_not_refused(
    connection: RawConnection,
) -> None:
    before = content(connection)
    connection.execute("UPDATE loans SET status = 'late' WHERE id = 2")
    connection.execute("SAVEPOINT here")
    connection.execute("UPDATE loans SET book = 'Persuasion' WHERE id = 1")
    connection.execute("ROLLBACK TO SAVEPOINT here")
    connection.execute("RELEASE SAVEPOINT here")
    connection.commit()
    assert content(connection)[0][0] == before[0][0]


def test_a_kept_savepoint_counts(connection: RawConnection) -> None:
    connection.execute("UPDATE loans SET status = 'late' WHERE id = 2")
    connection.execute("SAVEPOINT here")
    connection.execute("UPDATE loans SET book = 'Persuasion' WHERE id = 1")
    cover(connection, "loans:1")
    connection.execute("RELEASE SAVEPOINT here")
    connection.commit()


def test_a_change_after_its_entry_is_refused_on_sqlite_and_passes_on_postgresql(
    library: Library, connection: RawConnection
) -> None:
    """SQLite asks in the order of statements, PostgreSQL at the end: append comes last on both."""
    cover(connection, "loans:1")
    connection.execute("UPDATE loans SET book = 'Persuasion' WHERE id = 1")
    if library.database.is_sqlite:
        refused(connection)
    else:
        connection.commit()


# SQLite


@pytest.mark.parametrize(
    "sql", [*(sql for sql, _ in CHANGES), "INSERT OR REPLACE INTO loans (id, book) VALUES (1, 'x')"]
)
@pytest.mark.parametrize("pragma", [None, "foreign_keys = ON", "recursive_triggers = ON"])
def test_a_plain_connection_of_sqlite_cannot_change_an_audited_row(
    sqlite_database: Database, sql: str, pragma: str | None
) -> None:
    """Foreign keys are off there, and a due would bind nobody."""
    with opened(sqlite_database), sqlite_database.connection() as guarded:
        for statement in SEED:
            guarded.execute(statement)
        cover(guarded, *COVERED)
        guarded.commit()
    plain = sqlite3.connect(sqlite_database.path)
    try:
        if pragma is not None:
            plain.execute(f"PRAGMA {pragma}")
        before = content(plain)
        with pytest.raises(sqlite3.IntegrityError, match="foreign_keys and recursive_triggers"):
            plain.execute(sql)
        plain.commit()
        assert content(plain) == before
    finally:
        plain.close()


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT OR REPLACE INTO loans (id, book) VALUES (2, 'x')",
        "INSERT OR IGNORE INTO loans (id, book) VALUES (9, 'x')",
        "UPDATE OR REPLACE loans SET id = 2 WHERE id = 1",
        "UPDATE OR IGNORE loans SET book = 'x'",
        "INSERT INTO loans (id, book) VALUES (2, 'x') ON CONFLICT (id) DO UPDATE SET book = 'x'",
    ],
)
def test_the_conflict_clauses_of_sqlite_are_no_way_around(
    sqlite_database: Database, sql: str
) -> None:
    with opened(sqlite_database), sqlite_database.connection() as connection:
        for statement in (*SEED[:1], SEED[2]):
            connection.execute(statement)
        cover(connection, *COVERED)
        connection.commit()
        before = content(connection)
        connection.execute(sql)
        refused(connection)
        assert content(connection) == before


def test_a_due_cannot_be_settled_by_an_insert_into_the_table_it_points_to(
    sqlite_database: Database,
) -> None:
    with opened(sqlite_database), sqlite_database.connection() as connection:
        for values in ("(1)", "(NULL)"):
            with pytest.raises(sqlite3.IntegrityError):
                connection.execute(f"INSERT INTO deedbook_never (id) VALUES {values}")


# PostgreSQL


@pytest.mark.parametrize(
    "sql", ["TRUNCATE loan_notes", "TRUNCATE loans CASCADE", "TRUNCATE visits, places"]
)
def test_postgresql_refuses_to_truncate_an_audited_table(
    postgres_database: Database, sql: str
) -> None:
    with opened(postgres_database), postgres_database.connection() as connection:
        for statement in SEED:
            connection.execute(statement)
        cover(connection, *COVERED)
        connection.commit()
        before = content(connection)
        cover(connection, *COVERED)
        with pytest.raises(psycopg.IntegrityError, match="TRUNCATE would go unrecorded"):
            connection.execute(sql)
        connection.rollback()
        assert content(connection) == before


def test_postgresql_names_what_is_not_recorded(postgres_database: Database) -> None:
    with opened(postgres_database), postgres_database.connection() as connection:
        connection.execute("INSERT INTO places (shelf, slot) VALUES ('A', 2)")
        with pytest.raises(psycopg.IntegrityError, match="INSERT of places:A:2 is not recorded"):
            connection.commit()


def test_postgresql_can_be_asked_before_the_commit(postgres_database: Database) -> None:
    with opened(postgres_database), postgres_database.connection() as connection:
        connection.execute("INSERT INTO loans (book) VALUES ('Emma')")
        with pytest.raises(psycopg.IntegrityError):
            connection.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_temporary_table_does_not_stand_in_for_the_log(postgres_database: Database) -> None:
    with opened(postgres_database), postgres_database.connection() as connection:
        connection.execute(
            "CREATE TEMPORARY TABLE deedbook_pending (transaction xid8, covers text[])"
        )
        connection.execute(
            "INSERT INTO deedbook_pending VALUES (pg_current_xact_id(), ARRAY['loans:1'])"
        )
        connection.execute("INSERT INTO loans (id, book) VALUES (1, 'Emma')")
        refused(connection)


# Installing


def guards(library: Library) -> set[tuple[Any, ...]]:
    """Give the guards that stand, each with what tells it from one that was made anew."""
    if library.database.is_sqlite:
        sql = "SELECT name, tbl_name, sql FROM sqlite_master WHERE name LIKE 'deedbook_guard_%'"
    else:
        sql = (
            "SELECT tgname, oid, tgenabled FROM pg_trigger"
            " WHERE tgname LIKE 'deedbook_guard_%' AND NOT tgisinternal"
        )
    return set(library.rows(sql))


def install(library: Library, base: type[DeclarativeBase] = Base) -> None:
    with library.engine.begin() as connection:
        install_guards(connection, base)


def test_guards_that_stand_are_left_alone(library: Library) -> None:
    before = guards(library)
    assert len(before) == 3 * len(TABLES)
    install(library)
    assert guards(library) == before


def _drop(library: Library) -> None:
    [name] = [row[0] for row in guards(library) if "update" in row[0] and "loans" in row[0]]
    table = "" if library.database.is_sqlite else " ON loans"
    with library.engine.begin() as connection:
        connection.execute(text(f"DROP TRIGGER {name}{table}"))


def _switch_off(library: Library) -> None:
    if library.database.is_sqlite:
        pytest.skip("SQLite cannot switch a trigger off")
    with library.engine.begin() as connection:
        connection.execute(text("ALTER TABLE loans DISABLE TRIGGER ALL"))


def _fire_on_replicas_only(library: Library) -> None:
    if library.database.is_sqlite:
        pytest.skip("SQLite has no replicas")
    with library.engine.begin() as connection:
        for name in [row[0] for row in guards(library) if "loans" in row[0]]:
            connection.execute(text(f"ALTER TABLE loans ENABLE REPLICA TRIGGER {name}"))


@pytest.mark.parametrize("undo", [_drop, _switch_off, _fire_on_replicas_only])
def test_guards_that_were_taken_down_stand_again(
    library: Library, connection: RawConnection, undo: Callable[[Library], None]
) -> None:
    connection.commit()
    undo(library)
    install(library)
    connection.execute("UPDATE loans SET book = 'Persuasion' WHERE id = 1")
    refused(connection)


def test_a_column_that_changes_its_class_changes_its_guard(
    library: Library, connection: RawConnection
) -> None:
    class Later(DeclarativeBase):
        pass

    class LaterLoan(Later):
        __tablename__ = "loans"
        __audit__ = Audited()
        id: Mapped[int] = system(primary_key=True)
        book: Mapped[str] = system(String)
        status: Mapped[str] = tracked(String)

    connection.commit()
    install(library, Later)
    connection.execute("UPDATE loans SET book = 'Persuasion'")
    # A table that is audited no more has no guard any more.
    connection.execute("UPDATE places SET book = 'Persuasion'")
    connection.commit()
    connection.execute("UPDATE loans SET status = 'late'")
    refused(connection)


LONG = "a_table_with_a_name_that_is_as_long_as_postgresql_permits_63"


def test_a_table_with_an_odd_or_long_name_is_guarded_as_well(database: Database) -> None:
    class Odd(DeclarativeBase):
        pass

    class Long(Odd):
        __tablename__ = LONG
        __audit__ = Audited(key=("the key",))
        key: Mapped[str] = system("the key", String, primary_key=True)
        order: Mapped[str | None] = personal(String)

    class Quoted(Odd):
        __tablename__ = "Odd-Names"
        __audit__ = Audited()
        id: Mapped[int] = system(primary_key=True)
        name: Mapped[str | None] = tracked("Name", String)

    with database.engine() as engine:
        for _ in range(2):
            with engine.begin() as connection:
                Odd.metadata.create_all(connection)
                install_guards(connection, Odd)
    changes = [
        (f"INSERT INTO {LONG} (\"the key\") VALUES ('it''s')", f"{LONG}:it's"),
        (f"UPDATE {LONG} SET \"order\" = 'x'", f"{LONG}:it's"),
        ('INSERT INTO "Odd-Names" (id) VALUES (1)', "Odd-Names:1"),
        ('UPDATE "Odd-Names" SET "Name" = \'x\'', "Odd-Names:1"),
        ('DELETE FROM "Odd-Names"', "Odd-Names:1"),
        (f"DELETE FROM {LONG}", f"{LONG}:it's"),
    ]
    with database.connection() as raw:
        for sql, covered in changes:
            raw.execute(sql)
            refused(raw)
            raw.execute(sql)
            cover(raw, covered)
            raw.commit()

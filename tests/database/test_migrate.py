"""Migrations: idempotent, safe at the same time, and the same tables as the models say."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import JSON, Column, Connection, inspect, text
from sqlalchemy.exc import IntegrityError

import deedbook.platform.routers  # noqa: F401 (brings every model in)
from databases import Database as EmptyDatabase
from deedbook.database.base import Base, Instant, now
from deedbook.database.connect import Database
from deedbook.database.migrate import migrate
from deedbook.recording import audited_models
from sample.older import unnumber_trees

MIGRATE = (
    "import sys; from deedbook.database.connect import Database;"
    " from deedbook.database.migrate import migrate;"
    " database = Database(sys.argv[1]); migrate(database); database.close()"
)


@contextmanager
def opened(url: str) -> Iterator[Database]:
    database = Database(url)
    try:
        yield database
    finally:
        database.close()


def shape(connection: Connection) -> dict[str, Any]:
    """Give every table with its indexes and triggers."""
    found = inspect(connection)
    tables = {
        name: sorted(str(each["name"]) for each in found.get_indexes(name))
        for name in found.get_table_names()
    }
    return {"tables": tables, "triggers": triggers(connection)}


def triggers(connection: Connection) -> set[tuple[str, str]]:
    """Give the guards as (table, name)."""
    if connection.dialect.name == "sqlite":
        statement = "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'"
    else:
        statement = (
            "SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " WHERE NOT t.tgisinternal"
        )
    return {(row[0], row[1]) for row in connection.execute(text(statement))}


def test_to_migrate_again_changes_nothing(database_url: str) -> None:
    with opened(database_url) as database:
        migrate(database)
        with database.begin() as connection:
            first = shape(connection)
        migrate(database)
        with database.begin() as connection:
            assert shape(connection) == first
    assert {"customers", "deedbook_entry", "alembic_version"} <= set(first["tables"])


def test_a_log_from_before_trees_had_numbers_becomes_as_a_new_one(database_url: str) -> None:
    with opened(database_url) as database:
        migrate(database)
        with database.begin() as connection:
            new = shape(connection)
            raw = connection.connection.driver_connection
            assert raw is not None
            unnumber_trees(raw)
            connection.execute(text("UPDATE alembic_version SET version_num = '0014'"))
        with database.begin() as connection:
            assert shape(connection) != new
        migrate(database)
        with database.begin() as connection:
            assert shape(connection) == new


def test_models_and_migrations_agree(database_url: str) -> None:
    with opened(database_url) as database:
        migrate(database)
        with database.begin() as connection:
            context = MigrationContext.configure(
                connection,
                opts={
                    "compare_type": True,
                    "include_name": lambda name, kind, _: (
                        kind != "table" or not str(name).startswith("deedbook_")
                    ),
                },
            )
            assert compare_metadata(context, Base.metadata) == []
            # A difference would be found.
            connection.execute(text("ALTER TABLE customers ADD COLUMN stray TEXT"))
            assert len(compare_metadata(context, Base.metadata)) == 1


def test_every_audited_table_has_its_guards(database_url: str) -> None:
    audited = set(audited_models(Base))
    assert {"customers", "customer_owners", "api_keys", "memberships", "invites"} <= audited
    with opened(database_url) as database:
        migrate(database)
        with database.begin() as connection:
            guards = triggers(connection)
    kinds = ("insert", "update", "delete") if "sqlite" in database_url else ("write", "update")
    for table in audited:
        for kind in kinds:
            found = [name for on, name in guards if on == table and f"_{kind}_" in name]
            assert len(found) == 1, (table, kind)
            assert found[0].startswith("deedbook_guard_")


# A row that belongs to another's entry is refused for want of that other already.
@pytest.mark.parametrize(
    "table", [table for table, (_, mark) in audited_models(Base).items() if mark.of is None]
)
def test_a_row_that_no_entry_covers_cannot_be_kept(database_url: str, table: str) -> None:
    """Not by the server, and not by raw SQL either."""
    values = {column.name: _value(column) for column in Base.metadata.tables[table].columns}
    with opened(database_url) as database:
        migrate(database)
        statement = Base.metadata.tables[table].insert()
        with (
            pytest.raises(IntegrityError, match=r"deedbook|FOREIGN KEY"),
            database.begin() as connection,
        ):
            connection.execute(statement.values(values))
        with database.begin() as connection:
            counted = connection.execute(text(f"SELECT count(*) FROM {table}"))
            assert counted.scalar_one() == 0


def _value(column: Column[Any]) -> object:
    if isinstance(column.type, Instant):
        return now()
    if isinstance(column.type, JSON):
        return []
    return {str: "x", int: 1, float: 1.0, bool: True, bytes: b"x"}[column.type.python_type]


def test_a_guard_that_was_switched_off_is_put_back(database_url: str) -> None:
    with opened(database_url) as database:
        migrate(database)
        with database.begin() as connection:
            before = triggers(connection)
            sqlite = connection.dialect.name == "sqlite"
            for table, name in before:
                if table == "customers" and name.startswith("deedbook_guard"):
                    drop = f"DROP TRIGGER {name}" if sqlite else f'DROP TRIGGER {name} ON "{table}"'
                    connection.execute(text(drop))
        with database.begin() as connection:
            assert triggers(connection) < before
        migrate(database)
        with database.begin() as connection:
            assert triggers(connection) == before


def test_many_threads_migrate_at_once(database_url: str) -> None:
    start = threading.Barrier(6)
    done: list[object] = []

    def run() -> None:
        with opened(database_url) as database:
            start.wait()
            try:
                migrate(database)
            except Exception as error:  # noqa: BLE001 (shown by the assertion)
                done.append(error)
            else:
                done.append("migrated")

    # Should they ever wait for one another, the test ends all the same.
    threads = [threading.Thread(target=run, daemon=True) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert done == ["migrated"] * 6
    assert_migrated_once(database_url)


def test_many_processes_migrate_at_once(database_url: str) -> None:
    processes = [
        subprocess.Popen(  # noqa: S603 (this very interpreter)
            [sys.executable, "-W", "error", "-c", MIGRATE, database_url],
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    failures = [process.communicate()[1] for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0], failures
    assert_migrated_once(database_url)


def assert_migrated_once(database_url: str) -> None:
    with opened(database_url) as database, database.begin() as connection:
        versions = connection.execute(text("SELECT version_num FROM alembic_version")).all()
        assert len(versions) == 1
        assert triggers(connection)


def test_a_failed_migration_leaves_the_database_as_it_was(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("half way")

    monkeypatch.setattr("deedbook.database.migrate.install_guards", fail)
    with opened(database_url) as database:
        with pytest.raises(RuntimeError, match="half way"):
            migrate(database)
        with database.begin() as connection:
            assert inspect(connection).get_table_names() == []
        monkeypatch.undo()
        migrate(database)
    assert_migrated_once(database_url)


def test_the_tables_of_others_are_left_alone(database: EmptyDatabase) -> None:
    with database.connection() as connection:
        connection.execute("CREATE TABLE theirs (id INTEGER PRIMARY KEY)")
        connection.commit()
    with opened(database.url) as ours:
        migrate(ours)
        with ours.begin() as connection:
            assert "theirs" in inspect(connection).get_table_names()

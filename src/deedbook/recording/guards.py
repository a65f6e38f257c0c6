"""Guards: the database itself refuses a change of an audited row that no entry covers.

PostgreSQL asks at commit, by a deferred constraint trigger. SQLite has none: there a row trigger
leaves a due, whose deferred foreign key only a covering entry settles.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import JSON, Column, Connection, Engine, event, text
from sqlalchemy.orm import DeclarativeBase, Mapper

from deedbook.engine import create_log
from deedbook.recording.marks import Audited, audited_models, subject_table, watched_columns

_PREFIX: Final = "deedbook_guard_"


@dataclass(frozen=True)
class Trigger:
    """A trigger by its name, which tells one definition from another."""

    name: str
    table: str
    sql: str


def prepare_engine(engine: Engine) -> None:
    """Set up an engine's connections so that the guards of SQLite can work; call it once, at start."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_pragmas)
        event.listen(engine, "savepoint", _begin_before_savepoint)


def _set_pragmas(connection: Any, _record: object) -> None:  # noqa: ANN401 (a DBAPI connection)
    connection.execute("PRAGMA foreign_keys = ON")
    # Without it INSERT OR REPLACE deletes rows and fires no trigger.
    connection.execute("PRAGMA recursive_triggers = ON")


def _begin_before_savepoint(connection: Connection, _name: str) -> None:
    # The driver begins at the first change alone. A savepoint outside a transaction would be one, and
    # its release a commit.
    if not connection.connection.driver_connection.in_transaction:  # type: ignore[union-attr]
        connection.exec_driver_sql("BEGIN")


def set_up(engine: Engine, base: type[DeclarativeBase]) -> None:
    """Make an engine ready: its connections, the tables that are missing, the log, and the guards.

    For a host that has no migrations; one that has them calls `prepare_engine` and `install_guards`.
    """
    prepare_engine(engine)
    with engine.begin() as connection:
        base.metadata.create_all(connection)
        install_guards(connection, base)


def install_guards(connection: Connection, base: type[DeclarativeBase]) -> None:
    """Make the log's tables and put a guard on every audited table of a base.

    Runs in the caller's transaction and as often as one likes: guards that are as they should be are
    left alone, others replaced. Raises `UnmarkedModel` when a table or column has no mark.
    """
    create_log(connection.connection.driver_connection)
    if connection.dialect.name == "sqlite":
        _install_sqlite(connection, base)
    else:
        _install_postgres(connection, base)


def _install_sqlite(connection: Connection, base: type[DeclarativeBase]) -> None:
    wanted = {each.name: each for each in _triggers(base, _sqlite_triggers)}
    rows = connection.execute(
        text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE :prefix"),
        {"prefix": _PREFIX + "%"},
    )
    standing = {row.name for row in rows}
    for name in sorted(standing - wanted.keys()):
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
    for name in sorted(wanted.keys() - standing):
        connection.exec_driver_sql(wanted[name].sql)


def _install_postgres(connection: Connection, base: type[DeclarativeBase]) -> None:
    wanted = {(each.table, each.name): each for each in _triggers(base, _postgres_triggers)}
    rows = connection.execute(
        text(
            "SELECT c.relname AS table, t.tgname AS name FROM pg_trigger t"
            " JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE starts_with(t.tgname, :prefix) AND t.tgenabled = 'O'"
            " AND n.nspname = current_schema()"
        ),
        {"prefix": _PREFIX},
    )
    standing = {(row.table, row.name) for row in rows}
    for table, name in sorted(standing - wanted.keys()):
        connection.exec_driver_sql(f'DROP TRIGGER "{name}" ON "{table}"')
    for key in sorted(wanted.keys() - standing):
        connection.exec_driver_sql(f'DROP TRIGGER IF EXISTS "{key[1]}" ON "{key[0]}"')
        connection.exec_driver_sql(wanted[key].sql)


def _triggers(base: type[DeclarativeBase], make: Any) -> Iterable[Trigger]:  # noqa: ANN401
    for table, (mapper, mark) in audited_models(base).items():
        for what, head, body in make(table, mapper, mark):
            digest = hashlib.sha256(f"{head}{body}".encode()).hexdigest()[:8]
            # PostgreSQL keeps 63 characters of a name, of which the digest must be among the first.
            name = f"{_PREFIX}{what}_{digest}_{table}"[:63]
            yield Trigger(name, table, head.format(name=f'"{name}"') + body)


def _sqlite_triggers(
    table: str, mapper: Mapper[Any], mark: Audited
) -> Iterable[tuple[str, str, str]]:
    def due(row: str) -> str:
        key = " || ':' || ".join(f'CAST({row}."{column}" AS TEXT)' for column in mark.key)
        return f"SELECT '{subject_table(mapper, mark)}:' || {key}"

    differs = _any_differs(watched_columns(mapper, mark), "IS NOT")
    for what, when, dues in (
        ("insert", "", [due("NEW")]),
        ("update", f" WHEN {differs}", [due("OLD"), due("NEW")]),
        ("delete", "", [due("OLD")]),
    ):
        head = f'CREATE TRIGGER {{name}} AFTER {what.upper()} ON "{table}"'
        yield what, head, f"{when} BEGIN {_SQLITE_NEEDS} {_leave(dues)} END"


# Where foreign keys are not enforced a due would bind nobody.
_SQLITE_NEEDS: Final = (
    "SELECT RAISE(ABORT, 'deedbook: PRAGMA foreign_keys and recursive_triggers must be ON to change"
    " an audited table') WHERE (SELECT foreign_keys FROM pragma_foreign_keys) = 0"
    " OR (SELECT recursive_triggers FROM pragma_recursive_triggers) = 0;"
)


def _leave(dues: list[str]) -> str:
    return f"INSERT INTO deedbook_due (cover) {' UNION '.join(dues)};"


def _postgres_triggers(
    table: str, mapper: Mapper[Any], mark: Audited
) -> Iterable[tuple[str, str, str]]:
    arguments = ", ".join(f"'{each}'" for each in (subject_table(mapper, mark), *mark.key))
    deferred = "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW"
    require = f"EXECUTE FUNCTION deedbook_require_entry({arguments})"
    differs = _any_differs(watched_columns(mapper, mark), "IS DISTINCT FROM")
    yield (
        "write",
        f'CREATE CONSTRAINT TRIGGER {{name}} AFTER INSERT OR DELETE ON "{table}"',
        f" {deferred} {require}",
    )
    yield (
        "update",
        f'CREATE CONSTRAINT TRIGGER {{name}} AFTER UPDATE ON "{table}"',
        f" {deferred} WHEN ({differs}) {require}",
    )
    yield (
        "truncate",
        f'CREATE TRIGGER {{name}} BEFORE TRUNCATE ON "{table}"',
        " FOR EACH STATEMENT EXECUTE FUNCTION deedbook_no_truncate()",
    )


def _any_differs(columns: list[Column[Any]], operator: str) -> str:
    def side(row: str, column: Column[Any]) -> str:
        # The json type of PostgreSQL has no equality.
        cast = "CAST({} AS TEXT)" if isinstance(column.type, JSON) else "{}"
        return cast.format(f'{row}."{column.name}"')

    return " OR ".join(f"{side('OLD', each)} {operator} {side('NEW', each)}" for each in columns)

"""What each log has of a set of changes: how many of the rows, and what it tells of the request.

Where the others miss a change, ours refuses it; which of its nets did is what the refusal says.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any, Final

import psycopg
from sqlalchemy import Engine, delete, insert, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bench import trigger
from bench.change import CATALOGUE, INSTANCE, Change, record, work_of
from bench.changes import CHANGES, MANY, told_by
from bench.neighbour import Neighbour
from bench.tables import table
from deedbook.engine import Filters, Page
from deedbook.recording import UnitOfWork, UnrecordedChange, open_log

Act = Callable[[UnitOfWork, list[Change]], object]
Found = dict[str, dict[str, Any]]
_UPDATE: Final = "UPDATE {} SET amount = amount + 1 WHERE id IN ({})"


def measure(engine: Engine, server: str, django: Neighbour) -> None:
    """Print what each log has of each change."""
    with psycopg.connect(server, autocommit=True) as connection:
        logs = {
            "django-auditlog": django.ask("captured", peer="auditlog"),
            "django-pghistory": django.ask("captured", peer="pghistory"),
            "trigger": by_trigger(connection),
            "Deedbook": by_deedbook(engine),
        }
    rows = [
        [name, str(many), *(_said(found[name], many) for found in logs.values())]
        for name, many in CHANGES.items()
    ]
    table(("change", "rows", *logs), rows)


def _said(found: dict[str, Any], many: int) -> str:
    if "refused" in found:
        return f"refused {found['refused']}"
    tells = ", ".join(found["tells"])
    return f"{found['facts']} of {many}" + (f" ({tells})" if tells else "")


def by_deedbook(engine: Engine) -> Found:
    """Give by change how many entries there are of it and what they tell, or what refused it."""
    acts = _recorded() | _in_bulk() | _raw(engine)
    found = {}
    for name in CHANGES:
        with Session(engine, expire_on_commit=False) as session:
            rows = _stored(session)
        before, content = _entries(engine), _content(engine)
        refused = _refused(engine, acts[name], rows)
        new = _entries(engine)[len(before) :]
        found[name] = {"facts": len(new), "tells": told_by(json.dumps(new))}
        if refused is not None:
            assert _content(engine) == content, f"{name} was refused and done all the same"
            found[name]["refused"] = refused
    return found


def _stored(session: Session) -> list[Change]:
    with work_of(session) as work:
        rows = [work.add(Change(name="before", amount=0)) for _ in range(MANY)]
        for row in rows:
            record(work, "create", row)
    return rows


def _refused(engine: Engine, act: Act, rows: Sequence[Change]) -> str | None:
    """Do it, and give who refused it, if anyone did."""
    try:
        with Session(engine) as session, work_of(session) as work:
            act(work, [session.get_one(Change, row.id) for row in rows])
    except UnrecordedChange:
        return "by the unit of work"
    except IntegrityError:
        return "by the database"
    except _Undone:
        pass
    return None


class _Undone(Exception):
    """Takes a transaction back."""


def _recorded() -> dict[str, Act]:
    """Give the changes that a program records as it makes them, and those of who forgot to."""

    def create(work: UnitOfWork, _: list[Change]) -> None:
        record(work, "create", work.add(Change(name="one", amount=1)))

    def save(work: UnitOfWork, rows: list[Change]) -> None:
        for row in rows:
            row.amount += 1
            record(work, "update", row)

    def remove(work: UnitOfWork, rows: list[Change]) -> None:
        work.delete(rows[0])
        record(work, "delete", rows[0])

    def forget(_: UnitOfWork, rows: list[Change]) -> None:
        rows[0].amount += 1

    def undo(work: UnitOfWork, rows: list[Change]) -> None:
        create(work, rows)
        raise _Undone

    return {
        "a row is created": create,
        "a row is saved": lambda work, rows: save(work, rows[:1]),
        "a row is deleted": remove,
        f"{MANY} rows are saved, one by one": save,
        "a row is saved by who never thought of the log": forget,
        "a row is created, and the transaction rolled back": undo,
    }


def _in_bulk() -> dict[str, Act]:
    """Give SQLAlchemy's own ways of what Django's are named after."""
    many = [{"name": "many", "amount": 1}] * MANY

    def values(rows: list[Change]) -> list[dict[str, int]]:
        return [{"id": row.id, "amount": row.amount + 1} for row in rows]

    def of(rows: list[Change]) -> Any:  # noqa: ANN401 (an expression)
        return Change.id.in_([row.id for row in rows])

    return {
        "bulk_create": lambda work, _: work.session.execute(insert(Change), many),
        "queryset.update": lambda work, rows: work.session.execute(
            update(Change).where(of(rows)).values(amount=Change.amount + 1)
        ),
        "bulk_update": lambda work, rows: work.session.bulk_update_mappings(Change, values(rows)),
        "queryset.delete": lambda work, rows: work.session.execute(delete(Change).where(of(rows))),
    }


def _raw(engine: Engine) -> dict[str, Act]:
    name = Change.__tablename__

    def here(sql: str) -> Act:
        return lambda work, rows: work.session.execute(text(sql.format(name, _keys(rows))))

    def elsewhere(work: UnitOfWork, rows: list[Change]) -> None:
        keys = _keys(rows)
        work.rollback()
        with engine.begin() as another:
            another.exec_driver_sql(_UPDATE.format(name, keys))

    return {
        "raw INSERT": here(
            "INSERT INTO {} (name, amount) VALUES " + ", ".join(["('raw', 1)"] * MANY)
        ),
        "raw UPDATE": here(_UPDATE),
        "raw DELETE": here("DELETE FROM {} WHERE id IN ({})"),
        "raw UPDATE by another program": elsewhere,
    }


def _keys(rows: list[Change]) -> str:
    return ", ".join(str(row.id) for row in rows)


def _entries(engine: Engine) -> list[Any]:
    with Session(engine) as session:
        log = open_log(session, INSTANCE, CATALOGUE)
        found = log.find(Filters(include=CATALOGUE.on_request), Page(limit=1000)).entries
    return [json.loads(each.wire()) for each in reversed(found)]


def _content(engine: Engine) -> list[tuple[int, str, int]]:
    with Session(engine) as session:
        rows = session.scalars(select(Change).order_by(Change.id))
        return [(row.id, row.name, row.amount) for row in rows]


def by_trigger(connection: psycopg.Connection) -> Found:
    """Give by change how many rows a trigger's table has of it, and what these tell."""
    name = trigger.CHANGED
    trigger.install(connection)
    one, many = "VALUES ('one', 1)", "VALUES " + ", ".join(["('many', 1)"] * MANY)
    insert_, delete_ = (
        f"INSERT INTO {name} (name, amount) ",
        f"DELETE FROM {name} WHERE id IN ({{}})",
    )
    statements = {
        "a row is created": insert_ + one,
        "a row is saved": _UPDATE,
        "a row is deleted": delete_,
        "bulk_create": insert_ + many,
        "queryset.delete": delete_,
        "raw INSERT": insert_ + many,
        "raw DELETE": delete_,
        "a row is created, and the transaction rolled back": f"BEGIN; {insert_}{one}; ROLLBACK",
    }
    found = {}
    for change, rows in CHANGES.items():
        stored = connection.execute(f"{insert_}{many} RETURNING id").fetchall()
        before = _last_row(connection)
        keys = ", ".join(str(key) for (key,) in stored[: rows or MANY])
        statement = statements.get(change, _UPDATE)
        connection.execute(statement.format(*([name, keys] if statement == _UPDATE else [keys])))
        facts = connection.execute(
            f"SELECT to_jsonb(a) FROM {trigger.AUDIT} a WHERE id > %s", [before]
        ).fetchall()
        found[change] = {"facts": len(facts), "tells": told_by(json.dumps(facts))}
    return found


def _last_row(connection: psycopg.Connection) -> int:
    found = connection.execute(f"SELECT max(id) FROM {trigger.AUDIT}").fetchone()
    assert found is not None
    last: int = found[0]
    return last

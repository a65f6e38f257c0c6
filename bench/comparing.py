"""The same change with each log, beside the same program's change without it, on the same PostgreSQL.

Django with each peer beside bare Django; the driver with a trigger's row and with an entry beside the bare driver;
SQLAlchemy with the unit of work and its guards beside bare SQLAlchemy.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from statistics import median
from typing import Final

import psycopg
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from bench import captured, trigger
from bench.change import CATALOGUE, BareChange, Change, open_engine, record, work_of
from bench.growth import seal
from bench.neighbour import Neighbour, neighbour
from bench.tables import in_turns, say, spread, table
from bench.writers import rate
from deedbook.engine import append, create_log
from deedbook.engine.integrity.note import Signer
from deedbook.platform.catalogue import CATALOGUE as PLATFORM
from deedbook.platform.recorded import recorded_where
from deedbook.seeding.deeds import deeds_of

_ROUNDS: Final = 3
_WRITERS: Final = (1, 16)
# Each log, and the change without it of the same program.
_LOGS: Final = {
    "Django, django-auditlog": "Django",
    "Django, django-pghistory": "Django",
    "driver, a trigger's row": "driver",
    "driver, an entry": "driver",
    "SQLAlchemy, unit of work and guards": "SQLAlchemy",
}
OneChange = Callable[[], None]
Acts = dict[str, Callable[[], float]]


def measure(databases: Callable[[str], str], seconds: float) -> None:
    """Print what each log has of each change, what it costs, and what it takes."""
    ours, driver = databases("bench_ours"), databases("bench_driver")
    engine = open_engine(ours, max(_WRITERS))
    with neighbour(databases("bench_peers")) as django:
        versions = ", ".join(f"{name} {each}" for name, each in django.ask("versions").items())
        say(f"\n## Beside others, on PostgreSQL\n\n{versions}.")
        captured.measure(engine, driver, django)
        _prepare(driver)
        sizes = _Sizes(engine, ours, driver, django)
        rows = []
        for change, writers in itertools.product(("insert", "update"), _WRITERS):
            figures = _figures(engine, driver, django, change, writers, seconds)
            rows += [_row(log, change, writers, figures) for log in _LOGS]
        head = ("changes a second", "change", "writers", "bare", "with its log")
        table((*head, "costs so many times"), rows)
        sizes.measure()
    engine.dispose()


def _row(log: str, change: str, writers: int, figures: dict[str, list[float]]) -> list[str]:
    bare, logged = figures[_LOGS[log]], figures[log]
    ratio = median(bare) / median(logged)
    return [log, change, str(writers), spread(bare), spread(logged), f"{ratio:.2f}"]


def _figures(
    engine: Engine, driver: str, django: Neighbour, change: str, writers: int, seconds: float
) -> dict[str, list[float]]:
    def of_django(peer: str) -> Callable[[], float]:
        return lambda: float(
            django.ask("rate", peer=peer, change=change, writers=writers, seconds=seconds)
        )

    def here(writer: Callable[[], AbstractContextManager[OneChange]]) -> Callable[[], float]:
        return lambda: rate(writer, writers, seconds)

    acts: Acts = {
        "Django": of_django("bare"),
        "Django, django-auditlog": of_django("auditlog"),
        "Django, django-pghistory": of_django("pghistory"),
        "driver": here(_by_driver(driver, change, "change", logged=False)),
        "driver, a trigger's row": here(_by_driver(driver, change, trigger.CHANGED, logged=False)),
        "driver, an entry": here(_by_driver(driver, change, "change", logged=True)),
        "SQLAlchemy": here(_bare(engine, change)),
        "SQLAlchemy, unit of work and guards": here(_recorded(engine, change)),
    }
    return in_turns(acts, _ROUNDS)


def _prepare(driver: str) -> None:
    with psycopg.connect(driver) as connection:
        create_log(connection)
        connection.execute(f"CREATE TABLE change (LIKE {trigger.CHANGED} INCLUDING ALL)")
        # What the table of captures left is no fact of these writers.
        connection.execute(f"TRUNCATE {trigger.AUDIT}")


def _by_driver(
    url: str, change: str, name: str, *, logged: bool
) -> Callable[[], AbstractContextManager[OneChange]]:
    deeds = deeds_of("in_000000000001", random.Random(1), recorded_where())  # noqa: S311 (no secret)
    some = list(itertools.islice(deeds, 500)) if logged else []
    number = itertools.count()
    insert = f"INSERT INTO {name} (name, amount) VALUES ('change', 1) RETURNING id"

    @contextmanager
    def writer() -> Iterator[OneChange]:
        with psycopg.connect(url, autocommit=True) as connection:
            found = connection.execute(insert).fetchone()
            assert found is not None
            update = f"UPDATE {name} SET amount = amount + 1 WHERE id = {found[0]}"

            def act() -> None:
                connection.execute("BEGIN")
                connection.execute(insert if change == "insert" else update)
                if logged:
                    append(connection, some[next(number) % len(some)], PLATFORM)
                connection.execute("COMMIT")

            yield act

    return writer


def _bare(engine: Engine, change: str) -> Callable[[], AbstractContextManager[OneChange]]:
    @contextmanager
    def writer() -> Iterator[OneChange]:
        with Session(engine) as session, session.begin():
            row = BareChange(name="change", amount=1)
            session.add(row)
            session.flush()
            key = row.id

        def act() -> None:
            with Session(engine) as session, session.begin():
                if change == "insert":
                    session.add(BareChange(name="change", amount=1))
                else:
                    session.get_one(BareChange, key).amount += 1

        yield act

    return writer


def _recorded(engine: Engine, change: str) -> Callable[[], AbstractContextManager[OneChange]]:
    @contextmanager
    def writer() -> Iterator[OneChange]:
        with Session(engine, expire_on_commit=False) as session, work_of(session) as work:
            row = work.add(Change(name="change", amount=1))
            record(work, "create", row)
        key = row.id

        def act() -> None:
            with Session(engine) as session, work_of(session) as work:
                if change == "insert":
                    record(work, "create", work.add(Change(name="change", amount=1)))
                else:
                    row = session.get_one(Change, key)
                    row.amount += 1
                    record(work, "update", row)

        yield act

    return writer


class _Sizes:
    """How many facts there are by now and what they take, without what takes space when empty."""

    def __init__(self, engine: Engine, ours: str, driver: str, django: Neighbour) -> None:
        self._engine, self._ours, self._driver, self._django = engine, ours, driver, django
        self._before = self._now()

    def measure(self) -> None:
        """Print what a fact takes."""
        rows = []
        for name, now in self._now().items():
            facts, taken = (new - old for new, old in zip(now, self._before[name], strict=True))
            rows.append([name, f"{facts:,}", f"{taken / facts:,.0f}"])
        table(("what it takes", "facts", "bytes a fact, indexes included"), rows)

    def _now(self) -> dict[str, tuple[int, int]]:
        seal(self._engine, CATALOGUE, Signer.generate("bench"))
        return {
            "django-auditlog": tuple(self._django.ask("size", peer="auditlog")),
            "django-pghistory": tuple(self._django.ask("size", peer="pghistory")),
            "trigger": _size(self._driver, trigger.AUDIT),
            "Deedbook, the entries alone": _size(self._ours, "deedbook_entry"),
            "Deedbook, sealed, with everything": _size(self._ours, "deedbook_entry", "deedbook_%"),
        }


def _size(url: str, facts: str, tables: str | None = None) -> tuple[int, int]:
    """Give how many facts a table has, and the bytes of the tables of a name, or of its own."""
    with psycopg.connect(url, autocommit=True) as connection:
        # Rows that waited to be sealed are gone by now, as they would be a moment after each change.
        connection.execute("VACUUM FULL")
        found = connection.execute(
            f"SELECT (SELECT count(*) FROM {facts}), sum(pg_total_relation_size(oid))"
            " FROM pg_class WHERE relkind = 'r' AND relname LIKE %s",
            [tables or facts],
        ).fetchone()
    assert found is not None
    return found

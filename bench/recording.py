"""What an entry costs: the same change of one row in its own transaction, without it and with it.

At the level of the driver: one INSERT, and the entry of it through `append`. On PostgreSQL also beside an audit
table that a trigger fills.
"""

from __future__ import annotations

import itertools
import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any, Final

import psycopg

from bench import trigger
from bench.tables import in_turns, spread, table
from bench.writers import rate
from deedbook.engine import Deed, append, create_log
from deedbook.platform.catalogue import CATALOGUE
from deedbook.platform.recorded import recorded_where
from deedbook.seeding.deeds import deeds_of

_ROUNDS: Final = 3
_WRITERS: Final = (1, 16)
_DEEDS: Final = 2_000
_TABLE: Final = "CREATE TABLE change (id {key}, name text NOT NULL, amount bigint NOT NULL)"
_deeds = itertools.count()


def measure(folder: Path, server: str, seconds: float) -> None:
    """Print what recording costs on both databases."""
    path = folder / "recording.sqlite3"
    rows = [*_measure("SQLite", lambda: _sqlite(path), seconds)]
    rows += _measure("PostgreSQL", lambda: psycopg.connect(server, autocommit=True), seconds)
    table(
        (
            *("changes a second", "writers", "instances", "bare"),
            *("with a trigger's row", "with an entry", "costs so many times the bare change"),
        ),
        rows,
    )


def _measure(name: str, connect: Callable[[], Any], seconds: float) -> list[list[str]]:
    _prepare(connect())
    rows = []
    for writers, instances in itertools.product(_WRITERS, (1, 100)):
        deeds = _deeds_of(instances)
        change = "INSERT INTO {} (name, amount) VALUES ('change', 1)".format
        acts = {"bare": _writing(connect, change("change"), None, writers, seconds)}
        if name == "PostgreSQL":
            acts["trigger"] = _writing(connect, change(trigger.CHANGED), None, writers, seconds)
        acts["entry"] = _writing(connect, change("change"), deeds, writers, seconds)
        figures = in_turns(acts, _ROUNDS)
        ratio = median(figures["bare"]) / median(figures["entry"])
        triggered = spread(figures["trigger"]) if "trigger" in figures else "not there"
        rows.append(
            [
                *(name, str(writers), str(instances), spread(figures["bare"]), triggered),
                *(spread(figures["entry"]), f"{ratio:.2f}"),
            ]
        )
    return rows


def _writing(
    connect: Callable[[], Any], sql: str, deeds: list[Deed] | None, writers: int, seconds: float
) -> Callable[[], float]:
    @contextmanager
    def writer() -> Iterator[Callable[[], None]]:
        connection = connect()
        begin = "BEGIN IMMEDIATE" if isinstance(connection, sqlite3.Connection) else "BEGIN"

        def change() -> None:
            connection.execute(begin)
            connection.execute(sql)
            if deeds is not None:
                append(connection, deeds[next(_deeds) % len(deeds)], CATALOGUE)
            connection.execute("COMMIT")

        try:
            yield change
        finally:
            connection.close()

    return lambda: rate(writer, writers, seconds)


def _deeds_of(instances: int) -> list[Deed]:
    each, where = _DEEDS // instances, recorded_where()
    return [
        deed
        for number in range(instances)
        for deed in itertools.islice(
            deeds_of(f"in_{number:012d}", random.Random(number), where),  # noqa: S311 (no secret)
            each,
        )
    ]


def _prepare(connection: Any) -> None:  # noqa: ANN401 (a connection of either driver)
    sqlite = isinstance(connection, sqlite3.Connection)
    key = "INTEGER PRIMARY KEY" if sqlite else "bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY"
    connection.execute("BEGIN")
    create_log(connection)
    connection.execute(_TABLE.format(key=key))
    if not sqlite:
        trigger.install(connection)
    connection.execute("COMMIT")
    connection.close()


def _sqlite(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=60, isolation_level=None, check_same_thread=False)
    for pragma in (
        *("foreign_keys = ON", "recursive_triggers = ON", "journal_mode = WAL"),
        *("synchronous = FULL", "wal_autocheckpoint = 20000"),
    ):
        connection.execute(f"PRAGMA {pragma}")
    return connection

"""The library at work: its database, a session, and what it has recorded."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from databases import Database
from deedbook.engine import Filters, Page, open_store
from deedbook.recording import UnitOfWork, install_guards
from sample.catalogue import ADA, CATALOGUE, DESK, INSTANCE
from sample.models import Base, Loan


@dataclass
class Library:
    database: Database
    engine: Engine
    session: Session

    def work(self) -> UnitOfWork:
        return UnitOfWork(
            self.session, catalogue=CATALOGUE, actor=ADA, origin=DESK, instance_id=INSTANCE
        )

    def entries(self) -> list[dict[str, Any]]:
        """Give what is committed in the log, the oldest first."""
        with self.engine.connect() as connection:
            store = open_store(connection.connection.driver_connection, INSTANCE, CATALOGUE)
            everything = Filters(include=frozenset({"denied", "system"}))
            found = store.find(everything, Page(limit=1000)).entries
        return [json.loads(entry.wire()) for entry in reversed(found)]

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Give what is committed, read over a connection of its own."""
        with self.engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(sql))]


@contextmanager
def opened(database: Database) -> Iterator[Library]:
    """Open a library with its guards in place and nothing in it."""
    with database.engine() as engine:
        with engine.begin() as connection:
            Base.metadata.create_all(connection)
            install_guards(connection, Base)
        with Session(engine) as session:
            yield Library(database, engine, session)


def middlemarch(**changed: Any) -> Loan:
    """Give a loan with a value in every column, not added to anything."""
    sides: dict[str, Any] = {
        "book": "Middlemarch",
        "fee": None,
        "terms": {"weeks": 4},
        "borrower": "Charles",
        "note": "first floor",
        "summary": "a study of provincial life",
        "card": "4012888888881881",
        "pin": "7531",
        "status": "lent",
    }
    return Loan(**{**sides, **changed})

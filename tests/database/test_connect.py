"""Connections, column types and ids."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import psycopg
import pytest
from sqlalchemy import String, select, text
from sqlalchemy.exc import DatabaseError, StatementError
from sqlalchemy.orm import Mapped, mapped_column

from deedbook.database.base import Base, Instant, Json, now, shown
from deedbook.database.connect import Database, UnsupportedDatabase
from deedbook.database.ids import is_id, new_id
from deedbook.recording import Unaudited


class Note(Base):
    """A table for these tests, made when they ask for it."""

    __tablename__ = "test_notes"
    __audit__ = Unaudited("a test")

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(String(50), default="")
    at: Mapped[datetime | None] = mapped_column(Instant)
    data: Mapped[list[object] | None] = mapped_column(Json)


# Models and migrations are compared elsewhere, where this one must not be seen.
Base.metadata.remove(Base.metadata.tables["test_notes"])


@pytest.fixture
def opened(database_url: str) -> Iterator[Database]:
    database = Database(database_url, connections=4)
    with database.begin() as connection:
        Note.__table__.create(connection)  # type: ignore[attr-defined]
    yield database
    database.close()


def test_what_was_in_use_is_closed_when_it_comes_back(opened: Database) -> None:
    with opened.read() as session:
        assert session.scalars(select(Note)).all() == []
        raw: Any = session.connection().connection.driver_connection
        opened.close()
        assert session.scalars(select(Note)).all() == []
    if isinstance(raw, psycopg.Connection):
        assert raw.closed
    else:
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            raw.execute("SELECT 1")


@pytest.mark.parametrize(
    "url", ["", "sqlite://", "sqlite:///:memory:", "mysql://root@localhost/x", "nonsense", "://"]
)
def test_a_database_that_is_neither(url: str) -> None:
    with pytest.raises(UnsupportedDatabase, match="DEEDBOOK_DATABASE_URL must be"):
        Database(url)


def test_a_snapshot_sees_one_moment(opened: Database) -> None:
    with opened.snapshot() as session:
        assert session.scalars(select(Note)).all() == []
        with opened.write() as writing:
            writing.add(Note(id=1))
            writing.commit()
        assert session.scalars(select(Note)).all() == []
        with pytest.raises(DatabaseError):
            session.execute(text("INSERT INTO test_notes (id, text) VALUES (2, 'x')"))
    with opened.snapshot() as session:
        assert len(session.scalars(select(Note)).all()) == 1


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO test_notes (id, text) VALUES (1, 'x')",
        "UPDATE test_notes SET text = 'x'",
        "DELETE FROM test_notes",
        "CREATE TABLE other (id INTEGER)",
        "DROP TABLE test_notes",
    ],
)
def test_a_reader_cannot_write(opened: Database, statement: str) -> None:
    with opened.read() as session, pytest.raises(DatabaseError, match=r"(?i)read-?only|readonly"):
        session.execute(text(statement))


def test_a_reader_sees_what_was_committed(opened: Database) -> None:
    with opened.write() as session:
        session.add(Note(id=1, text="Zoë"))
        with opened.read() as other:
            assert other.get(Note, 1) is None
        session.commit()
    with opened.read() as session:
        assert session.get_one(Note, 1).text == "Zoë"


def test_writers_at_the_same_time_lose_nothing(opened: Database) -> None:
    with opened.write() as session:
        session.add(Note(id=1, text="0"))
        session.commit()
    start = threading.Barrier(4)

    def count(_: int) -> None:
        start.wait()
        for _ in range(10):
            with opened.write() as session:
                note = session.get_one(Note, 1, with_for_update=True)
                note.text = str(int(note.text) + 1)
                session.commit()

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(count, range(4)))
    with opened.read() as session:
        assert session.get_one(Note, 1).text == "40"


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 3, 15, 9, 30, tzinfo=UTC),
        datetime(2026, 3, 15, 9, 30, 0, 123456, tzinfo=timezone(timedelta(hours=-3))),
        datetime(1969, 12, 31, 23, 59, 59, 999000, tzinfo=UTC),
    ],
)
def test_a_moment_comes_back_in_utc(opened: Database, moment: datetime) -> None:
    with opened.write() as session:
        session.add(Note(id=1, at=moment))
        session.commit()
    with opened.read() as session:
        found = session.scalars(select(Note).where(Note.at == moment)).one()
        assert found.at == moment
        assert found.at is not None
        assert found.at.utcoffset() == timedelta(0)


def test_a_moment_without_a_zone_is_refused(opened: Database) -> None:
    with opened.write() as session:
        session.add(Note(id=1, at=datetime(2026, 1, 1)))  # noqa: DTZ001 (that is the point)
        with pytest.raises(StatementError, match="without a zone"):
            session.flush()


def test_moments_are_shown_as_the_wire_has_them() -> None:
    assert shown(datetime(2026, 3, 5, 9, 0, tzinfo=UTC)) == "2026-03-05T09:00:00.000Z"
    far = datetime(2026, 1, 1, 1, 0, 0, 5_999, tzinfo=timezone(timedelta(hours=2)))
    assert shown(far) == "2025-12-31T23:00:00.005Z"
    assert now().microsecond % 1000 == 0


def test_json_comes_back_as_it_went(opened: Database) -> None:
    data = ["Zoë", None, {"a": 1.5, "b": [True, "\x01"]}]
    with opened.write() as session:
        session.add_all([Note(id=1, data=data), Note(id=2, data=[])])
        session.commit()
    with opened.read() as session:
        assert session.get_one(Note, 1).data == data
        assert session.get_one(Note, 2).data == []


def test_capitals_are_the_same_on_both(opened: Database) -> None:
    with opened.read() as session:
        assert session.scalar(text("SELECT lower('ÉLODIE ÄÖÜ abc')")) == "élodie äöü abc"
        assert session.scalar(text("SELECT lower(NULL)")) is None


def test_ids() -> None:
    made = {new_id("re") for _ in range(1000)}
    assert len(made) == 1000
    assert all(is_id(each) and each.startswith("re_") and len(each) == 15 for each in made)
    for text_ in ("", "re_", "re_00000000000", "re_0000000000000", "RE_000000000000",
                  "re_00000000000é", "re_000000000000\n", "re-000000000000"):  # fmt: skip
        assert not is_id(text_), text_

"""Turns at SQLite's one write lock: who came first writes first, and nobody is kept out."""

from __future__ import annotations

import threading
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from deedbook.database.connect import Database
from deedbook.database.turns import Turns

_FOR_EVER = 60.0


@given(st.lists(st.booleans(), min_size=1, max_size=12))
def test_who_came_first_has_the_first_turn(gives_back_elsewhere: list[bool]) -> None:
    turns = Turns(patience=_FOR_EVER)
    served: list[int] = []
    assert turns.take()

    def wait(number: int, *, elsewhere: bool) -> None:
        assert turns.take()
        served.append(number)
        if elsewhere:
            giving = threading.Thread(target=turns.give_back)
            giving.start()
            giving.join()
        else:
            turns.give_back()

    threads = []
    for number, elsewhere in enumerate(gives_back_elsewhere):
        thread = threading.Thread(target=wait, args=(number,), kwargs={"elsewhere": elsewhere})
        thread.start()
        while turns.waiting <= number:
            pass
        threads.append(thread)
    turns.give_back()
    for thread in threads:
        thread.join()

    assert served == list(range(len(threads)))
    assert turns.take()


def test_who_lost_patience_goes_on_without_a_turn_and_holds_nobody_up() -> None:
    turns = Turns(patience=0)
    assert turns.take()
    assert not turns.take()
    turns.give_back()
    assert turns.take()


def test_a_writer_that_never_rests_keeps_nobody_out(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'log.sqlite3'}")
    with database.begin() as connection:
        connection.execute(text("CREATE TABLE written (by TEXT)"))
    done = threading.Event()
    writes = 0

    def write(by: str) -> None:
        with database.write() as session:
            session.execute(text("INSERT INTO written VALUES (:by)"), {"by": by})
            session.commit()

    def write_without_rest() -> None:
        nonlocal writes
        while not done.is_set():
            write("busy")
            writes += 1

    busy = threading.Thread(target=write_without_rest)
    busy.start()
    try:
        for _ in range(20):
            before = writes
            write("other")
            # The one that was at it, and perhaps one that was counted late.
            assert writes - before <= 3
    finally:
        done.set()
        busy.join()
        database.close()


def test_a_turn_ends_however_its_transaction_ended(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'log.sqlite3'}")
    with database.begin() as connection:
        connection.execute(text("CREATE TABLE written (by TEXT)"))
    with database.write() as session:
        session.execute(text("INSERT INTO written VALUES ('taken back')"))
        session.rollback()
    with database.writer.connect() as connection:
        connection.execute(text("INSERT INTO written VALUES ('lost')"))
        connection.invalidate()
    left = database.writer.connect()
    left.execute(text("INSERT INTO written VALUES ('left')"))
    left.close()
    counted: list[int] = []

    def count() -> None:
        with database.write() as session:
            counted.append(session.execute(text("SELECT count(*) FROM written")).scalar_one())

    counting = threading.Thread(target=count, daemon=True)
    counting.start()
    # Shorter than anyone's patience with a turn that is never given back.
    counting.join(10)

    assert counted == [0]
    database.close()

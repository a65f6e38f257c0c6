"""Turns at a lock that one holds at a time, for the threads of a process: first come, first served."""

from __future__ import annotations

import threading
from collections import deque
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.engine import Connection

_TURN = "deedbook.turn"


class Turns:
    """A queue of threads before a lock.

    A courtesy and no lock: who waited for longer than `patience` seconds goes on without a turn, and
    the lock itself decides. A turn may be given back by another thread than took it.
    """

    def __init__(self, patience: float) -> None:
        self._patience = patience
        self._guard = threading.Lock()
        self._taken = False
        self._queue: deque[threading.Event] = deque()

    @property
    def waiting(self) -> int:
        """How many threads are in the queue."""
        return len(self._queue)

    def take(self) -> bool:
        """Wait for a turn; tell whether it came, and so whether it must be given back."""
        with self._guard:
            if not self._taken:
                self._taken = True
                return True
            called = threading.Event()
            self._queue.append(called)
        if called.wait(self._patience):
            return True
        with self._guard:
            if called.is_set():
                return True
            self._queue.remove(called)
            return False

    def give_back(self) -> None:
        """Let the next in the queue have the turn."""
        with self._guard:
            if self._queue:
                self._queue.popleft().set()
            else:
                self._taken = False


def queue_writers(engine: Engine, begin: str, patience: float) -> None:
    """Let the transactions of an engine begin in turns, by a statement that takes the database's lock.

    SQLite's own waiting is polling: who writes without rest would keep the others out. A turn ends when
    the connection is back in the pool, after its transaction whatever became of it.
    """
    turns = Turns(patience)

    def take(connection: Connection) -> None:
        if not connection.info.get(_TURN):
            connection.info[_TURN] = turns.take()
        connection.exec_driver_sql(begin)

    def give_back(_connection: Any, record: Any) -> None:  # noqa: ANN401 (of any driver)
        if record.info.pop(_TURN, False):
            turns.give_back()

    event.listen(engine, "begin", take)
    event.listen(engine, "checkin", give_back)

"""The forgetter: carries out what the logs of a database decreed, a bounded batch at a time.

    forgetter = Forgetter(writing, reading, catalogue)
    while forgetter.run_once(): ...    # False when nothing is due

It runs beside writers and readers, as many of it as one likes: a batch is one transaction, and how far
a decree is carried out lies in the database. So it can be killed at any instruction, and goes on.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Final

from deedbook.engine.catalogue import Catalogue
from deedbook.engine.decree import Selector
from deedbook.engine.forgetting.decrees import SETTLING_MS
from deedbook.engine.forgetting.open import decree_tables
from deedbook.engine.store.entry_store import EntryStore
from deedbook.engine.store.open import open_store

BATCH: Final = 500

# Gives what the host holds back from forgetting in an instance.
Holds = Callable[[str], Sequence[Selector]]
Transaction = Callable[[], AbstractContextManager[tuple[object, Holds]]]


class Forgetter:
    """Carries out decrees, of each instance in turn.

    `writing` and `reading` give a connection inside a transaction, as they do for a `Sealer`, and what
    tells the holds within that transaction.
    """

    def __init__(
        self,
        writing: Transaction,
        reading: Transaction,
        catalogue: Catalogue,
        *,
        batch: int = BATCH,
        settling_ms: int = SETTLING_MS,
        clock_ms: Callable[[], int] = lambda: time.time_ns() // 1_000_000,
    ) -> None:
        self._writing = writing
        self._reading = reading
        self._catalogue = catalogue
        self._batch = batch
        self._settling_ms = settling_ms
        self._clock_ms = clock_ms
        self._after = ""

    def run_once(self) -> bool:
        """Carry one decree on by a batch; False when there is none that could be."""
        instance_id = self._next_instance()
        if instance_id is None:
            return False
        self._after = instance_id
        with self._writing() as (connection, holds):
            store, held = open_store(connection, instance_id, self._catalogue), holds(instance_id)
            # Asked again: a hold may have been placed a moment ago.
            entry_id = self._due(store, held)
            if entry_id is not None:
                store.forget(entry_id, holds=held, limit=self._batch)
        return True

    def _next_instance(self) -> str | None:
        """Give the next instance with something to carry out, by reading alone."""
        with self._reading() as (connection, holds):
            waiting = decree_tables(connection).open_instances()
            for each in (*(name for name in waiting if name > self._after), *waiting):
                store = open_store(connection, each, self._catalogue)
                if self._due(store, holds(each)) is not None:
                    return each
        return None

    def _due(self, store: EntryStore, held: Sequence[Selector]) -> int | None:
        return store.decrees.due(held, now_ms=self._clock_ms(), settling_ms=self._settling_ms)

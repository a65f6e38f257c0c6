"""The entries of a seeded log, written down batch by batch.

To make them takes about as long as to insert them: many are made in a process of their own, so that the
two go on side by side.
"""

from __future__ import annotations

import gc
import multiprocessing
import random
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from multiprocessing.connection import Connection
from typing import Final

from deedbook.cli.seeding.deeds import deeds_of
from deedbook.engine import EntryIds, NewEntry, write_down

_BATCH: Final = 5_000
# A process of its own takes a second to start.
_MANY: Final = 20_000


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be made: so many entries of an instance, and when they say that they were made."""

    instance_id: str
    entries: int
    first_ms: int
    step_ms: float
    random_seed: int


@contextmanager
def written_batches(plan: Plan) -> Iterator[Iterator[list[NewEntry]]]:
    """Give the entries of a plan, in lists of a few thousand."""
    if plan.entries < _MANY:
        yield _written(plan)
        return
    context = multiprocessing.get_context("spawn")
    receiving, sending = context.Pipe(duplex=False)
    writer = context.Process(target=_send, args=(plan, sending), daemon=True)
    writer.start()
    # Held by the writer alone: where it dies, receiving ends.
    sending.close()
    try:
        yield iter(receiving.recv, [])
    finally:
        receiving.close()
        writer.terminate()
        writer.join()


def _send(plan: Plan, sending: Connection) -> None:
    # Who waits for the batches is interrupted too, and ends this process.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Entries make no cycles, and to look for some takes a fifth of the time.
    gc.disable()
    for batch in _written(plan):
        sending.send(batch)
    sending.send([])


def _written(plan: Plan) -> Iterator[list[NewEntry]]:
    entry_ids = EntryIds(_Clock(plan.first_ms, plan.step_ms).read)
    chance = random.Random(plan.random_seed)  # noqa: S311 (no secret)
    deeds = islice(deeds_of(plan.instance_id, chance), plan.entries)
    while batch := [write_down(deed, entry_ids.take()) for deed in islice(deeds, _BATCH)]:
        yield batch


@dataclass(slots=True)
class _Clock:
    """Time that passes with every entry."""

    at_ms: float
    step_ms: float

    def read(self) -> int:
        """Give the time in milliseconds (Unix time)."""
        self.at_ms += self.step_ms
        return int(self.at_ms)

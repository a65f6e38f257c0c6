"""The entries of a seeded log, written down batch by batch.

To make them takes about as long as to insert them: many are made in a process of their own, so that the
two go on side by side.
"""

from __future__ import annotations

import gc
import pickle
import random
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from typing import IO, Final

from deedbook.engine import EntryIds, NewEntry, write_down
from deedbook.seeding.deeds import deeds_of

_BATCH: Final = 20_000
# A process of its own takes half a second to start.
_MANY: Final = 20_000


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be made: so many entries of an instance, and when they say that they were made."""

    instance_id: str
    entries: int
    first_ms: int
    step_ms: float
    random_seed: int
    where: Mapping[str, tuple[str, ...]]
    """Which routes record each action (`METHOD /path`)."""


@contextmanager
def written_batches(plan: Plan) -> Iterator[Iterator[list[NewEntry]]]:
    """Give the entries of a plan, in lists of many thousands."""
    if plan.entries < _MANY:
        yield _written(plan)
        return
    # Not by `multiprocessing`, whose processes import all that the command line has.
    with subprocess.Popen(  # noqa: S603 (this very interpreter)
        [sys.executable, "-c", f"from {__name__} import main; main()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as writer:
        assert writer.stdin is not None
        assert writer.stdout is not None
        pickle.dump(plan, writer.stdin)
        writer.stdin.close()
        try:
            yield _received(writer.stdout)
        finally:
            writer.kill()


def _received(stream: IO[bytes]) -> Iterator[list[NewEntry]]:
    """Give what another process sends. Raises `EOFError` where it ends too soon."""
    while batch := pickle.load(stream):  # noqa: S301 (our own process)
        yield batch


def main() -> None:
    """Write the entries of the plan on standard input to standard output, batch by batch."""
    # Who waits for the batches is interrupted too, and ends this process.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Entries make no cycles, and to look for some takes a fifth of the time.
    gc.disable()
    plan = pickle.load(sys.stdin.buffer)  # noqa: S301 (our own process)
    for batch in chain(_written(plan), [[]]):
        pickle.dump(batch, sys.stdout.buffer, protocol=pickle.HIGHEST_PROTOCOL)
        sys.stdout.buffer.flush()


def _written(plan: Plan) -> Iterator[list[NewEntry]]:
    entry_ids = EntryIds(_Clock(plan.first_ms, plan.step_ms).read)
    chance = random.Random(plan.random_seed)  # noqa: S311 (no secret)
    deeds = islice(deeds_of(plan.instance_id, chance, plan.where), plan.entries)
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

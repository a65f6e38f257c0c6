"""Rollups: how many sealed entries there are, by day and kind, and by kind and actor.

The sealer keeps them in its transaction, so that counts need not go through the entries: those that are
not sealed yet are counted one by one. Whoever takes sealed entries away takes them off here as well.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final, NamedTuple, Protocol

from deedbook.engine.ids import COUNTER_BITS

DAY_MS: Final = 86_400_000
# Ids begin with the first day, so that a day (UTC) is a range of so many ids.
IDS_OF_A_DAY: Final = DAY_MS << COUNTER_BITS


class Countable(NamedTuple):
    """What an entry is counted by."""

    entry_id: int
    kind: int
    actor_id: str | None


class DayCount(NamedTuple):
    """How many entries of a kind an instance has of a day (since 2020-01-01)."""

    instance_id: str
    day: int
    kind: int
    entries: int


class ActorCount(NamedTuple):
    """How many entries of a kind an actor made in an instance; '' for a kind without actors."""

    instance_id: str
    kind: int
    actor_id: str
    entries: int


class CountTables(Protocol):
    """Where rollups are kept, on the host's connection."""

    def count(self, days: list[DayCount], actors: list[ActorCount]) -> None:
        """Add to the rollups; a number of entries may be negative."""


def add(tables: CountTables, instance_id: str, entries: Iterable[Countable]) -> None:
    """Count entries that this transaction seals."""
    tables.count(*_counts(instance_id, entries, sign=1))


def remove(tables: CountTables, instance_id: str, entries: Iterable[Countable]) -> None:
    """Take sealed entries off the counts, in the transaction that takes away the entries."""
    tables.count(*_counts(instance_id, entries, sign=-1))


def _counts(
    instance_id: str, entries: Iterable[Countable], *, sign: int
) -> tuple[list[DayCount], list[ActorCount]]:
    days: Counter[tuple[int, int]] = Counter()
    actors: Counter[tuple[int, str]] = Counter()
    for entry_id, kind, actor_id in entries:
        days[entry_id // IDS_OF_A_DAY, kind] += sign
        actors[kind, actor_id or ""] += sign
    return (
        [DayCount(instance_id, *key, number) for key, number in sorted(days.items())],
        [ActorCount(instance_id, *key, number) for key, number in sorted(actors.items())],
    )

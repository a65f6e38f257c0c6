"""The sealer's lease: one sealer at a time, told by an epoch and by no clock of the database or the day.

The lease in the database is of an epoch, and its beats grow with every transaction of its holder. Whoever
wants it watches: when entries wait and the beats stand still for as long as `PATIENCE` by the watcher's own
monotonic clock, it begins the next epoch, and a transaction of the one before finds itself refused. Two
that try at once are told apart by what they saw: the lease moves for one of them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from deedbook.engine.sealing.tables import Lease, TreeTables

# Seconds without a beat, while entries wait, after which a holder counts as gone.
PATIENCE: Final = 3.0


class SealerLease:
    """What one sealer knows of the lease."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._epoch: int | None = None
        self._seen: Lease | None = None
        self._since = 0.0

    @property
    def held(self) -> bool:
        """Whether this sealer believes that it holds the lease; a beat tells for certain."""
        return self._epoch is not None

    def may_take(self, lease: Lease, *, waits: bool) -> bool:
        """Tell whether the lease is there for the taking, from what it is now."""
        if lease != self._seen or not waits:
            self._seen, self._since = lease, self._clock()
        return not lease.held or (waits and self._clock() - self._since >= PATIENCE)

    def take(self, tables: TreeTables) -> int | None:
        """Give the epoch of our own that begins with this transaction, unless the lease moved."""
        if self._seen is None or not tables.take_lease(self._seen):
            return None
        return self._seen.epoch + 1

    def begin(self, epoch: int) -> None:
        """Hold the lease from now on. Only what is committed is ours: else two could share an epoch."""
        self._epoch = epoch

    def beat(self, tables: TreeTables) -> bool:
        """Hold the lease for this transaction; False when another epoch has begun."""
        if self._epoch is not None and not tables.beat(self._epoch):
            self._epoch = None
        return self.held

    def release(self, tables: TreeTables) -> None:
        """Let go."""
        if self._epoch is not None:
            tables.release_lease(self._epoch)
        self._epoch = None

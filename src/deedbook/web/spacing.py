"""Letting one thing of a kind through in a while, and counting the rest."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Final

_MOST_REMEMBERED: Final = 10_000


class Spacing:
    """Remembers, in this process's memory, when a thing of each kind was last let through.

    At most 10,000 kinds; the one that was let through longest ago is forgotten first, and what comes
    of it then is let through again. `clock` gives seconds that never step back.
    """

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._clock = clock
        self._seen: OrderedDict[Hashable, tuple[float, int]] = OrderedDict()
        self._lock = Lock()

    def take(self, kind: Hashable) -> int | None:
        """Give how many were left out since the last one let through, or None to leave this out."""
        with self._lock:
            now = self._clock()
            since, left_out = self._seen.get(kind, (float("-inf"), 0))
            if now - since < self._seconds:
                self._seen[kind] = since, left_out + 1
                return None
            self._seen[kind] = now, 0
            self._seen.move_to_end(kind)
            if len(self._seen) > _MOST_REMEMBERED:
                self._seen.popitem(last=False)
            return left_out

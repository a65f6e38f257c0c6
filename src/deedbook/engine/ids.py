"""Entry ids: unique, 63 bits, in the order of time; shown as `al_` and 12 characters of base 62.

The upper 42 bits are milliseconds since 2020-01-01 UTC, the lower 21 a counter that starts at random
in the lower half of its range in each millisecond. The id is the order of pages and their cursor, and
a range of ids is a range of time. It is no order for following the log: entries commit out of it.
"""

from __future__ import annotations

import re
import secrets
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final

from deedbook.engine import base62

PREFIX: Final = "al_"
COUNTER_BITS: Final = 21
MAX_ID: Final = 2**63 - 1
_EPOCH: Final = datetime(2020, 1, 1, tzinfo=UTC)
_EPOCH_MS: Final = int(_EPOCH.timestamp() * 1000)
_SHOWN: Final = re.compile(r"al_([0-9A-Za-z]{12})")


class EntryIds:
    """Hands out ids that only grow within this process, also when the clock steps back."""

    def __init__(self, clock_ms: Callable[[], int] = lambda: time.time_ns() // 1_000_000) -> None:
        self._clock_ms = clock_ms
        self._last = -1
        self._lock = threading.Lock()

    def take(self) -> int:
        """Give the next id."""
        with self._lock:
            first = first_id_at(self._clock_ms())
            same_millisecond = first >> COUNTER_BITS <= self._last >> COUNTER_BITS
            # A full counter runs over into the next millisecond, which keeps ids unique and growing.
            self._last = (
                self._last + 1 if same_millisecond else first + secrets.randbits(COUNTER_BITS - 1)
            )
            return self._last


def first_id_at(unix_ms: int) -> int:
    """Give the smallest id of a millisecond (Unix time), clamped to what an id can hold."""
    return min(max(unix_ms - _EPOCH_MS, 0) << COUNTER_BITS, MAX_ID)


def unix_ms_of(entry_id: int) -> int:
    """Give the Unix time in milliseconds at which an id was taken."""
    return (entry_id >> COUNTER_BITS) + _EPOCH_MS


def created_at_of(entry_id: int) -> str:
    """Give the instant of an id as RFC 3339 in UTC with milliseconds."""
    seconds, milliseconds = divmod(entry_id >> COUNTER_BITS, 1000)
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(minutes, 60)
    days, hour = divmod(hours, 24)
    return f"{_day(days)}T{hour:02d}:{minute:02d}:{second:02d}.{milliseconds:03d}Z"


@lru_cache(maxsize=1024)
def _day(days: int) -> str:
    return (_EPOCH + timedelta(days=days)).strftime("%Y-%m-%d")


def show(entry_id: int) -> str:
    """Give an id as people and the wire see it; the texts sort as plain ASCII in the order of ids."""
    return PREFIX + base62.encode(entry_id, 12)


def read(shown: str) -> int | None:
    """Give the id behind `al_…`, or None when the text is no id."""
    found = _SHOWN.fullmatch(shown)
    if found is None:
        return None
    value = base62.decode(found[1])
    return value if value <= MAX_ID else None

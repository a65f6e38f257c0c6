"""How many entries fall into each stretch of time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

_SECOND: Final = 1000
_MINUTE: Final = 60 * _SECOND
_HOUR: Final = 60 * _MINUTE
_DAY: Final = 24 * _HOUR
_WIDTHS: Final = (
    *(_SECOND * n for n in (1, 5, 15, 30)),
    *(_MINUTE * n for n in (1, 5, 15, 30)),
    *(_HOUR * n for n in (1, 3, 6, 12)),
    *(_DAY * n for n in (1, 7, 28)),
)
DEFAULT_BUCKETS: Final = 60
MAX_BUCKETS: Final = 200


@dataclass(frozen=True, slots=True)
class Bucket:
    """The counts by operation from `start_ms` (Unix milliseconds) for the width of the histogram."""

    start_ms: int
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Histogram:
    """Buckets of one width in the order of time, empty ones included."""

    width_ms: int
    buckets: tuple[Bucket, ...]
    approximate: bool


def bucket_width(span_ms: int, buckets: int) -> int:
    """Give the smallest round width (milliseconds) that spans this time in so many buckets.

    One bucket may be cut by the start of the span, which is why the width is reckoned with one less.
    """
    at_least = span_ms / max(buckets - 1, 1)
    return next((width for width in _WIDTHS if width >= at_least), int(-(-at_least // _DAY) * _DAY))

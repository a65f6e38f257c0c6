"""The parts of recording and sealing that are Python, in time of the processor: a busy machine blurs it least."""

from __future__ import annotations

import gc
import random
import time
from collections.abc import Callable
from itertools import islice
from typing import Final

from bench.tables import table
from deedbook.engine import EntryIds, write_down
from deedbook.engine.integrity.merkle import leaf_hash
from deedbook.engine.postings import postings_of
from deedbook.platform.catalogue import CATALOGUE
from deedbook.platform.recorded import recorded_where
from deedbook.seeding.deeds import deeds_of

_ENTRIES: Final = 1_000
_ROUNDS: Final = 20


def measure() -> None:
    """Print the least time that each part took for an entry, of some rounds."""
    deeds = deeds_of("in_000000000001", random.Random(1), recorded_where())  # noqa: S311 (no secret)
    entry_ids = EntryIds()
    some = list(islice(deeds, _ENTRIES))
    packed = [write_down(deed, entry_ids.take()) for deed in some]
    written = [each.entry() for each in packed]
    acts: dict[str, Callable[[], object]] = {
        "a seeded deed is made": lambda: list(islice(deeds, _ENTRIES)),
        "a deed is written down": lambda: [write_down(deed, entry_ids.take()) for deed in some],
        "its postings are found": lambda: [
            postings_of(each.record, each.personal, CATALOGUE) for each in written
        ],
        "it is unpacked": lambda: [each.entry() for each in packed],
        "its leaf is hashed": lambda: [leaf_hash(each.record) for each in written],
    }
    rows = [[name, f"{_least(act) / _ENTRIES * 1e6:.1f}"] for name, act in acts.items()]
    postings = sum(
        len(part) for each in written for part in postings_of(each.record, each.personal, CATALOGUE)
    )
    table(("part", "µs"), [*rows, ["postings of an entry (number)", f"{postings / _ENTRIES:.1f}"]])


def _least(act: Callable[[], object]) -> float:
    gc.disable()
    try:
        return min(_took(act) for _ in range(_ROUNDS))
    finally:
        gc.enable()


def _took(act: Callable[[], object]) -> float:
    began = time.process_time()
    act()
    return time.process_time() - began

"""Putting rows into a store and looking for them, with how long that took."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle
from typing import Final

from bench.layouts.looks import Look
from bench.layouts.rows import ID, Row
from bench.layouts.stores import Store
from bench.tables import percentiles

_CALLS: Final = 60


@dataclass
class Filling:
    """A store, how many of the rows have gone into it, and what the longest commit took in seconds."""

    store: Store
    rows: Sequence[Row]
    inserted: int = 0
    longest: float = 0.0

    def insert(self, count: int, each: int) -> float:
        """Insert the next so many rows in transactions of so many, and give rows a second."""
        stored_id, first = self.store.layout.stored_id, self.inserted
        rows = [(stored_id(row[ID]), *row[1:]) for row in self.rows[first : first + count]]
        self.inserted += count
        began = time.perf_counter()
        for place in range(0, count, each):
            start = time.perf_counter()
            self.store.write(rows[place : place + each])
            self.longest = max(self.longest, time.perf_counter() - start)
        return count / (time.perf_counter() - began)

    def wait(self, look: Look) -> float:
        """Give the median of some calls of a look in microseconds."""
        stored_id = self.store.layout.stored_id
        values = cycle([{**each, "last": stored_id(each["last"])} for each in look.values])
        return 1000 * percentiles(lambda: self.store.read(look.sql, next(values)), _CALLS)[0]

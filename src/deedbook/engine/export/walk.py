"""Walking through what matches, a bounded piece at a time, each on a look of its own at the log."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final, Protocol, TypeVar

from deedbook.engine.entry import Entry
from deedbook.engine.filters import Filters
from deedbook.engine.page import Page
from deedbook.engine.store import EntryStore

Result = TypeVar("Result")
_PIECE: Final = 500


class Looks(Protocol):
    """Opens the log for one short read, and closes it again."""

    def __call__(self, read: Callable[[EntryStore], Result], /) -> Result:
        """Give what the read gives."""


def walk(looks: Looks, filters: Filters) -> Iterator[tuple[Entry, ...]]:
    """Give the entries that match, oldest first, in pieces, up to the newest that the log has now.

    Between two pieces nothing is open. Whatever was committed when the walk began is in it, once; of
    what commits meanwhile under a lower id some may be.
    """
    end_id = looks(_end)
    after = -1
    while True:
        piece = looks(partial(_ascend, filters=filters, after=after, end_id=end_id))
        if piece:
            yield piece
            after = piece[-1].id
        if len(piece) < _PIECE:
            return


def _end(store: EntryStore) -> int:
    everything = Filters(include=store.catalogue.on_request)
    newest = store.find(everything, Page(limit=1)).entries
    return newest[0].id + 1 if newest else 0


def _ascend(store: EntryStore, *, filters: Filters, after: int, end_id: int) -> tuple[Entry, ...]:
    return store.ascend(filters, after=after, end=end_id, limit=_PIECE)

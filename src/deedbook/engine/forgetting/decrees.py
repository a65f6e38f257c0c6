"""The decrees of one log: noted with the entry that decrees, carried out when that has its place."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from deedbook.engine import ids
from deedbook.engine.canonical import encode
from deedbook.engine.catalogue import Catalogue
from deedbook.engine.decree import (
    Decree,
    Erasure,
    Expiry,
    Facts,
    Selector,
    decree_of,
    facts_of,
    selection_of,
)
from deedbook.engine.deed import Deed
from deedbook.engine.entry import Entry
from deedbook.engine.filters import Selection
from deedbook.engine.forgetting.tables import DecreeTables, OpenDecree, Posted, Standing
from deedbook.engine.postings import postings_of
from deedbook.engine.sealing import rollups
from deedbook.engine.sealing.rollups import Countable, CountTables

# A decree waits so long: who took an id before it has committed by then.
SETTLING_MS: Final = 60_000
# Retention looks through no more positions than this at a time, however few have a body left.
_WINDOW: Final = 10_000

SelectIds = Callable[[Selection, int], list[int]]
# Record and personal part by the id of the entry.
Taken = Mapping[int, tuple[bytes, bytes | None]]
GetEntries = Callable[[Sequence[int]], dict[int, Entry]]


class Decrees:
    """What the log of one instance decreed, on the host's connection.

    `select` gives the first ids of a selection, oldest first, and `entries` what is stored of them;
    `counts` are the rollups that what is taken away is taken off.
    """

    def __init__(
        self,
        tables: DecreeTables,
        instance_id: str,
        catalogue: Catalogue,
        *,
        counts: CountTables,
        select: SelectIds,
        entries: GetEntries,
    ) -> None:
        self._tables = tables
        self._counts = counts
        self._instance_id = instance_id
        self._catalogue = catalogue
        self._select = select
        self._entries = entries

    def note(self, deed: Deed, entry_id: int) -> None:
        """Note what a deed decrees, if anything, with its entry. Raises `InvalidDeed`."""
        if deed.effect is not None and decree_of(deed.effect) is not None:
            self._tables.insert(self._instance_id, entry_id, encode(deed.effect).decode())

    def undone(self) -> list[Decree]:
        """Give what was decreed and is not carried out to its end, the oldest first."""
        return [_read(each) for each in self._tables.undone(self._instance_id)]

    def is_expired(self, entry_id: int) -> bool:
        """Tell whether retention took this entry of the instance."""
        return self._tables.is_expired(self._instance_id, entry_id)

    def horizon(self) -> int:
        """Give the position below which all is decreed to expire; 0 where nothing is."""
        return self._tables.horizon(self._instance_id)

    def horizon_at(self, unix_ms: int, size: int) -> int:
        """Give the position below which, in a log of this size, all is older than an instant."""
        first = self.horizon()
        found = self._tables.first_since(self._instance_id, first, ids.first_id_at(unix_ms))
        return max(first, size) if found is None else found

    def touches(self, *selectors: Selector, before: int = ids.MAX_ID) -> bool:
        """Tell whether an entry, with an id below one, is selected by all of these."""
        return bool(self._select(selection_of(selectors, self._catalogue, end_id=before), 1))

    def due(
        self, holds: Iterable[Selector], *, now_ms: int, settling_ms: int = SETTLING_MS
    ) -> int | None:
        """Give the entry of the oldest decree that can be carried out now.

        An erasure that would touch an entry under a hold waits until the hold is lifted.
        """
        held = list(holds)
        for each in self._tables.in_force(self._instance_id):
            settled = ids.unix_ms_of(each.entry_id) + settling_ms <= now_ms
            if settled and not self._is_held(each, held):
                return each.entry_id
        return None

    def _is_held(self, each: OpenDecree, holds: list[Selector]) -> bool:
        decree = _read(each)
        return isinstance(decree, Erasure) and any(
            self.touches(decree.selector, hold, before=each.entry_id) for hold in holds
        )

    def carry_out(self, entry_id: int, holds: Sequence[Selector], limit: int) -> None:
        """Carry a decree on by at most so many entries. Whoever comes too late finds nothing to do."""
        opened = self._tables.lock(self._instance_id, entry_id)
        if opened is None:
            return
        match _read(opened):
            case Erasure(selector):
                reached, done = self._erase(selector, opened, limit)
            case Expiry(before_sequence):
                reached, done = self._expire(before_sequence, opened.reached, holds, limit)
        self._tables.advance(self._instance_id, entry_id, reached=reached, done=done)

    def _erase(self, selector: Selector, opened: OpenDecree, limit: int) -> tuple[int, bool]:
        selection = selection_of(
            [selector], self._catalogue, first_id=opened.reached + 1, end_id=opened.entry_id
        )
        found = self._select(selection, limit)
        taken = {
            entry.id: (entry.record, entry.personal)
            for entry in self._entries(found).values()
            if entry.personal is not None
            and entry.sequence is not None
            and _is_selected(selector, entry.record)
        }
        self._take_personal(taken)
        return (found[-1], False) if len(found) == limit else (opened.entry_id, True)

    def _expire(
        self, before: int, reached: int, holds: Sequence[Selector], limit: int
    ) -> tuple[int, bool]:
        end = min(before, reached + _WINDOW)
        standing = self._tables.standing(self._instance_id, reached, end, limit)
        read = [(each, facts_of(each.record)) for each in standing]
        free = [
            (each, facts)
            for each, facts in read
            if facts is not None and not any(hold.selects(facts) for hold in holds)
        ]
        self._take_entries([each for each, facts in free if not _has_effect(facts)])
        # What an act on the log itself did is needed for ever; who did it is not.
        self._take_personal(
            {
                each.entry_id: (each.record, each.personal)
                for each, facts in free
                if _has_effect(facts) and each.personal is not None
            }
        )
        goes_on = standing[-1].sequence + 1 if len(standing) == limit else end
        return goes_on, goes_on >= before

    def _take_entries(self, expired: Sequence[Standing]) -> None:
        """Take entries out of the log's lists and counts."""
        self._tables.expire(self._instance_id, [each.entry_id for each in expired])
        gone = [Countable(each.entry_id, each.kind, each.actor_id) for each in expired]
        rollups.remove(self._counts, self._instance_id, gone)
        self._unpost({each.entry_id: (each.record, each.personal) for each in expired}, whole=True)

    def _take_personal(self, erased: Taken) -> None:
        self._tables.erase(self._instance_id, list(erased))
        self._unpost(erased, whole=False)

    def _unpost(self, taken: Taken, *, whole: bool) -> None:
        posted = [
            (entry_id, postings_of(record, personal, None))
            for entry_id, (record, personal) in taken.items()
        ]
        self._tables.unpost(
            self._instance_id,
            record=[Posted(i, each) for i, found in posted for each in found.record if whole],
            personal=[Posted(i, each) for i, found in posted for each in found.personal],
        )


def _read(opened: OpenDecree) -> Decree:
    decree = decree_of(json.loads(opened.effect))
    assert decree is not None, "the database holds no other decrees"
    return decree


def _is_selected(selector: Selector, record: bytes) -> bool:
    facts = facts_of(record)
    return facts is not None and selector.selects(facts)


def _has_effect(facts: Facts) -> bool:
    return facts.effect is not None

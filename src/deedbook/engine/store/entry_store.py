"""The verbs on the entries of one instance. There is no update and no delete among them.

What is forgotten goes by decree of the log alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from deedbook.engine import ids
from deedbook.engine.catalogue import Catalogue
from deedbook.engine.decree import Selector
from deedbook.engine.deed import Deed
from deedbook.engine.entry import Entry, NewEntry, under_another_id, write_down
from deedbook.engine.errors import InvalidDeed, InvalidParameters
from deedbook.engine.evidence import KeptEvidence
from deedbook.engine.filters import Filters, Selection, resolve
from deedbook.engine.forgetting.decrees import Decrees
from deedbook.engine.forgetting.tables import DecreeTables
from deedbook.engine.histogram import Bucket, Histogram, bucket_width
from deedbook.engine.ids import EntryIds
from deedbook.engine.page import Found, Page
from deedbook.engine.postings import Lookup, postings_of
from deedbook.engine.sealing import Proofs
from deedbook.engine.sealing.tables import TreeTables
from deedbook.engine.store import counting
from deedbook.engine.store.counting import Stretch, Tally, count_buckets, count_values
from deedbook.engine.store.tables import Body, Reach, Sealed, Tables
from deedbook.engine.store.walking import looked_up, walk

# How many entries without postings a look-up goes through, the newest: a second of many writers.
TAIL: Final = 10_000
# So many of them are in the memory at once, of each look-up that runs.
PORTION: Final = 500
# Following looks through no more positions than this at a time, however few entries match.
FOLLOW_WINDOW: Final = 10_000
# By look-ups it is done in stretches, this one first.
FIRST_STRETCH: Final = 1_000


@dataclass(frozen=True, slots=True)
class Followed:
    """What lies past a position: entries in their sequence, and the cursor to go on from.

    `size` is how many positions the log had; the cursor is `size - 1` when all of it was seen.
    """

    entries: tuple[Entry, ...]
    cursor: int
    size: int


class EntryStore:
    """The entries of one instance, on the host's connection and in the host's transaction."""

    def __init__(
        self,
        tables: Tables,
        trees: TreeTables,
        decrees: DecreeTables,
        instance_id: str,
        catalogue: Catalogue,
        entry_ids: EntryIds,
    ) -> None:
        self.proofs = Proofs(trees, instance_id)
        self.decrees = Decrees(
            decrees,
            instance_id,
            catalogue,
            counts=trees,
            select=self._oldest_ids,
            entries=self._bodies,
        )
        self.instance_id = instance_id
        self.catalogue = catalogue
        self._tables = tables
        self._trees = trees
        self._entry_ids = entry_ids

    def append(self, deed: Deed) -> Entry:
        """Write a deed down; it is in the log when the host commits.

        Call it after the changes it covers, just before the commit. An id that is taken already
        makes it try the next. Raises `InvalidDeed` for a deed of another instance or of an action
        that is not in the catalogue.
        """
        self._require_ours(deed)
        written = write_down(deed, self._entry_ids.take())
        while not self._tables.insert(written):
            written = under_another_id(written, self._entry_ids.take())
        self.decrees.note(deed, written.id)
        return written.entry()

    def append_all(self, deeds: Iterable[Deed]) -> None:
        """Write many deeds down in one go, each as `append` does."""
        written = []
        for deed in deeds:
            self._require_ours(deed)
            # What has an effect may decree something, which is noted with its entry.
            if deed.effect is None:
                written.append(write_down(deed, self._entry_ids.take()))
            else:
                self.append(deed)
        self.append_written(written)

    def append_written(self, entries: Sequence[NewEntry]) -> None:
        """Append what `write_down` made, with ids as `EntryIds` takes them, perhaps elsewhere.

        An entry whose id is taken gets the next one. Raises `InvalidDeed` for one of another instance.
        """
        if others := {entry.instance_id for entry in entries} - {self.instance_id}:
            raise InvalidDeed(f"entries of {sorted(others)} in the log of {self.instance_id}")
        left = list(entries)
        while taken := set(self._tables.insert_all(left)):
            left = [
                under_another_id(entry, self._entry_ids.take())
                for entry in left
                if entry.id in taken
            ]

    def _require_ours(self, deed: Deed) -> None:
        if deed.instance_id != self.instance_id:
            raise InvalidDeed(f"a deed of {deed.instance_id} in the log of {self.instance_id}")
        if self.catalogue.actions.get(deed.action.name) is not deed.action:
            raise InvalidDeed(f"{deed.action.name} is not in the catalogue")

    def get(self, entry_id: int) -> Entry | None:
        """Give an entry of this instance, or None; also None when it has expired."""
        return self._bodies([entry_id]).get(entry_id)

    def forget(self, entry_id: int, *, holds: Sequence[Selector] = (), limit: int) -> None:
        """Carry out what an entry decreed, by at most so many entries (`decrees.due` names it).

        Retention leaves alone what a hold selects.
        """
        self.decrees.carry_out(entry_id, holds, limit)

    def evidence(self, entry_id: int) -> KeptEvidence | None:
        """Give what proves an entry's passkey verification, or None for no entry of this instance."""
        return self._tables.select_evidence(self.instance_id, entry_id)

    def find(self, filters: Filters, page: Page) -> Found:
        """Give a page of the entries that match, newest first.

        Two look-ups (ids, then bodies), and a third for one row that tells whether the list goes on
        in the direction that was not walked.
        """
        selection = resolve(filters, self.catalogue)
        if page.before is not None:
            above = _narrowed(selection, first_id=page.before + 1)
            found, has_more = self._ids(above, page, newest_first=False)
            found.reverse()
            older = bool(found) and self._is_any(
                _narrowed(selection, end_id=found[-1]), newest_first=True
            )
            return self._page(found, has_more=has_more, newer=has_more, older=older)
        below = selection if page.after is None else _narrowed(selection, end_id=page.after)
        found, has_more = self._ids(below, page, newest_first=True)
        moved = page.after is not None or page.offset > 0
        above_it = _narrowed(selection, first_id=found[0] + 1) if moved and found else None
        newer = above_it is not None and self._is_any(above_it, newest_first=False)
        return self._page(found, has_more=has_more, newer=newer, older=has_more)

    def follow(self, filters: Filters, after: int, limit: int) -> Followed:
        """Give the entries past a position that match, in the order of the sequence.

        `after` is -1 for the beginning, and then the cursor of the call before. Raises
        `InvalidParameters` for a position that the log has not reached: whoever remembers it has seen
        more than there is now.
        """
        # Read first: what lies below the end is committed, and stays where it is.
        size = self.proofs.size()
        if after >= size:
            raise InvalidParameters([f"after: the log ends at {size - 1}"])
        end = min(size, after + 1 + FOLLOW_WINDOW)
        selection = resolve(filters, self.catalogue)
        found = self._sealed(selection, first=after + 1, end=end, limit=limit)
        entries = self._bodies([each.entry_id for each in found])
        cursor = found[-1].sequence if len(found) == limit else end - 1
        # What expired between the two look-ups is gone.
        kept = tuple(entries[each.entry_id] for each in found if each.entry_id in entries)
        return Followed(kept, cursor, size)

    def ascend(self, filters: Filters, *, after: int, end: int, limit: int) -> tuple[Entry, ...]:
        """Give the entries that match and whose ids lie above `after` and below `end`, oldest first."""
        selection = _narrowed(resolve(filters, self.catalogue), first_id=after + 1, end_id=end)
        found = self._select_ids(selection, newest_first=False, limit=limit, offset=0)
        return self._page(found, has_more=False, newer=False, older=False).entries

    def bodies(self, first: int, end: int) -> list[Body]:
        """Give what is kept at the positions from `first` up to `end`, in their order."""
        return self._tables.select_bodies(self.instance_id, first, end)

    def waiting(self) -> tuple[int, int]:
        """Count the entries without a position: those that wait for the sealer, and those that do not.

        An entry that is neither sealed nor waits was put there by nobody of ours.
        """
        return self._tables.count_waiting(self.instance_id)

    def positions(self, filters: Filters, first: int, end: int) -> frozenset[int]:
        """Give those positions from `first` up to `end` whose entries match."""
        selection = resolve(filters, self.catalogue)
        found = self._sealed(selection, first=first, end=end, limit=end - first)
        return frozenset(each.sequence for each in found)

    def count(self, filters: Filters) -> Tally:
        """Count the values of every field among the entries that match."""
        counted, cap = self._counted(resolve(filters, self.catalogue))
        return count_values(self._tables, self.instance_id, counted, self.catalogue, cap)

    def histogram(self, filters: Filters, *, now_ms: int, buckets: int) -> Histogram:
        """Count by time and operation, in at most `buckets` buckets of a round width.

        Without a start date it begins at the oldest entry that matches; without an end date it
        reaches to now. Of a longer stretch it takes what ids can tell, the years 2020 to 2159.
        """
        selection = resolve(filters, self.catalogue)
        end_ms = _within_ids(now_ms if filters.end_ms is None else filters.end_ms)
        start_ms = None if filters.start_ms is None else _within_ids(filters.start_ms)
        if start_ms is None:
            oldest = self._select_ids(selection, newest_first=False, limit=1, offset=0)
            start_ms = ids.unix_ms_of(oldest[0]) if oldest else end_ms
        width = bucket_width(end_ms - start_ms, buckets)
        first_ms = start_ms - start_ms % width
        selected, cap = self._counted(selection)
        rows, approximate = count_buckets(
            self._tables, self.instance_id, selected, Stretch(first_ms, width), cap
        )
        counted: dict[int, Counter[str]] = {}
        for number, kind_number, count in rows:
            kind = self.catalogue.kinds.get(kind_number)
            operation = "other" if kind is None else kind.operation
            counted.setdefault(number, Counter())[operation] += count
        last = max(-(-(end_ms - first_ms) // width), max(counted, default=-1) + 1)
        return Histogram(
            width_ms=width,
            buckets=tuple(
                Bucket(first_ms + number * width, counted.get(number, Counter()))
                for number in range(last)
            ),
            approximate=approximate,
        )

    def _sealed(self, selection: Selection, *, first: int, end: int, limit: int) -> list[Sealed]:
        """Give the positions of a selection; what is looked up is found stretch by stretch."""
        if not selection.lookups:
            return self._tables.select_sealed(
                self.instance_id, selection, first=first, end=end, limit=limit
            )
        found: list[Sealed] = []
        stretch = FIRST_STRETCH
        while first < end and len(found) < limit:
            found += self._looked_up(selection, first, min(first + stretch, end))
            first, stretch = first + stretch, stretch * 2
        return found[:limit]

    def _looked_up(self, selection: Selection, first: int, end: int) -> list[Sealed]:
        """Give the positions of a selection with look-ups, one by one of a stretch."""
        plain = replace(selection, lookups=frozenset())
        within = self._tables.select_sealed(
            self.instance_id, plain, first=first, end=end, limit=end - first
        )
        behind = max(first, self._trees.posted(self.instance_id))
        ours = [each.entry_id for each in within]
        passing = looked_up(self._tables, self.instance_id, selection.lookups, ours)
        if behind < end:
            # What has no postings yet is looked through.
            passing |= {
                body.entry_id
                for start in range(behind, end, PORTION)
                for body in self.bodies(start, min(start + PORTION, end))
                if body.record is not None
                and self._passes(selection.lookups, body.record, body.personal)
            }
        return [each for each in within if each.entry_id in passing]

    def _counted(self, selection: Selection) -> tuple[Selection, int]:
        """Give what is counted of a selection, and up to how many: what is looked up is found first."""
        if not selection.lookups:
            return selection, counting.COUNT_CAP
        cap = counting.LOOKED_UP_CAP
        found = self._select_ids(selection, newest_first=True, limit=cap + 1, offset=0)
        return replace(selection, lookups=frozenset(), among=frozenset(found)), cap

    def _ids(
        self, selection: Selection, page: Page, *, newest_first: bool
    ) -> tuple[list[int], bool]:
        found = self._select_ids(
            selection, newest_first=newest_first, limit=page.limit + 1, offset=page.offset
        )
        return found[: page.limit], len(found) > page.limit

    def _is_any(self, selection: Selection, *, newest_first: bool) -> bool:
        """Tell whether a selection has an entry, looking first at the end where one is likely."""
        return bool(self._select_ids(selection, newest_first=newest_first, limit=1, offset=0))

    def _select_ids(
        self, selection: Selection, *, newest_first: bool, limit: int, offset: int
    ) -> list[int]:
        """Give the ids of a selection, of what is not sealed yet as well."""
        parts = self._parts(selection)
        if len(parts) == 1:
            reach = Reach(newest_first, limit, offset)
            return walk(self._tables, self.instance_id, selection, reach)
        reach = Reach(newest_first, limit + offset)
        found = {
            entry_id
            for part in parts
            for entry_id in walk(self._tables, self.instance_id, part, reach)
        }
        return sorted(found, reverse=newest_first)[offset : offset + limit]

    def _parts(self, selection: Selection) -> list[Selection]:
        """Give the selections that make up one: what has no postings yet is looked through first."""
        if not selection.lookups:
            return [selection]
        waiting = self._tables.select_unposted(self.instance_id, limit=TAIL)
        among = frozenset(
            entry.id
            for start in range(0, len(waiting), PORTION)
            for entry in self._bodies(waiting[start : start + PORTION]).values()
            if self._passes(selection.lookups, entry.record, entry.personal)
        )
        tail = replace(selection, lookups=frozenset(), among=among)
        return [tail, selection] if among else [selection]

    def _passes(self, lookups: frozenset[Lookup], record: bytes, personal: bytes | None) -> bool:
        postings = postings_of(record, personal, self.catalogue)
        return all(each.accepts(postings) for each in lookups)

    def _oldest_ids(self, selection: Selection, limit: int) -> list[int]:
        return self._select_ids(selection, newest_first=False, limit=limit, offset=0)

    def _bodies(self, entry_ids: Sequence[int]) -> dict[int, Entry]:
        return self._tables.select_entries(self.instance_id, entry_ids) if entry_ids else {}

    def _page(self, found: list[int], *, has_more: bool, newer: bool, older: bool) -> Found:
        entries = self._bodies(found)
        return Found(
            entries=tuple(entries[entry_id] for entry_id in found if entry_id in entries),
            has_more=has_more,
            next_page=ids.show(found[-1]) if found and older else None,
            prev_page=ids.show(found[0]) if found and newer else None,
        )


def _within_ids(unix_ms: int) -> int:
    return ids.unix_ms_of(ids.first_id_at(unix_ms))


def _narrowed(selection: Selection, *, first_id: int = 0, end_id: int = ids.MAX_ID) -> Selection:
    return replace(
        selection,
        first_id=max(selection.first_id, first_id),
        end_id=min(selection.end_id, end_id),
    )

"""The verbs on the entries of one instance. There is no update and no delete among them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from deedbook.engine import ids
from deedbook.engine.catalogue import Catalogue
from deedbook.engine.deed import Deed
from deedbook.engine.entry import Entry, NewEntry, under_another_id, write_down
from deedbook.engine.errors import InvalidDeed, InvalidParameters
from deedbook.engine.evidence import KeptEvidence
from deedbook.engine.filters import ACTOR_FIELDS, KIND_FIELDS, Filters, Selection, resolve
from deedbook.engine.histogram import Bucket, Histogram, bucket_width
from deedbook.engine.ids import EntryIds
from deedbook.engine.page import Found, Page
from deedbook.engine.postings import Lookup, Postings, postings_of
from deedbook.engine.sealing import Proofs
from deedbook.engine.store.tables import Body, Tables

# Counting looks at no more entries than this; beyond it an answer says that it is approximate.
COUNT_CAP: Final = 100_000
# How many entries that are not sealed yet a look-up goes through, the newest: a second of many writers.
TAIL: Final = 10_000
# Following looks through no more positions than this at a time, however few entries match.
FOLLOW_WINDOW: Final = 10_000


@dataclass(frozen=True, slots=True)
class Tally:
    """How often each value of each field occurs; approximate when the count stopped at its cap."""

    counts: Mapping[str, Mapping[str, int]]
    approximate: bool


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
        proofs: Proofs,
        instance_id: str,
        catalogue: Catalogue,
        entry_ids: EntryIds,
    ) -> None:
        self.proofs = proofs
        self.instance_id = instance_id
        self.catalogue = catalogue
        self._tables = tables
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
        return Entry(written.id, written.record, written.personal)

    def append_all(self, deeds: Iterable[Deed]) -> None:
        """Write many deeds down in one go, each as `append` does."""
        written = []
        for deed in deeds:
            self._require_ours(deed)
            written.append(write_down(deed, self._entry_ids.take()))
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
        """Give an entry of this instance, or None."""
        return self._tables.select_entries(self.instance_id, [entry_id]).get(entry_id)

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
        found = self._tables.select_sealed(
            self.instance_id,
            resolve(filters, self.catalogue),
            first=after + 1,
            end=end,
            limit=limit,
        )
        entries = self._tables.select_entries(self.instance_id, [each.entry_id for each in found])
        cursor = found[-1].sequence if len(found) == limit else end - 1
        return Followed(tuple(entries[each.entry_id] for each in found), cursor, size)

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
        found = self._tables.select_sealed(
            self.instance_id, selection, first=first, end=end, limit=end - first
        )
        return frozenset(each.sequence for each in found)

    def count(self, filters: Filters) -> Tally:
        """Count the values of every field among the entries that match."""
        selection = resolve(filters, self.catalogue)
        counts: dict[str, Counter[str]] = {
            name: Counter() for name in (*KIND_FIELDS, *ACTOR_FIELDS)
        }
        total = 0
        rows = [
            row
            for part in self._parts(selection)
            for row in self._tables.count_kinds(self.instance_id, part, cap=COUNT_CAP + 1)
        ]
        for number, actor_id, count in rows:
            total += count
            # An entry of an action that has left the catalogue is counted, but has no name.
            if (kind := self.catalogue.kinds.get(number)) is None:
                continue
            for name, read in KIND_FIELDS.items():
                counts[name][read(kind)] += count
            id_field = self.catalogue.actor_types[kind.actor_type].id_field
            if id_field is not None and actor_id is not None:
                counts[id_field][actor_id] += count
        return Tally(counts, approximate=total > COUNT_CAP)

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
        rows = [
            row
            for part in self._parts(selection)
            for row in self._tables.count_buckets(
                self.instance_id,
                part,
                first_ms=first_ms - ids.unix_ms_of(0),
                width_ms=width,
                cap=COUNT_CAP + 1,
            )
        ]
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
            approximate=sum(row.entries for row in rows) > COUNT_CAP,
        )

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
            return self._tables.select_ids(
                self.instance_id, selection, newest_first=newest_first, limit=limit, offset=offset
            )
        found = {
            entry_id
            for part in parts
            for entry_id in self._tables.select_ids(
                self.instance_id, part, newest_first=newest_first, limit=limit + offset, offset=0
            )
        }
        return sorted(found, reverse=newest_first)[offset : offset + limit]

    def _parts(self, selection: Selection) -> list[Selection]:
        """Give the selections that make up one: what has no postings yet is looked through first."""
        if not selection.lookups:
            return [selection]
        waiting = self._tables.select_unsealed(self.instance_id, limit=TAIL)
        among = frozenset(
            entry.id
            for entry in waiting
            if _passes(selection.lookups, postings_of(entry.record, entry.personal, self.catalogue))
        )
        tail = replace(selection, lookups=frozenset(), among=among)
        return [tail, selection] if among else [selection]

    def _page(self, found: list[int], *, has_more: bool, newer: bool, older: bool) -> Found:
        entries = self._tables.select_entries(self.instance_id, found) if found else {}
        return Found(
            entries=tuple(entries[entry_id] for entry_id in found),
            has_more=has_more,
            next_page=ids.show(found[-1]) if found and older else None,
            prev_page=ids.show(found[0]) if found and newer else None,
        )


def _passes(lookups: frozenset[Lookup], postings: Postings) -> bool:
    return all(each.accepts(postings) for each in lookups)


def _within_ids(unix_ms: int) -> int:
    return ids.unix_ms_of(ids.first_id_at(unix_ms))


def _narrowed(selection: Selection, *, first_id: int = 0, end_id: int = ids.MAX_ID) -> Selection:
    return replace(
        selection,
        first_id=max(selection.first_id, first_id),
        end_id=min(selection.end_id, end_id),
    )

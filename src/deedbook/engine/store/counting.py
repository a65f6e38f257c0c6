"""Counting: from the sealer's rollups where they can tell, else by going through entries up to a cap."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from deedbook.engine import ids
from deedbook.engine.catalogue import Catalogue
from deedbook.engine.filters import ACTOR_FIELDS, KIND_FIELDS, Selection
from deedbook.engine.sealing.rollups import DAY_MS, IDS_OF_A_DAY
from deedbook.engine.store.tables import BucketCount, Days, KindCount, RolledUp, Tables

# Counting looks at no more entries than this; beyond it an answer says that it is approximate.
COUNT_CAP: Final = 100_000
# What is looked up has to be found first, which takes ten times as long.
LOOKED_UP_CAP: Final = 10_000


@dataclass(frozen=True, slots=True)
class Tally:
    """How often each value of each field occurs; approximate when the count stopped at its cap."""

    counts: Mapping[str, Mapping[str, int]]
    approximate: bool


class Stretch(NamedTuple):
    """Buckets of time: when the first begins (Unix milliseconds), and how long each is."""

    first_ms: int
    width_ms: int


def count_values(
    tables: Tables, instance_id: str, selection: Selection, catalogue: Catalogue, cap: int
) -> Tally:
    """Count the values of every field among the entries of a selection, the newest up to a cap."""
    rows, approximate = _kinds_and_actors(tables, instance_id, selection, cap)
    of_kinds: Iterable[tuple[int, int]] = ((row.kind, row.entries) for row in rows)
    days = _whole_days(selection)
    if approximate and days is not None:
        # Of kinds rollups know more than the newest entries tell.
        stretch = Stretch(ids.unix_ms_of(0), DAY_MS * (days.end + 1))
        counted, _ = count_buckets(tables, instance_id, selection, stretch, cap)
        of_kinds = ((row.kind, row.entries) for row in counted)
    counts: dict[str, Counter[str]] = {name: Counter() for name in (*KIND_FIELDS, *ACTOR_FIELDS)}
    # An entry of an action that has left the catalogue is counted, but has no name.
    for number, entries in of_kinds:
        if (kind := catalogue.kinds.get(number)) is not None:
            for name, read in KIND_FIELDS.items():
                counts[name][read(kind)] += entries
    for number, actor_id, entries in rows:
        if (kind := catalogue.kinds.get(number)) is not None:
            id_field = catalogue.actor_types[kind.actor_type].id_field
            if id_field is not None and actor_id is not None:
                counts[id_field][actor_id] += entries
    return Tally(counts, approximate)


def count_buckets(
    tables: Tables, instance_id: str, selection: Selection, stretch: Stretch, cap: int
) -> tuple[list[BucketCount], bool]:
    """Count the entries of a selection by bucket and kind; and whether that is approximate."""
    since = stretch.first_ms - ids.unix_ms_of(0)
    options = {"first_ms": since, "width_ms": stretch.width_ms, "cap": cap + 1}
    counted: list[BucketCount] = []
    days = (
        _whole_days(selection) if stretch.width_ms % DAY_MS == 0 and since % DAY_MS == 0 else None
    )
    approximate = False
    parts = [selection]
    if days is not None:
        rolled_up = tables.rolled_up_days(instance_id, days, **options)
        approximate = _is_capped(rolled_up, cap)
        counted += [BucketCount(row.bucket, row.kind, row.entries) for row in rolled_up]
        parts = _edges(selection, days)
    scanned = [row for part in parts for row in tables.count_buckets(instance_id, part, **options)]
    over = sum(row.entries for row in scanned) > cap
    return counted + scanned, approximate or over


def _kinds_and_actors(
    tables: Tables, instance_id: str, selection: Selection, cap: int
) -> tuple[list[KindCount], bool]:
    days = _whole_days(selection)
    if days is not None and (selection.first_id, selection.end_id) == (0, ids.MAX_ID):
        rolled_up = tables.rolled_up_actors(instance_id, days.kinds, cap=cap + 1)
        rows = [KindCount(row.kind, row.actor_id, row.entries) for row in rolled_up]
        return rows, _is_capped(rolled_up, cap)
    rows = tables.count_kinds(instance_id, selection, cap=cap + 1)
    return rows, sum(row.entries for row in rows) > cap


def _whole_days(selection: Selection) -> Days | None:
    """Give the whole days of a selection; None when rollups do not know what it selects by."""
    known = Selection(selection.kinds, first_id=selection.first_id, end_id=selection.end_id)
    if selection != known:
        return None
    first = -(-selection.first_id // IDS_OF_A_DAY)
    # The last day that ids know is cut by the end of numbers.
    end = selection.end_id // IDS_OF_A_DAY + (selection.end_id == ids.MAX_ID)
    return Days(first, end, selection.kinds) if first < end else None


def _edges(selection: Selection, days: Days) -> list[Selection]:
    """Give what a selection has before its first whole day and after its last."""
    before = replace(selection, end_id=days.first * IDS_OF_A_DAY)
    after = replace(selection, first_id=min(days.end * IDS_OF_A_DAY, ids.MAX_ID))
    return [each for each in (before, after) if each.first_id < each.end_id]


def _is_capped(rows: Iterable[RolledUp], cap: int) -> bool:
    return sum(row.entries for row in rows if not row.sealed) > cap

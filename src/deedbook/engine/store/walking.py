"""Walking to the ids of a selection: never much further than what it takes to find them.

Kinds that cover much of the log are soon met by going through its newest entries; kinds that cover
little, or nothing, by walking each that the instance has. Which it is, the entries themselves tell where
the page begins: counts of the whole log would not know that what was common once has not been seen since.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from deedbook.engine.filters import Selection
from deedbook.engine.postings import Lookup, PostedField
from deedbook.engine.store.path import BY_KIND, path_to
from deedbook.engine.store.tables import Reach, Tables

# Of so many entries for each that is asked for one is expected to match, before another way is tried.
SELDOM: Final = 16
LEAST_NEAR: Final = 800
# By how much each stretch of postings is longer than the one before.
_LONGER: Final = 8
# Where several values are looked up, the field of which one entry has the fewest others beside it leads.
_LEADING: Final = (
    *(PostedField.REQUEST, PostedField.SESSION, PostedField.REF),
    *(PostedField.TEXT, PostedField.IP_ADDRESS, PostedField.COUNTRY),
)
# Among the entries of a stretch others may lie: so many times as many are gathered.
_NEIGHBOURS: Final = 4
# So many words that begin as asked are each walked; of more, all that is posted is gathered.
MAX_WORDS: Final = 64


def walk(tables: Tables, instance_id: str, selection: Selection, reach: Reach) -> list[int]:
    """Give the ids of a selection in the order asked for, as many as there are or were asked for."""
    if selection.kinds == frozenset():
        # The catalogue knows of no such entry.
        return []
    if selection.lookups:
        return _walk_postings(tables, instance_id, selection, reach)
    path = path_to(selection)
    if path is not None and path.present and path.columns == BY_KIND.columns:
        among = max(SELDOM * (reach.limit + reach.offset), LEAST_NEAR)
        near = tables.select_near(instance_id, selection, reach, among=among)
        if len(near) == reach.limit:
            return near
    return tables.select_ids(instance_id, selection, reach, path)


def _walk_postings(
    tables: Tables, instance_id: str, selection: Selection, reach: Reach
) -> list[int]:
    """Go through what is posted under the first value, in ever longer stretches.

    What is not soon found so is looked for among the entries of the actor or entity, if one is asked for.
    """
    first, *others = [
        _in_full(tables, instance_id, each)
        for each in sorted(selection.lookups, key=lambda each: _LEADING.index(each.field))
    ]
    left = replace(selection, lookups=frozenset(others))
    wanted, among = reach.limit + reach.offset, 2 * (reach.limit + reach.offset)
    found: list[int] = []
    while True:
        stretch = Reach(reach.newest_first, among)
        posted = tables.select_posted(instance_id, first, left, stretch)
        part = replace(left, among=frozenset(posted))
        missing = Reach(reach.newest_first, wanted - len(found))
        found += tables.select_ids(instance_id, part, missing, None)
        if len(found) == wanted or len(posted) < among:
            return found[reach.offset :]
        path = path_to(selection)
        if path is not None and path.columns != BY_KIND.columns:
            in_full = replace(selection, lookups=frozenset((first, *others)))
            return tables.select_ids(instance_id, in_full, reach, path)
        if reach.newest_first:
            left = replace(left, end_id=posted[-1])
        else:
            left = replace(left, first_id=posted[-1] + 1)
        among *= _LONGER


def looked_up(
    tables: Tables, instance_id: str, lookups: frozenset[Lookup], entry_ids: Sequence[int]
) -> set[int]:
    """Give those of some entries of about one time that every look-up finds."""
    left = set(entry_ids)
    for lookup in lookups:
        if not left:
            break
        lookup = _in_full(tables, instance_id, lookup)  # noqa: PLW2901 (the same one)
        within = Selection(kinds=None, first_id=min(left), end_id=max(left) + 1)
        limit = _NEIGHBOURS * len(entry_ids)
        posted = tables.select_posted(instance_id, lookup, within, Reach(True, limit))
        if len(posted) == limit:
            # They lie far apart: each is asked for by itself.
            alone = Selection(kinds=None, lookups=frozenset({lookup}), among=frozenset(left))
            posted = tables.select_ids(instance_id, alone, Reach(True, len(left)), None)
        left.intersection_update(posted)
    return left


def _in_full(tables: Tables, instance_id: str, lookup: Lookup) -> Lookup:
    """Give a look-up for the words that begin as is asked for, unless they are many."""
    if lookup.field is not PostedField.TEXT:
        return lookup
    words = tables.select_words(instance_id, lookup, limit=MAX_WORDS + 1)
    return lookup if len(words) > MAX_WORDS else Lookup(lookup.field, frozenset(words), whole=True)

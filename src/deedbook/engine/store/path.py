"""The path to a selection: which index to walk, driven by which values.

Each index ends in the id, so that for one value of its columns the newest entries come first and a page
needs no sort. A selection of several values walks each for itself and merges what it finds: a filter
that matches little, or nothing, costs as little as one that matches much.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from deedbook.engine.filters import Selection

# A selection of more kinds than this is most of the log: walking it by id finds a page sooner.
MAX_KINDS: Final = 64


@dataclass(frozen=True, slots=True)
class Path:
    """An index, and the columns in it that are looked up value by value."""

    index: str
    columns: tuple[str, ...]


def path_to(selection: Selection) -> Path | None:
    """Give the shortest path to a selection; None for the entries of the instance in their order."""
    if selection.lookups or selection.among is not None:
        # Its own look-up finds the entries.
        return None
    if selection.entity_ids.any_of:
        return Path("deedbook_entry_by_entity", ("entity_id",))
    if selection.actor_ids and selection.kinds is not None:
        return Path("deedbook_entry_by_actor", ("actor_id", "kind"))
    if selection.kinds is not None and len(selection.kinds) <= MAX_KINDS:
        return Path("deedbook_entry_by_kind", ("kind",))
    return None

"""The path to a selection: which index to walk, driven by which values.

Each index ends in the id, so that for one value of its columns the newest entries come first and a page
needs no sort. A selection of several values walks each for itself and merges what it finds: a filter
that matches little, or nothing, costs as little as one that matches much.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from deedbook.engine.filters import Selection

# So many kinds are soon walked, one by one, whether the instance has them or not.
FEW_KINDS: Final = 12


@dataclass(frozen=True, slots=True)
class Path:
    """The columns of an index that are looked up value by value.

    With `present` the kinds are those that the index itself has, of the instance or of an actor, among
    those that are asked for: however many there could be, it costs a look-up for each that there is.
    """

    columns: tuple[str, ...]
    present: bool = False


BY_KIND: Final = Path(("kind",))
BY_ACTOR: Final = Path(("actor_id", "kind"))
BY_ENTITY: Final = Path(("entity_id",))


def path_to(selection: Selection) -> Path | None:
    """Give the shortest path to a selection; None for the entries of the instance in their order."""
    if selection.among is not None:
        return None
    if selection.entity_ids.any_of:
        return BY_ENTITY
    if selection.kinds is None:
        return None
    path = BY_ACTOR if selection.actor_ids else BY_KIND
    return replace(path, present=len(selection.kinds) > FEW_KINDS)

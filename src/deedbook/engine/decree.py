"""Decrees: what an entry of the log decides about the log itself, and which entries it takes.

Such an entry says so in its `effect`, in facts of records alone, so that a verifier can tell from the
log what is allowed to be missing:

    {"kind": "personal_erased", "selector": {"user_id": "us_…"}}
    {"kind": "entries_expired", "before_sequence": 4711}
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

import msgspec

from deedbook.engine import ids
from deedbook.engine.catalogue import Catalogue
from deedbook.engine.entry import column_text
from deedbook.engine.errors import InvalidDeed
from deedbook.engine.filters import Selection, kinds_of_actors
from deedbook.engine.postings import Lookup, PostedField, posted_value

PERSONAL_ERASED: Final = "personal_erased"
ENTRIES_EXPIRED: Final = "entries_expired"
_NAMED: Final = (
    frozenset({"entry_id"}),
    frozenset({"user_id"}),
    frozenset({"api_key_id"}),
    frozenset({"entity_type", "entity_id"}),
)


class _Ref(msgspec.Struct):
    type: str
    id: str


class Facts(msgspec.Struct):
    """What of a record selectors look at."""

    id: str
    user_id: str | None
    api_key_id: str | None
    entity_type: str
    entity_id: str
    refs: list[_Ref]
    effect: dict[str, Any] | None


_FACTS: Final = msgspec.json.Decoder(Facts)


def facts_of(record: bytes) -> Facts | None:
    """Give the facts of a record; of what is none, which only the database's holder writes, nothing."""
    try:
        return _FACTS.decode(record)
    except msgspec.MsgspecError:
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Selector:
    """Which entries: one entry, those of one actor, or those of one entity and those that refer to it.

    Raises `InvalidDeed` unless exactly one of these is named, as the columns of the log can hold it.
    """

    entry_id: str | None = None
    user_id: str | None = None
    api_key_id: str | None = None
    entity_type: str | None = None
    entity_id: str | None = None

    def __post_init__(self) -> None:
        """Refuse what selects nothing, or by more than one thing."""
        if frozenset(self.facts()) not in _NAMED:
            raise InvalidDeed(
                "a selector names an entry, a user, an API key, or an entity by its type"
            )
        if any(column_text(value) != value for value in self.facts().values()):
            raise InvalidDeed("a selector names what no column can hold")
        if self.entry_id is not None and ids.read(self.entry_id) is None:
            raise InvalidDeed(f"{self.entry_id!r} is no id of an entry")

    def facts(self) -> dict[str, str]:
        """Give what is named, as an effect has it."""
        return {name: value for name, value in asdict(self).items() if value is not None}

    def selects(self, record: Facts) -> bool:
        """Tell whether it selects an entry, by its record."""
        if self.entry_id is not None:
            return record.id == self.entry_id
        if self.user_id is not None:
            return record.user_id == self.user_id
        if self.api_key_id is not None:
            return record.api_key_id == self.api_key_id
        touched = [(record.entity_type, record.entity_id), *((r.type, r.id) for r in record.refs)]
        return (self.entity_type, self.entity_id) in touched


@dataclass(frozen=True, slots=True)
class Erasure:
    """The personal part of what the selector selects among the entries older than the decree."""

    selector: Selector


@dataclass(frozen=True, slots=True)
class Expiry:
    """The bodies of every position below one, but for the records of entries that have an effect."""

    before_sequence: int


Decree = Erasure | Expiry


def effect_of(decree: Decree) -> dict[str, object]:
    """Give the effect by which an entry decrees something."""
    match decree:
        case Erasure(selector):
            return {"kind": PERSONAL_ERASED, "selector": selector.facts()}
        case Expiry(before_sequence):
            return {"kind": ENTRIES_EXPIRED, "before_sequence": before_sequence}


def decree_of(effect: Mapping[str, Any] | None) -> Decree | None:
    """Give what an effect decrees, or None when it is of another kind.

    Raises `InvalidDeed` when it is of these kinds and does not say what.
    """
    match effect:
        case {"kind": "personal_erased", "selector": dict(facts), **rest} if not rest:
            if facts.keys() <= Selector.__dataclass_fields__.keys():
                return Erasure(Selector(**facts))
        case {"kind": "entries_expired", "before_sequence": int(before), **rest} if not rest:
            if before >= 0:
                return Expiry(before)
    if effect is None or effect.get("kind") not in (PERSONAL_ERASED, ENTRIES_EXPIRED):
        return None
    raise InvalidDeed(f"an effect that decrees nothing: {effect}")


def selection_of(
    selectors: Iterable[Selector],
    catalogue: Catalogue,
    *,
    first_id: int = 0,
    end_id: int = ids.MAX_ID,
) -> Selection:
    """Give where to look for the entries that all of these select; what is found there is more, at times.

    A posting has the id of an entity and not its type: the record decides (`Selector.selects`).
    """
    found = Selection(kinds=None, first_id=first_id, end_id=end_id)
    for each in selectors:
        found = _narrowed(found, each, catalogue)
    return found


def _narrowed(selection: Selection, selector: Selector, catalogue: Catalogue) -> Selection:
    if selector.entry_id is not None:
        entry_id = ids.read(selector.entry_id) or 0
        return replace(
            selection,
            first_id=max(selection.first_id, entry_id),
            end_id=min(selection.end_id, entry_id + 1),
        )
    if selector.entity_id is not None:
        lookup = Lookup(PostedField.REF, frozenset({posted_value(selector.entity_id)}))
        return replace(selection, lookups=selection.lookups | {lookup})
    field = "user_id" if selector.user_id is not None else "api_key_id"
    kinds, actors = kinds_of_actors(field, catalogue), frozenset({selector.facts()[field]})
    if selection.kinds is not None:
        # An entry has one actor.
        kinds = kinds & selection.kinds if selection.actor_ids == actors else frozenset()
    return replace(selection, kinds=kinds, actor_ids=actors)

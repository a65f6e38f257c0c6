"""Filters of the log: read from query parameters, resolved to what the stores can look up."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Final

from deedbook.engine import ids
from deedbook.engine.catalogue import Catalogue
from deedbook.engine.entry import column_text
from deedbook.engine.errors import InvalidParameters
from deedbook.engine.kinds import Kind, Outcome
from deedbook.engine.postings import Lookup, PostedField, sought_value

_PASSKEY: Final = {True: "true", False: "false", None: "null"}
# What a kind folds, and how to read it off one.
KIND_FIELDS: Final[Mapping[str, Callable[[Kind], str]]] = {
    "feature": lambda kind: kind.feature,
    "operation": lambda kind: kind.operation,
    "action": lambda kind: kind.action,
    "entity_type": lambda kind: kind.entity_type,
    "actor_type": lambda kind: kind.actor_type,
    "outcome": lambda kind: kind.outcome,
    "has_passkey": lambda kind: _PASSKEY[kind.has_passkey],
}
ACTOR_FIELDS: Final = ("user_id", "api_key_id")
FIELDS: Final = (*KIND_FIELDS, *ACTOR_FIELDS, "entity_id")
# What the sealer posts, or what is found in an entry that is not sealed yet; none can be excluded by.
POSTED_FIELDS: Final[Mapping[str, PostedField]] = {
    "ref_id": PostedField.REF,
    "ip_address": PostedField.IP_ADDRESS,
    "country": PostedField.COUNTRY,
    "request_id": PostedField.REQUEST,
    "session_id": PostedField.SESSION,
    "q": PostedField.TEXT,
}
EXCLUDE: Final = "not_"
MAX_VALUES: Final = 200
_QUOTED_CHARACTERS: Final = 40

_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_INSTANT: Final = re.compile(
    r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})"
)


@dataclass(frozen=True, slots=True)
class Match:
    """The values of one field: any of these (when there are any), and none of those."""

    any_of: frozenset[str] = frozenset()
    none_of: frozenset[str] = frozenset()

    def accepts(self, value: str) -> bool:
        """Tell whether a value passes."""
        return (not self.any_of or value in self.any_of) and value not in self.none_of


@dataclass(frozen=True, slots=True)
class Filters:
    """What a reader asks for. Different fields all have to match.

    `start_ms` and `end_ms` are Unix milliseconds, half-open. `include` asks for what is left out
    by default: `denied`, and the actor types that are shown only on request (`system`).
    """

    matches: Mapping[str, Match] = field(default_factory=dict)
    start_ms: int | None = None
    end_ms: int | None = None
    include: frozenset[str] = frozenset()
    lookups: frozenset[Lookup] = frozenset()


@dataclass(frozen=True, slots=True)
class Selection:
    """Filters resolved against a catalogue: what a store looks up.

    `kinds` None means every kind. An actor is a set of ids within a set of kinds, since two types of
    actor may use the same id. Ids are half-open: `first_id <= id < end_id`; with `among` they are these
    alone.
    """

    kinds: frozenset[int] | None
    actor_ids: frozenset[str] = frozenset()
    other_actors: tuple[tuple[frozenset[str], frozenset[int]], ...] = ()
    entity_ids: Match = Match()
    lookups: frozenset[Lookup] = frozenset()
    among: frozenset[int] | None = None
    first_id: int = 0
    end_id: int = ids.MAX_ID


def read_filters(
    parameters: Iterable[tuple[str, str]], catalogue: Catalogue, *, everything: bool = False
) -> Filters:
    """Read filters from query parameters: a repeated key means OR, different keys AND.

    Knows the fields (each also with `not_` before it), `start_date`, `end_date` and `include`; with
    `everything` nothing is left out by default. Raises `InvalidParameters`, which names each parameter
    that is unknown or cannot be.
    """
    reader = _Reader(catalogue, include=catalogue.on_request if everything else frozenset())
    for name, value in parameters:
        reader.take(name, value)
    return reader.filters()


class _Reader:
    """Collects parameters one by one, and what is wrong with them."""

    def __init__(self, catalogue: Catalogue, *, include: frozenset[str]) -> None:
        self._catalogue = catalogue
        self._allowed = _allowed_values(catalogue)
        self._on_request = catalogue.on_request
        self._any_of: dict[str, set[str]] = {}
        self._none_of: dict[str, set[str]] = {}
        self._lookups: dict[str, set[str]] = {}
        self._dates: dict[str, int] = {}
        self._include = set(include)
        self._problems: list[str] = []

    def take(self, name: str, value: str) -> None:
        field_name = name.removeprefix(EXCLUDE)
        if field_name in FIELDS:
            self._take_value(name, field_name, value)
        elif name in POSTED_FIELDS:
            self._take_lookup(name, value)
        elif name in ("start_date", "end_date"):
            self._take_date(name, value)
        elif name == "include":
            self._take_include(value)
        else:
            self._problems.append(f"{name}: unknown parameter")

    def filters(self) -> Filters:
        start, end = self._dates.get("start_date"), self._dates.get("end_date")
        if start is not None and end is not None and start > end:
            self._problems.append("end_date: lies before start_date")
        self._refuse_hidden()
        if self._problems:
            raise InvalidParameters(self._problems)
        names = self._any_of.keys() | self._none_of.keys()
        matches = {
            name: Match(
                frozenset(self._any_of.get(name, ())), frozenset(self._none_of.get(name, ()))
            )
            for name in names
        }
        lookups = frozenset(
            Lookup(POSTED_FIELDS[name], frozenset(values)) for name, values in self._lookups.items()
        )
        return Filters(matches, start, end, frozenset(self._include), lookups)

    def _take_lookup(self, name: str, value: str) -> None:
        try:
            values = self._lookups.setdefault(name, set())
            values.add(sought_value(POSTED_FIELDS[name], value))
            if len(values) > MAX_VALUES:
                self._problems.append(f"{name}: more than {MAX_VALUES} values")
        except ValueError as error:
            self._problems.append(f"{name}: {error}")

    def _take_value(self, name: str, field_name: str, value: str) -> None:
        if problem := self._problem_with(field_name, value):
            self._problems.append(f"{name}: {problem}")
            return
        values = (self._none_of if name != field_name else self._any_of).setdefault(
            field_name, set()
        )
        values.add(column_text(value))
        if len(values) > MAX_VALUES:
            self._problems.append(f"{name}: more than {MAX_VALUES} values")

    def _problem_with(self, field_name: str, value: str) -> str | None:
        if not value:
            return "is empty"
        if field_name in self._allowed and value not in self._allowed[field_name]:
            known = ", ".join(sorted(self._allowed[field_name])[:30])
            return f"{_quoted(value)} is not one of: {known}"
        if field_name in ACTOR_FIELDS and not self._well_formed(field_name, value):
            return f"{_quoted(value)} is not the form of such an id"
        return None

    def _well_formed(self, field_name: str, value: str) -> bool:
        return any(
            re.fullmatch(actor_type.id_pattern, value)
            for actor_type in self._catalogue.actor_types.values()
            if actor_type.id_field == field_name
        )

    def _take_date(self, name: str, value: str) -> None:
        if name in self._dates:
            self._problems.append(f"{name}: given twice")
            return
        try:
            self._dates[name] = read_date(value, whole_day=name == "end_date")
        except ValueError as error:
            self._problems.append(f"{name}: {error}")

    def _take_include(self, value: str) -> None:
        for word in value.split(","):
            if word in self._on_request:
                self._include.add(word)
            else:
                known = ", ".join(sorted(self._on_request))
                self._problems.append(f"include: {_quoted(word)} is not one of: {known}")

    def _refuse_hidden(self) -> None:
        """A filter for what is left out by default would answer with nothing, so it says so."""
        for name in ("actor_type", "outcome"):
            hidden = self._any_of.get(name, set()) & self._on_request - self._include
            self._problems += [f"{name}: {word} needs include={word}" for word in sorted(hidden)]


def read_date(text: str, *, whole_day: bool = False) -> int:
    """Give the Unix milliseconds of an RFC 3339 instant with an offset, or of a bare UTC date.

    An instant between two milliseconds counts as the later one, which keeps `[start, end)` exact. A
    bare date is its first moment, and with `whole_day` the first moment of the next day. Raises
    `ValueError` with a reason.
    """
    # In a query string an unescaped + arrives as a space.
    text = re.sub(r" (\d{2}:\d{2})$", r"+\1", text)
    try:
        if _DATE.fullmatch(text):
            day = date.fromisoformat(text)
            midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
            return _unix_ms(midnight) + (86_400_000 if whole_day else 0)
        if found := _INSTANT.fullmatch(text):
            # Python reads microseconds; what lies beyond them still makes an instant a later one.
            beyond = (found[1] or "")[7:].strip("0")
            moment = datetime.fromisoformat(text.upper())
            return _unix_ms(moment + timedelta(microseconds=1 if beyond else 0))
    except (ValueError, OverflowError):
        raise ValueError(f"{_quoted(text)} is no date in the calendar") from None
    raise ValueError(
        f"{_quoted(text)} is neither a date (2026-03-15) nor an instant with its offset "
        "(2026-03-15T09:30:00Z)"
    )


def _unix_ms(moment: datetime) -> int:
    since = moment - datetime(1970, 1, 1, tzinfo=UTC)
    return -(-since // timedelta(milliseconds=1))


def _quoted(value: str) -> str:
    return repr(value if len(value) <= _QUOTED_CHARACTERS else value[:_QUOTED_CHARACTERS] + "…")


@lru_cache(maxsize=8)
def _allowed_values(catalogue: Catalogue) -> dict[str, frozenset[str]]:
    """Give the values that each field of a kind can have in this catalogue."""
    allowed = {
        name: frozenset(read(kind) for kind in catalogue.kinds.values())
        for name, read in KIND_FIELDS.items()
    }
    allowed["operation"] |= frozenset(catalogue.operations)
    allowed["has_passkey"] = frozenset(_PASSKEY.values())
    return allowed


def resolve(filters: Filters, catalogue: Catalogue) -> Selection:
    """Turn filters into what a store can look up."""
    asked = tuple((name, each) for name, each in filters.matches.items() if name in KIND_FIELDS)
    kinds = _kinds(asked, filters.include, catalogue)
    actor_ids: frozenset[str] = frozenset()
    others: list[tuple[frozenset[str], frozenset[int]]] = []
    for name in ACTOR_FIELDS:
        match = filters.matches.get(name, Match())
        theirs = kinds_of_actors(name, catalogue)
        if match.any_of:
            # An entry has one actor: asking for a user and a key at once leaves no kind.
            kinds, actor_ids = kinds & theirs, match.any_of
        if match.none_of:
            others.append((match.none_of, theirs))
    return Selection(
        kinds=None if len(kinds) == len(catalogue.kinds) else kinds,
        actor_ids=actor_ids,
        other_actors=tuple(others),
        entity_ids=filters.matches.get("entity_id", Match()),
        lookups=filters.lookups,
        first_id=0 if filters.start_ms is None else ids.first_id_at(filters.start_ms),
        end_id=ids.MAX_ID if filters.end_ms is None else ids.first_id_at(filters.end_ms),
    )


@lru_cache(maxsize=256)
def _kinds(
    asked: tuple[tuple[str, Match], ...], include: frozenset[str], catalogue: Catalogue
) -> frozenset[int]:
    """Give the kinds that pass: the same are asked for again and again."""
    shown = {
        name
        for name, each in catalogue.actor_types.items()
        if not each.only_on_request or name in include
    }
    tests = [(KIND_FIELDS[name], match) for name, match in asked]
    return frozenset(
        number
        for number, kind in catalogue.kinds.items()
        if kind.actor_type in shown
        and (kind.outcome is not Outcome.DENIED or Outcome.DENIED.value in include)
        and all(match.accepts(read(kind)) for read, match in tests)
    )


@lru_cache(maxsize=16)
def kinds_of_actors(id_field: str, catalogue: Catalogue) -> frozenset[int]:
    """Give the kinds of the entries whose actor's id lies in a field of the record."""
    types = {kind.name for kind in catalogue.actor_types.values() if kind.id_field == id_field}
    return frozenset(number for number, kind in catalogue.kinds.items() if kind.actor_type in types)

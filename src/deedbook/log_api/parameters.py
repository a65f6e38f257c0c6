"""Query parameters of the log: told apart, refused when unknown, described for OpenAPI."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final, TypeVar

from fastapi import Request

from deedbook.engine import InvalidParameters
from deedbook.engine.filters import EXCLUDE, FIELDS
from deedbook.engine.histogram import DEFAULT_BUCKETS, MAX_BUCKETS
from deedbook.engine.page import DEFAULT_LIMIT, MAX_LIMIT, MAX_OFFSET, whole_number

Pairs = list[tuple[str, str]]
# How long a follower may be kept waiting for something new.
MAX_WAIT_SECONDS: Final = 20
One = TypeVar("One")
Other = TypeVar("Other")


def split(request: Request, names: Iterable[str]) -> tuple[Pairs, Pairs]:
    """Give the parameters of these names, and all others."""
    chosen = frozenset(names)
    pairs = request.query_params.multi_items()
    return [pair for pair in pairs if pair[0] in chosen], [
        pair for pair in pairs if pair[0] not in chosen
    ]


def both(read_one: Callable[[], One], read_other: Callable[[], Other]) -> tuple[One, Other]:
    """Read two groups of parameters, and say at once what is wrong with either."""
    try:
        one = read_one()
    except InvalidParameters as refused:
        try:
            read_other()
        except InvalidParameters as refused_too:
            raise InvalidParameters([*refused.problems, *refused_too.problems]) from None
        raise
    return one, read_other()


def read_buckets(pairs: Pairs) -> int:
    """Give the number of buckets asked for. Raises `InvalidParameters`."""
    if not pairs:
        return DEFAULT_BUCKETS
    number = whole_number(pairs[0][1], 1, MAX_BUCKETS)
    if number is None or len(pairs) > 1:
        raise InvalidParameters([f"buckets: must be one whole number from 1 to {MAX_BUCKETS}"])
    return number


def refuse_all(request: Request) -> None:
    """Refuse any query parameter, by name."""
    if names := sorted(set(request.query_params)):
        raise InvalidParameters([f"{name}: unknown parameter" for name in names])


def described(*groups: str) -> dict[str, Any]:
    """Describe groups of parameters (`filters`, `page`, `buckets`, `feed`, `sizes`) as OpenAPI wants it."""
    return {"parameters": [each for group in groups for each in _GROUPS[group]]}


def _parameter(name: str, schema: dict[str, Any], description: str = "") -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": schema, "description": description}


_TEXTS: Final = {"type": "array", "items": {"type": "string"}}
_INSTANT: Final = {"type": "string", "examples": ["2026-03-15", "2026-03-15T09:30:00Z"]}
_SIZE: Final = {"type": "integer", "minimum": 1}
_CURSOR: Final = {"type": "string", "minLength": 15, "maxLength": 15}
_POSTED: Final = {
    "ref_id": "Any of these, as the entity or as what else the act touched.",
    "ip_address": "From any of these addresses.",
    "country": "From any of these countries (ISO 3166-1, two capitals).",
    "request_id": "By any of these requests.",
    "session_id": "In any of these sessions, as entries name them.",
    "q": "Text with which the label or a searchable value begins, or one of its first words.",
}
_GROUPS: Final = {
    "filters": [
        *(_parameter(name, _TEXTS, "Any of these values.") for name in FIELDS),
        *(_parameter(EXCLUDE + name, _TEXTS, "None of these values.") for name in FIELDS),
        *(_parameter(name, _TEXTS, text) for name, text in _POSTED.items()),
        _parameter("start_date", _INSTANT, "From this instant, or from the start of this UTC day."),
        _parameter("end_date", _INSTANT, "Up to but without this instant, or with this UTC day."),
        _parameter(
            "include", {"type": "string"}, "What is left out by default: denied, system or both."
        ),
    ],
    "page": [
        _parameter(
            "limit",
            {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT},
        ),
        _parameter(
            "offset", {"type": "integer", "minimum": 0, "maximum": MAX_OFFSET, "default": 0}
        ),
        _parameter("starting_after", _CURSOR, "Entries older than this one."),
        _parameter("ending_before", _CURSOR, "The entries just newer than this one."),
    ],
    "buckets": [
        _parameter(
            "buckets",
            {"type": "integer", "minimum": 1, "maximum": MAX_BUCKETS, "default": DEFAULT_BUCKETS},
        )
    ],
    "feed": [
        _parameter(
            "after",
            {"type": "integer", "minimum": -1, "default": -1},
            "Entries past this position: the cursor of the call before, -1 for the beginning.",
        ),
        _parameter(
            "limit",
            {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT},
        ),
        _parameter(
            "wait",
            {"type": "integer", "minimum": 0, "maximum": MAX_WAIT_SECONDS, "default": 0},
            "Seconds to wait for something new.",
        ),
    ],
    "sizes": [
        _parameter("from", _SIZE, "A size of the log to prove growth from."),
        _parameter("to", _SIZE, "The size to prove growth to; that of the newest checkpoint."),
    ],
}

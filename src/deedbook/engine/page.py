"""Pages of the log: newest first, walked by exclusive entry ids."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from deedbook.engine import ids
from deedbook.engine.entry import Entry
from deedbook.engine.errors import InvalidParameters

DEFAULT_LIMIT: Final = 50
MAX_LIMIT: Final = 1000
MAX_OFFSET: Final = 1000
PARAMETERS: Final = ("limit", "offset", "starting_after", "ending_before")


@dataclass(frozen=True, slots=True)
class Page:
    """Which part of a list: older than `after`, or just above `before`, or from `offset`."""

    limit: int = DEFAULT_LIMIT
    after: int | None = None
    before: int | None = None
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """One page, newest first.

    `next_page` is the id to pass as `starting_after`, `prev_page` the id to pass as `ending_before`;
    each is None at its end of the list. `has_more` speaks of the direction that was walked.
    """

    entries: tuple[Entry, ...]
    has_more: bool
    next_page: str | None
    prev_page: str | None


def read_page(pairs: Iterable[tuple[str, str]]) -> Page:
    """Read a page from query parameters. Raises `InvalidParameters`, which names what is wrong."""
    parameters: dict[str, str] = {}
    problems: list[str] = []
    for name, value in pairs:
        if name in parameters:
            problems.append(f"{name}: given twice")
        parameters[name] = value
    cursors = [name for name in PARAMETERS[1:] if name in parameters]
    if len(cursors) > 1:
        problems.append(f"{cursors[1]}: cannot be combined with {cursors[0]}")
    page = Page(
        limit=_number(parameters, "limit", 1, MAX_LIMIT, DEFAULT_LIMIT, problems),
        after=_cursor(parameters, "starting_after", problems),
        before=_cursor(parameters, "ending_before", problems),
        offset=_number(parameters, "offset", 0, MAX_OFFSET, 0, problems),
    )
    if problems:
        raise InvalidParameters(problems)
    return page


def whole_number(text: str, least: int, most: int) -> int | None:
    """Give the number that a text of plain digits says, or None when it is not within the bounds."""
    plain = text.isascii() and text.isdigit() and len(text) <= len(str(most))
    return int(text) if plain and least <= int(text) <= most else None


def _number(
    parameters: Mapping[str, str],
    name: str,
    least: int,
    most: int,
    default: int,
    problems: list[str],
) -> int:
    text = parameters.get(name)
    if text is None:
        return default
    number = whole_number(text, least, most)
    if number is None:
        problems.append(f"{name}: must be a whole number from {least} to {most}")
        return default
    return number


def _cursor(parameters: Mapping[str, str], name: str, problems: list[str]) -> int | None:
    text = parameters.get(name)
    if text is None:
        return None
    entry_id = ids.read(text)
    if entry_id is None:
        problems.append(f"{name}: must be the id of an entry (al_ and 12 characters)")
    return entry_id

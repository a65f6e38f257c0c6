"""What an export is asked for with, on the wire."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from deedbook.engine import Catalogue, Filters, InvalidParameters, read_filters


class Format(StrEnum):
    """The files that an export can be; the value is the word of the wire and the ending of the name."""

    CSV = "csv"
    JSONL = "jsonl"
    BUNDLE = "bundle"
    PACK = "pack"

    @property
    def ending(self) -> str:
        """What the name of such a file ends with."""
        return "zip" if self is Format.PACK else self.value

    @property
    def media_type(self) -> str:
        """The media type; a bundle has none of its own."""
        return {
            Format.CSV: "text/csv; charset=utf-8; header=present",
            Format.JSONL: "application/jsonl",
            Format.BUNDLE: "application/octet-stream",
            Format.PACK: "application/zip",
        }[self]

    @property
    def is_of_one_moment(self) -> bool:
        """Whether it proves something, and so needs one snapshot from its first byte to its last."""
        return self in (Format.BUNDLE, Format.PACK)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be exported, and as what."""

    format: Format
    filters: Filters


def read_asked(pairs: Sequence[tuple[str, str]], catalogue: Catalogue) -> Asked:
    """Read query parameters: `format`, and the filters of the log with nothing left out by default.

    Raises `InvalidParameters`, which names what is wrong.
    """
    formats = [value for name, value in pairs if name == "format"]
    rest = [pair for pair in pairs if pair[0] != "format"]
    problems = []
    if len(formats) != 1 or formats[0] not in list(Format):
        problems.append(f"format: must be one of {', '.join(Format)}")
    try:
        filters = read_filters(rest, catalogue, everything=True)
    except InvalidParameters as refused:
        raise InvalidParameters([*problems, *refused.problems]) from None
    if problems:
        raise InvalidParameters(problems)
    return Asked(Format(formats[0]), filters)

"""Postings: the values that an entry is found by beyond what has an index of its own.

The sealer writes them, a row for each value of an entry; until then a reader makes them from the entry
itself. They can be made again from the entries, and those of what can be erased lie in a table apart.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from enum import IntEnum
from ipaddress import ip_address
from typing import Any, Final, NamedTuple

import msgspec

from deedbook.engine.catalogue import Catalogue
from deedbook.engine.entry import column_text

MAX_VALUE_CHARACTERS: Final = 200
# Of a text so many characters are kept, and so many of its words can be found by their beginning.
MAX_CHARACTERS: Final = 64
MAX_WORDS: Final = 6
_COUNTRY: Final = re.compile(r"[A-Z]{2}")


class PostedField(IntEnum):
    """What a value is the value of."""

    REF = 1
    REQUEST = 2
    SESSION = 3
    IP_ADDRESS = 4
    COUNTRY = 5
    TEXT = 6


# In which part of an entry a field lies: the record, the personal part, or both.
IN_RECORD: Final = frozenset(
    {PostedField.REF, PostedField.REQUEST, PostedField.SESSION, PostedField.TEXT}
)
IN_PERSONAL: Final = frozenset({PostedField.IP_ADDRESS, PostedField.COUNTRY, PostedField.TEXT})


class Posting(NamedTuple):
    """A value that an entry is found by."""

    field: PostedField
    value: str


class Postings(NamedTuple):
    """The postings of one entry, by the part of it that they come from."""

    record: frozenset[Posting]
    personal: frozenset[Posting]


class Lookup(NamedTuple):
    """A filter over postings: a value of the field is one of these, or for text begins with one."""

    field: PostedField
    values: frozenset[str]

    def accepts(self, postings: Postings) -> bool:
        """Tell whether an entry with these postings passes."""
        found = {each.value for part in postings for each in part if each.field is self.field}
        if self.field is PostedField.TEXT:
            return any(each.startswith(tuple(self.values)) for each in found)
        return not found.isdisjoint(self.values)


class _Ref(msgspec.Struct):
    id: str


class _Record(msgspec.Struct):
    action: str
    entity_id: str
    refs: list[_Ref]
    request_id: str | None
    session_id: str | None
    metadata: dict[str, Any]


class _PersonalValues(msgspec.Struct):
    metadata: dict[str, Any]


class _Personal(msgspec.Struct):
    ip_address: str | None
    country: str | None
    entity_label: str | None
    personal: _PersonalValues


_RECORD: Final = msgspec.json.Decoder(_Record)
_PERSONAL: Final = msgspec.json.Decoder(_Personal)


def postings_of(record: bytes, personal: bytes | None, catalogue: Catalogue | None) -> Postings:
    """Give what an entry is found by; of an erased personal part, and of what is no entry, nothing.

    Without a catalogue it is whatever any catalogue may have had it found by.
    """
    try:
        kept = _RECORD.decode(record)
        rest = None if personal is None else _PERSONAL.decode(personal)
    except msgspec.MsgspecError:
        # Only someone with the database in hand wrote it; it is sealed all the same.
        return Postings(frozenset(), frozenset())
    if catalogue is not None:
        searched = _searched(kept.action, catalogue)
    else:
        searched = frozenset(kept.metadata).union(rest.personal.metadata if rest else ())
    return Postings(
        frozenset(_of_record(kept, searched)),
        frozenset() if rest is None else frozenset(_of_personal(rest, searched)),
    )


def posted_value(text: str) -> str:
    """Give a value as postings hold it: as a column can, and of a length that an index can."""
    return column_text(text[:MAX_VALUE_CHARACTERS])


def sought_value(field: PostedField, text: str) -> str:
    """Give the value that a look-up for a text has to find. Raises `ValueError` with a reason."""
    match field:
        case PostedField.TEXT:
            sought = search_text(text)
        case PostedField.IP_ADDRESS:
            # Addresses are posted as entries have them, in their canonical form.
            sought = str(ip_address(text)) if text else ""
        case _:
            sought = posted_value(text)
    if not sought:
        raise ValueError("is empty")
    if field is PostedField.COUNTRY and not _COUNTRY.fullmatch(sought):
        raise ValueError("must be a country code (ISO 3166-1: two capitals)")
    return sought


def search_text(text: str) -> str:
    """Give text as it is compared: without case, compatible forms alike, one space between words."""
    plain = column_text(text)
    folded = plain.lower() if plain.isascii() else unicodedata.normalize("NFKC", plain).casefold()
    return " ".join(folded.split())[:MAX_CHARACTERS]


def _searched(action_name: str, catalogue: Catalogue) -> frozenset[str]:
    action = catalogue.actions.get(action_name)
    fields = () if action is None else action.fields
    return frozenset(field.name for field in fields if field.searchable)


def _of_record(record: _Record, searched: frozenset[str]) -> Iterator[Posting]:
    yield Posting(PostedField.REF, posted_value(record.entity_id))
    for ref in record.refs:
        yield Posting(PostedField.REF, posted_value(ref.id))
    if record.request_id is not None:
        yield Posting(PostedField.REQUEST, posted_value(record.request_id))
    if record.session_id is not None:
        yield Posting(PostedField.SESSION, posted_value(record.session_id))
    yield from _texts(record.metadata, searched)


def _of_personal(personal: _Personal, searched: frozenset[str]) -> Iterator[Posting]:
    if personal.ip_address is not None:
        yield Posting(PostedField.IP_ADDRESS, posted_value(personal.ip_address))
    if personal.country is not None:
        yield Posting(PostedField.COUNTRY, posted_value(personal.country))
    if personal.entity_label is not None:
        yield from _beginnings(personal.entity_label)
    yield from _texts(personal.personal.metadata, searched)


def _texts(metadata: Mapping[str, Any], searched: frozenset[str]) -> Iterator[Posting]:
    for name in searched & metadata.keys():
        value = metadata[name]
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, str | int) and not isinstance(each, bool):
                yield from _beginnings(str(each))


def _beginnings(text: str) -> Iterator[Posting]:
    """Give the text from each of its first words on."""
    # A long text is cut before it is folded.
    words = search_text(text[: MAX_CHARACTERS * MAX_WORDS]).split(" ")
    for start in range(min(len(words), MAX_WORDS)):
        if value := " ".join(words[start:]):
            yield Posting(PostedField.TEXT, value)

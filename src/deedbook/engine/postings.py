"""Postings: the values that an entry is found by beyond what has an index of its own.

The sealer writes them, a row for each value of an entry; until then a reader makes them from the entry
itself. They can be made again from the entries, and those of what can be erased lie in a table apart.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from enum import IntEnum
from ipaddress import ip_address
from typing import Any, Final, NamedTuple, TypeAlias

import msgspec

from deedbook.engine.catalogue import Catalogue
from deedbook.engine.entry import column_text

MAX_VALUE_CHARACTERS: Final = 200
# Of a text so many characters are kept, and so many of its words can be found by their beginning.
MAX_CHARACTERS: Final = 64
MAX_WORDS: Final = 6
_COUNTRY_CODE: Final = re.compile(r"[A-Z]{2}")


class PostedField(IntEnum):
    """What a value is the value of."""

    REF = 1
    REQUEST = 2
    SESSION = 3
    IP_ADDRESS = 4
    COUNTRY = 5
    TEXT = 6


_REF, _REQUEST, _SESSION, _IP_ADDRESS, _COUNTRY, _TEXT = map(int, PostedField)

# In which part of an entry a field lies: the record, the personal part, or both.
IN_RECORD: Final = frozenset(
    {PostedField.REF, PostedField.REQUEST, PostedField.SESSION, PostedField.TEXT}
)
IN_PERSONAL: Final = frozenset({PostedField.IP_ADDRESS, PostedField.COUNTRY, PostedField.TEXT})


# A field (`PostedField`, as a plain integer, which is what drivers take fastest) and a value of it.
Posting: TypeAlias = tuple[int, str]


class Postings(NamedTuple):
    """The postings of one entry, by the part of it that they come from."""

    record: set[Posting]
    personal: set[Posting]


class Lookup(NamedTuple):
    """A filter over postings: a value of the field is one of these, or for text begins with one.

    `whole` is for text that is known to the end.
    """

    field: PostedField
    values: frozenset[str]
    whole: bool = False

    @property
    def by_beginning(self) -> bool:
        """Whether a value passes that only begins with one of these."""
        return self.field is PostedField.TEXT and not self.whole

    def accepts(self, postings: Postings) -> bool:
        """Tell whether an entry with these postings passes."""
        found = {value for part in postings for field, value in part if field == self.field}
        if self.by_beginning:
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
        return Postings(set(), set())
    if catalogue is not None:
        action = catalogue.actions.get(kept.action)
        searched = frozenset() if action is None else action.searched
    else:
        searched = frozenset(kept.metadata).union(rest.personal.metadata if rest else ())
    return Postings(
        _of_record(kept, searched), set() if rest is None else _of_personal(rest, searched)
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
    if field is PostedField.COUNTRY and not _COUNTRY_CODE.fullmatch(sought):
        raise ValueError("must be a country code (ISO 3166-1: two capitals)")
    return sought


def search_text(text: str) -> str:
    """Give text as it is compared: without case, compatible forms alike, one space between words."""
    plain = column_text(text)
    folded = plain.lower() if plain.isascii() else unicodedata.normalize("NFKC", plain).casefold()
    return " ".join(folded.split())[:MAX_CHARACTERS]


def _of_record(record: _Record, searched: frozenset[str]) -> set[Posting]:
    postings = {(_REF, posted_value(ref.id)) for ref in record.refs}
    postings.add((_REF, posted_value(record.entity_id)))
    if record.request_id is not None:
        postings.add((_REQUEST, posted_value(record.request_id)))
    if record.session_id is not None:
        postings.add((_SESSION, posted_value(record.session_id)))
    _add_texts(postings, record.metadata, searched)
    return postings


def _of_personal(personal: _Personal, searched: frozenset[str]) -> set[Posting]:
    postings: set[Posting] = set()
    if personal.ip_address is not None:
        postings.add((_IP_ADDRESS, posted_value(personal.ip_address)))
    if personal.country is not None:
        postings.add((_COUNTRY, posted_value(personal.country)))
    if personal.entity_label is not None:
        _add_beginnings(postings, personal.entity_label)
    _add_texts(postings, personal.personal.metadata, searched)
    return postings


def _add_texts(
    postings: set[Posting], metadata: Mapping[str, Any], searched: frozenset[str]
) -> None:
    for name, value in metadata.items():
        if value is not None and name in searched:
            for each in value if type(value) is list else (value,):
                if type(each) is str or type(each) is int:
                    _add_beginnings(postings, str(each))


def _add_beginnings(postings: set[Posting], text: str) -> None:
    """Add the text from each of its first words on."""
    # A long text is cut before it is folded.
    rest = search_text(text[: MAX_CHARACTERS * MAX_WORDS])
    for _ in range(MAX_WORDS):
        if not rest:
            return
        postings.add((_TEXT, rest))
        rest = rest.partition(" ")[2]

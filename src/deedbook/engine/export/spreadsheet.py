"""CSV for people and their spreadsheets (RFC 4180): UTF-8 with a byte order mark, lines end in CR LF.

A spreadsheet takes a cell that begins with `=` and its like for a formula, and whoever can choose a name
could have it run. Such a cell, or part of one that a spreadsheet might split, gets an apostrophe before it.
Numbers, ids and times are never touched. The exact text is in JSON Lines.

The last row is no entry: `end`, the number of entries, and the SHA-256 of all bytes before the row.
Without it the export was cut short.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from deedbook.engine.catalogue import Catalogue
from deedbook.engine.entry import Entry
from deedbook.engine.sentence import sentence

_MARK: Final = b"\xef\xbb\xbf"
# Where a cell begins, also for a spreadsheet that splits at semicolons or tabs; what makes a formula
# there, in full width as well (spaces before it change nothing); and what no cell should hold.
_FORMULA: Final = re.compile(r"(^(?=[\t\r])|(?:^|[;\t\r\n])(?=\s*[=+\-@＝＋－＠]))")  # noqa: RUF001
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")

Read = Callable[[Mapping[str, Any]], object]


def _plain(name: str) -> Read:
    return lambda entry: entry[name]


def _of_actor(name: str) -> Read:
    return lambda entry: entry["actor"][name]


def _both(name: str) -> Read:
    """Give the two parts of metadata or changes as one JSON text; an empty one is no text."""

    def read(entry: Mapping[str, Any]) -> str:
        whole = {**entry[name], **entry["personal"][name]}
        return json.dumps(whole, ensure_ascii=False) if whole else ""

    return read


def _refs(entry: Mapping[str, Any]) -> str:
    return " ".join(f"{ref['type']}:{ref['id']}" for ref in entry["refs"])


_FIRST: Final[Mapping[str, Read]] = {
    "id": _plain("id"),
    "created_at": _plain("created_at"),
}
_OTHERS: Final[Mapping[str, Read]] = {
    "sequence": _plain("sequence"),
    "outcome": _plain("outcome"),
    "actor_type": _plain("actor_type"),
    "actor_id": lambda entry: entry["user_id"] or entry["api_key_id"],
    "actor_name": _of_actor("name"),
    "actor_email": _of_actor("email"),
    "role": _plain("role"),
    "auth_method": _plain("auth_method"),
    "has_passkey": lambda entry: {True: "yes", False: "no", None: ""}[entry["has_passkey"]],
    "feature": _plain("feature"),
    "operation": _plain("operation"),
    "action": _plain("action"),
    "entity_type": _plain("entity_type"),
    "entity_id": _plain("entity_id"),
    "entity_label": _plain("entity_label"),
    "refs": _refs,
    "metadata": _both("metadata"),
    "changes": _both("changes"),
    "ip_address": _plain("ip_address"),
    "country": _plain("country"),
    "user_agent": _plain("user_agent"),
    "session_id": _plain("session_id"),
    "request_id": _plain("request_id"),
    "method": _plain("method"),
    "route": _plain("route"),
    "personal_state": _plain("personal_state"),
}


def write_csv(pieces: Iterable[Sequence[Entry]], catalogue: Catalogue) -> Iterator[bytes]:
    """Give the file, a chunk for each piece."""
    summary = {"summary": lambda entry: sentence(entry, catalogue)}
    columns: Mapping[str, Read] = {**_FIRST, **summary, **_OTHERS}
    digest, count = hashlib.sha256(), 0
    chunk = _MARK + _lines([list(columns)])
    for piece in pieces:
        digest.update(chunk)
        yield chunk
        count += len(piece)
        chunk = _lines([_row(json.loads(entry.wire()), columns) for entry in piece])
    digest.update(chunk)
    yield chunk
    end = ["end", f"{count} entries", f"sha256 {digest.hexdigest()}"]
    yield _lines([end + [""] * (len(columns) - len(end))])


def harmless(text: str) -> str:
    """Give text that no spreadsheet takes for a formula, without control characters."""
    return _FORMULA.sub(r"\1'", _CONTROL.sub("\ufffd", text))


def _row(entry: Mapping[str, Any], columns: Mapping[str, Read]) -> list[str]:
    cells = (read(entry) for read in columns.values())
    return ["" if cell is None else harmless(str(cell)) for cell in cells]


def _lines(rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode()

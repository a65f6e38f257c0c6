"""Entries as each encoding stores them."""

from __future__ import annotations

from deedbook.engine import Deed, NewEntry, write_down
from deedbook.engine.encoding import pack


def stored_in(number: int, deed: Deed, entry_id: int) -> NewEntry:
    """Give an entry as an encoding stores it."""
    written = write_down(deed, entry_id)
    plain = written.entry()
    assert plain.personal is not None
    record, personal = pack(number, plain.record), pack(number, plain.personal)
    return written._replace(encoding=number, record=record, personal=personal)

"""Refusals of the audit-log API."""

from __future__ import annotations

from typing import ClassVar

from deedbook.engine import DeedbookError, EntryStore


class EntryNotFound(DeedbookError):
    """This instance has no such entry."""

    code = "AUDIT_LOGS_NOT_FOUND"
    status = 404


class EntryExpired(DeedbookError):
    """This entry has expired: its instance keeps entries for a time. That it was here can be proved."""

    code = "AUDIT_LOG_EXPIRED"
    status = 410


class NotProvedYet(DeedbookError):
    """No checkpoint covers this yet: one is signed within seconds. Ask again."""

    code = "AUDIT_LOGS_NOT_PROVED_YET"
    status = 409
    headers: ClassVar[dict[str, str]] = {"Retry-After": "1"}


def missing(store: EntryStore, entry_id: int | None) -> EntryNotFound | EntryExpired:
    """Give the refusal for an entry that cannot be given: it has expired, or never was here."""
    if entry_id is not None and store.decrees.is_expired(entry_id):
        return EntryExpired()
    return EntryNotFound()

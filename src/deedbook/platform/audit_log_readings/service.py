"""What counts as one reading of the log, and who read."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from deedbook.engine.entry import column_text
from deedbook.engine.origin import clean_header
from deedbook.platform.audit_log_readings.models import AuditLogReading
from deedbook.platform.identity.api_keys.models import ApiKey
from deedbook.platform.identity.users.models import User

SECONDS_APART: Final = 600
# Which part of what was found is no part of what was asked for.
_PLACES: Final = frozenset({"limit", "offset", "starting_after", "ending_before", "buckets"})
_DATES: Final = frozenset({"start_date", "end_date"})
# `2026-03-15T09:3`: to ten minutes, as "the last seven days" begins a little later each time.
_SAME_DATE: Final = 15
_LONGEST_VALUE: Final = 100
_MOST_VALUES: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One look at the log of an instance."""

    instance_id: str
    reader_type: str
    reader_id: str
    role: str
    what: str
    entry_id: str | None = None
    filters: tuple[tuple[str, str], ...] = ()
    request_id: str | None = None

    @property
    def kind(self) -> Hashable:
        """What two looks have in common that are one reading: reader, what, and filters."""
        filters = frozenset(
            (name, value[:_SAME_DATE] if name in _DATES else value) for name, value in self.filters
        )
        return (self.instance_id, self.reader_id, self.what, self.entry_id, filters)


def filters_of(parameters: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Give the filters among query parameters, in one order and of bounded length."""
    kept = {
        (name, clean_header(column_text(value), _LONGEST_VALUE) or "")
        for name, value in parameters
        if name not in _PLACES
    }
    return tuple(sorted(kept)[:_MOST_VALUES])


def note(session: Session, reading: Reading) -> None:
    """Keep a reading."""
    filters: dict[str, list[str]] = {}
    for name, value in reading.filters:
        filters.setdefault(name, []).append(value)
    session.add(
        AuditLogReading(
            instance_id=reading.instance_id,
            reader_type=reading.reader_type,
            reader_id=reading.reader_id,
            role=reading.role,
            what=reading.what,
            entry_id=reading.entry_id,
            filters=filters,
            request_id=reading.request_id,
        )
    )


def readings(instance_id: str) -> Select[AuditLogReading]:
    """Give the query for the readings of an instance's log."""
    return select(AuditLogReading).where(AuditLogReading.instance_id == instance_id)


def names_of(session: Session, found: Sequence[AuditLogReading]) -> dict[str, str]:
    """Give what the readers are called now, by id."""
    # any instance: the ids are those of readings that were asked for by instance
    ids = {each.reader_id for each in found}
    users = session.scalars(select(User).where(User.id.in_(ids)))
    keys = session.scalars(select(ApiKey).where(ApiKey.id.in_(ids)))
    return {user.id: user.name or user.email for user in users} | {key.id: key.name for key in keys}

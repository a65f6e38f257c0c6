"""What is recorded of retention."""

from __future__ import annotations

from dataclasses import dataclass

from deedbook.engine import Action, Metadata
from deedbook.platform.audit import AUDIT_LOG


@dataclass(frozen=True, slots=True)
class RetentionMetadata(Metadata):
    """For how long entries are kept (`months` None: for ever), and from when on."""

    kept: str
    months: int | None
    effective_at: str


@dataclass(frozen=True, slots=True)
class ExpiredMetadata(Metadata):
    """How far down the log has expired since the last time: so many positions, all older than this."""

    months: int
    positions: int
    older_than: str


RETENTION_CHANGED = Action(
    "audit_log.retention_changed",
    AUDIT_LOG,
    ("update",),
    RetentionMetadata,
    says="set that the log is kept {kept}, from {effective_at}",
    entity_type="retention",
    title="Retention changed",
)
ENTRIES_EXPIRED = Action(
    "audit_log.entries_expired",
    AUDIT_LOG,
    ("update",),
    ExpiredMetadata,
    says="let {positions} entries expire that were older than {older_than}",
    entity_type="retention",
    title="Entries expired",
)

ACTIONS = (RETENTION_CHANGED, ENTRIES_EXPIRED)

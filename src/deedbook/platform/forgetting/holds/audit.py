"""What is recorded of legal holds."""

from __future__ import annotations

from dataclasses import dataclass

from deedbook.engine import Action, Metadata, Searchable
from deedbook.platform.audit import AUDIT_LOG


@dataclass(frozen=True, slots=True)
class HoldMetadata(Metadata):
    """What is held, and why it is placed or lifted: the reason stays for ever."""

    subject_type: str
    subject_id: Searchable[str]
    reason: str


HOLD_PLACED = Action(
    "audit_log.hold_placed",
    AUDIT_LOG,
    ("create",),
    HoldMetadata,
    says="placed a legal hold on {subject_type} {subject_id}: {reason}",
    entity_type="hold",
    title="Legal hold placed",
)
HOLD_LIFTED = Action(
    "audit_log.hold_lifted",
    AUDIT_LOG,
    ("update",),
    HoldMetadata,
    says="lifted the legal hold on {subject_type} {subject_id}: {reason}",
    entity_type="hold",
    title="Legal hold lifted",
)

ACTIONS = (HOLD_PLACED, HOLD_LIFTED)

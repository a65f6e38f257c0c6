"""What is recorded of erasures. Reasons are part of the record: the log says why, also afterwards."""

from __future__ import annotations

from dataclasses import dataclass

from deedbook.engine import Action, Metadata, Searchable
from deedbook.platform.audit import AUDIT_LOG


@dataclass(frozen=True, slots=True)
class ErasureMetadata(Metadata):
    """What is to be erased, how many entries it was when that was asked, why, and who asked."""

    subject_type: str
    subject_id: Searchable[str]
    entries: int
    reason: str
    requested_by: str


@dataclass(frozen=True, slots=True)
class DeclinedMetadata(Metadata):
    """What is not erased after all, and why; who asked may think better of it."""

    subject_type: str
    subject_id: Searchable[str]
    reason: str
    requested_by: str
    is_withdrawn: bool


ERASURE_REQUESTED = Action(
    "audit_log.erasure_requested",
    AUDIT_LOG,
    ("create",),
    ErasureMetadata,
    says="asked to erase the personal details of {subject_type} {subject_id}: {reason}",
    entity_type="erasure",
    title="Erasure requested",
)
PERSONAL_ERASED = Action(
    "audit_log.personal_erased",
    AUDIT_LOG,
    ("update",),
    ErasureMetadata,
    says="had the personal details of {subject_type} {subject_id} erased: {reason}",
    entity_type="erasure",
    title="Personal details erased",
)
ERASURE_DECLINED = Action(
    "audit_log.erasure_declined",
    AUDIT_LOG,
    ("update",),
    DeclinedMetadata,
    says="declined to erase the personal details of {subject_type} {subject_id}: {reason}",
    entity_type="erasure",
    title="Erasure declined",
)

ACTIONS = (ERASURE_REQUESTED, PERSONAL_ERASED, ERASURE_DECLINED)

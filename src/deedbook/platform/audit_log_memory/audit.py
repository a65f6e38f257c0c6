"""What is recorded of those who remember the log."""

from __future__ import annotations

from dataclasses import dataclass

from deedbook.engine import Action, Metadata, Personal, Searchable
from deedbook.platform.audit import AUDIT_LOG


@dataclass(frozen=True, slots=True)
class WitnessMetadata(Metadata):
    """What a witness calls itself."""

    name: Personal[Searchable[str]]


@dataclass(frozen=True, slots=True)
class MailingMetadata(Metadata):
    """How often checkpoints are mailed from now on (`never`, `daily`, `monthly`), and to how many."""

    every: str
    recipients: int


WITNESS_ADDED = Action(
    "audit_log.witness_added",
    AUDIT_LOG,
    ("create",),
    WitnessMetadata,
    says="began to remember checkpoints as {label}",
    entity_type="audit_log_witness",
    title="Witness added",
)
WITNESS_REMOVED = Action(
    "audit_log.witness_removed",
    AUDIT_LOG,
    ("delete",),
    WitnessMetadata,
    says="took the witness {label} off the list",
    entity_type="audit_log_witness",
    title="Witness removed",
)
MAILING_CHANGED = Action(
    "audit_log.mailing_changed",
    AUDIT_LOG,
    ("update",),
    MailingMetadata,
    says="set how often checkpoints are mailed: {every}, to {recipients} addresses",
    entity_type="audit_log_mailing",
    title="Mailed checkpoints changed",
)

ACTIONS = (WITNESS_ADDED, WITNESS_REMOVED, MAILING_CHANGED)

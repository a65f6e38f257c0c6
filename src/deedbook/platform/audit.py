"""What is recorded of the log itself."""

from __future__ import annotations

from dataclasses import dataclass

from deedbook.engine import Action, Feature, Metadata

AUDIT_LOG = Feature("audit_log", title="Audit log")


@dataclass(frozen=True, slots=True)
class SeededMetadata(Metadata):
    """How many made-up entries were to be written (None where nobody counted), and what for."""

    entries: int | None
    purpose: str


SEEDED = Action(
    "audit_log.seeded",
    AUDIT_LOG,
    ("create",),
    SeededMetadata,
    says="filled this instance with made-up entries",
    entity_type="audit_log",
    title="Log seeded",
)


@dataclass(frozen=True, slots=True)
class KeyRotatedMetadata(Metadata):
    """Which keys, by the ids that signatures name them with."""

    previous_key_id: str
    key_id: str


KEY_ROTATED = Action(
    "audit_log.key_rotated",
    AUDIT_LOG,
    ("update",),
    KeyRotatedMetadata,
    says="replaced the signing key {previous_key_id} with {key_id}",
    entity_type="audit_log",
    title="Signing key replaced",
)

ACTIONS = (SEEDED, KEY_ROTATED)

"""What is recorded of exports."""

from __future__ import annotations

from dataclasses import dataclass

from deedbook.engine import Action, Metadata, Personal
from deedbook.platform.audit import AUDIT_LOG


@dataclass(frozen=True, slots=True)
class ExportMetadata(Metadata):
    """The format, and the filters as query parameters (`feature=payout`).

    Filters whose values anyone can make up, such as a name that was searched for, can be erased.
    """

    format: str
    filters: list[str]
    free_filters: Personal[list[str]]


EXPORTED = Action(
    "audit_log.exported",
    AUDIT_LOG,
    ("create",),
    ExportMetadata,
    says="exported the log as {format}",
    entity_type="audit_log",
    title="Log exported",
)

ACTIONS = (EXPORTED,)

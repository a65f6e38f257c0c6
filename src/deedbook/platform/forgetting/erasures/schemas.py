"""Erasures on the wire."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel

from deedbook.platform.forgetting.erasures.models import AuditLogErasure, ErasureStatus
from deedbook.platform.forgetting.subjects import PersonOut, Reason, SelectorIn, SelectorOut
from deedbook.web.schemas import Body, Moment


class ErasureIn(Body):
    """What to erase, and why. The reason stays in the log for ever: no names of people."""

    subject: SelectorIn
    reason: Reason


class DeclineIn(Body):
    """Why nothing is erased. The reason stays in the log for ever: no names of people."""

    reason: Reason


class ErasureOut(BaseModel):
    """A request to erase personal details, and what became of it.

    `entries` is how many it would reach when it was asked for. `by_itself_at` is when it is confirmed
    without a second person: null while there is somebody else who can.
    """

    id: str
    instance_id: str
    subject: SelectorOut
    reason: str
    entries: int
    entries_approximate: bool
    status: ErasureStatus
    requested_by: PersonOut
    decided_by: PersonOut | None
    decided_at: Moment | None
    by_itself_at: Moment | None
    created_at: Moment


def erasure_out(
    erasure: AuditLogErasure,
    people: dict[str, PersonOut],
    *,
    is_carried_out: bool = False,
    by_itself_at: datetime | None = None,
) -> ErasureOut:
    """Give a request as it is served."""
    return ErasureOut(
        id=erasure.id,
        instance_id=erasure.instance_id,
        subject=SelectorOut(**erasure.subject),
        reason=erasure.reason,
        entries=erasure.entries,
        entries_approximate=erasure.entries_approximate,
        status=ErasureStatus.CARRIED_OUT if is_carried_out else ErasureStatus(erasure.status),
        requested_by=people[erasure.requested_by],
        decided_by=people.get(erasure.decided_by or ""),
        decided_at=erasure.decided_at,
        by_itself_at=by_itself_at,
        created_at=erasure.created_at,
    )

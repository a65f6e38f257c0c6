"""Rules about legal holds."""

from __future__ import annotations

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from deedbook.database.base import now
from deedbook.engine import DeedbookError, Selector
from deedbook.platform.forgetting.holds import audit
from deedbook.platform.forgetting.holds.models import AuditLogHold
from deedbook.platform.forgetting.subjects import (
    require_known_type,
    require_not_concerned,
    subject_of,
)
from deedbook.recording import UnitOfWork
from deedbook.web.problems import InvalidRequest


class HoldNotFound(DeedbookError):
    """There is no such legal hold that stands."""

    code = "AUDIT_LOG_HOLDS_NOT_FOUND"
    status = 404


def holds(instance_id: str) -> Select[AuditLogHold]:
    """Give the query for the legal holds of an instance, the lifted ones included."""
    return select(AuditLogHold).where(AuditLogHold.instance_id == instance_id)


def standing_holds(session: Session, instance_id: str) -> list[Selector]:
    """Give what is held in an instance."""
    standing = holds(instance_id).where(AuditLogHold.lifted_at.is_(None))
    return [each.selector for each in session.scalars(standing)]


def place_hold(work: UnitOfWork, subject: Selector, reason: str, user_id: str) -> AuditLogHold:
    """Have what an actor did, or what was done to an entity, stay as it is."""
    if subject.entry_id is not None:
        raise InvalidRequest(["subject: an actor or an entity is held, not one entry"])
    require_known_type(subject, work.catalogue)
    hold = work.add(
        AuditLogHold(
            instance_id=work.instance_id,
            subject=subject.facts(),
            reason=reason,
            placed_by=user_id,
        )
    )
    work.record(audit.HOLD_PLACED, hold, _metadata(hold, reason))
    return hold


def lift_hold(work: UnitOfWork, hold_id: str, reason: str, user_id: str) -> None:
    """Let go of what was held. Raises `HoldNotFound`, and `ConcernsYou` for whoever is held."""
    rows = holds(work.instance_id or "").where(AuditLogHold.id == hold_id)
    hold = work.session.scalar(rows.with_for_update())
    if hold is None or hold.lifted_at is not None:
        raise HoldNotFound
    require_not_concerned(work.session, hold.instance_id, work.catalogue, hold.selector, user_id)
    hold.lifted_at, hold.lifted_by = now(), user_id
    work.record(audit.HOLD_LIFTED, hold, _metadata(hold, reason))


def _metadata(hold: AuditLogHold, reason: str) -> audit.HoldMetadata:
    subject = subject_of(hold.selector)
    return audit.HoldMetadata(subject.type, subject.id, reason)

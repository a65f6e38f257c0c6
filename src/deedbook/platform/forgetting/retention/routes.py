"""/v1/instances/{instance_id}/audit-logs/retention: for how long the log is kept."""

from __future__ import annotations

from deedbook.database.base import now
from deedbook.platform.forgetting.retention import audit, service
from deedbook.platform.forgetting.retention.models import AuditLogRetention
from deedbook.platform.forgetting.retention.schemas import NextRetention, RetentionIn, RetentionOut
from deedbook.platform.identity.sessions.routes import PipelineNow
from deedbook.web.declarations import Member, needs, records
from deedbook.web.roles import Access, Area
from deedbook.web.routing import Reading, Work, slice_router

router = slice_router("/v1/instances/{instance_id}/audit-logs/retention", tag="Audit logs")


@router.get("")
@needs(Member(Area.AUDIT_LOGS, Access.READ))
def get_audit_log_retention(
    session: Reading, pipeline: PipelineNow, instance_id: str
) -> RetentionOut:
    """Give for how long entries are kept."""
    expired_below = service.expired_below(session, instance_id, pipeline.catalogue)
    return _out(service.retention_of(session, instance_id), expired_below)


@router.put("")
@needs(Member(Area.OWNERSHIP, Access.WRITE, people_only=True))
@records(audit.RETENTION_CHANGED)
def put_audit_log_retention(work: Work, body: RetentionIn) -> RetentionOut:
    """Choose for how many months entries are kept, twelve at the least, or for ever.

    To keep them for a shorter time takes effect in thirty days, to keep them for longer at once.
    """
    retention = service.change_retention(work, body.months)
    expired_below = service.expired_below(work.session, retention.instance_id, work.catalogue)
    return _out(retention, expired_below)


def _out(retention: AuditLogRetention, expired_below: int) -> RetentionOut:
    moment = now()
    announced = None
    if retention.next_from is not None and retention.awaits_at(moment):
        announced = NextRetention(months=retention.next_months, effective_at=retention.next_from)
    return RetentionOut(
        months=retention.months_at(moment), next=announced, expired_below=expired_below
    )

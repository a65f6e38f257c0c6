"""/v1/instances/{instance_id}/audit-log-views: the filters of the log that one keeps for oneself."""

from __future__ import annotations

from typing import Final

from deedbook.platform.audit_log_views import service
from deedbook.platform.audit_log_views.schemas import (
    AuditLogViewCreatedOut,
    AuditLogViewIn,
    AuditLogViewOut,
)
from deedbook.web.caller import UserCaller
from deedbook.web.declarations import Member, needs, silent
from deedbook.web.roles import Access, Area
from deedbook.web.routing import Person, Reading, RequestNow, Work, slice_router
from deedbook.web.schemas import Success

router = slice_router("/v1/instances/{instance_id}/audit-log-views", tag="Audit logs")

_OWN: Final = "a person's own bookmark: nothing of the instance changes"
# Whoever reads the log may keep a view of it; a key is nobody to keep one for.
_READER: Final = Member(Area.AUDIT_LOGS, Access.READ, people_only=True)


@router.get("")
@needs(Member(Area.AUDIT_LOGS, Access.READ))
def list_audit_log_views(
    session: Reading, now: RequestNow, instance_id: str
) -> list[AuditLogViewOut]:
    """Give one's own views of the log, by name; a key has none."""
    if not isinstance(now.caller, UserCaller):
        return []
    return [
        AuditLogViewOut(id=view.id, name=view.name, query=view.query, created_at=view.created_at)
        for view in service.views_of(session, instance_id, now.caller.user_id)
    ]


@router.post("")
@needs(_READER)
@silent(_OWN)
def post_audit_log_view(work: Work, person: Person, body: AuditLogViewIn) -> AuditLogViewCreatedOut:
    """Keep filters by a name."""
    view = service.create_view(work, person.user_id, name=body.name, query=body.query)
    return AuditLogViewCreatedOut(id=view.id)


@router.put("/{view_id}")
@needs(_READER)
@silent(_OWN)
def put_audit_log_view(work: Work, person: Person, view_id: str, body: AuditLogViewIn) -> Success:
    """Give a view another name or other filters."""
    service.update_view(work, person.user_id, view_id, name=body.name, query=body.query)
    return Success()


@router.delete("/{view_id}")
@needs(_READER)
@silent(_OWN)
def delete_audit_log_view(work: Work, person: Person, view_id: str) -> Success:
    """Forget a view."""
    service.delete_view(work, person.user_id, view_id)
    return Success()

"""/v1/instances/{instance_id}/audit-logs/holds: what must not be forgotten until the hold is lifted."""

from __future__ import annotations

from deedbook.platform.forgetting.holds import audit, service
from deedbook.platform.forgetting.holds.models import AuditLogHold
from deedbook.platform.forgetting.holds.schemas import HoldIn, HoldOut, LiftIn
from deedbook.platform.forgetting.subjects import PersonOut, SelectorOut, people_of
from deedbook.web.declarations import Member, needs, records
from deedbook.web.paging import Paged, PageOf, page_of
from deedbook.web.roles import Access, Area
from deedbook.web.routing import Person, Reading, Work, slice_router
from deedbook.web.schemas import Success

router = slice_router("/v1/instances/{instance_id}/audit-logs/holds", tag="Audit logs")


@router.get("")
@needs(Member(Area.AUDIT_LOGS, Access.READ))
def list_audit_log_holds(session: Reading, instance_id: str, page: PageOf) -> Paged[HoldOut]:
    """Give a page of legal holds, newest first, the lifted ones included."""
    found = page_of(session, service.holds(instance_id), AuditLogHold, page)
    people = people_of(
        session, {id_ for row in found.rows for id_ in (row.placed_by, row.lifted_by)}
    )
    return Paged(data=[_out(row, people) for row in found.rows], pagination=found.pagination)


@router.post("")
@needs(Member(Area.FORGETTING, Access.WRITE, people_only=True))
@records(audit.HOLD_PLACED)
def post_audit_log_hold(work: Work, person: Person, body: HoldIn) -> HoldOut:
    """Place a legal hold: nothing that it covers is erased, nor expires, until it is lifted."""
    hold = service.place_hold(work, body.subject.selector(), body.reason, person.user_id)
    return _out(hold, people_of(work.session, {hold.placed_by}))


@router.post("/{hold_id}/lift")
@needs(Member(Area.FORGETTING, Access.WRITE, people_only=True))
@records(audit.HOLD_LIFTED)
def lift_audit_log_hold(work: Work, person: Person, hold_id: str, body: LiftIn) -> Success:
    """Lift a legal hold, with a reason."""
    service.lift_hold(work, hold_id, body.reason, person.user_id)
    return Success()


def _out(hold: AuditLogHold, people: dict[str, PersonOut]) -> HoldOut:
    return HoldOut(
        id=hold.id,
        instance_id=hold.instance_id,
        subject=SelectorOut(**hold.subject),
        reason=hold.reason,
        placed_by=people[hold.placed_by],
        lifted_at=hold.lifted_at,
        lifted_by=people.get(hold.lifted_by or ""),
        created_at=hold.created_at,
    )

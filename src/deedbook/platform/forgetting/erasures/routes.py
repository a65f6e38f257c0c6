"""/v1/instances/{instance_id}/audit-logs/erasures: personal details to be erased from the log."""

from __future__ import annotations

from fastapi import BackgroundTasks

from deedbook.engine import Erasure
from deedbook.platform.forgetting.erasures import audit, service
from deedbook.platform.forgetting.erasures.letters import letters
from deedbook.platform.forgetting.erasures.models import AuditLogErasure
from deedbook.platform.forgetting.erasures.schemas import (
    DeclineIn,
    ErasureIn,
    ErasureOut,
    erasure_out,
)
from deedbook.platform.forgetting.subjects import people_of
from deedbook.platform.identity.sessions.routes import MailerNow, PipelineNow
from deedbook.recording import UnitOfWork
from deedbook.web.declarations import Member, needs, records
from deedbook.web.paging import Paged, PageOf, page_of
from deedbook.web.roles import Access, Area
from deedbook.web.routing import Person, PublicUrl, Reading, Work, slice_router

router = slice_router("/v1/instances/{instance_id}/audit-logs/erasures", tag="Audit logs")


@router.get("")
@needs(Member(Area.AUDIT_LOGS, Access.READ))
def list_audit_log_erasures(
    session: Reading, pipeline: PipelineNow, instance_id: str, page: PageOf
) -> Paged[ErasureOut]:
    """Give a page of requests for erasure, newest first."""
    found = page_of(session, service.erasures(instance_id), AuditLogErasure, page)
    undone = service.undone(session, instance_id, pipeline.catalogue)
    people = people_of(
        session, {i for row in found.rows for i in (row.requested_by, row.decided_by)}
    )
    data = [
        erasure_out(
            row,
            people,
            is_carried_out=row.is_confirmed and Erasure(row.selector) not in undone,
            by_itself_at=service.by_itself_at(session, row, pipeline.catalogue),
        )
        for row in found.rows
    ]
    return Paged(data=data, pagination=found.pagination)


@router.post("")
@needs(Member(Area.FORGETTING, Access.WRITE, people_only=True))
@records(audit.ERASURE_REQUESTED)
def post_audit_log_erasure(
    work: Work,
    person: Person,
    body: ErasureIn,
    mailer: MailerNow,
    public_url: PublicUrl,
    tasks: BackgroundTasks,
) -> ErasureOut:
    """Ask to have personal details erased from the log; another owner or admin confirms it.

    Where there is no other, it is confirmed after thirty days, in which all can see it.
    """
    erasure = service.request_erasure(work, body.subject.selector(), body.reason, person.user_id)
    for letter in letters(work.session, erasure, "is asked for", public_url):
        tasks.add_task(mailer.send, *letter)
    return _out(work, erasure)


@router.post("/{erasure_id}/confirm")
@needs(Member(Area.FORGETTING, Access.WRITE, people_only=True))
@records(audit.PERSONAL_ERASED)
def confirm_audit_log_erasure(
    work: Work,
    person: Person,
    erasure_id: str,
    mailer: MailerNow,
    public_url: PublicUrl,
    tasks: BackgroundTasks,
) -> ErasureOut:
    """Confirm an erasure that somebody else asked for: it cannot be undone."""
    erasure = service.confirm_erasure(work, erasure_id, person.user_id)
    for letter in letters(work.session, erasure, "is confirmed", public_url):
        tasks.add_task(mailer.send, *letter)
    return _out(work, erasure)


@router.post("/{erasure_id}/decline")
@needs(Member(Area.FORGETTING, Access.WRITE, people_only=True))
@records(audit.ERASURE_DECLINED)
def decline_audit_log_erasure(
    work: Work,
    person: Person,
    erasure_id: str,
    body: DeclineIn,
    mailer: MailerNow,
    public_url: PublicUrl,
    tasks: BackgroundTasks,
) -> ErasureOut:
    """Decline an erasure, or withdraw what one asked for."""
    erasure = service.decline_erasure(work, erasure_id, body.reason, person.user_id)
    for letter in letters(work.session, erasure, f"is {erasure.status}", public_url):
        tasks.add_task(mailer.send, *letter)
    return _out(work, erasure)


def _out(work: UnitOfWork, erasure: AuditLogErasure) -> ErasureOut:
    people = people_of(work.session, {erasure.requested_by, erasure.decided_by})
    by_itself_at = service.by_itself_at(work.session, erasure, work.catalogue)
    return erasure_out(erasure, people, by_itself_at=by_itself_at)

"""Rules of account events: noted in the transaction of what they tell of, and bounded."""

from __future__ import annotations

from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from deedbook.platform.identity.account_events.models import AccountEvent, Kind
from deedbook.recording import UnitOfWork
from deedbook.web.paging import PageParams, RowPage, page_of

MOST_EVENTS: Final = 1000
# Anybody can fail to sign in as somebody else: that must not push out what else happened.
MOST_FAILURES: Final = 200
_SWEEP: Final = 100


def note(work: UnitOfWork, event: AccountEvent) -> None:
    """Note an event, from where this request came; of the oldest, those beyond the limit go."""
    origin = work.origin
    event.ip_address, event.country = origin.ip_address, origin.country
    event.user_agent = origin.user_agent
    work.add(event)
    work.session.flush()
    is_failure = event.kind == Kind.SIGN_IN_FAILED
    alike = (
        AccountEvent.kind == Kind.SIGN_IN_FAILED
        if is_failure
        else AccountEvent.kind != Kind.SIGN_IN_FAILED
    )
    rows = select(AccountEvent.id).where(AccountEvent.user_id == event.user_id, alike)
    newest = rows.order_by(AccountEvent.created_at.desc(), AccountEvent.id.desc())
    beyond = newest.offset(MOST_FAILURES if is_failure else MOST_EVENTS).limit(_SWEEP)
    doomed = work.session.scalars(beyond.with_for_update(skip_locked=True)).all()
    work.session.execute(delete(AccountEvent).where(AccountEvent.id.in_(doomed)))


def events_of(session: Session, user_id: str, page: PageParams) -> RowPage[AccountEvent]:
    """Give a page of a person's events, newest first."""
    rows = select(AccountEvent).where(AccountEvent.user_id == user_id)
    return page_of(session, rows, AccountEvent, page)

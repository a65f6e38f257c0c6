"""/v1/whoami/events: what happened to one's own way in."""

from __future__ import annotations

from deedbook.engine.origin import describe
from deedbook.platform.identity.account_events import service
from deedbook.platform.identity.account_events.models import AccountEvent, Kind
from deedbook.platform.identity.account_events.schemas import AccountEventOut
from deedbook.web.declarations import SignedIn, needs
from deedbook.web.paging import Paged, PageOf
from deedbook.web.routing import Person, Reading, slice_router

router = slice_router("/v1/whoami/events", tag="Account")


@router.get("")
@needs(SignedIn())
def list_events(session: Reading, person: Person, page: PageOf) -> Paged[AccountEventOut]:
    """Give one's own account events, newest first: the newest 1,000, and 200 failed sign-ins."""
    found = service.events_of(session, person.user_id, page)
    return Paged(data=[_out(event) for event in found.rows], pagination=found.pagination)


def _out(event: AccountEvent) -> AccountEventOut:
    return AccountEventOut(
        id=event.id,
        kind=Kind(event.kind),
        label=event.label,
        auth_method=event.auth_method,
        created_at=event.created_at,
        ip_address=event.ip_address,
        country=event.country,
        device=describe(event.user_agent),
        user_agent=event.user_agent,
    )

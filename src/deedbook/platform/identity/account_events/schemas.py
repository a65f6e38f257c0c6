"""Account events on the wire."""

from __future__ import annotations

from pydantic import BaseModel

from deedbook.platform.identity.account_events.models import Kind
from deedbook.web.schemas import Moment


class AccountEventOut(BaseModel):
    """An event; `device` is `user_agent` as people would say it."""

    id: str
    kind: Kind
    label: str | None
    auth_method: str | None
    created_at: Moment
    ip_address: str | None
    country: str | None
    device: str | None
    user_agent: str | None

"""Terms of service on the wire."""

from __future__ import annotations

from uuid import UUID

from pydantic import BaseModel

from deedbook.web.schemas import Body, OptionalId, WebAddress


class InitiateTosIn(Body):
    """Ask for a page on which a customer accepts the terms."""

    idempotency_key: UUID
    customer_id: OptionalId = None
    redirect_url: WebAddress | None = None


class InitiateTosOut(BaseModel):
    """The page; its `session_token` parameter is what accepts."""

    url: str


class AcceptTosIn(Body):
    """Accept the terms. `receiver_id` is the older name of a customer's id."""

    session_token: str
    idempotency_key: UUID
    receiver_id: OptionalId = None


class AcceptTosOut(BaseModel):
    """The accepted terms, which a new customer names as `tos_id`."""

    tos_id: str
    idempotency_key: UUID
    receiver_id: str | None
    version: str
    redirect_url: str | None

"""Webhook endpoints on the wire."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AnyUrl, BaseModel, Field, UrlConstraints

from deedbook.platform.events.service import EventType
from deedbook.web.schemas import Body, Moment


class WebhookEndpointIn(Body):
    """A new endpoint: an https address, and the events it is told of; none means all."""

    url: Annotated[AnyUrl, UrlConstraints(max_length=2048)]
    events: list[EventType] = Field(default=[])


class WebhookEndpointOut(BaseModel):
    """The id of a new endpoint."""

    id: str


class WebhookEndpoint(BaseModel):
    """An endpoint; what it is told is signed with its secret."""

    id: str
    url: str
    events: list[EventType]
    last_event_at: Moment | None
    instance_id: str
    created_at: Moment
    updated_at: Moment


class WebhookSecretOut(BaseModel):
    """The secret that messages are signed with: `whsec_`, and the key in standard base64."""

    key: str


class PortalAccessOut(BaseModel):
    """The page on which deliveries can be seen."""

    url: str


class WebhookDeliveryOut(BaseModel):
    """A message to an endpoint: `event_id` is its `svix-id`, the same at every attempt."""

    id: str
    endpoint_id: str
    event_id: str
    event_type: EventType
    status: Literal["pending", "delivered", "failed"]
    attempts: int
    response_status: int | None
    error: str | None
    last_attempt_at: Moment | None
    next_attempt_at: Moment | None
    created_at: Moment

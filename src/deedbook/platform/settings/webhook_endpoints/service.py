"""Rules about webhook endpoints."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit, urlunsplit

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from deedbook.database.base import now
from deedbook.engine import Action, DeedbookError
from deedbook.platform.identity.instances.models import Instance
from deedbook.platform.settings.webhook_endpoints import audit
from deedbook.platform.settings.webhook_endpoints.models import WebhookDelivery, WebhookEndpoint
from deedbook.platform.settings.webhook_endpoints.signing import signing_secret
from deedbook.recording import UnitOfWork
from deedbook.web.outbound import Outbound, UrlRefused

MAX_ENDPOINTS: Final = 25


class WebhookEndpointNotFound(DeedbookError):
    """This instance has no such webhook endpoint."""

    # The wire contract has 400 here, not 404.
    code = "WEBHOOKS_NOT_FOUND"
    status = 400


class WebhookUrlInvalid(DeedbookError):
    """url: it has to begin with https:// and lead to the public Internet."""

    code = "WEBHOOKS_URL_INVALID"
    status = 400


class TooManyWebhookEndpoints(DeedbookError):
    """An instance has at most 25 webhook endpoints."""

    code = "WEBHOOKS_LIMIT_REACHED"
    status = 400


def endpoints_of(session: Session, instance_id: str) -> list[WebhookEndpoint]:
    """Give the endpoints of an instance, newest first."""
    rows = _endpoints(instance_id)
    return list(session.scalars(rows.order_by(WebhookEndpoint.created_at.desc())))


def endpoint_of(
    session: Session, instance_id: str, endpoint_id: str, *, lock: bool = False
) -> WebhookEndpoint:
    """Give one endpoint of an instance. Raises `WebhookEndpointNotFound`."""
    rows = _endpoints(instance_id).where(WebhookEndpoint.id == endpoint_id)
    found = session.scalar(rows.with_for_update() if lock else rows)
    if found is None:
        raise WebhookEndpointNotFound
    return found


def create_endpoint(
    work: UnitOfWork, outbound: Outbound, *, url: str, events: list[str]
) -> WebhookEndpoint:
    """Have events sent to an address. Its name is not looked up here, but at every delivery."""
    try:
        outbound.check(url)
    except UrlRefused as error:
        raise WebhookUrlInvalid(f"url: {error}") from None
    # Two that are created at the same time take turns, so that neither is one too many.
    instance = work.session.get_one(Instance, work.instance_id, with_for_update=True)
    if (work.session.scalar(_endpoint_count(instance.id)) or 0) >= MAX_ENDPOINTS:
        raise TooManyWebhookEndpoints
    endpoint = work.add(
        WebhookEndpoint(instance_id=instance.id, url=url, events=list(dict.fromkeys(events)))
    )
    _record(work, audit.CREATED, endpoint)
    return endpoint


def delete_endpoint(work: UnitOfWork, endpoint_id: str) -> None:
    """Have no more events sent to an endpoint, those on their way included."""
    endpoint = endpoint_of(work.session, work.instance_id or "", endpoint_id, lock=True)
    work.delete(endpoint)
    _record(work, audit.DELETED, endpoint)


def view_secret(work: UnitOfWork, server_secret: bytes, endpoint_id: str) -> str:
    """Give the secret that messages to an endpoint are signed with; who looks is recorded."""
    endpoint = endpoint_of(work.session, work.instance_id or "", endpoint_id)
    _record(work, audit.SECRET_VIEWED, endpoint)
    return signing_secret(server_secret, endpoint.id)


class DeliveryNotFound(DeedbookError):
    """This webhook endpoint has no such delivery."""

    code = "WEBHOOKS_DELIVERY_NOT_FOUND"
    status = 404


def deliveries(session: Session, instance_id: str, endpoint_id: str) -> Select[WebhookDelivery]:
    """Give the query for what is or was delivered to an endpoint."""
    endpoint = endpoint_of(session, instance_id, endpoint_id)
    return select(WebhookDelivery).where(
        WebhookDelivery.instance_id == instance_id, WebhookDelivery.endpoint_id == endpoint.id
    )


def retry_delivery(work: UnitOfWork, endpoint_id: str, delivery_id: str) -> WebhookDelivery:
    """Have a message sent again at once, whatever became of it."""
    rows = deliveries(work.session, work.instance_id or "", endpoint_id)
    found = work.session.scalar(rows.where(WebhookDelivery.id == delivery_id).with_for_update())
    if found is None:
        raise DeliveryNotFound
    found.status, found.next_attempt_at = "pending", now()
    return found


def _endpoints(instance_id: str) -> Select[WebhookEndpoint]:
    return select(WebhookEndpoint).where(WebhookEndpoint.instance_id == instance_id)


def _endpoint_count(instance_id: str) -> Select[int]:
    return select(func.count()).where(WebhookEndpoint.instance_id == instance_id)


def _record(
    work: UnitOfWork, action: Action[audit.WebhookEndpointMetadata], endpoint: WebhookEndpoint
) -> None:
    shown = urlunsplit(urlsplit(endpoint.url)._replace(query="", fragment=""))
    metadata = audit.WebhookEndpointMetadata(url=shown, events=list(endpoint.events))
    work.record(action, endpoint, metadata, label=shown)

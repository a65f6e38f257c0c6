"""Delivering: one message at a time, at least once, to an endpoint that is not busy with another.

A message is claimed in one transaction, sent outside of any, and what became of it written in another.
Who is killed in between has claimed it only for a while: then it is sent again, under the same id.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, aliased

from deedbook.database.base import now
from deedbook.database.connect import Database
from deedbook.platform.identity.instances.models import Instance
from deedbook.platform.settings.webhook_endpoints.models import WebhookDelivery, WebhookEndpoint
from deedbook.platform.settings.webhook_endpoints.signing import signed_headers, signing_secret
from deedbook.web.outbound import NoAnswer, Outbound, UrlRefused

# How long after an attempt the next one follows; after the last one a message has failed.
RETRY_AFTER: Final = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=10),
)
# Longer than any request can take, so that who still holds a claim is gone.
CLAIMED_FOR: Final = timedelta(minutes=2)
# So many endpoints of one instance are served at once, lest its slow ones hold up its neighbours.
_AT_ONCE_PER_INSTANCE: Final = 2
_MAX_SUCCESS: Final = 299


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """A message that is to be sent now, for the `number`th time."""

    delivery_id: str
    endpoint_id: str
    number: int
    url: str
    event_id: str
    body: str


@dataclass(frozen=True, slots=True)
class Result:
    """What came of an attempt: the status of the answer, or why there was none."""

    status: int | None = None
    error: str | None = None

    @property
    def is_success(self) -> bool:
        """Whether the receiver took the message (RFC 9110 §15.3)."""
        return self.status is not None and 200 <= self.status <= _MAX_SUCCESS  # noqa: PLR2004


class WebhookDeliverer:
    """Delivers what is due. Several share the work, so that a slow endpoint holds up one of them alone."""

    name: Final = "webhook deliveries"
    # There are several, which look in turn.
    pause_seconds: Final = 2.0

    def __init__(self, database: Database, outbound: Outbound, secret: bytes) -> None:
        self._database = database
        self._outbound = outbound
        self._secret = secret

    def run_once(self) -> bool:
        """Send the message that has been due the longest; tell whether there was one."""
        with self._database.read() as session:
            if session.execute(_due(now())).first() is None:
                return False
        with self._database.write() as session:
            attempt = _claim(session, now())
            session.commit()
        if attempt is None:
            return False
        result = self._send(attempt)
        with self._database.write() as session:
            _note(session, attempt, result)
            session.commit()
        return True

    def _send(self, attempt: Attempt) -> Result:
        secret = signing_secret(self._secret, attempt.endpoint_id)
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "Deedbook-Webhooks/1",
            **signed_headers(secret, attempt.event_id, now(), attempt.body),
        }
        try:
            return Result(self._outbound.post(attempt.url, attempt.body.encode(), headers))
        except (NoAnswer, UrlRefused) as error:
            return Result(error=str(error))


def _due(moment: datetime) -> Select[WebhookDelivery, WebhookEndpoint]:
    """Give the query for a message that is due, and its endpoint, which has to be free."""
    # any instance: time passes for all of them
    neighbour = aliased(WebhookEndpoint)
    busy_of_instance = (
        select(func.count())
        .where(neighbour.instance_id == WebhookEndpoint.instance_id, neighbour.busy_until > moment)
        .scalar_subquery()
    )
    return (
        select(WebhookDelivery, WebhookEndpoint)
        .join(WebhookEndpoint, WebhookEndpoint.id == WebhookDelivery.endpoint_id)
        .join(Instance, Instance.id == WebhookEndpoint.instance_id)
        .where(
            WebhookDelivery.next_attempt_at <= moment,
            Instance.deleted_at.is_(None),
            or_(WebhookEndpoint.busy_until.is_(None), WebhookEndpoint.busy_until <= moment),
            busy_of_instance < _AT_ONCE_PER_INSTANCE,
        )
        .order_by(WebhookDelivery.next_attempt_at, WebhookDelivery.id)
        .limit(1)
    )


def _claim(session: Session, moment: datetime) -> Attempt | None:
    """Take the message that has been due the longest, for a while."""
    locked = _due(moment).with_for_update(skip_locked=True, of=(WebhookDelivery, WebhookEndpoint))
    if (found := session.execute(locked).first()) is None:
        return None
    delivery, endpoint = found
    endpoint.busy_until = delivery.next_attempt_at = moment + CLAIMED_FOR
    delivery.attempts += 1
    delivery.last_attempt_at = moment
    return Attempt(
        delivery_id=delivery.id,
        endpoint_id=endpoint.id,
        number=delivery.attempts,
        url=endpoint.url,
        event_id=delivery.event_id,
        body=json.dumps(delivery.payload, ensure_ascii=False, separators=(",", ":")),
    )


def _note(session: Session, attempt: Attempt, result: Result) -> None:
    """Write down what came of an attempt, unless the endpoint is gone or another attempt began."""
    # any instance: both rows were claimed a moment ago
    endpoint = session.get(WebhookEndpoint, attempt.endpoint_id, with_for_update=True)
    if endpoint is None:
        return
    delivery = session.get(WebhookDelivery, attempt.delivery_id, with_for_update=True)
    if delivery is None or delivery.attempts != attempt.number:
        return
    moment = now()
    endpoint.busy_until, endpoint.last_event_at = None, moment
    delivery.response_status, delivery.error = result.status, result.error
    if result.is_success:
        delivery.status, delivery.next_attempt_at = "delivered", None
    elif attempt.number > len(RETRY_AFTER):
        delivery.status, delivery.next_attempt_at = "failed", None
    else:
        delivery.next_attempt_at = moment + RETRY_AFTER[attempt.number - 1]

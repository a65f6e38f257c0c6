"""Fanning events out: each becomes a message to every endpoint that wants to know of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from deedbook.database.base import now
from deedbook.database.connect import Database
from deedbook.platform.events.models import Event
from deedbook.platform.identity.instances.models import Instance
from deedbook.platform.settings.webhook_endpoints.models import WebhookDelivery, WebhookEndpoint

KEPT_FOR: Final = timedelta(days=30)
_EVENTS_AT_ONCE: Final = 100
_SWEEP: Final = 1_000


class EventFanOut:
    """Turns events into deliveries, some at a time, in one transaction with taking them away.

    Several of them share the work. Deliveries that are over are kept for a month.
    """

    name: Final = "webhook events"
    pause_seconds: Final = 0.25

    def __init__(self, database: Database) -> None:
        self._database = database

    def run_once(self) -> bool:
        """Fan out the oldest events; tell whether there were any."""
        with self._database.read() as session:
            # any instance: the events of all are fanned out here
            if session.scalar(select(Event.id).limit(1)) is None:
                return False
        with self._database.write() as session:
            oldest = select(Event).order_by(Event.created_at, Event.id).limit(_EVENTS_AT_ONCE)
            events = session.scalars(oldest.with_for_update(skip_locked=True)).all()
            endpoints = _endpoints_of(session, {event.instance_id for event in events})
            for event in events:
                for endpoint in endpoints[event.instance_id]:
                    if not endpoint.events or event.type in endpoint.events:
                        session.add(_delivery(event, endpoint))
                session.delete(event)
            _sweep(session)
            session.commit()
        return bool(events)


def _endpoints_of(
    session: Session, instance_ids: Collection[str]
) -> Mapping[str, list[WebhookEndpoint]]:
    """Give the endpoints of instances; one that was closed is told of nothing more."""
    found = defaultdict(list)
    rows = (
        select(WebhookEndpoint)
        .join(Instance, Instance.id == WebhookEndpoint.instance_id)
        .where(WebhookEndpoint.instance_id.in_(instance_ids), Instance.deleted_at.is_(None))
    )
    # An endpoint that is being deleted waits for its messages, which then go with it.
    for endpoint in session.scalars(rows.with_for_update(read=True, of=WebhookEndpoint)):
        found[endpoint.instance_id].append(endpoint)
    return found


def _delivery(event: Event, endpoint: WebhookEndpoint) -> WebhookDelivery:
    return WebhookDelivery(
        instance_id=event.instance_id,
        endpoint_id=endpoint.id,
        event_id=event.id,
        event_type=event.type,
        payload=event.payload,
    )


def _sweep(session: Session) -> None:
    # any instance: a month is over for all of them
    over = (
        select(WebhookDelivery.id)
        .where(
            WebhookDelivery.status.in_(("delivered", "failed")),
            WebhookDelivery.created_at < now() - KEPT_FOR,
        )
        .limit(_SWEEP)
    )
    session.execute(
        delete(WebhookDelivery)
        .where(WebhookDelivery.id.in_(over.scalar_subquery()))
        .execution_options(synchronize_session=False)
    )

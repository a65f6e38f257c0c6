"""What the webhook endpoints of an instance are told."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from deedbook.platform.events.models import Event
from world.contract import problems, webhooks
from world.world import World


def told(world: World, instance_id: str, about: str) -> list[dict[str, Any]]:
    """Give the messages on a sort of thing, each of which has its shape, in their order."""
    with world.database.read() as session:
        rows = select(Event).where(
            Event.instance_id == instance_id, Event.type.startswith(f"{about}.")
        )
        # Of those of one millisecond the new one comes first.
        events = session.scalars(rows.order_by(Event.created_at, Event.type.desc()))
        messages = [event.payload for event in events]
    for message in messages:
        assert problems(message, webhooks()[message["webhook_event"]]) == []
    return messages

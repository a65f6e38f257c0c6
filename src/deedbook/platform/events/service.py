"""Telling of an event."""

from __future__ import annotations

from typing import Final, Literal, get_args

from pydantic import BaseModel

from deedbook.platform.events.models import Event
from deedbook.recording import UnitOfWork

EventType = Literal[
    "customer.new",
    "customer.update",
    "customer.delete",
    "bankAccount.new",
    "payout.new",
    "payout.update",
    "payout.complete",
    "payout.partnerFee",
    "blockchainWallet.new",
    "payin.new",
    "payin.update",
    "payin.complete",
    "payin.partnerFee",
    "tos.accept",
    "limitIncrease.new",
    "limitIncrease.update",
    "virtualAccount.new",
    "virtualAccount.complete",
    "transfer.new",
    "transfer.update",
    "transfer.complete",
    "wallet.new",
    "wallet.inbound",
]
EVENT_TYPES: Final[tuple[str, ...]] = get_args(EventType)


def tell(
    work: UnitOfWork, instance_id: str, event: EventType, resource: BaseModel, **more: object
) -> None:
    """Have the instance's webhook endpoints told of an event, if the unit of work commits.

    The message is the resource as the wire has it, what else is given, and the event's name.
    """
    payload = {**resource.model_dump(mode="json"), **more, "webhook_event": event}
    work.add(Event(instance_id=instance_id, type=event, payload=payload))

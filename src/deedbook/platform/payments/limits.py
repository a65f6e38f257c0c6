"""What a customer may move: in one payment, in a day, in a month."""

from __future__ import annotations

from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from deedbook.database.base import now
from deedbook.engine import DeedbookError
from deedbook.platform.payments.customers.models import Customer
from deedbook.platform.payments.customers.rules import limits_of

# What did not go through in the end counts towards no limit.
_NOT_MOVED: Final = ("failed", "refunded")


class AmountOutOfRange(DeedbookError):
    """request_amount: is more than this customer may move in one payment."""

    code = "LIMITS_AMOUNT_OUT_OF_RANGE"
    status = 400


class VolumeExceeded(DeedbookError):
    """With this payment the customer would move more than it may in a day or a month."""

    code = "LIMITS_VOLUME_EXCEEDED"
    status = 400


def require_amount(customer: Customer, amount: int) -> None:
    """Refuse more than a customer may move in one payment."""
    if amount > limits_of(customer).per_transaction:
        raise AmountOutOfRange


def require_volume(
    session: Session, customer: Customer, amount: int, *, beside: InstrumentedAttribute[int]
) -> None:
    """Refuse a payment that is too much beside the others of its customer today and this month.

    `beside` is the column that says what each of the others moved.
    """
    limits, payments = limits_of(customer), beside.class_
    today = now().replace(hour=0, minute=0, second=0, microsecond=0)
    for since, limit in ((today, limits.daily), (today.replace(day=1), limits.monthly)):
        moved = session.scalar(
            select(func.coalesce(func.sum(beside), 0)).where(
                payments.instance_id == customer.instance_id,
                payments.customer_id == customer.id,
                payments.created_at >= since,
                payments.status.not_in(_NOT_MOVED),
            )
        )
        if int(moved or 0) + amount > limit:
            raise VolumeExceeded

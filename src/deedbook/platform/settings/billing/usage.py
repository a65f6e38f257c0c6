"""What a period costs: the plan, and what payins, payouts and virtual accounts add to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from deedbook.database.base import shown
from deedbook.platform.payments.payins.models import Payin
from deedbook.platform.payments.payouts.models import Payout
from deedbook.platform.payments.virtual_accounts.models import VirtualAccount


@dataclass(frozen=True, slots=True)
class Plan:
    """A subscription: its price, and the least that a period's fees come to; both in cents."""

    name: Literal["Basic", "Business", "Enterprise"]
    price: int
    minimum: int


# The one plan of the simulated billing provider.
PLAN: Final = Plan("Business", price=20_000, minimum=50_000)
VIRTUAL_ACCOUNT_PRICE: Final = 500
DUE_DAYS: Final = 15


@dataclass(frozen=True, slots=True)
class Fees:
    """What was charged for payments of one direction: our own fees and the partner's, in cents."""

    billing: int = 0
    partner: int = 0


@dataclass(frozen=True, slots=True)
class Usage:
    """What an instance used in a period, and what that comes to in cents."""

    virtual_accounts: int
    payins: Fees
    payouts: Fees

    @property
    def virtual_account_fees(self) -> int:
        """The price of the virtual accounts."""
        return self.virtual_accounts * VIRTUAL_ACCOUNT_PRICE

    @property
    def missing_to_minimum(self) -> int:
        """How much the fees stay under the minimum of the plan."""
        fees = self.virtual_account_fees + self.payins.billing + self.payouts.billing
        return max(0, PLAN.minimum - fees)

    @property
    def total_to_pay(self) -> int:
        """What the instance owes."""
        fees = self.virtual_account_fees + self.payins.billing + self.payouts.billing
        return PLAN.price + fees + self.missing_to_minimum

    @property
    def total_to_collect(self) -> int:
        """What the instance earned in partner fees."""
        return self.payins.partner + self.payouts.partner


def due_date(period_end: datetime) -> datetime:
    """Give until when the invoice of a period is to be paid."""
    return period_end + timedelta(days=DUE_DAYS)


def usage_of(session: Session, instance_id: str, start: datetime, end: datetime) -> Usage:
    """Give what an instance used from one moment to another: what was completed in between counts."""
    return Usage(
        virtual_accounts=_virtual_accounts(session, instance_id, end),
        payins=_fees(session, Payin, instance_id, start, end),
        payouts=_fees(session, Payout, instance_id, start, end),
    )


def _virtual_accounts(session: Session, instance_id: str, end: datetime) -> int:
    count = select(func.count()).where(
        VirtualAccount.instance_id == instance_id,
        VirtualAccount.kyc_status == "approved",
        VirtualAccount.created_at < end,
    )
    return session.scalar(count) or 0


def _fees(
    session: Session,
    payment: type[Payin | Payout],
    instance_id: str,
    start: datetime,
    end: datetime,
) -> Fees:
    # Moments are kept there as the wire shows them, and compare as text.
    completed_at = payment.tracking_complete["completed_at"].as_string()
    sums = select(func.sum(payment.billing_fee_amount), func.sum(payment.partner_fee_amount)).where(
        payment.instance_id == instance_id,
        payment.status == "completed",
        completed_at >= shown(start),
        completed_at < shown(end),
    )
    billing, partner = session.execute(sums).one()
    return Fees(int(billing or 0), int(partner or 0))

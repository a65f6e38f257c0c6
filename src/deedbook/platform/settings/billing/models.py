"""The tables of billing: to whom invoices go, and the invoices."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, String, UniqueConstraint
from sqlalchemy.orm import Mapped

from deedbook.database.base import Base, Instant, Json, now
from deedbook.database.ids import new_id
from deedbook.recording import Audited, masked, personal, system, tracked


class BillingDetails(Base):
    """To whom the invoices of an instance go."""

    __tablename__ = "billing_details"
    __audit__ = Audited(key=("instance_id",))

    instance_id: Mapped[str] = tracked(String(15), primary_key=True)
    name: Mapped[str] = personal(String(255))
    email: Mapped[str] = personal(String(320))
    tax_id: Mapped[str] = masked(String(255))
    address_line_1: Mapped[str] = personal(String(255))
    address_line_2: Mapped[str] = personal(String(255))
    city: Mapped[str] = personal(String(255))
    state_province_region: Mapped[str] = personal(String(255))
    postal_code: Mapped[str] = personal(String(255))
    country: Mapped[str] = tracked(String(255))
    copy_emails: Mapped[list[str]] = personal(Json)
    created_at: Mapped[datetime] = system(Instant, default=now)
    updated_at: Mapped[datetime] = system(Instant, default=now, onupdate=now)


class Invoice(Base):
    """What an instance owes for a period, or what it may collect for one; amounts in cents.

    `status` is owing or paid of the first kind, claimable or collected of the second. `movement_status`
    is that of the payment or collection that was last asked for: pending, completed or failed.
    """

    __tablename__ = "billing_invoices"
    __audit__ = Audited()
    __table_args__ = (UniqueConstraint("instance_id", "reference"),)

    id: Mapped[str] = system(String(15), primary_key=True, default=lambda: new_id("iv"))
    instance_id: Mapped[str] = tracked(String(15))
    reference: Mapped[str] = tracked(String(32))
    status: Mapped[str] = system(String(16))
    period_start: Mapped[datetime] = tracked(Instant)
    period_end: Mapped[datetime] = tracked(Instant)
    due_date: Mapped[datetime | None] = tracked(Instant)
    subscription_plan: Mapped[str] = tracked(String(32))
    subscription_price: Mapped[int] = tracked(BigInteger)
    minimum_per_month: Mapped[int] = tracked(BigInteger)
    virtual_account_fees: Mapped[int] = tracked(BigInteger)
    payin_billing_fees: Mapped[int] = tracked(BigInteger)
    payin_partner_fees: Mapped[int] = tracked(BigInteger)
    payout_billing_fees: Mapped[int] = tracked(BigInteger)
    payout_partner_fees: Mapped[int] = tracked(BigInteger)
    total_to_pay: Mapped[int] = tracked(BigInteger)
    total_to_collect: Mapped[int] = tracked(BigInteger)
    has_partner_fee_invoice: Mapped[bool] = tracked()
    payment_id: Mapped[str | None] = tracked(String(15))
    tron_wallet: Mapped[str | None] = system(String(64))
    solana_wallet: Mapped[str | None] = system(String(64))
    collection_id: Mapped[str | None] = tracked(String(15))
    collection_network: Mapped[str | None] = tracked(String(32))
    collection_token: Mapped[str | None] = tracked(String(8))
    collection_address: Mapped[str | None] = personal(String(64))
    movement_status: Mapped[str | None] = system(String(16))
    created_at: Mapped[datetime] = system(Instant, default=now)

    @property
    def missing_to_minimum(self) -> int:
        """How much the fees stayed under the minimum of the plan, which is owed with them."""
        fees = self.virtual_account_fees + self.payin_billing_fees + self.payout_billing_fees
        return max(0, self.total_to_pay - self.subscription_price - fees)

    def status_at(self, moment: datetime) -> str:
        """Give the status as it is seen at a moment: what is owed too long is overdue."""
        overdue = self.status == "owing" and self.due_date is not None and self.due_date < moment
        return "overdue" if overdue else self.status

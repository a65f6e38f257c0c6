"""The table of limit increases."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped

from deedbook.database.base import Base, Instant, now
from deedbook.database.ids import new_id
from deedbook.platform.payments.belongings import belongs_to
from deedbook.platform.payments.customers.models import Customer
from deedbook.recording import Audited, personal, system, tracked


@belongs_to(Customer, "customer_id")
class LimitIncrease(Base):
    """Higher limits that were asked for, in cents, and what was approved of them."""

    __tablename__ = "limit_increases"
    __audit__ = Audited()

    id: Mapped[str] = system(String(15), primary_key=True, default=lambda: new_id("rl"))
    instance_id: Mapped[str] = tracked(String(15))
    customer_id: Mapped[str] = tracked(String(15), index=True)
    per_transaction: Mapped[int | None] = tracked(BigInteger)
    daily: Mapped[int | None] = tracked(BigInteger)
    monthly: Mapped[int | None] = tracked(BigInteger)
    supporting_document_type: Mapped[str] = tracked(String(64))
    supporting_document_file: Mapped[str] = personal(String(2048))
    status: Mapped[str] = system(String(16), default="in_review")
    approved_per_transaction: Mapped[int | None] = system(BigInteger)
    approved_daily: Mapped[int | None] = system(BigInteger)
    approved_monthly: Mapped[int | None] = system(BigInteger)
    created_at: Mapped[datetime] = system(Instant, default=now)
    updated_at: Mapped[datetime] = system(Instant, default=now, onupdate=now)

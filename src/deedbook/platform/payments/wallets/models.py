"""The table of managed wallets."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped

from deedbook.database.base import Base, Instant, now
from deedbook.database.ids import new_id
from deedbook.platform.payments.belongings import belongs_to
from deedbook.platform.payments.customers.models import Customer
from deedbook.recording import Audited, personal, system, tracked


@belongs_to(Customer, "customer_id")
class Wallet(Base):
    """An address on a chain whose key the platform holds for a customer."""

    __tablename__ = "wallets"
    __audit__ = Audited()

    id: Mapped[str] = system(String(15), primary_key=True, default=lambda: new_id("bl"))
    instance_id: Mapped[str] = tracked(String(15), index=True)
    customer_id: Mapped[str] = tracked(String(15), index=True)
    name: Mapped[str] = personal(String(255))
    external_id: Mapped[str | None] = personal(String(255))
    network: Mapped[str] = tracked(String(32))
    address: Mapped[str] = personal(String(64), index=True)
    created_at: Mapped[datetime] = system(Instant, default=now)

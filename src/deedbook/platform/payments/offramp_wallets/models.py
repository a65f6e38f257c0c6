"""The table of off-ramp wallets."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped

from deedbook.database.base import Base, Instant, now
from deedbook.database.ids import new_id
from deedbook.platform.payments.bank_accounts.models import BankAccount
from deedbook.platform.payments.belongings import belongs_to
from deedbook.recording import Audited, personal, system, tracked


@belongs_to(BankAccount, "bank_account_id")
class OfframpWallet(Base):
    """An address on a chain; what arrives there is paid out to the bank account."""

    __tablename__ = "offramp_wallets"
    __audit__ = Audited()
    __table_args__ = (
        UniqueConstraint("network", "address"),
        Index("ix_offramp_wallets_list", "bank_account_id", "created_at"),
    )

    id: Mapped[str] = system(String(15), primary_key=True, default=lambda: new_id("ow"))
    instance_id: Mapped[str] = tracked(String(15))
    customer_id: Mapped[str] = tracked(String(15))
    bank_account_id: Mapped[str] = tracked(String(15))
    external_id: Mapped[str | None] = personal(String(2048))
    network: Mapped[str] = tracked(String(32))
    address: Mapped[str] = personal(String(64))
    created_at: Mapped[datetime] = system(Instant, default=now)
    updated_at: Mapped[datetime] = system(Instant, default=now, onupdate=now)

"""The table of transfer quotes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from deedbook.database.base import Base, Instant, now
from deedbook.database.ids import new_id
from deedbook.recording import Unaudited


class TransferQuote(Base):
    """A transfer out of a managed wallet as it could be made now; amounts in cents of the token."""

    __tablename__ = "transfer_quotes"
    __audit__ = Unaudited("an offer that nobody took yet; the transfer that takes it has its entry")
    __table_args__ = (Index("ix_transfer_quotes_sweep", "instance_id", "used_at", "expires_at"),)

    id: Mapped[str] = mapped_column(String(15), primary_key=True, default=lambda: new_id("qu"))
    instance_id: Mapped[str] = mapped_column(String(15))
    wallet_id: Mapped[str] = mapped_column(String(15))
    partner_fee_id: Mapped[str | None] = mapped_column(String(15))
    amount: Mapped[int] = mapped_column(BigInteger)
    token: Mapped[str] = mapped_column(String(8))
    customer_network: Mapped[str] = mapped_column(String(32))
    customer_wallet_address: Mapped[str] = mapped_column(String(64))
    expires_at: Mapped[datetime] = mapped_column(Instant)
    used_at: Mapped[datetime | None] = mapped_column(Instant)
    created_at: Mapped[datetime] = mapped_column(Instant, default=now)

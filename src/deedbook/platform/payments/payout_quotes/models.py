"""The table of payout quotes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from deedbook.database.base import Base, Instant, now
from deedbook.database.ids import new_id
from deedbook.recording import Unaudited


class PayoutQuote(Base):
    """What a payout would cost, for five minutes; amounts in minor units, quotations times 100."""

    __tablename__ = "payout_quotes"
    __audit__ = Unaudited("an offer that nobody took yet; the payout that takes it has its entry")
    __table_args__ = (Index("ix_payout_quotes_sweep", "instance_id", "used_at", "expires_at"),)

    id: Mapped[str] = mapped_column(String(15), primary_key=True, default=lambda: new_id("qu"))
    instance_id: Mapped[str] = mapped_column(String(15))
    customer_id: Mapped[str] = mapped_column(String(15))
    bank_account_id: Mapped[str] = mapped_column(String(15))
    partner_fee_id: Mapped[str | None] = mapped_column(String(15))
    network: Mapped[str] = mapped_column(String(32))
    token: Mapped[str] = mapped_column(String(8))
    currency: Mapped[str] = mapped_column(String(3))
    request_amount: Mapped[int] = mapped_column(BigInteger)
    sender_amount: Mapped[int] = mapped_column(BigInteger)
    receiver_amount: Mapped[int] = mapped_column(BigInteger)
    flat_fee: Mapped[int] = mapped_column(BigInteger)
    partner_fee_amount: Mapped[int] = mapped_column(BigInteger)
    billing_fee_amount: Mapped[int] = mapped_column(BigInteger)
    commercial_quotation: Mapped[int] = mapped_column(BigInteger)
    blindpay_quotation: Mapped[int] = mapped_column(BigInteger)
    description: Mapped[str | None] = mapped_column(String(128))
    refund_wallet_address: Mapped[str | None] = mapped_column(String(64))
    expires_at: Mapped[datetime] = mapped_column(Instant)
    used_at: Mapped[datetime | None] = mapped_column(Instant)
    created_at: Mapped[datetime] = mapped_column(Instant, default=now)

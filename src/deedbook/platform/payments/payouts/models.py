"""The table of payouts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped

from deedbook.database.base import Base, Instant, Json, now
from deedbook.database.ids import new_id
from deedbook.recording import Audited, personal, secret, system, tracked


class Payout(Base):
    """Tokens on their way to a bank account; amounts in minor units, quotations times 100.

    It outlives the customer and the account, so it has a copy of what is shown of them.
    """

    __tablename__ = "payouts"
    __audit__ = Audited()
    __table_args__ = (
        UniqueConstraint("quote_id"),
        # One deposit is paid out once.
        UniqueConstraint("network", "deposit_hash", "offramp_wallet_id"),
        Index("ix_payouts_list", "instance_id", "created_at", "id"),
        Index("ix_payouts_volume", "instance_id", "customer_id", "created_at"),
    )

    id: Mapped[str] = system(String(15), primary_key=True, default=lambda: new_id("po"))
    instance_id: Mapped[str] = tracked(String(15))
    quote_id: Mapped[str] = tracked(String(15))
    customer_id: Mapped[str] = tracked(String(15))
    bank_account_id: Mapped[str] = tracked(String(15))
    partner_fee_id: Mapped[str | None] = tracked(String(15))
    offramp_wallet_id: Mapped[str | None] = tracked(String(15))
    deposit_hash: Mapped[str | None] = tracked(String(128))
    network: Mapped[str] = tracked(String(32))
    token: Mapped[str] = tracked(String(8))
    currency: Mapped[str] = tracked(String(3))
    request_amount: Mapped[int] = tracked(BigInteger)
    sender_amount: Mapped[int] = tracked(BigInteger)
    receiver_amount: Mapped[int] = tracked(BigInteger)
    flat_fee: Mapped[int] = tracked(BigInteger)
    partner_fee_amount: Mapped[int] = tracked(BigInteger)
    billing_fee_amount: Mapped[int] = tracked(BigInteger)
    commercial_quotation: Mapped[int] = tracked(BigInteger)
    blindpay_quotation: Mapped[int] = tracked(BigInteger)
    description: Mapped[str | None] = personal(String(128))
    sender_wallet_address: Mapped[str] = personal(String(64))
    refund_wallet_address: Mapped[str | None] = personal(String(64))
    signed_transaction: Mapped[str | None] = secret(Text)
    # The customer and the account as they were; account numbers have their last four alone.
    customer_country: Mapped[str] = tracked(String(2))
    first_name: Mapped[str | None] = personal(String(2048))
    last_name: Mapped[str | None] = personal(String(2048))
    legal_name: Mapped[str | None] = personal(String(2048))
    image_url: Mapped[str | None] = personal(String(2048))
    rail: Mapped[str] = tracked(String(32))
    last_four: Mapped[str] = tracked(String(4))
    bank_details: Mapped[dict[str, Any]] = personal(Json)
    transaction_document_type: Mapped[str | None] = tracked(String(32))
    transaction_document_id: Mapped[str | None] = personal(String(512))
    transaction_document_file: Mapped[str | None] = personal(String(2048))
    transaction_document_description: Mapped[str | None] = personal(String(128))
    status: Mapped[str] = system(String(16))
    tracking_transaction: Mapped[dict[str, Any]] = system(Json)
    tracking_payment: Mapped[dict[str, Any]] = system(Json)
    tracking_liquidity: Mapped[dict[str, Any] | None] = system(Json)
    tracking_complete: Mapped[dict[str, Any]] = system(Json)
    tracking_documents: Mapped[dict[str, Any] | None] = system(Json)
    created_at: Mapped[datetime] = system(Instant, default=now)
    updated_at: Mapped[datetime] = system(Instant, default=now, onupdate=now)

    @property
    def customer_name(self) -> str | None:
        """What the customer was called."""
        person = " ".join(part for part in (self.first_name, self.last_name) if part)
        return self.legal_name or person or None

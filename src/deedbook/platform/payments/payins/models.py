"""The table of payins."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped

from deedbook.database.base import Base, Instant, Json, now
from deedbook.database.ids import new_id
from deedbook.recording import Audited, masked, personal, system, tracked


class Payin(Base):
    """Money on its way to a wallet; amounts in minor units, quotations times 100.

    It outlives the customer and the wallet, so it has a copy of what is shown of them.
    """

    __tablename__ = "payins"
    __audit__ = Audited()
    __table_args__ = (
        UniqueConstraint("payin_quote_id"),
        # One deposit is paid in once.
        UniqueConstraint("virtual_account_id", "deposit_reference"),
        Index("ix_payins_list", "instance_id", "created_at", "id"),
        Index("ix_payins_volume", "instance_id", "customer_id", "created_at"),
    )

    id: Mapped[str] = system(String(15), primary_key=True, default=lambda: new_id("pi"))
    instance_id: Mapped[str] = tracked(String(15))
    payin_quote_id: Mapped[str] = tracked(String(15))
    customer_id: Mapped[str] = tracked(String(15))
    blockchain_wallet_id: Mapped[str | None] = tracked(String(15))
    wallet_id: Mapped[str | None] = tracked(String(15))
    virtual_account_id: Mapped[str | None] = tracked(String(15))
    deposit_reference: Mapped[str | None] = tracked(String(128))
    partner_fee_id: Mapped[str | None] = tracked(String(15))
    payment_method: Mapped[str] = tracked(String(32))
    currency: Mapped[str] = tracked(String(3))
    token: Mapped[str] = tracked(String(8))
    request_amount: Mapped[int] = tracked(BigInteger)
    sender_amount: Mapped[int] = tracked(BigInteger)
    receiver_amount: Mapped[int] = tracked(BigInteger)
    flat_fee: Mapped[int] = tracked(BigInteger)
    partner_fee_amount: Mapped[int] = tracked(BigInteger)
    billing_fee_amount: Mapped[int] = tracked(BigInteger)
    commercial_quotation: Mapped[int] = tracked(BigInteger)
    blindpay_quotation: Mapped[int] = tracked(BigInteger)
    payer_rules: Mapped[dict[str, Any] | None] = personal(Json)
    is_otc: Mapped[bool] = tracked()
    # The customer and the wallet as they were.
    customer_type: Mapped[str] = tracked(String(16))
    customer_country: Mapped[str] = tracked(String(2))
    first_name: Mapped[str | None] = personal(String(2048))
    last_name: Mapped[str | None] = personal(String(2048))
    legal_name: Mapped[str | None] = personal(String(2048))
    image_url: Mapped[str | None] = personal(String(2048))
    network: Mapped[str] = tracked(String(32))
    wallet_name: Mapped[str] = personal(String(255))
    wallet_address: Mapped[str] = personal(String(64))
    # What the payer is shown.
    memo_code: Mapped[str | None] = tracked(String(32))
    pix_code: Mapped[str | None] = personal(String(512))
    clabe: Mapped[str | None] = masked(String(18))
    bank_details: Mapped[dict[str, Any]] = personal(Json)
    status: Mapped[str] = system(String(16))
    tracking_transaction: Mapped[dict[str, Any]] = system(Json)
    tracking_payment: Mapped[dict[str, Any]] = system(Json)
    tracking_complete: Mapped[dict[str, Any]] = system(Json)
    created_at: Mapped[datetime] = system(Instant, default=now)
    updated_at: Mapped[datetime] = system(Instant, default=now, onupdate=now)

    @property
    def customer_name(self) -> str | None:
        """What the customer was called."""
        person = " ".join(part for part in (self.first_name, self.last_name) if part)
        return self.legal_name or person or None

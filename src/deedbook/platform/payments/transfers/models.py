"""The table of transfers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped

from deedbook.database.base import Base, Instant, Json, now
from deedbook.database.ids import new_id
from deedbook.recording import Audited, personal, system, tracked


class Transfer(Base):
    """Tokens on their way from a managed wallet to any address; the amount is in cents.

    It outlives the customer and the wallet, so it has a copy of what is shown of them.
    """

    __tablename__ = "transfers"
    __audit__ = Audited()
    __table_args__ = (
        UniqueConstraint("transfer_quote_id"),
        Index("ix_transfers_list", "instance_id", "created_at", "id"),
    )

    id: Mapped[str] = system(String(15), primary_key=True, default=lambda: new_id("tr"))
    instance_id: Mapped[str] = tracked(String(15))
    transfer_quote_id: Mapped[str] = tracked(String(15))
    customer_id: Mapped[str] = tracked(String(15))
    wallet_id: Mapped[str] = tracked(String(15))
    partner_fee_id: Mapped[str | None] = tracked(String(15))
    amount: Mapped[int] = tracked(BigInteger)
    token: Mapped[str] = tracked(String(8))
    network: Mapped[str] = tracked(String(32))
    address: Mapped[str] = personal(String(64))
    external_id: Mapped[str | None] = personal(String(255))
    customer_network: Mapped[str] = tracked(String(32))
    customer_wallet_address: Mapped[str] = personal(String(64))
    first_name: Mapped[str | None] = personal(String(2048))
    last_name: Mapped[str | None] = personal(String(2048))
    legal_name: Mapped[str | None] = personal(String(2048))
    image_url: Mapped[str | None] = personal(String(2048))
    status: Mapped[str] = system(String(16), default="processing")
    tracking_transaction_monitoring: Mapped[dict[str, Any]] = system(Json)
    tracking_paymaster: Mapped[dict[str, Any]] = system(Json)
    tracking_bridge_swap: Mapped[dict[str, Any]] = system(Json)
    tracking_complete: Mapped[dict[str, Any]] = system(Json)
    created_at: Mapped[datetime] = system(Instant, default=now)
    updated_at: Mapped[datetime] = system(Instant, default=now, onupdate=now)

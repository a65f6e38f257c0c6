"""The table of partner fees."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped

from deedbook.database.base import Base, Instant, now
from deedbook.database.ids import new_id
from deedbook.recording import Audited, system, tracked


class PartnerFee(Base):
    """What an instance adds to a payment for itself: basis points of it, and cents besides."""

    __tablename__ = "partner_fees"
    __audit__ = Audited()

    id: Mapped[str] = system(String(15), primary_key=True, default=lambda: new_id("pf"))
    instance_id: Mapped[str] = tracked(String(15), index=True)
    name: Mapped[str] = tracked(String(255))
    payout_percentage_fee: Mapped[int] = tracked()
    payout_flat_fee: Mapped[int] = tracked()
    payin_percentage_fee: Mapped[int] = tracked()
    payin_flat_fee: Mapped[int] = tracked()
    virtual_account_set: Mapped[bool] = tracked()
    created_at: Mapped[datetime] = system(Instant, default=now)

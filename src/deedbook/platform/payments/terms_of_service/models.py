"""The table of accepted terms."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from deedbook.database.base import Base, Instant, now
from deedbook.database.ids import new_id
from deedbook.recording import Unaudited


class TermsOfService(Base):
    """An invitation to accept the terms, and when it was accepted."""

    __tablename__ = "terms_of_service"
    __audit__ = Unaudited("accepted by a customer through a link; neither a user nor a key acts")
    __table_args__ = (UniqueConstraint("instance_id", "idempotency_key"),)

    id: Mapped[str] = mapped_column(String(15), primary_key=True, default=lambda: new_id("to"))
    instance_id: Mapped[str] = mapped_column(String(15))
    idempotency_key: Mapped[str] = mapped_column(String(36))
    session_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    customer_id: Mapped[str | None] = mapped_column(String(15))
    redirect_url: Mapped[str | None] = mapped_column(String(2048))
    version: Mapped[str] = mapped_column(String(8))
    created_at: Mapped[datetime] = mapped_column(Instant, default=now)
    accepted_at: Mapped[datetime | None] = mapped_column(Instant)

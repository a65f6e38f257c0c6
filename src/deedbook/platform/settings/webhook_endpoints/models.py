"""The tables of webhook endpoints and of what is delivered to them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from deedbook.database.base import Base, Instant, Json, now
from deedbook.database.ids import new_id
from deedbook.recording import Audited, Unaudited, secret, system, tracked


class WebhookEndpoint(Base):
    """Where an instance is told of events; no `events` means all of them."""

    __tablename__ = "webhook_endpoints"
    __audit__ = Audited()

    id: Mapped[str] = system(String(15), primary_key=True, default=lambda: new_id("we"))
    instance_id: Mapped[str] = tracked(String(15), index=True)
    # Its query may hold a token of the receiver's.
    url: Mapped[str] = secret(String(2048))
    events: Mapped[list[str]] = tracked(Json)
    last_event_at: Mapped[datetime | None] = system(Instant)
    # While a delivery is on its way no other one is sent here.
    busy_until: Mapped[datetime | None] = system(Instant)
    created_at: Mapped[datetime] = system(Instant, default=now)
    updated_at: Mapped[datetime] = system(Instant, default=now)


class WebhookDelivery(Base):
    """One event on its way to one endpoint: pending, delivered, or failed for good."""

    __tablename__ = "webhook_deliveries"
    __audit__ = Unaudited("messages on their way; the act behind each has its own entry")
    __table_args__ = (
        Index("ix_webhook_deliveries_list", "endpoint_id", "created_at", "id"),
        Index("ix_webhook_deliveries_over", "status", "created_at"),
    )

    id: Mapped[str] = mapped_column(String(15), primary_key=True, default=lambda: new_id("wd"))
    instance_id: Mapped[str] = mapped_column(String(15))
    endpoint_id: Mapped[str] = mapped_column(
        String(15), ForeignKey("webhook_endpoints.id", ondelete="CASCADE")
    )
    event_id: Mapped[str] = mapped_column(String(28))
    event_type: Mapped[str] = mapped_column(String(64))
    payload: Mapped[dict[str, Any]] = mapped_column(Json)
    status: Mapped[str] = mapped_column(String(16), default="pending")
    attempts: Mapped[int] = mapped_column(default=0)
    response_status: Mapped[int | None] = mapped_column()
    error: Mapped[str | None] = mapped_column(String(255))
    last_attempt_at: Mapped[datetime | None] = mapped_column(Instant)
    next_attempt_at: Mapped[datetime | None] = mapped_column(Instant, index=True, default=now)
    created_at: Mapped[datetime] = mapped_column(Instant, default=now)

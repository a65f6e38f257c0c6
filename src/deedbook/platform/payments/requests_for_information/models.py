"""The table of requests for information."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped

from deedbook.database.base import Base, Instant, Json, now
from deedbook.database.ids import new_id
from deedbook.platform.payments.belongings import belongs_to
from deedbook.platform.payments.customers.models import Customer
from deedbook.recording import Audited, personal, secret, system, tracked


@belongs_to(Customer, "customer_id")
class RequestForInformation(Base):
    """What compliance asks of an instance, or of one of its customers; it is answered once."""

    __tablename__ = "requests_for_information"
    __audit__ = Audited()
    __table_args__ = (
        Index("ix_requests_for_information_of", "instance_id", "customer_id", "created_at"),
    )

    id: Mapped[str] = system(String(16), primary_key=True, default=lambda: new_id("rfi"))
    instance_id: Mapped[str] = tracked(String(15))
    # None where the instance itself is asked.
    customer_id: Mapped[str | None] = tracked(String(15), index=True)
    status: Mapped[str] = tracked(String(16), default="pending")
    request: Mapped[list[dict[str, Any]]] = personal(Json)
    # Documents and private details: an entry says which fields were answered, never what.
    response: Mapped[dict[str, Any]] = secret(Json, default=dict)
    expires_at: Mapped[datetime] = tracked(Instant)
    submitted_at: Mapped[datetime | None] = system(Instant)
    created_at: Mapped[datetime] = system(Instant, default=now)

    @property
    def state(self) -> str:
        """What became of it: one that nobody answered in time has expired."""
        overdue = self.status == "pending" and self.expires_at <= now()
        return "expired" if overdue else self.status

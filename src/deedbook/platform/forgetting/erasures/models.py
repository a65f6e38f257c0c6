"""The table of erasures."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped

from deedbook.database.base import Base, Instant, Json, now
from deedbook.database.ids import new_id
from deedbook.engine import Selector
from deedbook.platform.forgetting.subjects import MAX_REASON
from deedbook.recording import Audited, system, tracked


class ErasureStatus(StrEnum):
    """What became of a request. Whether it is carried out the log knows, and so no row has that."""

    REQUESTED = "requested"
    CONFIRMED = "confirmed"
    CARRIED_OUT = "carried_out"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class AuditLogErasure(Base):
    """A request to erase the personal details of some entries, and what became of it."""

    __tablename__ = "audit_log_erasures"
    __audit__ = Audited()
    __table_args__ = (
        Index("ix_audit_log_erasures_page", "instance_id", "created_at", "id"),
        Index("ix_audit_log_erasures_open", "status", "created_at"),
    )

    id: Mapped[str] = system(String(15), primary_key=True, default=lambda: new_id("er"))
    instance_id: Mapped[str] = tracked(String(15))
    subject: Mapped[dict[str, str]] = tracked(Json)
    reason: Mapped[str] = tracked(String(MAX_REASON))
    entries: Mapped[int] = tracked()
    entries_approximate: Mapped[bool] = tracked()
    status: Mapped[str] = tracked(String(16), default=ErasureStatus.REQUESTED)
    requested_by: Mapped[str] = tracked(String(15))
    decided_by: Mapped[str | None] = tracked(String(15))
    decided_at: Mapped[datetime | None] = tracked(Instant)
    created_at: Mapped[datetime] = system(Instant, default=now)

    @property
    def selector(self) -> Selector:
        """What is to be erased."""
        return Selector(**self.subject)

    @property
    def is_confirmed(self) -> bool:
        """Whether it was decided that the details go."""
        return self.status == ErasureStatus.CONFIRMED

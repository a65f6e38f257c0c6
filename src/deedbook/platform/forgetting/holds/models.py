"""The table of legal holds."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped

from deedbook.database.base import Base, Instant, Json, now
from deedbook.database.ids import new_id
from deedbook.engine import Selector
from deedbook.platform.forgetting.subjects import MAX_REASON
from deedbook.recording import Audited, system, tracked


class AuditLogHold(Base):
    """That the entries of an actor or an entity stay as they are; a lifted one stays as a row."""

    __tablename__ = "audit_log_holds"
    __audit__ = Audited()
    __table_args__ = (Index("ix_audit_log_holds_page", "instance_id", "created_at", "id"),)

    id: Mapped[str] = system(String(15), primary_key=True, default=lambda: new_id("lh"))
    instance_id: Mapped[str] = tracked(String(15))
    subject: Mapped[dict[str, str]] = tracked(Json)
    reason: Mapped[str] = tracked(String(MAX_REASON))
    placed_by: Mapped[str] = tracked(String(15))
    lifted_at: Mapped[datetime | None] = tracked(Instant)
    lifted_by: Mapped[str | None] = tracked(String(15))
    created_at: Mapped[datetime] = system(Instant, default=now)

    @property
    def selector(self) -> Selector:
        """What is held."""
        return Selector(**self.subject)

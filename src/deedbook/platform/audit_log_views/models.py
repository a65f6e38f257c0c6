"""The table of saved views of the log."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from deedbook.database.base import Base, Instant, now
from deedbook.database.ids import new_id
from deedbook.recording import Unaudited


class AuditLogView(Base):
    """Filters of an instance's log that one person keeps by a name."""

    __tablename__ = "audit_log_views"
    __audit__ = Unaudited("a person's own bookmarks: nothing of the instance changes with them")
    __table_args__ = (UniqueConstraint("instance_id", "user_id", "name"),)

    id: Mapped[str] = mapped_column(String(15), primary_key=True, default=lambda: new_id("av"))
    instance_id: Mapped[str] = mapped_column(String(15))
    user_id: Mapped[str] = mapped_column(String(15))
    name: Mapped[str] = mapped_column(String(80))
    query: Mapped[str] = mapped_column(String(2000))
    created_at: Mapped[datetime] = mapped_column(Instant, default=now)

"""The table of readings of the log."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from deedbook.database.base import Base, Instant, Json, now
from deedbook.database.ids import new_id
from deedbook.recording import Unaudited


class AuditLogReading(Base):
    """That somebody read the log: once for the same reader and filters in ten minutes."""

    __tablename__ = "audit_log_readings"
    __audit__ = Unaudited("readings of the log: entries of them would feed what is read")
    __table_args__ = (Index("ix_audit_log_readings_page", "instance_id", "created_at", "id"),)

    id: Mapped[str] = mapped_column(String(15), primary_key=True, default=lambda: new_id("rd"))
    instance_id: Mapped[str] = mapped_column(String(15))
    reader_type: Mapped[str] = mapped_column(String(16))
    reader_id: Mapped[str] = mapped_column(String(15))
    role: Mapped[str] = mapped_column(String(16))
    # `entries`, `entry`, or the last word of another path of the log.
    what: Mapped[str] = mapped_column(String(32))
    entry_id: Mapped[str | None] = mapped_column(String(15))
    filters: Mapped[dict[str, list[str]]] = mapped_column(Json, default=dict)
    request_id: Mapped[str | None] = mapped_column(String(32))
    created_at: Mapped[datetime] = mapped_column(Instant, default=now)

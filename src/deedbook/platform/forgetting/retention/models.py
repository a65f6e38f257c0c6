"""The table of retentions."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped

from deedbook.database.base import Base, Instant
from deedbook.recording import Audited, system, tracked


class AuditLogRetention(Base):
    """For how many months an instance keeps entries, None for ever; and what holds from a moment on."""

    __tablename__ = "audit_log_retentions"
    __audit__ = Audited(key=("instance_id",))

    instance_id: Mapped[str] = tracked(String(15), primary_key=True)
    months: Mapped[int | None] = tracked()
    next_months: Mapped[int | None] = tracked()
    next_from: Mapped[datetime | None] = tracked(Instant)
    applied_at: Mapped[datetime | None] = system(Instant)

    def months_at(self, moment: datetime) -> int | None:
        """Give what holds at a moment."""
        return self.months if self.awaits_at(moment) or self.next_from is None else self.next_months

    def awaits_at(self, moment: datetime) -> bool:
        """Tell whether a change is announced and does not hold yet at a moment."""
        return self.next_from is not None and self.next_from > moment

"""The table of steps that the simulated outside world has yet to take."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from deedbook.database.base import Base, Instant, Json, now
from deedbook.database.ids import new_id
from deedbook.recording import Unaudited


class Step(Base):
    """An answer of the outside world that is known already and arrives when it is due.

    Without a due time it waits until somebody lets it go (`deedbook simulate approve`).
    """

    __tablename__ = "outside_steps"
    __audit__ = Unaudited("answers on their way; what they change has its own guards")

    id: Mapped[str] = mapped_column(String(15), primary_key=True, default=lambda: new_id("st"))
    instance_id: Mapped[str] = mapped_column(String(15), index=True)
    name: Mapped[str] = mapped_column(String(64))
    subject_id: Mapped[str] = mapped_column(String(15))
    outcome: Mapped[str] = mapped_column(String(16))
    details: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime | None] = mapped_column(Instant, index=True)
    created_at: Mapped[datetime] = mapped_column(Instant, default=now)

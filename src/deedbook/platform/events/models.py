"""The table of events."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from deedbook.database.base import Base, Instant, Json, now
from deedbook.database.ids import random_text
from deedbook.recording import Unaudited

_ID_CHARACTERS: Final = 24


def _new_message_id() -> str:
    return f"msg_{random_text(_ID_CHARACTERS)}"


class Event(Base):
    """Something that happened, until it is on its way to every endpoint that wants to know."""

    __tablename__ = "events"
    __audit__ = Unaudited("messages to webhook endpoints; the act behind each has its own entry")

    id: Mapped[str] = mapped_column(String(28), primary_key=True, default=_new_message_id)
    instance_id: Mapped[str] = mapped_column(String(15))
    type: Mapped[str] = mapped_column(String(64))
    payload: Mapped[dict[str, Any]] = mapped_column(Json)
    created_at: Mapped[datetime] = mapped_column(Instant, default=now, index=True)

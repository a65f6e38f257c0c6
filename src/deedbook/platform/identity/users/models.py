"""The table of people."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from deedbook.database.base import Base, Instant, now
from deedbook.database.ids import new_id
from deedbook.recording import Unaudited


class User(Base):
    """A person, known by an e-mail address in lower case."""

    __tablename__ = "users"
    __audit__ = Unaudited("an account belongs to a person, not to an instance")

    id: Mapped[str] = mapped_column(String(15), primary_key=True, default=lambda: new_id("us"))
    email: Mapped[str] = mapped_column(String(320), unique=True)
    first_name: Mapped[str] = mapped_column(String(100), default="")
    middle_name: Mapped[str | None] = mapped_column(String(100))
    last_name: Mapped[str] = mapped_column(String(100), default="")
    image_url: Mapped[str] = mapped_column(String(2048), default="")
    created_at: Mapped[datetime] = mapped_column(Instant, default=now)
    updated_at: Mapped[datetime] = mapped_column(Instant, default=now, onupdate=now)

    @property
    def name(self) -> str | None:
        """The full name, or None while none is known."""
        parts = (self.first_name, self.middle_name, self.last_name)
        return " ".join(part for part in parts if part) or None

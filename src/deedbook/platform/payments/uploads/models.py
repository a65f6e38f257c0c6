"""The table of uploaded files."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from deedbook.database.base import Base, Instant, now
from deedbook.recording import Unaudited


class Upload(Base):
    """A file that was uploaded; its bytes lie in the folder of uploads under its name."""

    __tablename__ = "uploads"
    __audit__ = Unaudited("a file means nothing until a field of a resource points to it")

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    instance_id: Mapped[str | None] = mapped_column(String(15))
    uploaded_by: Mapped[str] = mapped_column(String(15))
    bucket: Mapped[str] = mapped_column(String(32))
    media_type: Mapped[str] = mapped_column(String(64))
    size: Mapped[int] = mapped_column()
    created_at: Mapped[datetime] = mapped_column(Instant, default=now)

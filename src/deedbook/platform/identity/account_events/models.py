"""The table of account events."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from deedbook.database.base import Base, Instant, now
from deedbook.database.ids import new_id
from deedbook.recording import Unaudited


class Kind(StrEnum):
    """What happened."""

    SIGN_IN = "sign_in"
    SIGN_IN_FAILED = "sign_in_failed"
    SIGN_OUT = "sign_out"
    PASSKEY_ADDED = "passkey_added"
    PASSKEY_REMOVED = "passkey_removed"
    SESSION_REVOKED = "session_revoked"


class AccountEvent(Base):
    """Something that happened to a person's way in. `label` is the name of a passkey or a device."""

    __tablename__ = "account_events"
    __audit__ = Unaudited("itself a record, of a person and no instance")
    __table_args__ = (Index("ix_account_events_user_id", "user_id", "created_at", "id"),)

    id: Mapped[str] = mapped_column(String(15), primary_key=True, default=lambda: new_id("ae"))
    user_id: Mapped[str] = mapped_column(String(15))
    kind: Mapped[str] = mapped_column(String(32))
    label: Mapped[str | None] = mapped_column(String(100))
    auth_method: Mapped[str | None] = mapped_column(String(32))
    ip_address: Mapped[str | None] = mapped_column(String(64))
    country: Mapped[str | None] = mapped_column(String(2))
    user_agent: Mapped[str | None] = mapped_column(String(2048))
    created_at: Mapped[datetime] = mapped_column(Instant, default=now)

"""The tables of sessions, and of the codes and links that open one."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from deedbook.database.base import Base, Instant, now
from deedbook.database.ids import new_id
from deedbook.recording import Unaudited

_ACCOUNT = "a person's way in; it belongs to no instance"


class UserSession(Base):
    """A person's open session; the token itself is nowhere kept."""

    __tablename__ = "sessions"
    __audit__ = Unaudited(_ACCOUNT)

    id: Mapped[str] = mapped_column(String(15), primary_key=True, default=lambda: new_id("ss"))
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    user_id: Mapped[str] = mapped_column(String(15), index=True)
    auth_method: Mapped[str] = mapped_column(String(32))
    created_at: Mapped[datetime] = mapped_column(Instant, default=now)
    last_used_at: Mapped[datetime] = mapped_column(Instant, default=now)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    ip_address: Mapped[str | None] = mapped_column(String(64))
    country: Mapped[str | None] = mapped_column(String(2))
    user_agent: Mapped[str | None] = mapped_column(String(2048))


class SignInCode(Base):
    """A six-digit code that was sent to an address."""

    __tablename__ = "sign_in_codes"
    __audit__ = Unaudited(_ACCOUNT)

    id: Mapped[str] = mapped_column(String(15), primary_key=True, default=lambda: new_id("sc"))
    email: Mapped[str] = mapped_column(String(320), index=True)
    network: Mapped[str | None] = mapped_column(String(64), index=True)
    code_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    attempts: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(Instant, default=now)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    used_at: Mapped[datetime | None] = mapped_column(Instant)


class SignInLink(Base):
    """A link that signs a person in once."""

    __tablename__ = "sign_in_links"
    __audit__ = Unaudited(_ACCOUNT)

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(15))
    auth_method: Mapped[str] = mapped_column(String(32))
    expires_at: Mapped[datetime] = mapped_column(Instant)
    used_at: Mapped[datetime | None] = mapped_column(Instant)

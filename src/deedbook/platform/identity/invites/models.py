"""The table of invites."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped

from deedbook.database.base import Base, Instant, now
from deedbook.database.ids import new_id
from deedbook.recording import Audited, personal, system, tracked


class Invite(Base):
    """An address that may join an instance with a role, once, until it expires."""

    __tablename__ = "invites"
    __audit__ = Audited()

    id: Mapped[str] = system(String(15), primary_key=True, default=lambda: new_id("it"))
    instance_id: Mapped[str] = tracked(String(15), index=True)
    email: Mapped[str] = personal(String(320))
    user_role: Mapped[str] = tracked(String(16))
    inviter_name: Mapped[str] = personal(String(320))
    accepted_at: Mapped[datetime | None] = tracked(Instant)
    expires_at: Mapped[datetime] = tracked(Instant)
    created_at: Mapped[datetime] = system(Instant, default=now)

"""The tables of instances and of who belongs to them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped

from deedbook.database.base import Base, Instant, Json, now
from deedbook.database.ids import new_id
from deedbook.recording import Audited, personal, system, tracked


class Instance(Base):
    """A tenant. A deleted one stays as a row, so that its log can still be read."""

    __tablename__ = "instances"
    __audit__ = Audited()

    id: Mapped[str] = system(String(15), primary_key=True, default=lambda: new_id("in"))
    name: Mapped[str] = tracked(String(100))
    type: Mapped[str] = tracked(String(16))
    customer_invite_redirect_url: Mapped[str | None] = tracked(String(2048))
    email_notifications: Mapped[bool] = tracked(default=True)
    require_passkey: Mapped[bool] = tracked(default=False)
    compliance_emails: Mapped[list[str]] = personal(Json, default=list)
    customer_rfi_emails_enabled: Mapped[bool] = tracked(default=True)
    onboarding_step: Mapped[str] = system(String(32), default="initial")
    deleted_at: Mapped[datetime | None] = tracked(Instant)
    created_at: Mapped[datetime] = system(Instant, default=now)
    updated_at: Mapped[datetime] = system(Instant, default=now, onupdate=now)

    @property
    def is_production(self) -> bool:
        """Whether real money moves here, on mainnets and after reviews."""
        return self.type == "production"


class Membership(Base):
    """A person's role in an instance."""

    __tablename__ = "memberships"
    __audit__ = Audited(key=("instance_id", "user_id"))

    instance_id: Mapped[str] = tracked(String(15), primary_key=True)
    user_id: Mapped[str] = tracked(String(15), primary_key=True, index=True)
    role: Mapped[str] = tracked(String(16))
    created_at: Mapped[datetime] = system(Instant, default=now)

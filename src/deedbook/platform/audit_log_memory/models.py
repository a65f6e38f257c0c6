"""The tables of who remembers the log: witnesses, and checkpoints by mail."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from deedbook.database.base import Base, Instant, Json, now
from deedbook.database.ids import new_id
from deedbook.recording import Audited, Unaudited, personal, system, tracked


class AuditLogWitness(Base):
    """A witness by the name it gives itself, and the size of the log that it said it remembers."""

    __tablename__ = "audit_log_witnesses"
    __audit__ = Audited()
    __table_args__ = (UniqueConstraint("instance_id", "name"),)

    id: Mapped[str] = system(String(15), primary_key=True, default=lambda: new_id("aw"))
    instance_id: Mapped[str] = tracked(String(15))
    # It may be somebody's machine.
    name: Mapped[str] = personal(String(100))
    # What it says again and again is no act: only that it is there.
    size: Mapped[int] = system(BigInteger)
    remembered_at: Mapped[datetime] = system(Instant, default=now)
    created_at: Mapped[datetime] = system(Instant, default=now)


class CheckpointMailing(Base):
    """How often an instance has its newest checkpoint mailed, and to whom; no row is never."""

    __tablename__ = "audit_log_mailings"
    __audit__ = Audited(key=("instance_id",))

    instance_id: Mapped[str] = tracked(String(15), primary_key=True)
    # `never`, `daily` or `monthly`.
    every: Mapped[str] = tracked(String(16), default="never")
    addresses: Mapped[list[str]] = personal(Json, default=list)
    planned_at: Mapped[datetime | None] = system(Instant)
    next_at: Mapped[datetime | None] = system(Instant, index=True)


class CheckpointMail(Base):
    """The newest checkpoint that an address has, and when the next attempt to mail it one is due."""

    __tablename__ = "audit_log_mails"
    __audit__ = Unaudited("messages on their way; who is to get them is recorded as a setting")
    __table_args__ = (UniqueConstraint("instance_id", "address"),)

    id: Mapped[str] = mapped_column(String(15), primary_key=True, default=lambda: new_id("am"))
    instance_id: Mapped[str] = mapped_column(String(15))
    address: Mapped[str] = mapped_column(String(320))
    attempts: Mapped[int] = mapped_column(default=0)
    next_attempt_at: Mapped[datetime | None] = mapped_column(Instant, index=True)
    # The last attempt came to nothing.
    has_failed: Mapped[bool] = mapped_column(default=False)
    size: Mapped[int | None] = mapped_column(BigInteger)
    sent_at: Mapped[datetime | None] = mapped_column(Instant)

"""The table of API keys."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped

from deedbook.database.base import Base, Instant, Json, now
from deedbook.database.ids import new_id
from deedbook.recording import Audited, personal, secret, system, tracked


class ApiKey(Base):
    """A key; of its token only a hash and the beginning are kept. A revoked one stays as a row."""

    __tablename__ = "api_keys"
    __audit__ = Audited()

    id: Mapped[str] = system(String(15), primary_key=True, default=lambda: new_id("ap"))
    instance_id: Mapped[str] = tracked(String(15), index=True)
    name: Mapped[str] = tracked(String(255))
    permission: Mapped[str] = tracked(String(32))
    prefix: Mapped[str] = tracked(String(32))
    token_hash: Mapped[bytes] = secret(LargeBinary(32), unique=True)
    ip_whitelist: Mapped[list[str]] = tracked(Json, default=list)
    # The ceiling: the maker's role when the key was made, and with it the right to read the log.
    role: Mapped[str] = tracked(String(16))
    reads_log: Mapped[bool] = tracked()
    created_by_id: Mapped[str] = tracked(String(15))
    created_by_name: Mapped[str | None] = personal(String(320))
    revoked_at: Mapped[datetime | None] = tracked(Instant)
    last_used_at: Mapped[datetime | None] = system(Instant)
    created_at: Mapped[datetime] = system(Instant, default=now)
    updated_at: Mapped[datetime] = system(Instant, default=now, onupdate=now)

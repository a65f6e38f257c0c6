"""The tables of passkeys, and of the challenges that they are to sign."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from deedbook.database.base import Base, Instant, Json, now
from deedbook.database.ids import new_id
from deedbook.recording import Unaudited

# WebAuthn Level 3, §4: at most 1023 bytes.
CREDENTIAL_ID_BYTES = 1023


class Passkey(Base):
    """A person's passkey: the public half of a key that stays in its authenticator."""

    __tablename__ = "passkeys"
    __audit__ = Unaudited("a person's way in; adding and removing one is an account event")

    id: Mapped[str] = mapped_column(String(15), primary_key=True, default=lambda: new_id("pk"))
    user_id: Mapped[str] = mapped_column(String(15), index=True)
    name: Mapped[str] = mapped_column(String(100))
    credential_id: Mapped[bytes] = mapped_column(LargeBinary(CREDENTIAL_ID_BYTES), unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(BigInteger)
    transports: Mapped[list[str]] = mapped_column(Json, default=list)
    created_at: Mapped[datetime] = mapped_column(Instant, default=now)
    last_used_at: Mapped[datetime | None] = mapped_column(Instant)


class PasskeyChallenge(Base):
    """A challenge that was given out and not yet used; to use one is to delete it.

    `holder` is who can use it: a person's id, or where a sign-in came from. `nonce` is of one that is
    bound to an act, which is hashed into the challenge (`evidence.py`).
    """

    __tablename__ = "passkey_challenges"
    __audit__ = Unaudited("lives for two minutes, until it is used")

    challenge: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    purpose: Mapped[str] = mapped_column(String(16))
    holder: Mapped[str] = mapped_column(String(64), index=True)
    nonce: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    created_at: Mapped[datetime] = mapped_column(Instant, default=now)
    expires_at: Mapped[datetime] = mapped_column(Instant, index=True)

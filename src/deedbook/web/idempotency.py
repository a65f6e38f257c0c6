"""Replies kept under an Idempotency-Key, so that a request that is sent again is not done again.

A reply may hold a secret that is shown once, so it is kept encrypted (AES-256-GCM) with a key that
only the raw header value gives (HKDF, RFC 5869, salted with the server's secret), and looked up by an
HMAC of it. Only what committed is kept: a request that failed changed nothing and may be tried again.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import LargeBinary, delete, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from deedbook.database.base import Base, Instant, now
from deedbook.engine import DeedbookError
from deedbook.recording import Unaudited

KEPT_FOR: Final = timedelta(hours=24)
MAX_KEY_LENGTH: Final = 255
_NONCE_BYTES: Final = 12
_SWEEP: Final = 100


class PayloadMismatch(DeedbookError):
    """This Idempotency-Key was used for another request."""

    code = "IDEMPOTENCY_KEY_PAYLOAD_MISMATCH"
    status = 422
    machine_message = "idempotency_key_payload_mismatch"


class InFlight(DeedbookError):
    """A request with this Idempotency-Key is still running."""

    code = "IDEMPOTENCY_KEY_IN_FLIGHT"
    status = 409
    machine_message = "idempotency_key_in_flight"
    headers = {"Retry-After": "1"}  # noqa: RUF012 (read only)


class KeyTooLong(DeedbookError):
    """An Idempotency-Key has 1 to 255 characters."""

    code = "VALIDATION_FAILED"
    status = 400


class KeptReply(Base):
    """A reply that can be replayed for a day."""

    __tablename__ = "idempotency_replies"
    __audit__ = Unaudited("copies of replies; the act behind each has its own entry")

    lookup: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary(32))
    reply: Mapped[bytes] = mapped_column(LargeBinary)
    expires_at: Mapped[datetime] = mapped_column(Instant, index=True)


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply as it was sent: an HTTP status and the bytes of its body."""

    status: int
    body: bytes


class ReplyKeeper:
    """Keeps and finds the replies of one caller's request under its key."""

    def __init__(self, secret: bytes, *, caller_id: str, key: str, request: bytes) -> None:
        if not 0 < len(key) <= MAX_KEY_LENGTH:
            raise KeyTooLong
        name = f"{caller_id}\n{key}".encode("utf-8", "surrogateescape")
        self._lookup = hmac.digest(secret, b"lookup\n" + name, "sha256")
        self._fingerprint = hashlib.sha256(request).digest()
        derived = HKDF(SHA256(), 32, salt=secret, info=b"deedbook idempotency reply").derive(name)
        self._cipher = AESGCM(derived)

    def find(self, session: Session) -> Reply | None:
        """Give the reply to the same request, or None when it has not been made.

        Raises `PayloadMismatch` for another request under this key, and `InFlight` while one runs.
        """
        self._claim(session)
        kept = session.get(KeptReply, self._lookup)
        if kept is None or kept.expires_at <= now():
            return None
        if not hmac.compare_digest(kept.fingerprint, self._fingerprint):
            raise PayloadMismatch
        nonce, sealed = kept.reply[:_NONCE_BYTES], kept.reply[_NONCE_BYTES:]
        head, _, body = self._cipher.decrypt(nonce, sealed, self._fingerprint).partition(b"\n")
        return Reply(json.loads(head), body)

    def keep(self, session: Session, reply: Reply) -> None:
        """Keep a reply in the transaction of the work that it answers; sweeps some that are over."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        content = json.dumps(reply.status).encode() + b"\n" + reply.body
        session.merge(
            KeptReply(
                lookup=self._lookup,
                fingerprint=self._fingerprint,
                reply=nonce + self._cipher.encrypt(nonce, content, self._fingerprint),
                expires_at=now() + KEPT_FOR,
            )
        )
        session.flush()
        over = session.query(KeptReply.lookup).filter(KeptReply.expires_at < now()).limit(_SWEEP)
        session.execute(delete(KeptReply).where(KeptReply.lookup.in_(over.scalar_subquery())))

    def _claim(self, session: Session) -> None:
        """On PostgreSQL take a lock on the key until the transaction ends; SQLite has one writer."""
        if session.get_bind().dialect.name == "postgresql":
            number = int.from_bytes(self._lookup[:8], "big", signed=True)
            lock = text("SELECT pg_try_advisory_xact_lock(:number)")
            if not session.execute(lock, {"number": number}).scalar_one():
                raise InFlight

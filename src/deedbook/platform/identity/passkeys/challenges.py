"""Challenges: made for one purpose and one holder, used once, within two minutes."""

from __future__ import annotations

import secrets
from datetime import timedelta
from enum import StrEnum
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from deedbook.database.base import now
from deedbook.platform.identity.passkeys.models import PasskeyChallenge
from deedbook.recording import UnitOfWork
from deedbook.web.verification import PasskeyRefused

CHALLENGE_LIFE: Final = timedelta(minutes=2)
_MOST_OPEN: Final = 100
_SWEEP: Final = 100
_BYTES: Final = 32


class Purpose(StrEnum):
    """What a challenge is for; one that was made for something else is worth nothing."""

    ENROL = "enrol"
    SIGN_IN = "sign_in"
    ACT = "act"


def new_nonce() -> bytes:
    """Give 256 random bits."""
    return secrets.token_bytes(_BYTES)


def issue(
    work: UnitOfWork,
    purpose: Purpose,
    holder: str,
    *,
    challenge: bytes | None = None,
    nonce: bytes | None = None,
) -> bytes:
    """Give a new challenge, random unless it is bound to an act.

    Of a holder's challenges the newest hundred stay, so that asking fills nothing.
    """
    _sweep(work.session, holder)
    row = PasskeyChallenge(
        challenge=challenge or new_nonce(),
        purpose=purpose,
        holder=holder,
        nonce=nonce,
        expires_at=now() + CHALLENGE_LIFE,
    )
    return work.add(row).challenge


def use(session: Session, purpose: Purpose, holder: str | None, challenge: bytes) -> bytes | None:
    """Use a challenge up, and give its nonce; committed or taken back with the transaction.

    Whoever may hold a challenge of a sign-in shows it by signing: then `holder` is None. Of two at
    once one waits for the other and finds it gone. Raises `PasskeyRefused`.
    """
    rows = select(PasskeyChallenge).where(
        PasskeyChallenge.challenge == challenge,
        PasskeyChallenge.purpose == purpose,
        PasskeyChallenge.expires_at > now(),
    )
    if holder is not None:
        rows = rows.where(PasskeyChallenge.holder == holder)
    found = session.scalar(rows.with_for_update())
    if found is None:
        raise PasskeyRefused(
            "This challenge was not made for this, was used already, or is older than two minutes:"
            " ask for a new one."
        )
    session.delete(found)
    session.flush()
    return found.nonce


def _sweep(session: Session, holder: str) -> None:
    over = select(PasskeyChallenge.challenge).where(PasskeyChallenge.expires_at <= now())
    own = select(PasskeyChallenge.challenge).where(PasskeyChallenge.holder == holder)
    newest = own.order_by(PasskeyChallenge.created_at.desc(), PasskeyChallenge.challenge)
    for rows in (over.limit(_SWEEP), newest.offset(_MOST_OPEN - 1).limit(_SWEEP)):
        doomed = session.scalars(rows.with_for_update(skip_locked=True)).all()
        session.execute(delete(PasskeyChallenge).where(PasskeyChallenge.challenge.in_(doomed)))

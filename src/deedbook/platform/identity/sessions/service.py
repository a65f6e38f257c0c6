"""Rules of signing in: codes, links and sessions."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from deedbook.database.base import now
from deedbook.database.tokens import new_token, token_hash
from deedbook.engine import DeedbookError
from deedbook.platform.identity.sessions.models import SignInCode, SignInLink, UserSession
from deedbook.platform.identity.users.models import User
from deedbook.platform.identity.users.service import user_for_email
from deedbook.recording import UnitOfWork

CODE_LIFE: Final = timedelta(minutes=10)
LINK_LIFE: Final = timedelta(hours=1)
SESSION_LIFE: Final = timedelta(days=30)
IDLE_LIFE: Final = timedelta(days=7)
MAX_ATTEMPTS: Final = 5
MAX_CODES_AN_HOUR: Final = 5


class RateLimited(DeedbookError):
    """Too many sign-in codes for this address; try again in an hour."""

    code = "AUTH_RATE_LIMITED"
    status = 429


class WrongCode(DeedbookError):
    """This code or link does not sign anyone in: it is wrong, used or too old."""

    code = "AUTH_UNAUTHORIZED"
    status = 401
    is_denial = False


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A person, and how they showed that it is them."""

    user: User
    auth_method: str


@dataclass(frozen=True, slots=True)
class OpenedSession:
    """A new session and its token, which is known only now."""

    user: User
    token: str


def issue_code(work: UnitOfWork, email: str, secret: bytes) -> str:
    """Give a new code for an address, to be sent there. Raises `RateLimited`."""
    email = email.lower()
    recent = select(func.count()).where(
        SignInCode.email == email, SignInCode.created_at > now() - timedelta(hours=1)
    )
    if (work.session.scalar(recent) or 0) >= MAX_CODES_AN_HOUR:
        raise RateLimited
    code = f"{secrets.randbelow(1_000_000):06d}"
    work.add(
        SignInCode(
            email=email, code_hash=_code_hash(secret, email, code), expires_at=now() + CODE_LIFE
        )
    )
    return code


def use_code(work: UnitOfWork, email: str, code: str, secret: bytes) -> SignedIn | None:
    """Give the person whose code this is, and use it up; None when it is wrong.

    A wrong try counts against the newest code, which after five is worth nothing.
    """
    email = email.lower()
    newest = work.session.scalar(
        select(SignInCode)
        .where(SignInCode.email == email, SignInCode.used_at.is_(None))
        .order_by(SignInCode.created_at.desc(), SignInCode.id)
        .limit(1)
        .with_for_update()
    )
    if newest is None or newest.expires_at <= now() or newest.attempts >= MAX_ATTEMPTS:
        return None
    if not hmac.compare_digest(newest.code_hash, _code_hash(secret, email, code)):
        newest.attempts += 1
        return None
    newest.used_at = now()
    return SignedIn(user_for_email(work, email), "code_session")


def issue_link(work: UnitOfWork, user: User, *, auth_method: str) -> str:
    """Give the token of a link that signs this person in once, within the hour.

    `auth_method` is what entries of that session will say: who made the link.
    """
    token = new_token()
    work.session.flush()
    work.add(
        SignInLink(
            token_hash=token_hash(token),
            user_id=user.id,
            auth_method=auth_method,
            expires_at=now() + LINK_LIFE,
        )
    )
    return token


def use_link(work: UnitOfWork, token: str) -> SignedIn | None:
    """Give the person whose link this is, and use it up; None when it is wrong."""
    link = work.session.get(SignInLink, token_hash(token), with_for_update=True)
    if link is None or link.used_at is not None or link.expires_at <= now():
        return None
    link.used_at = now()
    return SignedIn(work.session.get_one(User, link.user_id), link.auth_method)


def open_session(work: UnitOfWork, signed_in: SignedIn) -> OpenedSession:
    """Open a session; every sign-in has a token of its own (256 random bits)."""
    token = new_token("ds_")
    work.session.flush()
    work.add(
        UserSession(
            token_hash=token_hash(token),
            user_id=signed_in.user.id,
            auth_method=signed_in.auth_method,
            expires_at=now() + SESSION_LIFE,
            ip_address=work.origin.ip_address,
            user_agent=work.origin.user_agent,
        )
    )
    return OpenedSession(signed_in.user, token)


def close_session(work: UnitOfWork, session_id: str) -> None:
    """Sign out."""
    if (found := work.session.get(UserSession, session_id)) is not None:
        work.delete(found)


def session_of(session: Session, token: str) -> tuple[UserSession, User] | None:
    """Give the open session of a token and its person, in one look-up."""
    row = session.execute(
        select(UserSession, User)
        .join(User, User.id == UserSession.user_id)
        .where(UserSession.token_hash == token_hash(token))
    ).one_or_none()
    if row is None:
        return None
    found, user = row
    moment = now()
    if found.expires_at <= moment or found.last_used_at + IDLE_LIFE <= moment:
        return None
    return found, user


def _code_hash(secret: bytes, email: str, code: str) -> bytes:
    # Six digits are guessed from a plain hash, so the server's secret goes in.
    return hmac.digest(secret, f"{email}\n{code}".encode("utf-8", "surrogateescape"), "sha256")

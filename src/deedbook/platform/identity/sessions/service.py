"""Rules of signing in: codes, links and sessions."""

from __future__ import annotations

import hmac
import ipaddress
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from deedbook.database.base import now
from deedbook.database.tokens import new_token, token_hash
from deedbook.engine import DeedbookError
from deedbook.engine.origin import describe
from deedbook.platform.identity.account_events.models import AccountEvent, Kind
from deedbook.platform.identity.account_events.service import note
from deedbook.platform.identity.passkeys.ceremonies import RelyingParty
from deedbook.platform.identity.passkeys.schemas import Assertion
from deedbook.platform.identity.passkeys.service import has_passkey, sign_in
from deedbook.platform.identity.sessions.models import SignInCode, SignInLink, UserSession
from deedbook.platform.identity.users.models import User
from deedbook.platform.identity.users.service import user_by_email, user_for_email
from deedbook.recording import UnitOfWork

CODE_LIFE: Final = timedelta(minutes=10)
LINK_LIFE: Final = timedelta(hours=1)
SESSION_LIFE: Final = timedelta(days=30)
IDLE_LIFE: Final = timedelta(days=7)
MAX_ATTEMPTS: Final = 5
MAX_CODES_AN_HOUR: Final = 5
MAX_CODES_AN_HOUR_FROM_A_NETWORK: Final = 50
# What one household or office has of IPv6 (RFC 6177): whoever has one address has all of it.
_IPV6_PREFIX: Final = 64


class RateLimited(DeedbookError):
    """Too many sign-in codes for this address, or from where you are; try again in an hour."""

    code = "AUTH_RATE_LIMITED"
    status = 429


class SessionNotFound(DeedbookError):
    """You have no such session."""

    code = "SESSIONS_NOT_FOUND"
    status = 404


class WrongCode(DeedbookError):
    """This code, link or passkey does not sign anyone in: it is wrong, used or too old."""

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
    email, network = email.lower(), _network(work.origin.ip_address)
    recent = select(func.count()).where(SignInCode.created_at > now() - timedelta(hours=1))
    for rows, limit in (
        (recent.where(SignInCode.email == email), MAX_CODES_AN_HOUR),
        (recent.where(SignInCode.network == network), MAX_CODES_AN_HOUR_FROM_A_NETWORK),
    ):
        if (work.session.scalar(rows) or 0) >= limit:
            raise RateLimited
    code = f"{secrets.randbelow(1_000_000):06d}"
    work.add(
        SignInCode(
            email=email,
            network=network,
            code_hash=_code_hash(secret, email, code),
            expires_at=now() + CODE_LIFE,
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
        _note_failure(work, email)
        return None
    if not hmac.compare_digest(newest.code_hash, _code_hash(secret, email, code)):
        newest.attempts += 1
        _note_failure(work, email)
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


def use_passkey(
    work: UnitOfWork, assertion: Assertion, relying_party: RelyingParty
) -> SignedIn | None:
    """Give the person whose passkey signed; None when the answer is not valid."""
    person = sign_in(work, assertion, relying_party)
    return None if person is None else SignedIn(person, "passkey_session")


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
            country=work.origin.country,
            user_agent=work.origin.user_agent,
        )
    )
    note(
        work,
        AccountEvent(
            user_id=signed_in.user.id, kind=Kind.SIGN_IN, auth_method=signed_in.auth_method
        ),
    )
    return OpenedSession(signed_in.user, token)


def close_session(work: UnitOfWork, session_id: str) -> None:
    """Sign out."""
    if (found := work.session.get(UserSession, session_id)) is not None:
        work.delete(found)
        note(work, AccountEvent(user_id=found.user_id, kind=Kind.SIGN_OUT))


def sessions_of(session: Session, user_id: str) -> Sequence[UserSession]:
    """Give a person's open sessions, the last used first."""
    return session.scalars(_open(user_id)).all()


def revoke(work: UnitOfWork, user_id: str, session_id: str) -> None:
    """Sign a person out of one session. Raises `SessionNotFound`."""
    found = work.session.scalar(_open(user_id).where(UserSession.id == session_id))
    if found is None:
        raise SessionNotFound
    _revoke(work, found)


def revoke_others(work: UnitOfWork, user_id: str, session_id: str) -> None:
    """Sign a person out of every session but one."""
    for other in work.session.scalars(_open(user_id).where(UserSession.id != session_id)).all():
        _revoke(work, other)


class Found(NamedTuple):
    """An open session, its person, and whether they have a passkey."""

    session: UserSession
    user: User
    has_passkey: bool


def session_of(session: Session, token: str) -> Found | None:
    """Give the open session of a token and its person, in one look-up."""
    row = session.execute(
        select(UserSession, User, has_passkey(User.id))
        .join(User, User.id == UserSession.user_id)
        .where(UserSession.token_hash == token_hash(token))
    ).one_or_none()
    if row is None:
        return None
    found = Found(*row)
    moment = now()
    if found.session.expires_at <= moment or found.session.last_used_at + IDLE_LIFE <= moment:
        return None
    return found


def _open(user_id: str) -> Select[UserSession]:
    rows = select(UserSession).where(
        UserSession.user_id == user_id,
        UserSession.expires_at > now(),
        UserSession.last_used_at > now() - IDLE_LIFE,
    )
    return rows.order_by(UserSession.last_used_at.desc(), UserSession.id)


def _revoke(work: UnitOfWork, opened: UserSession) -> None:
    work.delete(opened)
    device = describe(opened.user_agent)
    note(work, AccountEvent(user_id=opened.user_id, kind=Kind.SESSION_REVOKED, label=device))


def _note_failure(work: UnitOfWork, email: str) -> None:
    """Tell whose address it is, if it is anyone's, that somebody could not sign in with it."""
    if (user := user_by_email(work.session, email)) is not None:
        failed = AccountEvent(user_id=user.id, kind=Kind.SIGN_IN_FAILED, auth_method="code_session")
        note(work, failed)


def _network(ip_address: str | None) -> str | None:
    if ip_address is None:
        return None
    address = ipaddress.ip_address(ip_address)
    if address.version == 4:  # noqa: PLR2004 (IPv4)
        return ip_address
    return str(ipaddress.ip_network((address, _IPV6_PREFIX), strict=False))


def _code_hash(secret: bytes, email: str, code: str) -> bytes:
    # Six digits are guessed from a plain hash, so the server's secret goes in.
    return hmac.digest(secret, f"{email}\n{code}".encode("utf-8", "surrogateescape"), "sha256")

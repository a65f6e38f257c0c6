"""The platform's answer to the kit: who is behind a token, and what they are in an instance."""

from __future__ import annotations

import hashlib
from typing import Final

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from deedbook.database.base import now
from deedbook.database.tokens import token_hash
from deedbook.engine import Maker
from deedbook.engine.origin import parse_address, parse_network
from deedbook.platform.identity.api_keys import audit as api_keys
from deedbook.platform.identity.api_keys import tokens
from deedbook.platform.identity.api_keys.models import ApiKey
from deedbook.platform.identity.instances.models import Instance, Membership
from deedbook.platform.identity.sessions.models import UserSession
from deedbook.platform.identity.sessions.service import session_of
from deedbook.web.caller import (
    Caller,
    Forbidden,
    IpBlocked,
    KeyCaller,
    Standing,
    Unauthorized,
    UserCaller,
)
from deedbook.web.roles import Role

_KEY_PREFIX: Final = "dk_"
# Asked on every request: written once, and for columns, since to make an object of the row takes as long
# as the query.
# any instance: a token names its key, and the key its instance
_KEY_OF_TOKEN: Final = (
    select(
        *(ApiKey.id, ApiKey.name, ApiKey.prefix, ApiKey.instance_id, ApiKey.role, ApiKey.reads_log),
        *(ApiKey.created_by_id, ApiKey.created_by_name, ApiKey.ip_whitelist),
        *(ApiKey.last_used_at, ApiKey.revoked_at, Instance.deleted_at),
    )
    .join(Instance, Instance.id == ApiKey.instance_id)
    .where(ApiKey.token_hash == bindparam("token_hash"))
)
_STANDING: Final = (
    select(Membership.role, Instance.deleted_at, Instance.require_passkey)
    .join(Instance, Instance.id == Membership.instance_id)
    .where(
        Membership.instance_id == bindparam("instance_id"),
        Membership.user_id == bindparam("user_id"),
    )
)


class PlatformIdentity:
    """Callers by the platform's own tables, asked on every request and never cached."""

    key_refused = api_keys.REFUSED

    def caller_of(self, session: Session, token: str, ip_address: str | None) -> Caller:
        """Give the caller behind a token."""
        if token.startswith(_KEY_PREFIX):
            return _key_caller(session, token, ip_address)
        return _user_caller(session, token)

    def standing(self, session: Session, caller: UserCaller, instance_id: str) -> Standing | None:
        """Give what a person is in an instance."""
        asked = {"instance_id": instance_id, "user_id": caller.user_id}
        row = session.execute(_STANDING, asked).one_or_none()
        if row is None:
            return None
        return Standing(Role(row.role), row.deleted_at is not None, row.require_passkey)

    def used(self, session: Session, caller: Caller) -> None:
        """Note that a session or key was used just now."""
        # any instance: the key was found by its token a moment ago
        if isinstance(caller, KeyCaller):
            # Being used is no change of the key, so its `updated_at` stays.
            values = {"last_used_at": now(), "updated_at": ApiKey.updated_at}
            session.execute(update(ApiKey).where(ApiKey.id == caller.key_id).values(values))
        else:
            rows = update(UserSession).where(UserSession.id == caller.session_id)
            session.execute(rows.values(last_used_at=now()))


def _user_caller(session: Session, token: str) -> UserCaller:
    found = session_of(session, token)
    if found is None:
        raise Unauthorized
    opened, user, has_passkey = found
    return UserCaller(
        user_id=user.id,
        name=user.name,
        email=user.email,
        image_url=user.image_url or None,
        session_id=opened.id,
        session_hash=hashlib.sha256(opened.id.encode()).hexdigest(),
        auth_method=opened.auth_method,
        opened_at=opened.created_at,
        last_used_at=opened.last_used_at,
        has_passkey=has_passkey,
    )


def _key_caller(session: Session, token: str, ip_address: str | None) -> KeyCaller:
    if not tokens.is_token(token):
        raise Unauthorized
    row = session.execute(_KEY_OF_TOKEN, {"token_hash": token_hash(token)}).one_or_none()
    if row is None:
        raise Unauthorized
    key = KeyCaller(
        key_id=row.id,
        name=row.name,
        prefix=row.prefix,
        created_by=Maker(row.created_by_id, row.created_by_name),
        instance_id=row.instance_id,
        role=Role(row.role),
        reads_log=row.reads_log,
        last_used_at=row.last_used_at,
    )
    if row.revoked_at is not None:
        # The log of a deleted instance stays as it is.
        raise Unauthorized(revoked=key if row.deleted_at is None else None)
    if row.deleted_at is not None:
        raise Forbidden
    if not _allowed(row.ip_whitelist, ip_address):
        raise IpBlocked(key)
    return key


def _allowed(whitelist: list[str], ip_address: str | None) -> bool:
    if not whitelist:
        return True
    address = parse_address(ip_address or "")
    return address is not None and any(address in parse_network(block) for block in whitelist)

"""Rules about API keys."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from deedbook.database.base import now
from deedbook.database.tokens import token_hash
from deedbook.engine import DeedbookError
from deedbook.platform.identity.api_keys import audit, tokens
from deedbook.platform.identity.api_keys.models import ApiKey
from deedbook.platform.identity.instances.models import Instance, Membership
from deedbook.recording import UnitOfWork
from deedbook.web.caller import Forbidden
from deedbook.web.roles import Access, Area, Role, may


class ApiKeyNotFound(DeedbookError):
    """This instance has no such API key."""

    code = "API_KEYS_NOT_FOUND"
    status = 404


class NewApiKey(NamedTuple):
    """A new key, and its token, which is known only now."""

    api_key: ApiKey
    token: str


def keys_of(session: Session, instance_id: str) -> list[ApiKey]:
    """Give the keys that work, newest first."""
    rows = _working(instance_id)
    return list(session.scalars(rows.order_by(ApiKey.created_at.desc(), ApiKey.id)))


def key_of(session: Session, instance_id: str, key_id: str) -> ApiKey:
    """Give one key that works. Raises `ApiKeyNotFound`."""
    found = session.scalar(_working(instance_id).where(ApiKey.id == key_id))
    if found is None:
        raise ApiKeyNotFound
    return found


def keys_made_by(session: Session, instance_id: str, user_id: str) -> list[ApiKey]:
    """Give the keys of one maker that work, newest first."""
    rows = _working(instance_id).where(ApiKey.created_by_id == user_id)
    return list(session.scalars(rows.order_by(ApiKey.created_at.desc(), ApiKey.id)))


def hold_standing(work: UnitOfWork, role: Role) -> None:
    """Hold the maker of a key to the role that they came with until the key is there.

    Whoever demotes or removes them at the same moment, and revokes their keys, has to wait, and then
    finds this key too. Raises `Forbidden` when they came first.
    """
    assert work.actor is not None
    key = (work.instance_id, work.actor.id)
    membership = work.session.get(Membership, key, with_for_update=True)
    if membership is None or membership.role != role:
        raise Forbidden


def create_key(
    work: UnitOfWork,
    *,
    name: str,
    ip_whitelist: list[str],
    role: Role,
    permission: str = "full_access",
) -> NewApiKey:
    """Make a key, which acts with its maker's role as it is now, and reads the log if the maker may."""
    assert work.actor is not None
    assert work.actor.id is not None
    instance = work.session.get_one(Instance, work.instance_id)
    token = tokens.new_token(live=instance.type == "production")
    api_key = work.add(
        ApiKey(
            instance_id=instance.id,
            name=name,
            permission=permission,
            prefix=tokens.shown_prefix(token),
            token_hash=token_hash(token),
            ip_whitelist=ip_whitelist,
            role=role,
            reads_log=may(role, Area.AUDIT_LOGS, Access.READ),
            created_by_id=work.actor.id,
            created_by_name=work.actor.name or work.actor.email,
        )
    )
    work.record(audit.CREATED, api_key, _metadata(api_key), label=name)
    return NewApiKey(api_key, token)


def revoke_key(work: UnitOfWork, key_id: str) -> None:
    """Make a key worthless from the very next request on."""
    rows = _working(work.instance_id or "").where(ApiKey.id == key_id)
    api_key = work.session.scalar(rows.with_for_update())
    if api_key is None:
        raise ApiKeyNotFound
    _revoke(work, api_key)


def revoke_keys_of(work: UnitOfWork, user_id: str) -> None:
    """Make every key of one maker worthless, each with an entry of its own."""
    rows = _working(work.instance_id or "").where(ApiKey.created_by_id == user_id)
    for api_key in work.session.scalars(rows.order_by(ApiKey.id).with_for_update()):
        _revoke(work, api_key)


def _revoke(work: UnitOfWork, api_key: ApiKey) -> None:
    api_key.revoked_at = now()
    work.record(audit.DELETED, api_key, _metadata(api_key), label=api_key.name)


def _working(instance_id: str) -> Select[ApiKey]:
    return select(ApiKey).where(ApiKey.instance_id == instance_id, ApiKey.revoked_at.is_(None))


def _metadata(api_key: ApiKey) -> audit.ApiKeyMetadata:
    return audit.ApiKeyMetadata(
        name=api_key.name,
        prefix=api_key.prefix,
        permission=api_key.permission,
        role=api_key.role,
        reads_log=api_key.reads_log,
        ip_whitelist=list(api_key.ip_whitelist),
    )

"""Rules about the team: one owner, whom nobody can demote or remove."""

from __future__ import annotations

from typing import Literal, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from deedbook.engine import Action, DeedbookError
from deedbook.platform.identity.api_keys.models import ApiKey
from deedbook.platform.identity.api_keys.service import keys_made_by, revoke_keys_of
from deedbook.platform.identity.instances.models import Membership
from deedbook.platform.identity.members import audit
from deedbook.platform.identity.passkeys.service import has_passkey
from deedbook.platform.identity.users.models import User
from deedbook.recording import UnitOfWork
from deedbook.web.roles import Role


class MemberNotFound(DeedbookError):
    """This instance has no such member."""

    code = "MEMBERS_NOT_FOUND"
    status = 404


class OwnerStays(DeedbookError):
    """An instance has exactly one owner: only a transfer of ownership makes or unmakes one."""

    code = "VALIDATION_INVALID_REQUEST"
    status = 400


class TeamMember(NamedTuple):
    """A person, what they are in the instance, and whether they have a passkey."""

    user: User
    membership: Membership
    has_passkey: bool


def members_of(session: Session, instance_id: str) -> list[TeamMember]:
    """Give the team, in the order in which its people joined."""
    rows = session.execute(
        select(User, Membership, has_passkey(User.id))
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.instance_id == instance_id)
        .order_by(Membership.created_at, User.id)
    )
    return [TeamMember(*row) for row in rows]


def keys_of_member(session: Session, instance_id: str, user_id: str) -> list[ApiKey]:
    """Give the API keys that somebody made and that still work, newest first.

    Raises `MemberNotFound` for who is no member and left no key behind.
    """
    keys = keys_made_by(session, instance_id, user_id)
    if not keys and session.get(Membership, (instance_id, user_id)) is None:
        raise MemberNotFound
    return keys


def update_role(
    work: UnitOfWork, user_id: str, role: Role, *, keys: Literal["keep", "revoke"] = "keep"
) -> None:
    """Give a member another role; it counts from the very next request.

    The API keys that they made keep the rights they were made with, unless they are revoked.
    """
    if role is Role.OWNER:
        raise OwnerStays
    user, membership = _member(work, user_id)
    membership.role = role
    _record(work, audit.ROLE_UPDATED, user, membership)
    if keys == "revoke":
        revoke_keys_of(work, user_id)


def remove_member(
    work: UnitOfWork, user_id: str, *, keys: Literal["keep", "revoke"] = "keep"
) -> None:
    """Take a member out of the team, and with `revoke` the API keys that they made."""
    user, membership = _member(work, user_id)
    work.delete(membership)
    _record(work, audit.REMOVED, user, membership)
    if keys == "revoke":
        revoke_keys_of(work, user_id)


def _member(work: UnitOfWork, user_id: str) -> tuple[User, Membership]:
    key = (work.instance_id, user_id)
    membership = work.session.get(Membership, key, with_for_update=True)
    if membership is None:
        raise MemberNotFound
    if membership.role == Role.OWNER:
        raise OwnerStays
    return work.session.get_one(User, user_id), membership


def _record(
    work: UnitOfWork,
    action: Action[audit.MemberMetadata],
    user: User,
    membership: Membership,
) -> None:
    work.record(
        action,
        membership,
        audit.MemberMetadata(role=membership.role, name=user.name, email=user.email),
        entity_id=user.id,
        label=user.name or user.email,
    )

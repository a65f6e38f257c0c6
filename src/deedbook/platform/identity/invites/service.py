"""Rules about invites."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from deedbook.database.base import now
from deedbook.engine import DeedbookError, Ref
from deedbook.platform.identity.instances.models import Instance, Membership
from deedbook.platform.identity.instances.service import living_instance
from deedbook.platform.identity.invites import audit
from deedbook.platform.identity.invites.models import Invite
from deedbook.platform.identity.users.models import User
from deedbook.platform.identity.users.service import user_by_email
from deedbook.recording import UnitOfWork
from deedbook.web.roles import Role

INVITE_LIFE: Final = timedelta(days=7)


class InviteNotFound(DeedbookError):
    """There is no such open invite for you."""

    code = "INVITES_NOT_FOUND"
    status = 404


class OwnerCannotBeInvited(DeedbookError):
    """user_role: nobody can be invited as owner; transfer the ownership to a member instead."""

    code = "VALIDATION_INVALID_REQUEST"
    status = 400


class AlreadyMember(DeedbookError):
    """email: this person is a member already."""

    code = "VALIDATION_INVALID_REQUEST"
    status = 400


def open_invites(session: Session, instance_id: str) -> list[Invite]:
    """Give the invites that can still be accepted, newest first."""
    rows = _open().where(Invite.instance_id == instance_id)
    return list(session.scalars(rows.order_by(Invite.created_at.desc(), Invite.id)))


def open_invite(session: Session, invite_id: str) -> Invite:
    """Give an invite that can still be accepted. Raises `InviteNotFound`."""
    found = session.scalar(_open().where(Invite.id == invite_id))
    if found is None:
        raise InviteNotFound
    living_instance(session, found.instance_id)
    return found


def create_invite(work: UnitOfWork, *, email: str, role: Role) -> Invite:
    """Invite an address."""
    if role is Role.OWNER:
        raise OwnerCannotBeInvited
    instance_id = work.instance_id or ""
    user = user_by_email(work.session, email)
    if user is not None and work.session.get(Membership, (instance_id, user.id)) is not None:
        raise AlreadyMember
    actor = work.actor
    invite = work.add(
        Invite(
            instance_id=instance_id,
            email=email.lower(),
            user_role=role,
            inviter_name=(actor and (actor.name or actor.email)) or "",
            expires_at=now() + INVITE_LIFE,
        )
    )
    work.record(audit.CREATED, invite, _metadata(invite), label=invite.email)
    return invite


def accept_invite(work: UnitOfWork, invite_id: str, user: User) -> None:
    """Join the instance of an invite to one's own address."""
    invite = open_invite(work.session, invite_id)
    work.session.refresh(invite, with_for_update=True)
    if invite.email != user.email or invite.accepted_at is not None:
        raise InviteNotFound
    # Two invites of one person, accepted at the same time, take turns.
    work.session.get_one(Instance, invite.instance_id, with_for_update=True)
    if work.session.get(Membership, (invite.instance_id, user.id)) is not None:
        raise AlreadyMember
    invite.accepted_at = now()
    membership = work.add(
        Membership(instance_id=invite.instance_id, user_id=user.id, role=invite.user_role)
    )
    work.record(
        audit.ACCEPTED,
        invite,
        _metadata(invite),
        label=invite.email,
        refs=[Ref("user", user.id)],
        covers=[membership],
        instance_id=invite.instance_id,
        role=invite.user_role,
    )


def delete_invite(work: UnitOfWork, invite_id: str) -> None:
    """Withdraw an invite that was not accepted."""
    rows = _open().where(Invite.instance_id == work.instance_id, Invite.id == invite_id)
    invite = work.session.scalar(rows.with_for_update())
    if invite is None:
        raise InviteNotFound
    work.delete(invite)
    work.record(audit.DELETED, invite, _metadata(invite), label=invite.email)


def _open() -> Select[Invite]:
    # any instance: an invitee knows the id of an invite, and no instance yet
    return select(Invite).where(Invite.accepted_at.is_(None), Invite.expires_at > now())


def _metadata(invite: Invite) -> audit.InviteMetadata:
    return audit.InviteMetadata(role=invite.user_role, email=invite.email)

"""Rules about instances and their owner."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from deedbook.database.base import now
from deedbook.database.ids import new_id
from deedbook.engine import USER, DeedbookError, NoMetadata, Ref
from deedbook.platform.identity.instances import audit
from deedbook.platform.identity.instances.models import Instance, Membership
from deedbook.platform.identity.users.models import User
from deedbook.recording import UnitOfWork
from deedbook.web.caller import Forbidden
from deedbook.web.roles import Role


class InstanceNotFound(DeedbookError):
    """There is no such instance."""

    code = "INSTANCES_NOT_FOUND"
    status = 404


class NotAMember(DeedbookError):
    """The new owner must be a member of the instance, and not its owner already."""

    code = "VALIDATION_INVALID_REQUEST"
    status = 400


class PasskeyNeeded(DeedbookError):
    """Only someone who has a passkey can require passkeys: enrol one first."""

    code = "AUTH_PASSKEY_REQUIRED"
    status = 403
    machine_message = "passkey_required"
    is_denial = False


class OwnInstance(NamedTuple):
    """An instance as one of its members sees it."""

    instance: Instance
    role: str
    owner_id: str


def instances_of(session: Session, user_id: str) -> list[OwnInstance]:
    """Give the instances that a person is a member of, oldest first."""
    owner = aliased(Membership)
    rows = session.execute(
        select(Instance, Membership.role, owner.user_id)
        .join(Membership, Membership.instance_id == Instance.id)
        .join(owner, owner.instance_id == Instance.id)
        .where(
            Membership.user_id == user_id, owner.role == Role.OWNER, Instance.deleted_at.is_(None)
        )
        .order_by(Instance.created_at, Instance.id)
    )
    return [OwnInstance(*row) for row in rows]


def own_instance(session: Session, instance_id: str, role: Role) -> OwnInstance:
    """Give an instance as someone with this role in it sees it."""
    members = select(Membership.user_id).where(Membership.instance_id == instance_id)
    owner_id = session.scalars(members.where(Membership.role == Role.OWNER)).one()
    return OwnInstance(session.get_one(Instance, instance_id), role, owner_id)


def living_instance(session: Session, instance_id: str) -> Instance:
    """Give an instance that is not deleted. Raises `InstanceNotFound`."""
    found = session.get(Instance, instance_id)
    if found is None or found.deleted_at is not None:
        raise InstanceNotFound
    return found


def create_instance(
    work: UnitOfWork,
    owner: User,
    *,
    name: str,
    type: str,  # noqa: A002 (the wire's word)
    instance_id: str | None = None,
) -> Instance:
    """Found an instance, with its owner; under a new id unless one is given."""
    # Onboarding is what production asks for before it moves real money.
    step = "initial" if type == "production" else "completed"
    fresh = Instance(id=instance_id or new_id("in"), name=name, type=type, onboarding_step=step)
    instance = work.add(fresh)
    work.session.flush()
    membership = work.add(Membership(instance_id=instance.id, user_id=owner.id, role=Role.OWNER))
    work.record(
        audit.CREATED,
        instance,
        audit.InstanceMetadata(name, type),
        label=name,
        covers=[membership],
        instance_id=instance.id,
        role=Role.OWNER,
    )
    return instance


def update_instance(
    work: UnitOfWork, settings: dict[str, Any], *, has_passkey: bool = False
) -> None:
    """Change the settings that are given. Raises `PasskeyNeeded`, so that nobody locks themselves out."""
    instance = work.session.get_one(Instance, work.instance_id, with_for_update=True)
    turns_on = settings.get("require_passkey") and not instance.require_passkey
    if turns_on and not has_passkey:
        raise PasskeyNeeded
    for name, value in settings.items():
        setattr(instance, name, value)
    work.record(audit.UPDATED, instance, NoMetadata(), label=instance.name)


def delete_instance(work: UnitOfWork) -> None:
    """Close an instance for good; its log stays for its last owner and admins."""
    instance = work.session.get_one(Instance, work.instance_id, with_for_update=True)
    instance.deleted_at = now()
    metadata = audit.InstanceMetadata(instance.name, instance.type)
    work.record(audit.DELETED, instance, metadata, label=instance.name)


def transfer_ownership(work: UnitOfWork, user_id: str) -> None:
    """Make another member the owner; the owner until now stays as an admin."""
    instance = work.session.get_one(Instance, work.instance_id, with_for_update=True)
    members = select(Membership).where(Membership.instance_id == instance.id).with_for_update()
    owner = work.session.scalars(members.where(Membership.role == Role.OWNER)).one()
    if work.actor is not None and work.actor.type is USER and work.actor.id != owner.user_id:
        # Asked as the owner, and overtaken by another transfer while it waited for the lock.
        raise Forbidden
    heir = work.session.scalar(members.where(Membership.user_id == user_id))
    if heir is None or heir is owner:
        raise NotAMember
    owner.role, heir.role = Role.ADMIN, Role.OWNER
    people = {
        user.id: user
        for user in work.session.scalars(
            select(User).where(User.id.in_([owner.user_id, heir.user_id]))
        )
    }
    work.record(
        audit.OWNERSHIP_TRANSFERRED,
        instance,
        audit.OwnershipMetadata(
            from_user_id=owner.user_id,
            to_user_id=heir.user_id,
            from_name=people[owner.user_id].name or people[owner.user_id].email,
            to_name=people[heir.user_id].name or people[heir.user_id].email,
        ),
        label=instance.name,
        refs=[Ref("user", owner.user_id), Ref("user", heir.user_id)],
        covers=[owner, heir],
    )

"""What owners and admins are told by mail of erasures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from deedbook.platform.forgetting.erasures.models import AuditLogErasure
from deedbook.platform.forgetting.subjects import subject_of
from deedbook.platform.identity.instances.models import Instance, Membership
from deedbook.platform.identity.users.models import User
from deedbook.web.roles import Role

_READERS: Final = (Role.OWNER, Role.ADMIN)


class Letter(NamedTuple):
    """A message to one address."""

    to: str
    subject: str
    text: str


def letters(
    session: Session, erasure: AuditLogErasure, what: str, public_url: str
) -> Iterator[Letter]:
    """Give a letter to each owner and admin: what became of a request to erase personal details."""
    instance = session.get_one(Instance, erasure.instance_id)
    people = (
        select(User.email)
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.instance_id == instance.id, Membership.role.in_(_READERS))
        .order_by(User.email)
    )
    subject = subject_of(erasure.selector)
    number = f"{'at least ' if erasure.entries_approximate else ''}{erasure.entries}"
    text = (
        f"The erasure of personal details from the audit log of {instance.name} {what}:"
        f" {subject.type} {subject.id}, {number} entries.\n\n"
        f"Reason: {erasure.reason}\n\n"
        f"{public_url}/dashboard/instances/{instance.id}/settings/log-retention"
    )
    for email in session.scalars(people):
        yield Letter(email, f"Erasure from an audit log {what}", text)

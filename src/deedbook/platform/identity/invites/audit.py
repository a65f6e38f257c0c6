"""What is recorded of invites."""

from __future__ import annotations

from dataclasses import dataclass

from deedbook.engine import Action, Feature, Metadata, Personal, Searchable

INVITE = Feature("invite", title="Invites")


@dataclass(frozen=True, slots=True)
class InviteMetadata(Metadata):
    """Who is invited, as what."""

    role: str
    email: Personal[Searchable[str]]


CREATED = Action(
    "invite.created",
    INVITE,
    ("create",),
    InviteMetadata,
    says="invited {label} as {role}",
    entity_type="invite",
    title="Invite sent",
)
ACCEPTED = Action(
    "invite.accepted",
    INVITE,
    ("update",),
    InviteMetadata,
    says="joined the team as {role}",
    entity_type="invite",
    title="Invite accepted",
    refs=("user",),
)
DELETED = Action(
    "invite.deleted",
    INVITE,
    ("delete",),
    InviteMetadata,
    says="withdrew the invite of {label}",
    entity_type="invite",
    title="Invite withdrawn",
)

ACTIONS = (CREATED, ACCEPTED, DELETED)

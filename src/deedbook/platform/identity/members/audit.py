"""What is recorded of team members."""

from __future__ import annotations

from dataclasses import dataclass

from deedbook.engine import Action, Feature, Metadata, Personal, Searchable

TEAM_MEMBER = Feature("team_member", title="Team members")


@dataclass(frozen=True, slots=True)
class MemberMetadata(Metadata):
    """A member and the role that they have, or had."""

    role: str
    name: Personal[str | None]
    email: Personal[Searchable[str]]


ROLE_UPDATED = Action(
    "team_member.role_updated",
    TEAM_MEMBER,
    ("update",),
    MemberMetadata,
    says="made {label} {role}",
    entity_type="user",
    title="Member's role changed",
)
REMOVED = Action(
    "team_member.removed",
    TEAM_MEMBER,
    ("delete",),
    MemberMetadata,
    says="removed {label} from the team",
    entity_type="user",
    title="Member removed",
)

ACTIONS = (ROLE_UPDATED, REMOVED)

"""Rows of team members."""

from __future__ import annotations

from typing import Any

from deedbook.web.roles import Area, Role
from world.operation import INSTANCE, Operation, Prepared, Read
from world.people import Caller, Team
from world.world import World


def _member_metadata(member: Caller, role: str) -> dict[str, Any]:
    return {
        "label": member.actor.name,
        "metadata": {"role": role},
        "personal_metadata": {"name": member.actor.name, "email": member.email},
    }


def _member_updated(world: World, team: Team) -> Prepared:
    member = world.member(team, Role.VIEWER)
    return Prepared(
        values={"user_id": member.id},
        body={"user_role": "finance"},
        entity_id=member.id,
        changes={"role": {"from": "viewer", "to": "finance"}},
        **_member_metadata(member, "finance"),
    )


def _member_removed(world: World, team: Team) -> Prepared:
    member = world.member(team, Role.CHECKER)
    return Prepared(
        values={"user_id": member.id}, entity_id=member.id, **_member_metadata(member, "checker")
    )


OPERATIONS: tuple[Operation, ...] = (
    Operation(
        action="team_member.role_updated",
        operation="update",
        method="PUT",
        path=f"{INSTANCE}/members/{{user_id}}",
        area=Area.TEAM,
        entity_type="user",
        prepare=_member_updated,
        not_found=(404, "MEMBERS_NOT_FOUND"),
    ),
    Operation(
        action="team_member.removed",
        operation="delete",
        method="DELETE",
        has_body=False,
        path=f"{INSTANCE}/members/{{user_id}}",
        area=Area.TEAM,
        entity_type="user",
        prepare=_member_removed,
        not_found=(404, "MEMBERS_NOT_FOUND"),
    ),
)

READS: tuple[Read, ...] = (Read(path=f"{INSTANCE}/members", area=Area.TEAM),)

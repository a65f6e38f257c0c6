"""Rows of team members."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from unittest.mock import ANY

from deedbook.web.roles import Area, Role
from world.operation import INSTANCE, Operation, Prepared, Read
from world.people import Caller, Team
from world.rows.api_keys import key_metadata
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


def _member_with_key(world: World, team: Team, body: Mapping[str, Any] | None) -> Prepared:
    member = world.member(team, Role.DEVELOPER)
    key = world.key(team, Role.DEVELOPER, member)
    return Prepared(
        values={"user_id": member.id},
        query="?api_keys=revoke",
        body=body,
        entries=2,
        entity_id=key.id,
        label=key.actor.name,
        metadata=key_metadata(key.actor.name or "", "developer", reads_log=False),
        changes={"revoked_at": {"from": None, "to": ANY}},
    )


def _key_of_demoted(world: World, team: Team) -> Prepared:
    return _member_with_key(world, team, {"user_role": "viewer"})


def _key_of_removed(world: World, team: Team) -> Prepared:
    return _member_with_key(world, team, None)


def _a_member(_world: World, team: Team) -> Mapping[str, str]:
    return {"user_id": team.members[Role.DEVELOPER].id}


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
    Operation(
        action="api_key.deleted",
        operation="delete",
        method="PUT",
        path=f"{INSTANCE}/members/{{user_id}}",
        area=Area.TEAM,
        entity_type="api_key",
        prepare=_key_of_demoted,
        not_found=(404, "MEMBERS_NOT_FOUND"),
    ),
    Operation(
        action="api_key.deleted",
        operation="delete",
        method="DELETE",
        has_body=False,
        path=f"{INSTANCE}/members/{{user_id}}",
        area=Area.TEAM,
        entity_type="api_key",
        prepare=_key_of_removed,
        not_found=(404, "MEMBERS_NOT_FOUND"),
    ),
)

READS: tuple[Read, ...] = (
    Read(path=f"{INSTANCE}/members", area=Area.TEAM),
    Read(
        path=f"{INSTANCE}/members/{{user_id}}/api-keys",
        area=Area.INTEGRATION,
        prepare=_a_member,
        not_found=(404, "MEMBERS_NOT_FOUND"),
    ),
)

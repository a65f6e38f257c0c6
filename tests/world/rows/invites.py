"""Rows of invites."""

from __future__ import annotations

from typing import Any
from unittest.mock import ANY

from deedbook.web.roles import Area, Role
from world.operation import INSTANCE, Operation, Prepared, Read
from world.people import Team
from world.world import World, unique


def new_invite(world: World, team: Team, email: str, role: Role = Role.VIEWER) -> str:
    """Give the id of a new invite."""
    path = f"/v1/instances/{team.instance_id}/invites"
    reply = world.call(team.owner, "POST", path, {"email": email, "user_role": role})
    assert reply.status_code == 200, reply.text
    invite_id: str = reply.json()["id"]
    return invite_id


def _invite_metadata(email: str, role: str) -> dict[str, Any]:
    return {"label": email, "metadata": {"role": role}, "personal_metadata": {"email": email}}


def _invite_created(_world: World, _team: Team) -> Prepared:
    email = f"{unique('guest')}@example.com"
    body = {"email": email.upper(), "user_role": "developer"}
    return Prepared(body=body, **_invite_metadata(email, "developer"))


def _invite_accepted(world: World, team: Team) -> Prepared:
    guest = world.person()
    invite_id = new_invite(world, team, guest.email, Role.CHECKER)
    return Prepared(
        values={"invite_id": invite_id},
        caller=guest,
        entity_id=invite_id,
        changes={"accepted_at": {"from": None, "to": ANY}},
        refs=(("user", guest.id),),
        **_invite_metadata(guest.email, "checker"),
    )


def _invite_deleted(world: World, team: Team) -> Prepared:
    email = f"{unique('guest')}@example.com"
    invite_id = new_invite(world, team, email)
    return Prepared(
        values={"invite_id": invite_id}, entity_id=invite_id, **_invite_metadata(email, "viewer")
    )


OPERATIONS: tuple[Operation, ...] = (
    Operation(
        action="invite.created",
        operation="create",
        method="POST",
        path=f"{INSTANCE}/invites",
        area=Area.TEAM,
        entity_type="invite",
        prepare=_invite_created,
    ),
    Operation(
        action="invite.accepted",
        operation="update",
        method="POST",
        path="/v1/invites/{invite_id}/accept",
        area=None,
        entity_type="invite",
        prepare=_invite_accepted,
        has_body=False,
        role=Role.CHECKER,
        not_found=(404, "INVITES_NOT_FOUND"),
    ),
    Operation(
        action="invite.deleted",
        operation="delete",
        method="DELETE",
        has_body=False,
        path=f"{INSTANCE}/invites/{{invite_id}}",
        area=Area.TEAM,
        entity_type="invite",
        prepare=_invite_deleted,
        not_found=(404, "INVITES_NOT_FOUND"),
    ),
)

READS: tuple[Read, ...] = (Read(path=f"{INSTANCE}/invites", area=Area.TEAM),)

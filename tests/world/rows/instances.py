"""Rows of instances."""

from __future__ import annotations

from unittest.mock import ANY

from deedbook.web.roles import Area, Role
from world.operation import INSTANCE, Operation, Prepared, Read
from world.people import Team
from world.world import World, unique


def _instance_created(_world: World, _team: Team) -> Prepared:
    name = unique("New instance")
    return Prepared(
        body={"name": name, "type": "production"},
        label=name,
        metadata={"name": name, "type": "production"},
    )


def name_of(world: World, team: Team) -> str:
    """Give the name of an instance."""
    name: str = world.get(team.owner, f"/v1/instances/{team.instance_id}")["name"]
    return name


def _instance_updated(world: World, team: Team) -> Prepared:
    before, after = name_of(world, team), unique("Renamed")
    body = {"name": after, "compliance_emails": [f"{unique('law')}@example.com"]}
    return Prepared(
        body=body,
        entity_id=team.instance_id,
        label=after,
        changes={"name": {"from": before, "to": after}},
        personal_changes={"compliance_emails": {"from": ANY, "to": body["compliance_emails"]}},
    )


def _instance_deleted(world: World, team: Team) -> Prepared:
    name = name_of(world, team)
    return Prepared(
        entity_id=team.instance_id,
        label=name,
        metadata={"name": name, "type": "development"},
        changes={"deleted_at": {"from": None, "to": ANY}},
    )


def _ownership_transferred(world: World, team: Team) -> Prepared:
    owner, heir = team.owner, team.admin
    return Prepared(
        body={"user_id": heir.id},
        entity_id=team.instance_id,
        label=name_of(world, team),
        metadata={"from_user_id": owner.id, "to_user_id": heir.id},
        personal_metadata={"from_name": owner.actor.name, "to_name": heir.actor.name},
        refs=(("user", owner.id), ("user", heir.id)),
    )


OPERATIONS: tuple[Operation, ...] = (
    Operation(
        action="instance.created",
        operation="create",
        method="POST",
        path="/v1/instances",
        area=None,
        entity_type="instance",
        prepare=_instance_created,
        role=Role.OWNER,
    ),
    Operation(
        action="instance.updated",
        operation="update",
        method="PUT",
        path=INSTANCE,
        area=Area.SETTINGS,
        entity_type="instance",
        prepare=_instance_updated,
    ),
    Operation(
        action="instance.deleted",
        operation="delete",
        method="DELETE",
        has_body=False,
        path=INSTANCE,
        area=Area.OWNERSHIP,
        entity_type="instance",
        prepare=_instance_deleted,
        uproots=True,
    ),
    Operation(
        action="instance.ownership_transferred",
        operation="update",
        method="POST",
        path=f"{INSTANCE}/ownership",
        area=Area.OWNERSHIP,
        entity_type="instance",
        prepare=_ownership_transferred,
        uproots=True,
    ),
)

READS: tuple[Read, ...] = (Read(path=INSTANCE, area=Area.SETTINGS),)

"""Rows of API keys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from unittest.mock import ANY

from deedbook.web.roles import Area, Role
from world.operation import INSTANCE, Operation, Prepared, Read
from world.people import Team
from world.world import World, unique


def key_metadata(name: str, role: Role | Any, **fields: Any) -> dict[str, Any]:
    """Give what an entry says of a key."""
    return {
        "name": name,
        "prefix": ANY,
        "permission": "full_access",
        "role": role,
        "reads_log": ANY,
        "ip_whitelist": [],
        **fields,
    }


def _key_created(_world: World, _team: Team) -> Prepared:
    name = unique("Reports")
    return Prepared(
        body={"name": name, "permission": "full_access", "ip_whitelist": ["8.8.8.0/24"]},
        label=name,
        metadata=key_metadata(name, ANY, ip_whitelist=["8.8.8.0/24"]),
    )


def _key_deleted(world: World, team: Team) -> Prepared:
    key = world.key(team, Role.ADMIN, team.owner)
    return Prepared(
        values={"api_key_id": key.id},
        entity_id=key.id,
        label=key.actor.name,
        metadata=key_metadata(key.actor.name or "", "admin", reads_log=True),
        changes={"revoked_at": {"from": None, "to": ANY}},
    )


def _a_key(world: World, team: Team) -> Mapping[str, str]:
    return {"api_key_id": world.key(team, Role.DEVELOPER).id}


OPERATIONS: tuple[Operation, ...] = (
    Operation(
        action="api_key.created",
        operation="create",
        method="POST",
        path=f"{INSTANCE}/api-keys",
        area=Area.INTEGRATION,
        entity_type="api_key",
        prepare=_key_created,
        people_only=True,
    ),
    Operation(
        action="api_key.deleted",
        operation="delete",
        method="DELETE",
        has_body=False,
        path=f"{INSTANCE}/api-keys/{{api_key_id}}",
        area=Area.INTEGRATION,
        entity_type="api_key",
        prepare=_key_deleted,
        not_found=(404, "API_KEYS_NOT_FOUND"),
    ),
)

READS: tuple[Read, ...] = (
    Read(path=f"{INSTANCE}/api-keys", area=Area.INTEGRATION),
    Read(
        path=f"{INSTANCE}/api-keys/{{api_key_id}}",
        area=Area.INTEGRATION,
        prepare=_a_key,
        not_found=(404, "API_KEYS_NOT_FOUND"),
    ),
)

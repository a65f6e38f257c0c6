"""Rows of the audit log."""

from __future__ import annotations

from collections.abc import Mapping

from deedbook.web.roles import Area
from world.operation import INSTANCE, Read
from world.people import Team
from world.world import World, unique


def _an_entry(world: World, team: Team) -> Mapping[str, str]:
    return {"id": world.entry(team.instance_id)["id"]}


def _a_proved_entry(world: World, team: Team) -> Mapping[str, str]:
    found = _an_entry(world, team)
    world.seal()
    return found


def _a_view(world: World, team: Team) -> Mapping[str, str]:
    path = f"/v1/instances/{team.instance_id}/audit-log-views"
    body = {"name": unique("Deletions"), "query": "operation=delete"}
    assert world.call(team.owner, "POST", path, body).status_code == 200
    return {}


READS: tuple[Read, ...] = (
    Read(path=f"{INSTANCE}/audit-log-readings", area=Area.AUDIT_LOGS),
    Read(path=f"{INSTANCE}/audit-log-views", area=Area.AUDIT_LOGS, prepare=_a_view),
    Read(path=f"{INSTANCE}/audit-logs", area=Area.AUDIT_LOGS),
    Read(path=f"{INSTANCE}/audit-logs/histogram", area=Area.AUDIT_LOGS),
    Read(path=f"{INSTANCE}/audit-logs/facets", area=Area.AUDIT_LOGS),
    Read(path=f"{INSTANCE}/audit-logs/feed", area=Area.AUDIT_LOGS),
    Read(path=f"{INSTANCE}/audit-logs/checkpoints", area=Area.AUDIT_LOGS),
    Read(
        path=f"{INSTANCE}/audit-logs/{{id}}/proof",
        area=Area.AUDIT_LOGS,
        prepare=_a_proved_entry,
        not_found=(404, "AUDIT_LOGS_NOT_FOUND"),
    ),
    Read(
        path=f"{INSTANCE}/audit-logs/{{id}}",
        area=Area.AUDIT_LOGS,
        prepare=_an_entry,
        not_found=(404, "AUDIT_LOGS_NOT_FOUND"),
    ),
    Read(
        path=f"{INSTANCE}/audit-logs/{{id}}/verification",
        area=Area.AUDIT_LOGS,
        prepare=_an_entry,
        not_found=(404, "AUDIT_LOGS_NOT_FOUND"),
    ),
)

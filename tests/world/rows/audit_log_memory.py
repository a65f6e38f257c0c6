"""Rows of who remembers the log."""

from __future__ import annotations

from collections.abc import Mapping

from deedbook.platform.audit_log_memory.models import AuditLogWitness
from deedbook.web.roles import Access, Area
from world.operation import INSTANCE, Operation, Prepared, Read
from world.people import Team
from world.world import World, unique

LOG = f"{INSTANCE}/audit-logs"


def new_witness(world: World, team: Team, name: str) -> str:
    """Give the id of a new witness of an instance's log."""
    _make_room(world, team)
    path = f"/v1/instances/{team.instance_id}/audit-logs/witnesses"
    reply = world.call(team.owner, "POST", path, {"name": name, "size": 1})
    assert reply.status_code == 200, reply.text
    witness_id: str = reply.json()["id"]
    return witness_id


def _make_room(world: World, team: Team) -> None:
    """A log has few of them at once, and the tests of a module share it."""
    world.seal()
    with world.database.read() as session:
        rows = session.query(AuditLogWitness.id).filter_by(instance_id=team.instance_id).all()
    for (witness_id,) in rows[15:]:
        path = f"/v1/instances/{team.instance_id}/audit-logs/witnesses/{witness_id}"
        assert world.call(team.owner, "DELETE", path).status_code == 200


def _added(world: World, team: Team) -> Prepared:
    _make_room(world, team)
    name = unique("witness")
    return Prepared(body={"name": name, "size": 1}, label=name, personal_metadata={"name": name})


def _removed(world: World, team: Team) -> Prepared:
    name = unique("witness")
    witness_id = new_witness(world, team, name)
    return Prepared(
        values={"witness_id": witness_id},
        entity_id=witness_id,
        label=name,
        personal_metadata={"name": name},
    )


def _mailing(world: World, team: Team) -> Prepared:
    path = f"/v1/instances/{team.instance_id}/audit-logs"
    before = world.get(team.owner, f"{path}/status")["mailing"]
    every = "monthly" if before["every"] == "daily" else "daily"
    addresses = [f"{unique('auditor')}@example.com", f"{unique('lawyer')}@example.com"]
    is_first = before["every"] == "never"
    return Prepared(
        body={"every": every, "addresses": addresses},
        entity_id=team.instance_id,
        metadata={"every": every, "recipients": 2},
        changes={} if is_first else {"every": {"from": before["every"], "to": every}},
        personal_changes={}
        if is_first
        else {"addresses": {"from": before["addresses"], "to": addresses}},
    )


def _a_witness(world: World, team: Team) -> Mapping[str, str]:
    new_witness(world, team, unique("witness"))
    return {}


OPERATIONS: tuple[Operation, ...] = (
    Operation(
        action="audit_log.witness_added",
        operation="create",
        method="POST",
        path=f"{LOG}/witnesses",
        area=Area.AUDIT_LOGS,
        access=Access.READ,
        entity_type="audit_log_witness",
        prepare=_added,
    ),
    Operation(
        action="audit_log.witness_removed",
        operation="delete",
        method="DELETE",
        path=f"{LOG}/witnesses/{{witness_id}}",
        area=Area.OWNERSHIP,
        entity_type="audit_log_witness",
        prepare=_removed,
        has_body=False,
        not_found=(404, "AUDIT_LOGS_WITNESS_NOT_FOUND"),
    ),
    Operation(
        action="audit_log.mailing_changed",
        operation="update",
        method="PUT",
        path=f"{LOG}/mailing",
        area=Area.OWNERSHIP,
        entity_type="audit_log_mailing",
        prepare=_mailing,
    ),
)

READS: tuple[Read, ...] = (
    Read(path=f"{LOG}/status", area=Area.AUDIT_LOGS),
    Read(path=f"{LOG}/witnesses", area=Area.AUDIT_LOGS, prepare=_a_witness),
)

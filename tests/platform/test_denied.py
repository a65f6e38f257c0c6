"""Refused attempts are in the log as denied: who tried what, on what, and with which answer."""

from __future__ import annotations

import sqlite3
from typing import Any

import psycopg
import pytest
from sqlalchemy.exc import OperationalError

from deedbook.database.ids import new_id
from deedbook.platform.catalogue import CATALOGUE
from deedbook.web.refusals import Refusals
from deedbook.web.roles import Role
from world.fixtures import WorldMaker
from world.operation import Operation
from world.operations import OPERATIONS
from world.people import Caller, Team
from world.world import ADDRESS, World

IN_AN_INSTANCE = [each for each in OPERATIONS if each.area is not None]
# What a route records besides the act that it is for.
BESIDES = [
    row
    for row in IN_AN_INSTANCE
    if any((row.method, row.path) == (o.method, o.path) for o in IN_AN_INSTANCE[: IN_AN_INSTANCE.index(row)])
]  # fmt: skip
MAIN = [row for row in IN_AN_INSTANCE if row not in BESIDES]


def denied(world: World, team: Team) -> list[dict[str, Any]]:
    return [entry for entry in world.entries(team.instance_id) if entry["outcome"] == "denied"]


def invite(world: World, caller: Caller | None, team: Team, **options: Any) -> int:
    body = {"email": "guest@example.com", "user_role": "viewer"}
    path = f"/v1/instances/{team.instance_id}/invites"
    return world.call(caller, "POST", path, body, **options).status_code


@pytest.mark.parametrize("operation", MAIN, ids=lambda row: row.action)
def test_who_may_not_is_in_the_log_with_what_they_tried(world: World, operation: Operation) -> None:
    team = world.team(type=operation.instance_type)
    prepared = operation.prepare(world, team)
    viewer, key = team.members[Role.VIEWER], team.keys[Role.VIEWER]
    places = [value for name, value in prepared.values.items() if f"{{{name}}}" in operation.path]
    for caller in (viewer, key):
        url = operation.url(team, prepared)
        reply = world.call(caller, operation.method, url, b"{no json")
        assert reply.status_code == 403
        entry = world.entry(team.instance_id)
        assert (entry["outcome"], entry["action"]) == ("denied", operation.action)
        # Of an act that creates or updates nobody knows which it would have been: it is the first.
        first = CATALOGUE.actions[operation.action].operations[0]
        assert (entry["feature"], entry["operation"]) == (operation.feature, first)
        assert entry["entity_type"] == operation.entity_type
        # The target of the path; of a creation its parent, or the instance.
        assert entry["entity_id"] == (places[-1] if places else team.instance_id)
        assert entry["metadata"] == {"code": "AUTH_FORBIDDEN", "left_out": 0}
        assert entry["personal"] == {"metadata": {}, "changes": {}}
        assert (entry["changes"], entry["refs"], entry["entity_label"]) == ({}, [], None)
        assert entry["role"] == "viewer"
        assert entry["user_id" if caller is viewer else "api_key_id"] == caller.id
        assert entry["has_passkey"] is (False if caller is viewer else None)
        assert entry["request_id"] == reply.headers["X-Request-Id"]
        assert (entry["method"], entry["route"]) == (operation.method, operation.path)
        assert (entry["ip_address"], entry["user_agent"]) == (ADDRESS, "world/1.0")


def test_nobody_mistakes_it_for_done(world: World) -> None:
    team = world.team()
    assert invite(world, team.members[Role.FINANCE], team) == 403
    path = f"/v1/instances/{team.instance_id}/audit-logs"
    shown = world.get(team.owner, path)["data"]
    assert {entry["outcome"] for entry in shown} == {"success"}
    (entry,) = world.get(team.owner, f"{path}?include=denied&outcome=denied")["data"]
    assert entry["action"] == "invite.created"
    counted = world.get(team.owner, f"{path}/facets")["data"]["outcome"]
    assert [each["value"] for each in counted] == ["success"]


def test_who_does_not_belong_leaves_nothing(world: World, strangers: Team) -> None:
    team = world.team()
    gone = world.member(team, Role.ADMIN)
    path = f"/v1/instances/{team.instance_id}/members/{gone.id}"
    assert world.call(team.owner, "DELETE", path).status_code == 200
    for caller in (None, gone, strangers.owner, strangers.owner_key):
        assert invite(world, caller, team) in (401, 403)
    unknown = f"/v1/instances/{new_id('in')}/invites"
    assert world.call(team.owner, "POST", unknown, {}).status_code == 403
    assert denied(world, team) == []


def test_what_is_wrong_with_a_request_is_no_denial(world: World) -> None:
    team = world.team()
    path = f"/v1/instances/{team.instance_id}"
    assert world.call(team.owner, "PUT", path, b"{no json").status_code == 400
    assert world.call(team.owner, "PUT", path, {"name": "x"}).status_code == 400
    assert world.call(team.owner, "DELETE", f"{path}/invites/it_000000000000").status_code == 404
    # To read is no action of the catalogue.
    assert world.call(team.members[Role.FINANCE], "GET", f"{path}/audit-logs").status_code == 403
    assert denied(world, team) == []


def test_a_demoted_member_is_refused_under_the_role_that_they_have_now(world: World) -> None:
    team = world.team()
    path = f"/v1/instances/{team.instance_id}/members/{team.admin.id}"
    assert world.call(team.owner, "PUT", path, {"user_role": "viewer"}).status_code == 200
    assert invite(world, team.admin, team) == 403
    (entry,) = denied(world, team)
    assert (entry["user_id"], entry["role"]) == (team.admin.id, "viewer")


def test_a_deleted_instance_keeps_its_log_as_it_was(world: World) -> None:
    team = world.team()
    key = team.keys[Role.ADMIN]
    path = f"/v1/instances/{team.instance_id}"
    assert world.call(team.owner, "DELETE", f"{path}/api-keys/{key.id}").status_code == 200
    assert world.call(team.owner, "DELETE", path).status_code == 200
    assert {invite(world, each, team) for each in (team.owner, team.admin, team.owner_key)} == {403}
    assert invite(world, key, team) == 401
    assert denied(world, team) == []


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_revoked_key_is_refused_by_name_once_a_minute(world: World, method: str) -> None:
    team = world.team()
    key = team.keys[Role.DEVELOPER]
    path = f"/v1/instances/{team.instance_id}"
    assert world.call(team.owner, "DELETE", f"{path}/api-keys/{key.id}").status_code == 200
    replies = [world.call(key, method, f"{path}/customers") for _ in range(3)]
    nobody = world.call(None, method, f"{path}/customers", headers={"Authorization": "Bearer dk"})
    assert {reply.status_code for reply in replies} == {401}
    assert replies[0].json()["description"] == nobody.json()["description"]
    (entry,) = denied(world, team)
    assert (entry["action"], entry["operation"]) == ("api_key.refused", "update")
    assert (entry["entity_id"], entry["api_key_id"]) == (key.id, key.id)
    assert entry["entity_label"] == key.actor.name
    assert entry["metadata"] == {"code": "AUTH_UNAUTHORIZED", "left_out": 0}
    assert entry["request_id"] == replies[0].headers["X-Request-Id"]
    assert key.token not in repr(entry)


def test_a_key_from_a_wrong_address_is_refused_by_name(world: World) -> None:
    team = world.team()
    key = world.key(team, Role.ADMIN, ip_whitelist=("9.9.9.9",))
    for path in (f"/v1/instances/{team.instance_id}/audit-logs", "/v1/whoami"):
        assert world.call(key, "GET", path).json()["code"] == "AUTH_IP_BLOCKED"
    (entry,) = denied(world, team)
    assert (entry["action"], entry["entity_id"]) == ("api_key.refused", key.id)
    assert entry["metadata"]["code"] == "AUTH_IP_BLOCKED"
    assert entry["ip_address"] == ADDRESS


def test_the_log_cannot_be_filled_with_it(new_world: WorldMaker) -> None:
    world = new_world()
    team = world.team()
    time = 0.0
    world.app.state.pipeline.refusals = Refusals(lambda: time)
    viewer = team.members[Role.VIEWER]
    for _ in range(5):
        assert invite(world, viewer, team) == 403
    # Somebody else, and something else, is told apart.
    assert invite(world, team.members[Role.FINANCE], team) == 403
    assert world.call(viewer, "DELETE", f"/v1/instances/{team.instance_id}").status_code == 403
    assert len(denied(world, team)) == 3
    time = 60.0
    assert invite(world, viewer, team) == 403
    newest = denied(world, team)[0]
    assert (newest["user_id"], newest["metadata"]["left_out"]) == (viewer.id, 4)


@pytest.mark.parametrize(
    "failure",
    [
        OperationalError("INSERT", {}, Exception("the disk is full")),
        sqlite3.OperationalError("database or disk is full"),
        psycopg.OperationalError("the connection is closed"),
    ],
    ids=lambda failure: type(failure).__module__,
)
def test_the_refusal_stands_when_it_cannot_be_kept(
    world: World, failure: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise failure

    team = world.team()
    refusals = world.app.state.pipeline.refusals
    before = refusals.failures
    monkeypatch.setattr("deedbook.web.pipeline.open_log", fail)
    assert invite(world, team.members[Role.CHECKER], team) == 403
    assert refusals.failures == before + 1
    assert denied(world, team) == []


def test_a_target_is_whatever_the_path_said(world: World) -> None:
    team = world.team()
    viewer = team.members[Role.VIEWER]
    path = f"/v1/instances/{team.instance_id}/invites/%00%E2%80%AE{'x' * 5_000}"
    assert world.call(viewer, "DELETE", path).status_code == 403
    (entry,) = denied(world, team)
    assert entry["entity_id"].startswith("\ufffd\u202exxx")
    assert len(entry["entity_id"]) < 150

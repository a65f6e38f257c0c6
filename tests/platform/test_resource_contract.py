"""The contract that every slice keeps: who may call it, what is then in the log, what is refused.

One test a rule, one row an operation (`world/operations.py`); the roles come from the one truth table.
"""

from __future__ import annotations

from typing import Any
from unittest.mock import ANY

import pytest
from httpx2 import Response

from deedbook.database.ids import new_id
from deedbook.web.roles import Role, may
from world.operation import Operation, Prepared, Read
from world.operations import OPERATIONS, READS
from world.people import Caller, Team
from world.world import ADDRESS, World

IN_AN_INSTANCE = [each for each in OPERATIONS if each.area is not None]
WITH_A_BODY = [each for each in OPERATIONS if each.has_body]
WITH_AN_ID = [each for each in OPERATIONS if each.not_found is not None]
READS_WITH_AN_ID = [each for each in READS if each.not_found is not None]


def _name(row: Operation | Read) -> str:
    return row.action if isinstance(row, Operation) else row.path


def operations(*rows: Operation) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("operation", rows or OPERATIONS, ids=_name)


def reads(*rows: Read) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("read", rows or READS, ids=_name)


def send(
    world: World, operation: Operation, team: Team, prepared: Prepared, caller: Caller | None
) -> Response:
    url = operation.url(team, prepared)
    return world.call(prepared.caller or caller, operation.method, url, prepared.body)


def without_trace(reply: Response) -> tuple[int, bytes, list[tuple[str, str]]]:
    """What a refused caller can tell apart: everything but the name of the request."""
    body = reply.content.replace(reply.json()["trace_id"].encode(), b"")
    headers = [pair for pair in reply.headers.items() if pair[0] != "x-request-id"]
    return reply.status_code, body, headers


def allowed(operation: Operation, role: Role, caller: Caller) -> bool:
    if caller.is_key and (operation.people_only or operation.area is None):
        return False
    return operation.area is None or may(role, operation.area, operation.access)


@operations()
def test_without_a_caller_it_is_refused_and_nothing_is_written(
    world: World, team: Team, operation: Operation
) -> None:
    prepared = operation.prepare(world, team)
    url = operation.url(team, prepared)
    before = world.snapshot()

    nobodys: list[dict[str, str]] = [
        {},
        {"Authorization": "Bearer "},
        {"Authorization": "Bearer ds_of_nobody"},
        {"Authorization": "Bearer dk_test_of_nobody"},
        {"Authorization": f"Basic {team.owner.token}"},
    ]
    for headers in world.share(nobodys, OPERATIONS.index(operation)):
        # Not even what is wrong with a body is said to a stranger.
        for body in (prepared.body, b"{no json"):
            reply = world.call(None, operation.method, url, body, headers=headers)
            assert reply.status_code == 401
            assert reply.json()["code"] == "AUTH_UNAUTHORIZED"

    assert world.snapshot() == before


@operations(*IN_AN_INSTANCE)
def test_a_role_that_may_not_is_refused_with_the_same_bytes_as_a_stranger(
    world: World, team: Team, strangers: Team, operation: Operation
) -> None:
    prepared = operation.prepare(world, team)
    url = operation.url(team, prepared)
    nowhere = operation.path.format(instance_id=new_id("in"), **prepared.values)
    malformed = operation.path.format(instance_id="nonsense", **prepared.values)
    refused = [
        *((name, caller, url) for name, (role, caller) in team.callers().items()
          if not allowed(operation, role, caller)),
        *((f"stranger, {name}", caller, url) for name, (_, caller) in strangers.callers().items()),
        *((f"elsewhere, {name}", caller, place) for name, (_, caller) in team.callers().items()
          for place in (nowhere, malformed)),
    ]  # fmt: skip
    before = world.snapshot()

    replies = {
        name: without_trace(world.call(caller, operation.method, place, body))
        for name, caller, place in world.share(refused, OPERATIONS.index(operation))
        for body in (prepared.body, b"{no json")
    }

    assert {status for status, _, _ in replies.values()} == {403}
    assert len(set(map(repr, replies.values()))) == 1, replies
    assert world.snapshot() == before


@operations(*(each for each in IN_AN_INSTANCE if not each.uproots))
def test_every_role_that_may_does_it_and_is_named_in_the_entry(
    world: World, team: Team, operation: Operation
) -> None:
    may_do = [
        (name, role, caller)
        for name, (role, caller) in team.callers().items()
        if allowed(operation, role, caller)
    ]
    for name, role, caller in world.share(may_do, OPERATIONS.index(operation)):
        prepared = operation.prepare(world, team)
        before = len(world.entries(team.instance_id))
        reply = send(world, operation, team, prepared, caller)
        assert reply.status_code == 200, f"{name}: {reply.text}"
        assert_entry(world, operation, team, prepared, reply, caller, role)
        written = len(world.entries(team.instance_id)) - before
        assert written == prepared.entries or before == 100, "one act, one entry"


@operations(*(each for each in IN_AN_INSTANCE if each.uproots))
@pytest.mark.parametrize("by_key", [False, True], ids=["session", "key"])
def test_what_the_owner_alone_may_do(world: World, operation: Operation, by_key: bool) -> None:  # noqa: FBT001
    team = world.team(type=operation.instance_type)
    caller = team.owner_key if by_key else team.owner
    prepared = operation.prepare(world, team)
    reply = send(world, operation, team, prepared, caller)
    assert reply.status_code == 200, reply.text
    assert_entry(world, operation, team, prepared, reply, caller, Role.OWNER)


@operations(*(each for each in OPERATIONS if each.area is None))
def test_a_session_without_an_instance_is_enough_and_a_key_is_not(
    world: World, team: Team, operation: Operation
) -> None:
    assert operation.role is not None
    prepared = operation.prepare(world, team)
    url = operation.url(team, prepared)
    before = world.snapshot()
    for key in team.keys.values():
        assert world.call(key, operation.method, url, prepared.body).status_code == 403
    assert world.snapshot() == before

    caller = prepared.caller or world.person()
    reply = send(world, operation, team, prepared, caller)
    assert reply.status_code == 200, reply.text
    assert_entry(world, operation, team, prepared, reply, caller, operation.role)


def assert_entry(
    world: World,
    operation: Operation,
    team: Team,
    prepared: Prepared,
    reply: Response,
    caller: Caller,
    role: Role,
) -> None:
    """Compare the whole entry: what was done, by whom, how and from where."""
    # A file that is sent has no id.
    is_json = reply.headers["Content-Type"] == "application/json"
    made = reply.json().get("id", "") if is_json else ""
    instance_id = made if operation.action == "instance.created" else team.instance_id
    entry = world.entry(instance_id)
    actor = caller.actor
    created_by = actor.created_by
    assert entry == {
        "v": 1,
        "id": ANY,
        "instance_id": instance_id,
        "created_at": ANY,
        "actor_type": "api_key" if caller.is_key else "user",
        "user_id": None if caller.is_key else caller.id,
        "api_key_id": caller.id if caller.is_key else None,
        "role": role,
        "auth_method": actor.auth_method,
        "has_passkey": None if caller.is_key else False,
        "session_id": None if caller.is_key else ANY,
        "feature": operation.feature,
        "operation": operation.operation,
        "action": operation.action,
        "outcome": "success",
        "entity_type": operation.entity_type,
        "entity_id": prepared.entity_id or made,
        "refs": [{"type": type_, "id": id_} for type_, id_ in prepared.refs],
        "metadata": prepared.metadata,
        "changes": prepared.changes,
        "effect": prepared.effect,
        "request_id": reply.headers["X-Request-Id"],
        "method": operation.method,
        "route": operation.path,
        "evidence_hash": None,
        "personal_hash": ANY,
        "actor": {
            "id": caller.id,
            "name": actor.name,
            "email": actor.email,
            "image_url": actor.image_url,
            "key_prefix": actor.key_prefix,
            "created_by": created_by and {"id": created_by.id, "name": created_by.name},
        },
        "entity_label": prepared.label,
        "ip_address": ADDRESS,
        "peer_ip": ADDRESS,
        "forwarded_for": None,
        "country": "US",
        "country_source": ANY,
        "user_agent": "world/1.0",
        "personal": {
            "metadata": prepared.personal_metadata,
            "changes": prepared.personal_changes,
        },
        "sequence": None,
        "personal_state": "present",
    }
    assert caller.token not in repr(entry)


@operations(*WITH_A_BODY)
def test_a_body_that_is_not_valid_is_refused_and_nothing_is_written(
    world: World, team: Team, operation: Operation
) -> None:
    prepared = operation.prepare(world, team)
    caller = prepared.caller or team.owner
    url = operation.url(team, prepared)
    before = world.snapshot()

    bodies: list[tuple[Any, str]] = [
        (b"", "body"),
        (b"{no json", "body"),
        (b"[]", "body"),
        (b'"text"', "body"),
        (b"null", "body"),
        (b'\xff\xfe{"name":1}', "body"),
        *wrong_types(prepared.body),
    ]
    for body, named in world.share(bodies, OPERATIONS.index(operation)):
        reply = world.call(caller, operation.method, url, body)
        assert reply.status_code == 400, (body, reply.text)
        problem = reply.json()
        assert problem["code"] == "VALIDATION_FAILED"
        assert any(each.startswith(named) for each in problem["errors"]), (body, problem)

    assert world.snapshot() == before


def wrong_types(body: Any) -> list[tuple[dict[str, Any], str]]:
    """Each field of a body with a value that cannot be, and the field's name."""
    return [({**body, name: {"un": "expected"}}, name) for name in body]


@operations(*WITH_AN_ID)
def test_an_id_of_another_instance_is_as_unknown_as_one_of_nobody(
    world: World, team: Team, strangers: Team, operation: Operation
) -> None:
    assert operation.not_found is not None
    status, code = operation.not_found
    own, foreign = operation.prepare(world, team), operation.prepare(world, strangers)
    caller = own.caller or team.owner
    before = world.snapshot()

    replies = []
    for values in (foreign.values, _unknown(own), dict.fromkeys(own.values, "%00")):
        url = operation.path.format(instance_id=team.instance_id, **values)
        replies.append(without_trace(world.call(caller, operation.method, url, own.body)))

    assert replies[0] == replies[1] == replies[2]
    assert (replies[0][0], code.encode() in replies[0][1]) == (status, True)
    assert world.snapshot() == before


def _unknown(prepared: Prepared) -> dict[str, str]:
    return {name: new_id(value[:2]) for name, value in prepared.values.items()}


# To look at a secret is recorded each time: a read has no Idempotency-Key.
@operations(*(each for each in OPERATIONS if not each.uproots and each.method != "GET"))
def test_a_request_that_is_sent_again_under_its_key_is_not_done_again(
    world: World, operation: Operation
) -> None:
    team = world.team(full=False, type=operation.instance_type)
    prepared = operation.prepare(world, team)
    caller = prepared.caller or team.owner
    url = operation.url(team, prepared)

    replies, states = [], [world.snapshot()]
    for _ in range(2):
        headers = {"Idempotency-Key": "again"}
        replies.append(world.call(caller, operation.method, url, prepared.body, headers=headers))
        states.append(world.snapshot())

    first, second = replies
    assert first.status_code == 200, first.text
    assert (second.status_code, second.content) == (200, first.content)
    assert second.headers["Content-Type"] == first.headers["Content-Type"]
    assert "Idempotent-Replayed" not in first.headers
    assert second.headers["Idempotent-Replayed"] == "true"
    before, done, again = states
    assert done != before
    assert again == done, "neither the change nor its entry is made again"


# Reads


@reads()
def test_who_may_read(world: World, team: Team, strangers: Team, read: Read) -> None:
    values = read.prepare(world, team)
    url = read.url(team, values)
    nowhere = read.path.format(instance_id=new_id("in"), **values)
    everyone = team.callers()
    refused = [
        *((name, caller, url) for name, (role, caller) in everyone.items()
          if not may(role, read.area, read.access)),
        *((f"stranger, {name}", caller, url) for name, (_, caller) in strangers.callers().items()),
        *((f"elsewhere, {name}", caller, nowhere) for name, (_, caller) in everyone.items()),
    ]  # fmt: skip
    before = world.snapshot()

    # A parameter that cannot be is found out by those alone who may read at all.
    replies = {
        f"{name} {query}": without_trace(world.call(caller, "GET", place + query))
        for name, caller, place in world.share(refused, READS.index(read))
        for query in ("", "?limit=x&nonsense=%00")
    }
    assert world.call(None, "GET", url).status_code == 401
    assert world.call(None, "GET", f"{url}?limit=x").status_code == 401
    for name, (role, caller) in everyone.items():
        if may(role, read.area, read.access):
            reply = world.call(caller, "GET", url)
            assert reply.status_code == 200, f"{name}: {reply.text}"

    assert {status for status, _, _ in replies.values()} == {403}
    assert len(set(map(repr, replies.values()))) == 1, replies
    assert world.snapshot() == before, "to read changes nothing"


@reads(*READS_WITH_AN_ID)
def test_to_read_an_id_of_another_instance_is_to_read_nothing(
    world: World, team: Team, strangers: Team, read: Read
) -> None:
    assert read.not_found is not None
    own, foreign = read.prepare(world, team), read.prepare(world, strangers)
    unknown = {name: new_id(value[:2]) for name, value in own.items()}
    replies = [
        without_trace(world.call(team.owner, "GET", read.url(team, values)))
        for values in (foreign, unknown, dict.fromkeys(own, "%00"))
    ]
    assert replies[0] == replies[1] == replies[2]
    assert replies[0][0] == read.not_found[0]
    assert read.not_found[1].encode() in replies[0][1]

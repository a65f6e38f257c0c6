"""Role by route by method, and tenant by id: tables made from the OpenAPI document.

Whoever adds a route says in it who may call (`@needs`), and it is tried here without another line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import pytest
from httpx2 import Response

from deedbook.database.ids import new_id
from deedbook.engine import ids
from deedbook.web.roles import Area, Role, may
from world.document import NOTHING_DONE, Document, Route, document_of
from world.matrix import Matrix
from world.operation import DEVELOPMENT, PRODUCTION, Operation, Read
from world.operations import OPERATIONS, READS
from world.people import Caller, Team
from world.world import World

_ID = re.compile(r"[a-z]{2}_[0-9A-Za-z]{12}")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
_CURSORS = {"starting_after", "ending_before"}
# Else what is counted by time would be counted by the time that it is asked.
_ALL_TIME = "&start_date=2020-01-01&end_date=2100-01-01"


@pytest.fixture(scope="module")
def document(world: World) -> Document:
    return document_of(world)


@pytest.fixture(scope="module")
def routes(document: Document) -> list[Route]:
    return list(document.routes())


@dataclass(frozen=True)
class Standing:
    """Somebody who calls, and what they are in the instance: None for nobody in it."""

    name: str
    caller: Caller | None
    role: Role | None

    def may(self, route: Route) -> bool:
        if self.caller is None:
            return False
        if not route.in_instance:
            return "anyone_known" in route.access or not self.caller.is_key
        if self.role is None or (self.caller.is_key and route.access.get("people_only")):
            return False
        return may(self.role, route.area, route.kind)


def standings(world: World, team: Team, strangers: Team) -> Iterator[Standing]:
    """Everyone there can be: of every role, of none, and of one that they have no more."""
    for name, (role, caller) in team.callers().items():
        yield Standing(name, caller, role)
    for name, (_, caller) in strangers.callers().items():
        yield Standing(f"stranger, {name}", caller, None)
    yield Standing("anonymous", None, None)
    members = f"/v1/instances/{team.instance_id}/members"
    fates: dict[str, Role | None] = {"removed": None, "demoted": Role.VIEWER}
    for name, fate in fates.items():
        caller = world.member(team, Role.ADMIN)
        # The session was in use before.
        world.get(caller, members)
        path = f"{members}/{caller.id}"
        if fate is None:
            reply = world.call(team.owner, "DELETE", path)
        else:
            reply = world.call(team.owner, "PUT", path, {"user_role": fate})
        assert reply.status_code == 200
        yield Standing(f"{name} mid-session", caller, fate)


def holds(route: Route, who: Standing, reply: Response) -> bool:
    """Compare a reply with what the table of roles and the route's declaration say."""
    code = reply.json().get("code") if reply.status_code >= 400 else ""
    if who.caller is None:
        return (reply.status_code, code) == (401, "AUTH_UNAUTHORIZED")
    if not who.may(route):
        return (reply.status_code, code) == (403, "AUTH_FORBIDDEN")
    if route.is_safe:
        return reply.status_code in (200, 400, 404, 422)
    # It came as far as the key, and no further.
    return reply.status_code == 400 and "Idempotency-Key" in reply.json()["description"]


def test_every_route_says_who_may_call_it(document: Document, routes: list[Route]) -> None:
    assert len(routes) > 30
    assert document.undeclared == []
    assert {route.area for route in routes if route.in_instance} >= {
        Area.CUSTOMERS,
        Area.AUDIT_LOGS,
        Area.OWNERSHIP,
    }


def type_of(route: Route) -> str:
    """Give the type of instance that a route is for, as its row says."""
    rows = {f"{row.method} {row.path}": row.instance_type for row in OPERATIONS}
    rows |= {f"GET {read.path}": read.instance_type for read in READS}
    return rows.get(route.name, DEVELOPMENT)


@pytest.mark.parametrize("instance_type", [DEVELOPMENT, PRODUCTION])
def test_roles_by_routes_by_methods(
    world: World, routes: list[Route], matrix: Matrix, instance_type: str
) -> None:
    team, strangers = world.team(type=instance_type), world.team(type=instance_type)
    everyone = list(standings(world, team, strangers))
    before = world.snapshot()
    for number, route in enumerate(routes):
        if not route.access or type_of(route) != instance_type:
            continue
        url = route.url(team.instance_id, {})
        for who in world.share(everyone, number):
            options = {} if route.is_safe else {"headers": NOTHING_DONE, "body": b"{no json"}
            reply = world.call(who.caller, route.method, url, **options)
            matrix.cell(
                f"{route.name} by {who.name}: {reply.status_code}", holds=holds(route, who, reply)
            )
    assert world.snapshot() == before, "all of it changed nothing"
    assert matrix.deviations == []
    assert matrix.cells > (250 if world.is_sqlite else 30)


@dataclass
class Foreign:
    """What there is in another instance, by the prefix of its id."""

    ids: dict[str, str] = field(default_factory=dict)

    def take(self, values: Mapping[str, str]) -> None:
        self.ids |= {value[:2]: value for value in values.values() if _ID.fullmatch(value)}

    def pairs(self, own: str | None) -> Iterator[tuple[str, str]]:
        """Give another instance's ids, of the sort of one's own, each with one of nobody's."""
        for prefix, theirs in self.ids.items():
            if own is None or own[:2] == prefix:
                yield theirs, unknown(theirs)


def unknown(theirs: str) -> str:
    """Give an id that nobody has: of an entry, whose id is a time, the one beside it."""
    number = ids.read(theirs)
    return new_id(theirs[:2]) if number is None else ids.show(number + 1)


def foreign_things(world: World, strangers: Team, instance_type: str) -> Foreign:
    foreign = Foreign({"in": strangers.instance_id})
    for row in of_type(OPERATIONS, instance_type):
        prepared = row.prepare(world, strangers)
        foreign.take(prepared.values)
        foreign.take({name: value for name, value in (prepared.body or {}).items()
                      if isinstance(value, str)})  # fmt: skip
    for read in of_type(READS, instance_type):
        foreign.take(read.prepare(world, strangers))
    return foreign


def alike(one: Response, other: Response) -> bool:
    return told(one) == told(other)


def told(reply: Response) -> tuple[int, str]:
    """What a reply tells, whatever the ids and moments in it."""
    trace = reply.headers["X-Request-Id"]
    return reply.status_code, _MOMENT.sub("", _ID.sub("", reply.text.replace(trace, "")))


Row = TypeVar("Row", Operation, Read)


def of_type(rows: Sequence[Row], instance_type: str) -> list[Row]:
    """Give the rows of one type of instance."""
    return [row for row in rows if row.instance_type == instance_type]


@pytest.mark.parametrize("instance_type", [DEVELOPMENT, PRODUCTION])
def test_tenants_by_ids_in_paths_queries_and_bodies(
    world: World, routes: list[Route], matrix: Matrix, instance_type: str
) -> None:
    team, strangers = world.team(type=instance_type), world.team(type=instance_type)
    foreign = foreign_things(world, strangers, instance_type)
    own: dict[str, Mapping[str, str]] = {}
    bodies: dict[str, Any] = {}
    for row in of_type(OPERATIONS, instance_type):
        prepared = row.prepare(world, team)
        if prepared.caller is None:
            own.setdefault(f"{row.method} {row.path}", prepared.values)
            bodies.setdefault(f"{row.method} {row.path}", prepared.body)
    for read in of_type(READS, instance_type):
        own.setdefault(f"GET {read.path}", read.prepare(world, team))
    for number, route in enumerate(routes):
        if not route.in_instance or route.area is Area.OWNERSHIP:
            continue
        if type_of(route) != instance_type:
            continue
        values, body = own.get(route.name, {}), bodies.get(route.name)
        calls = list(_calls(route, values, body, foreign))
        for theirs, nobodys, place, call in world.share(calls, number):
            replies = [
                world.call(team.owner, *call(team.instance_id, each)) for each in (theirs, nobodys)
            ]
            matrix.cell(
                f"{route.name}, {place} {theirs}: {told(replies[0])}, {told(replies[1])}",
                holds=alike(*replies) and replies[0].status_code < 500,
            )
    assert matrix.deviations == []
    assert matrix.cells > (50 if instance_type == DEVELOPMENT else 0)


def _calls(
    route: Route, values: Mapping[str, str], body: Any, foreign: Foreign
) -> Iterator[tuple[str, str, str, Any]]:
    """Give each place of a route that takes an id, with another's and nobody's id for it."""
    for place in route.places:
        for theirs, nobodys in foreign.pairs(values.get(place)):
            yield theirs, nobodys, place, lambda instance, each, place=place: (
                route.method, route.url(instance, {**values, place: each}), body)  # fmt: skip
    for name in route.query:
        if name.endswith("_id") or name in _CURSORS:
            for theirs, nobodys in foreign.pairs(None):
                dates = _ALL_TIME if "end_date" in route.query else ""
                yield theirs, nobodys, f"?{name}", lambda instance, each, name=name, dates=dates: (
                    route.method, f"{route.url(instance, values)}?{name}={each}{dates}", body)  # fmt: skip
    for name in route.fields:
        if body and name.endswith("_id") and _ID.fullmatch(str(body.get(name))):
            for theirs, nobodys in foreign.pairs(body[name]):
                yield theirs, nobodys, f"body {name}", lambda instance, each, name=name: (
                    route.method, route.url(instance, values), {**body, name: each})  # fmt: skip


def test_an_idempotency_key_of_another_is_nobodys(
    world: World, team: Team, strangers: Team
) -> None:
    body = {"email": "guest@example.com", "user_role": "viewer"}
    headers = {"Idempotency-Key": "the same in both"}
    made = [
        world.call(each.owner, "POST", f"/v1/instances/{each.instance_id}/invites", body,
                   headers=headers)
        for each in (team, strangers)
    ]  # fmt: skip
    assert [reply.status_code for reply in made] == [200, 200]
    assert "Idempotent-Replayed" not in made[1].headers
    assert made[0].json() != made[1].json()

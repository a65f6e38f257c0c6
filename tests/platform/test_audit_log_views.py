"""Saved views of the log: one's own filters by a name, in one instance, and nobody else's."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from deedbook.platform.audit_log_views.service import MOST_VIEWS
from deedbook.web.roles import Role
from world.people import Caller, Team
from world.world import World

DELETIONS = {"name": "Deletions by keys", "query": "operation=delete&actor_type=api_key&range=30d"}


def path(team: Team, view_id: str = "") -> str:
    return f"/v1/instances/{team.instance_id}/audit-log-views{view_id and '/' + view_id}"


def views(world: World, team: Team, caller: Caller | None = None) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = world.get(caller or team.owner, path(team))
    return found


def keep(world: World, team: Team, caller: Caller | None = None, **differing: str) -> str:
    reply = world.call(caller or team.owner, "POST", path(team), {**DELETIONS, **differing})
    assert reply.status_code == 200, reply.text
    view_id: str = reply.json()["id"]
    return view_id


def test_a_view_is_kept_changed_and_forgotten(world: World) -> None:
    team = world.team()
    before = world.entries(team.instance_id)
    view_id = keep(world, team)
    keep(world, team, name="A first one", query="")
    assert [each["name"] for each in views(world, team)] == ["A first one", "Deletions by keys"]
    (kept,) = [each for each in views(world, team) if each["id"] == view_id]
    assert kept["query"] == DELETIONS["query"]
    assert kept["created_at"].endswith("Z")

    changed = {"name": "Deletions", "query": "operation=delete"}
    assert world.call(team.owner, "PUT", path(team, view_id), changed).status_code == 200
    assert {each["name"]: each["query"] for each in views(world, team)} == {
        "A first one": "",
        "Deletions": "operation=delete",
    }
    # Its own name is not taken.
    assert world.call(team.owner, "PUT", path(team, view_id), changed).status_code == 200
    assert world.call(team.owner, "DELETE", path(team, view_id)).status_code == 200
    assert [each["name"] for each in views(world, team)] == ["A first one"]
    assert world.entries(team.instance_id) == before


def test_a_view_is_its_owners_alone(world: World) -> None:
    team, other = world.team(), world.team()
    view_id = keep(world, team)
    assert views(world, team, team.admin) == []
    key = team.owner_key
    assert views(world, team, key) == []
    # The same name is nobody else's business.
    keep(world, team, team.admin)
    for caller, of in ((team.admin, team), (other.owner, other)):
        for method, body in (("PUT", DELETIONS), ("DELETE", None)):
            reply = world.call(caller, method, path(of, view_id), body)
            assert (reply.status_code, reply.json()["code"]) == (404, "AUDIT_LOG_VIEWS_NOT_FOUND")
    assert [each["id"] for each in views(world, team)] == [view_id]


def test_who_may_not_read_the_log_keeps_no_view_of_it(world: World) -> None:
    team, strangers = world.team(), world.team()
    for caller in (team.members[Role.VIEWER], team.members[Role.DEVELOPER], strangers.owner):
        assert world.call(caller, "GET", path(team)).status_code == 403
        assert world.call(caller, "POST", path(team), DELETIONS).status_code == 403
    assert world.call(team.owner_key, "POST", path(team), DELETIONS).status_code == 403


@pytest.mark.parametrize(
    ("differing", "said"),
    [
        ({"name": ""}, "name"),
        ({"name": "  "}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"query": "q=two words"}, "query"),
        ({"query": "q=\u202e"}, "query"),
        ({"query": "x" * 2001}, "query"),
    ],
)
def test_what_is_no_view_is_refused(
    world: World, team: Team, differing: dict[str, str], said: str
) -> None:
    reply = world.call(team.owner, "POST", path(team), {**DELETIONS, **differing})
    assert reply.status_code in (400, 422)
    assert said in reply.text
    assert views(world, team) == []


def test_a_name_is_used_once_and_views_are_few(world: World) -> None:
    team = world.team()
    first = keep(world, team)
    other = keep(world, team, name="Another")
    for method, of in (("POST", ""), ("PUT", other)):
        reply = world.call(team.owner, method, path(team, of), DELETIONS)
        assert reply.status_code == 400
        assert "name: you have a view of this name already" in reply.text
    for number in range(MOST_VIEWS - 2):
        keep(world, team, name=f"View {number}")
    reply = world.call(team.owner, "POST", path(team), {**DELETIONS, "name": "One more"})
    assert reply.status_code == 400
    assert "remove one first" in reply.text
    assert world.call(team.owner, "DELETE", path(team, first)).status_code == 200
    keep(world, team, name="One more")


def test_the_same_name_twice_at_once_is_kept_once(world: World) -> None:
    team = world.team()
    with ThreadPoolExecutor(4) as at_once:
        calls = [
            at_once.submit(world.call, team.owner, "POST", path(team), DELETIONS) for _ in range(4)
        ]
    assert sorted(each.result().status_code for each in calls) == [200, 400, 400, 400]
    assert len(views(world, team)) == 1

"""Who read the log is kept beside it: once in a while for a reader and filters, and never in the log."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from deedbook.web.roles import Role
from deedbook.web.spacing import Spacing
from world.fixtures import WorldMaker
from world.people import Caller, Team
from world.world import World


def log_of(team: Team, rest: str = "") -> str:
    return f"/v1/instances/{team.instance_id}/audit-logs{rest}"


def readings(world: World, team: Team, query: str = "", caller: Caller | None = None) -> Any:
    path = f"/v1/instances/{team.instance_id}/audit-log-readings{query}"
    return world.get(caller or team.owner, path)


def told(world: World, team: Team) -> list[tuple[str, str, dict[str, list[str]]]]:
    return [
        (each["reader"]["id"], each["what"], each["filters"])
        for each in readings(world, team)["data"]
    ]


def test_a_reading_says_who_read_what_and_with_which_filters(world: World) -> None:
    team = world.team()
    query = "?feature=invite&feature=customer&not_operation=delete&include=denied&limit=1"
    reply = world.call(team.admin, "GET", log_of(team, query))
    (reading,) = readings(world, team)["data"]
    assert reading.pop("id").startswith("rd_")
    assert reading.pop("created_at").endswith("Z")
    assert reading == {
        "instance_id": team.instance_id,
        "reader": {"type": "user", "id": team.admin.id, "name": team.admin.actor.name},
        "role": "admin",
        "what": "entries",
        "entry_id": None,
        "filters": {
            "feature": ["customer", "invite"],
            "not_operation": ["delete"],
            "include": ["denied"],
        },
        "request_id": reply.headers["X-Request-Id"],
    }


def test_looking_again_and_further_is_the_same_reading(world: World) -> None:
    team = world.team()
    first = world.get(team.owner, log_of(team, "?limit=2"))
    for rest in (
        "",
        "?limit=2",
        f"?starting_after={first['pagination']['next_page']}",
        "?offset=3",
        "/histogram?buckets=5",
        "/facets",
    ):
        world.get(team.owner, log_of(team, rest))
    assert told(world, team) == [(team.owner.id, "entries", {})]

    # "The last seven days" begins a little later each time.
    for start in ("2026-03-15T09:30:00.000Z", "2026-03-15T09:30:02.123Z"):
        world.get(team.owner, log_of(team, f"?start_date={start}"))
    assert len(told(world, team)) == 2
    world.get(team.owner, log_of(team, "?start_date=2026-03-16T09:30:00Z"))
    assert len(told(world, team)) == 3


def test_another_reader_other_filters_and_each_entry_are_readings_of_their_own(
    world: World,
) -> None:
    team = world.team()
    newest, older = world.entries(team.instance_id)[:2]
    key = team.keys[Role.ADMIN]
    for caller, rest in (
        (team.owner, ""),
        (key, ""),
        (team.owner, "?feature=invite"),
        (team.owner, f"/{newest['id']}"),
        (team.owner, f"/{newest['id']}"),
        (team.owner, f"/{older['id']}"),
    ):
        world.get(caller, log_of(team, rest))
    assert told(world, team) == [
        (team.owner.id, "entry", {}),
        (team.owner.id, "entry", {}),
        (team.owner.id, "entries", {"feature": ["invite"]}),
        (key.id, "entries", {}),
        (team.owner.id, "entries", {}),
    ]
    shown = readings(world, team)["data"]
    assert [each["entry_id"] for each in shown[:2]] == [older["id"], newest["id"]]
    assert shown[3]["reader"] == {"type": "api_key", "id": key.id, "name": key.actor.name}


def test_who_was_refused_or_found_nothing_read_nothing(world: World, strangers: Team) -> None:
    team = world.team()
    for caller, rest, status in (
        (team.members[Role.FINANCE], "", 403),
        (strangers.owner, "", 403),
        (None, "", 401),
        (team.owner, "?feature=nonsense", 400),
        (team.owner, "/al_000000000000", 404),
    ):
        assert world.call(caller, "GET", log_of(team, rest)).status_code == status
    assert told(world, team) == []


def test_reading_feeds_neither_the_log_nor_itself(world: World) -> None:
    team = world.team()
    before = world.entries(team.instance_id)
    for _ in range(3):
        world.get(team.owner, log_of(team))
        assert len(readings(world, team)["data"]) == 1
    assert world.entries(team.instance_id) == before


def test_readings_come_in_pages_and_of_one_instance_alone(world: World, strangers: Team) -> None:
    team = world.team()
    world.get(strangers.owner, log_of(strangers))
    for feature in ("invite", "customer", "api_key"):
        world.get(team.owner, log_of(team, f"?feature={feature}"))
    walked, query = [], "?limit=1"
    while query:
        page = readings(world, team, query)
        walked += [each["filters"]["feature"][0] for each in page["data"]]
        assert {each["instance_id"] for each in page["data"]} == {team.instance_id}
        after = page["pagination"]["next_page"]
        query = f"?limit=1&starting_after={after}" if after else ""
    assert walked == ["api_key", "customer", "invite"]


def test_a_while_later_it_is_a_reading_again(new_world: WorldMaker) -> None:
    world = new_world()
    team = world.team(full=False)
    time = 0.0
    world.app.state.readings = Spacing(600, lambda: time)
    for time in (0.0, 599.0, 600.0, 601.0):  # noqa: B007 (the clock reads it)
        world.get(team.owner, log_of(team))
    assert len(told(world, team)) == 2


def test_what_is_read_is_read_even_if_that_cannot_be_noted(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OperationalError("INSERT", {}, Exception("the disk is full"))

    team = world.team(full=False)
    monkeypatch.setattr("deedbook.platform.audit_logs.note", fail)
    assert world.get(team.owner, log_of(team))["data"]
    assert told(world, team) == []


def test_long_and_odd_filters_are_kept_bounded(world: World) -> None:
    team = world.team(full=False)
    values = "&".join(f"entity_id={'x' * 150}{number}%00%1B" for number in range(150))
    world.get(team.owner, log_of(team, f"?{values}"))
    ((_, _, filters),) = told(world, team)
    assert len(filters["entity_id"]) <= 100
    assert max(map(len, filters["entity_id"])) < 150

"""How much one may send: requests in a second, and what a body may hold. Who reads holds up no writer."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deedbook.settings import Settings
from deedbook.web.limits import Buckets
from deedbook.web.schemas import MAX_DEPTH, MAX_VALUES
from world.fixtures import WorldMaker
from world.people import Team
from world.world import World


def one_a_second(whose: str) -> Callable[[World], None]:
    """Let one request a second through, on a clock that stands still."""

    def prepare(world: World) -> None:
        (limits,) = (each for each in world.app.user_middleware if whose in each.kwargs)
        limits.kwargs[whose] = Buckets(1, lambda: 0.0)

    return prepare


def test_two_seconds_worth_may_come_at_once_and_then_as_much_as_is_allowed() -> None:
    time = 0.0
    buckets = Buckets(100, lambda: time)
    assert [buckets.wait("a") for _ in range(200)] == [0] * 200
    assert buckets.wait("a") == pytest.approx(0.01)
    assert buckets.wait("b") == 0, "one is not another"
    admitted = 0
    for tick in range(1, 1001):
        time = tick / 100
        admitted += buckets.wait("a") == 0
    assert admitted == pytest.approx(1000, abs=2)
    time += 3600
    assert [buckets.wait("a") for _ in range(201)].count(0) == 200


@given(
    gaps=st.lists(st.floats(0, 5), max_size=50),
    per_second=st.integers(1, 20),
)
def test_nobody_gets_more_than_the_burst_and_the_rate(gaps: list[float], per_second: int) -> None:
    time = 0.0
    buckets = Buckets(per_second, lambda: time)
    admitted = 0
    for gap in gaps:
        time += gap
        for _ in range(10):
            wait = buckets.wait("a")
            assert 0 <= wait <= 1 / per_second
            admitted += wait == 0
    assert admitted <= per_second * (2 + time) + 1


def test_what_is_remembered_is_bounded_and_zero_is_no_limit() -> None:
    buckets = Buckets(1, lambda: 0.0)
    for number in range(20_000):
        buckets.wait(number)
    assert len(buckets._levels) == 10_000
    assert [buckets.wait(19_999) for _ in range(2)] == [0, 1], "the newest are known"
    assert {Buckets(0).wait("a") for _ in range(1_000)} == {0}


def test_a_credential_over_its_limit_is_told_when_to_come_back(new_world: WorldMaker) -> None:
    world = new_world(prepare=one_a_second("credentials"))
    team = world.team()
    path = f"/v1/instances/{team.instance_id}"
    replies = [world.call(team.owner, "GET", path) for _ in range(3)]
    assert [reply.status_code for reply in replies] == [200, 200, 429]
    assert replies[2].json()["code"] == "AUTH_RATE_LIMITED"
    assert replies[2].json()["trace_id"] == replies[2].headers["X-Request-Id"]
    assert int(replies[2].headers["Retry-After"]) == 1
    assert "Content-Security-Policy" in replies[2].headers
    # Everyone else is let through, a session in a cookie like one in a header.
    assert world.call(team.owner_key, "GET", path).status_code == 200
    browser = world.browser()
    browser.cookies.set("deedbook_session", team.admin.token)
    assert [browser.get(path).status_code for _ in range(3)] == [200, 200, 429]
    # A token that is none has a limit as well.
    wrong = {"Authorization": "Bearer ds_none"}
    statuses = [world.call(None, "GET", path, headers=wrong).status_code for _ in range(3)]
    assert statuses == [401, 401, 429]


def test_a_refused_request_changes_nothing(new_world: WorldMaker) -> None:
    world = new_world(prepare=one_a_second("credentials"))
    team = world.team(full=False)
    body = {"email": "guest@example.com", "user_role": "viewer"}
    path = f"/v1/instances/{team.instance_id}/invites"
    statuses = [world.call(team.owner, "POST", path, body).status_code for _ in range(4)]
    assert statuses == [200, 200, 429, 429]
    assert [each["action"] for each in world.entries(team.instance_id)].count("invite.created") == 2


def test_an_address_has_a_limit_whoever_sends_from_it(new_world: WorldMaker) -> None:
    world = new_world(prepare=one_a_second("addresses"), trusted_proxies=["8.8.8.8"])

    def ask(address: str) -> int:
        headers = {"X-Forwarded-For": address}
        return world.call(None, "GET", "/v1/audit-log-actions", headers=headers).status_code

    assert [ask("198.51.100.1") for _ in range(3)] == [200, 200, 429]
    assert ask("198.51.100.2") == 200
    # Whoever has one address of an IPv6 network has them all.
    assert [ask(f"2001:db8::{number}") for number in range(3)] == [200, 200, 429]
    assert ask("2001:db8:0:1::1") == 200


def test_by_default_a_hundred_a_second_are_let_through() -> None:
    assert Settings().requests_per_second >= 100
    assert Settings().address_requests_per_second >= 100


@pytest.mark.parametrize(
    ("extra", "status", "told"),
    [
        (b"[" * (MAX_DEPTH - 2) + b"]" * (MAX_DEPTH - 2), 200, ""),
        (b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1), 400, "nested"),
        (b'{"a":' * (MAX_DEPTH + 1) + b"1" + b"}" * (MAX_DEPTH + 1), 400, "nested"),
        (json.dumps(list(range(MAX_VALUES + 1))).encode(), 400, "values"),
        (json.dumps(dict.fromkeys(map(str, range(MAX_VALUES + 1)))).encode(), 400, "values"),
        (json.dumps([[1] * 100] * 101).encode(), 400, "values"),
        (json.dumps([1] * (MAX_VALUES - 10)).encode(), 200, ""),
    ],
    ids=["deep", "too deep", "objects too deep", "a list", "keys", "in all", "many"],
)
def test_a_body_is_bounded_in_depth_and_in_values(
    world: World, team: Team, extra: bytes, status: int, told: str
) -> None:
    path = f"/v1/instances/{team.instance_id}/api-keys"
    reply = world.call(team.owner, "POST", path, b'{"name": "Bounded", "ignored": ' + extra + b"}")
    assert reply.status_code == status, reply.text[:300]
    if told:
        (problem,) = reply.json()["errors"]
        assert problem.startswith("body")
        assert told in problem


def test_however_many_read_who_writes_finds_a_place(
    new_world: WorldMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = new_world(served=True, connections=4)
    team = world.team(full=False)
    over, reading = threading.Event(), threading.Semaphore(0)

    def slowly(*_: Any) -> list[Any]:
        reading.release()
        assert over.wait(30)
        return []

    monkeypatch.setattr("deedbook.platform.identity.members.service.members_of", slowly)
    path = f"/v1/instances/{team.instance_id}"
    body = {"email": "guest@example.com", "user_role": "viewer"}
    with ThreadPoolExecutor(12) as threads:
        readers = [
            threads.submit(world.call, team.owner, "GET", f"{path}/members") for _ in range(12)
        ]
        # As many as are let in are in, and the others wait.
        for _ in range(3):
            assert reading.acquire(timeout=30)
        try:
            assert world.call(team.owner, "POST", f"{path}/invites", body).status_code == 200
        finally:
            over.set()
        assert {each.result().status_code for each in readers} == {200}

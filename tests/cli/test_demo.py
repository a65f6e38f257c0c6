"""Tests of the demo, as somebody sees it who signs in with the link."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import func, select

from deedbook.cli.demo import DEMO_OWNER, make_demo, sign_in_link
from deedbook.platform.catalogue import CATALOGUE
from deedbook.platform.outside.models import Step
from deedbook.platform.payments.payouts.models import Payout
from deedbook.web.roles import Role
from world.people import Caller
from world.world import World

# What no member does in the life of a demo: these end an instance, or are the operator's.
_NOT_IN_A_DEMO = {
    "audit_log.exported",
    "audit_log.key_rotated",
    "audit_log.mailing_changed",
    "audit_log.witness_added",
    "audit_log.witness_removed",
    "instance.deleted",
    "instance.ownership_transferred",
}


@pytest.fixture(scope="module")
def demo(world: World) -> str:
    """The id of the first instance of the demo."""
    return make_demo(world.settings)


@pytest.fixture(scope="module")
def ana(world: World, demo: str) -> Caller:  # noqa: ARG001 (Ana comes with the demo)
    """The demo's owner, signed in."""
    return world.person(DEMO_OWNER)


@pytest.fixture(scope="module")
def logs(world: World, ana: Caller) -> dict[str, list[dict[str, Any]]]:
    """The whole logs of both instances by type, the newest entries first."""
    return {
        world.get(ana, f"/v1/instances/{each['id']}")["type"]: world.entries(each["id"])
        for each in world.get(ana, "/v1/instances")
    }


def test_every_action_happens_and_the_first_entry_says_that_it_is_made_up(
    logs: dict[str, list[dict[str, Any]]],
) -> None:
    assert set(logs) == {"development", "production"}
    happened = {entry["action"] for log in logs.values() for entry in log}
    assert set(CATALOGUE.actions) - happened == _NOT_IN_A_DEMO
    for log in logs.values():
        first = log[-1]
        assert (first["action"], first["auth_method"]) == ("audit_log.seeded", "operator")
        assert first["metadata"] == {"entries": None, "purpose": "demo"}


def test_it_is_a_story_of_months_by_many_people_and_keys_in_many_countries(
    logs: dict[str, list[dict[str, Any]]],
) -> None:
    log = logs["development"]
    moments = [datetime.fromisoformat(entry["created_at"]) for entry in log]
    assert moments == sorted(moments, reverse=True)
    assert 80 < (moments[0] - moments[-1]).days < 100
    months = {moment.strftime("%Y-%m") for moment in moments}
    assert len(months) >= 3
    people = {entry["user_id"] for entry in log} - {None}
    keys = {entry["api_key_id"] for entry in log if entry["outcome"] == "success"} - {None}
    assert (len(people), len(keys)) == (6, 2)
    assert len({entry["country"] for entry in log} - {None}) >= 6
    assert {entry["role"] for entry in log} >= set(Role) - {Role.CHECKER}
    outcomes = Counter(entry["action"] for entry in log if entry["outcome"] == "denied")
    assert outcomes == {"api_key.refused": 2, "payout.created": 1, "api_key.created": 1}


def test_a_payout_that_the_system_made_names_the_entry_that_allowed_it(
    logs: dict[str, list[dict[str, Any]]],
) -> None:
    log = logs["development"]
    [payout] = [
        entry
        for entry in log
        if (entry["actor_type"], entry["action"]) == ("system", "payout.created")
    ]
    [cause] = [entry for entry in log if entry["id"] == payout["effect"]["cause"]]
    assert cause["action"] == "offramp_wallet.created"
    assert {"type": "offramp_wallet", "id": cause["entity_id"]} in payout["refs"]


def test_the_passkeys_really_signed(
    world: World, ana: Caller, logs: dict[str, list[dict[str, Any]]]
) -> None:
    confirmed = [entry for log in logs.values() for entry in log if entry["has_passkey"]]
    assert len(confirmed) > 15
    assert {entry["user_id"] for entry in confirmed} != {ana.id}
    for entry in confirmed:
        path = f"/v1/instances/{entry['instance_id']}/audit-logs/{entry['id']}/verification"
        assert world.get(ana, path)["result"] == "verified", entry["action"]


def test_nothing_is_left_half_done_and_nothing_asks_the_visitor_for_a_passkey(
    world: World, demo: str, ana: Caller
) -> None:
    with world.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Step)) == 0
        statuses = select(Payout.status).distinct()
        assert session.scalars(statuses).all() == ["completed"]
    assert world.get(ana, "/v1/whoami/passkeys") == []
    settings = world.get(ana, f"/v1/instances/{demo}")
    assert not settings["require_passkey"]
    body = {"name": "Of a visitor", "permission": "full_access"}
    assert world.call(ana, "POST", f"/v1/instances/{demo}/api-keys", body).status_code == 200


def test_it_is_made_once_and_its_link_signs_in(world: World, demo: str) -> None:
    assert make_demo(world.settings) == demo
    token = sign_in_link(world.settings, DEMO_OWNER).partition("#link=")[2]
    opened = world.call(None, "POST", "/v1/sessions", {"link_token": token})
    assert opened.status_code == 200, opened.text

"""Requests for information: what may be answered, once, and what becomes of the customer."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from httpx2 import Response

from deedbook.platform.payments.requests_for_information.service import RequestInProgress
from world import bodies
from world.people import Team
from world.rows.customers import new_customer
from world.rows.requests_for_information import ANSWERS, field, new_request
from world.told import told
from world.world import World


def path_of(team: Team, customer_id: str | None) -> str:
    of = "" if customer_id is None else f"/customers/{customer_id}"
    return f"/v1/instances/{team.instance_id}{of}/rfi"


def answer(world: World, team: Team, customer_id: str | None, body: object = ANSWERS) -> Response:
    return world.call(team.owner, "POST", path_of(team, customer_id), body)


def status_of(world: World, team: Team, customer_id: str) -> str:
    path = f"/v1/instances/{team.instance_id}/customers/{customer_id}"
    status: str = world.get(team.owner, path)["kyc_status"]
    return status


@pytest.mark.parametrize("of_customer", [True, False], ids=["customer", "instance"])
def test_a_request_is_answered_once(world: World, of_customer: bool) -> None:  # noqa: FBT001
    team = world.team(full=False)
    customer_id = new_customer(world, team) if of_customer else None
    path = path_of(team, customer_id)
    assert world.get(team.owner, path) is None
    before = world.entries(team.instance_id)
    assert answer(world, team, customer_id).json() == {
        "success": False,
        "reason": "no_pending_rfi",
    }
    assert world.entries(team.instance_id) == before, "nothing was done"

    request_id = new_request(world, team, customer_id)
    opened = world.entry(team.instance_id)
    assert (opened["actor_type"], opened["entity_id"]) == ("system", request_id)
    asked = world.get(team.owner, path)
    assert (asked["id"], asked["status"], asked["response"]) == (request_id, "pending", {})
    assert asked["submitted_at"] is None
    assert asked["request"][0]["fields"][0] == {
        "key": "occupation",
        "label": "Occupation",
        "required": True,
    }

    sent = {**ANSWERS, "nobody_asked": "x", "remarks": ""}
    assert answer(world, team, customer_id, sent).json() == {"success": True}
    given = world.get(team.owner, path)
    assert (given["status"], given["response"]) == ("submitted", ANSWERS)
    assert given["submitted_at"] is not None
    entry = world.entry(team.instance_id)
    assert entry["metadata"] == {"fields": ["occupation", "statements"]}
    assert "Smith" not in repr(entry)
    assert bodies.DOCUMENT not in repr(entry)

    assert answer(world, team, customer_id).json() == {
        "success": False,
        "reason": "already_resolved",
    }
    assert world.entry(team.instance_id) == entry
    # What was answered can be followed by another question.
    assert new_request(world, team, customer_id) != request_id


def test_a_customer_waits_for_the_answer_and_is_approved_by_it(world: World, team: Team) -> None:
    customer_id = new_customer(world, team)
    new_request(world, team, customer_id)
    assert status_of(world, team, customer_id) == "compliance_request"
    wallets = f"/v1/instances/{team.instance_id}/customers/{customer_id}/wallets"
    wallet = {"name": "Savings", "network": "sepolia"}
    refused = world.call(team.owner, "POST", wallets, wallet)
    assert refused.json()["code"] == "CUSTOMERS_KYC_NOT_APPROVED"

    assert answer(world, team, customer_id).status_code == 200
    assert status_of(world, team, customer_id) == "approved_rfi"
    assert world.call(team.owner, "POST", wallets, wallet).status_code == 200
    updates = [each for each in told(world, team.instance_id, "customer")
               if each["id"] == customer_id]  # fmt: skip
    assert [each["kyc_status"] for each in updates] == [
        "approved",
        "compliance_request",
        "approved_rfi",
    ]


def test_production_looks_at_the_answers(world: World) -> None:
    team = world.team(type="production", full=False)
    customer_id = new_customer(world, team)
    world.steps.release(team.instance_id)
    new_request(world, team, customer_id)
    assert answer(world, team, customer_id).status_code == 200
    assert status_of(world, team, customer_id) == "pending_review"
    entries = len(world.entries(team.instance_id))
    world.steps.release(team.instance_id)
    assert status_of(world, team, customer_id) == "approved_rfi"
    assert len(world.entries(team.instance_id)) == entries


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({}, "name"),
        ({"name": ""}, "name"),
        ({"name": "ada"}, "name"),
        ({"name": "Ada", "color": "green"}, "color"),
        ({"name": "Ada", "papers": [bodies.DOCUMENT] * 2}, "papers"),
    ],
)
def test_answers_that_do_not_fit_the_question(
    world: World, team: Team, body: dict[str, Any], named: str
) -> None:
    customer_id = new_customer(world, team)
    fields = (
        field("name", regex="^[A-Z]"),
        field("color", required=False, items=[{"label": "Red", "value": "red"}]),
        field("papers", required=False),
    )
    new_request(world, team, customer_id, fields)
    reply = answer(world, team, customer_id, body)
    assert (reply.status_code, reply.json()["code"]) == (400, "COMPLIANCE_RFI_INVALID")
    (problem,) = reply.json()["errors"]
    assert problem.startswith(f"{named}: ")
    assert world.get(team.owner, path_of(team, customer_id))["status"] == "pending"
    good = {"name": "Ada", "color": "red", "papers": [bodies.DOCUMENT]}
    assert answer(world, team, customer_id, good).json() == {"success": True}


@pytest.mark.parametrize(
    "body", [[], "text", {"occupation": 7}, {"statements": ["no address"]}, {"a": "x" * 4097}]
)
def test_a_body_of_another_shape(world: World, team: Team, body: object) -> None:
    reply = answer(world, team, new_customer(world, team), body)
    assert (reply.status_code, reply.json()["code"]) == (400, "VALIDATION_FAILED")


def test_a_request_expires(world: World, team: Team) -> None:
    customer_id = new_customer(world, team)
    new_request(world, team, customer_id, life=timedelta())
    assert world.get(team.owner, path_of(team, customer_id))["status"] == "expired"
    assert answer(world, team, customer_id).json()["reason"] == "no_pending_rfi"
    new_request(world, team, customer_id)
    assert answer(world, team, customer_id).json() == {"success": True}


def test_one_request_waits_at_a_time(world: World, team: Team) -> None:
    customer_id = new_customer(world, team)
    new_request(world, team, customer_id)
    with pytest.raises(RequestInProgress):
        new_request(world, team, customer_id)
    new_request(world, team, new_customer(world, team))


def test_a_customer_with_a_request_can_be_deleted(world: World, team: Team) -> None:
    customer_id = new_customer(world, team)
    request_id = new_request(world, team, customer_id)
    path = f"/v1/instances/{team.instance_id}/customers/{customer_id}"
    assert world.call(team.owner, "DELETE", path).status_code == 200
    assert request_id not in repr(world.snapshot()["requests_for_information"])

"""Limit increases: who may ask, what is approved, and what a customer may then move."""

from __future__ import annotations

from typing import Any

import pytest
from httpx2 import Response
from sqlalchemy import select

from deedbook.platform.events.models import Event
from world import bodies
from world.contract import problems, webhooks
from world.people import Team
from world.rows.customers import new_customer
from world.rows.limit_increases import BODY
from world.world import World


def ask(world: World, team: Team, customer_id: str, **fields: object) -> Response:
    path = f"/v1/instances/{team.instance_id}/customers/{customer_id}/limit-increase"
    return world.call(team.owner, "POST", path, {**BODY, **fields})


def increases(world: World, team: Team, customer_id: str) -> list[dict[str, Any]]:
    path = f"/v1/instances/{team.instance_id}/customers/{customer_id}/limit-increase"
    found: list[dict[str, Any]] = world.get(team.owner, path)
    return found


def limits(world: World, team: Team, customer_id: str) -> tuple[int, int, int]:
    customer = world.get(team.owner, f"/v1/instances/{team.instance_id}/customers/{customer_id}")
    return tuple(customer["limit"][name] for name in ("per_transaction", "daily", "monthly"))


def told(world: World, team: Team) -> list[dict[str, Any]]:
    with world.database.read() as session:
        rows = select(Event).where(
            Event.instance_id == team.instance_id, Event.type.startswith("limitIncrease")
        )
        # Both may be of the same millisecond: `new` sorts before `update`.
        events = session.scalars(rows.order_by(Event.created_at, Event.type))
        return [each.payload for each in events]


def test_development_approves_at_once(world: World) -> None:
    team = world.team(full=False)
    customer_id = new_customer(world, team)
    reply = ask(world, team, customer_id, monthly=None)
    assert reply.json() == {"id": reply.json()["id"]}

    (increase,) = increases(world, team, customer_id)
    assert (increase["id"], increase["status"]) == (reply.json()["id"], "approved")
    approved = [increase[f"approved_{name}"] for name in ("per_transaction", "daily", "monthly")]
    assert approved == [BODY["per_transaction"], BODY["daily"], None]
    assert limits(world, team, customer_id) == (20_000_00, 60_000_00, 100_000_00)

    events = told(world, team)
    assert [event["status"] for event in events] == ["in_review", "approved"]
    for event in events:
        assert problems(event, webhooks()[event["webhook_event"]]) == []


def test_production_waits_for_the_operator(world: World) -> None:
    team = world.team(type="production", full=False)
    customer_id = new_customer(world, team)
    refused = ask(world, team, customer_id)
    assert (refused.status_code, refused.json()["code"]) == (400, "CUSTOMERS_KYC_NOT_APPROVED")
    world.steps.release(team.instance_id)

    assert ask(world, team, customer_id).status_code == 200
    assert world.entry(team.instance_id)["metadata"]["status"] == "in_review"
    assert increases(world, team, customer_id)[0]["status"] == "in_review"
    assert limits(world, team, customer_id) == (10_000_00, 50_000_00, 100_000_00)
    before = len(world.entries(team.instance_id))
    world.steps.release(team.instance_id)

    assert increases(world, team, customer_id)[0]["status"] == "approved"
    assert limits(world, team, customer_id) == (20_000_00, 60_000_00, 200_000_00)
    assert len(world.entries(team.instance_id)) == before, "what moves by itself has no entry"


def test_a_rejected_increase_changes_no_limit(world: World, team: Team) -> None:
    customer_id = new_customer(world, team)
    path = f"/v1/instances/{team.instance_id}/customers/{customer_id}"
    body = {"email": "maria@example.com", "country": "BR", "first_name": "Fail"}
    assert world.call(team.owner, "PUT", path, body).status_code == 200

    assert ask(world, team, customer_id).status_code == 200
    (increase,) = increases(world, team, customer_id)
    assert (increase["status"], increase["approved_daily"]) == ("rejected", None)
    assert limits(world, team, customer_id) == (10_000_00, 50_000_00, 100_000_00)


def test_an_increase_lowers_nothing(world: World, team: Team) -> None:
    customer_id = new_customer(world, team)
    assert ask(world, team, customer_id).status_code == 200
    assert ask(world, team, customer_id, daily=100, monthly=300_000_00).status_code == 200
    assert limits(world, team, customer_id) == (20_000_00, 60_000_00, 300_000_00)
    newest, oldest = increases(world, team, customer_id)
    assert (newest["daily"], oldest["daily"]) == (100, 60_000_00)


@pytest.mark.parametrize(
    ("fields", "code", "named"),
    [
        ({"daily": 100_000_000_001}, "VALIDATION_FAILED", "daily"),
        ({"daily": 0}, "VALIDATION_FAILED", "daily"),
        ({"supporting_document_file": "no address"}, "VALIDATION_FAILED", "supporting_document"),
        ({"supporting_document_type": "selfie"}, "VALIDATION_FAILED", "supporting_document_type"),
        (
            {"supporting_document_type": "business_contract"},
            "VALIDATION_INVALID_REQUEST",
            "supporting_document_type",
        ),
        (
            dict.fromkeys(("per_transaction", "daily", "monthly")),
            "VALIDATION_MISSING_REQUIRED_FIELDS",
            "per_transaction, daily, monthly",
        ),
    ],
)
def test_what_cannot_be_asked(
    world: World, team: Team, fields: dict[str, object], code: str, named: str
) -> None:
    customer_id = new_customer(world, team)
    before = world.snapshot()
    reply = ask(world, team, customer_id, **fields)
    assert (reply.status_code, reply.json()["code"]) == (400, code)
    assert named in f"{reply.json()['errors']} {reply.json()['description']}"
    assert world.snapshot() == before


def test_a_business_gives_documents_of_a_business(world: World, team: Team) -> None:
    body = bodies.business_customer(world.accepted_terms(team.instance_id))
    customers = f"/v1/instances/{team.instance_id}/customers"
    customer_id = world.call(team.owner, "POST", customers, body).json()["id"]
    assert ask(world, team, customer_id).status_code == 400
    reply = ask(world, team, customer_id, supporting_document_type="business_contract")
    assert reply.status_code == 200, reply.text


def test_increases_go_with_their_customer(world: World) -> None:
    team = world.team(type="production", full=False)
    customer_id = new_customer(world, team)
    world.steps.release(team.instance_id)
    assert ask(world, team, customer_id).status_code == 200
    path = f"/v1/instances/{team.instance_id}/customers/{customer_id}"
    assert world.call(team.owner, "DELETE", path).status_code == 200
    assert world.entry(team.instance_id)["action"] == "customer.deleted"
    # The answer about what is gone comes, and is nothing.
    assert world.steps.release(team.instance_id) == 1

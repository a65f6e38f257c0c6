"""Onboarding: its steps, what they leave in the log, and the checks that follow."""

from __future__ import annotations

from typing import Any

import pytest

from world.people import Team
from world.rows.onboarding import (
    APPLICANT,
    BUSINESS_DETAILS,
    BUSINESS_PROFILE,
    OWNER_ID,
    OWNERSHIP_DOCUMENTS,
    STEPS,
    check_liveness,
    complete,
    path_of,
    take,
)
from world.world import World


def step_of(world: World, team: Team) -> str:
    found: str = world.get(team.owner, f"/v1/instances/{team.instance_id}")["onboarding_step"]
    return found


def compliance(world: World, team: Team) -> tuple[str, str]:
    found = world.get(team.owner, path_of(team, "compliance"))
    return found["kyb_status"], found["kyc_status"]


def release(world: World, team: Team) -> int:
    """Let the outside world decide, as `deedbook simulate approve` does."""
    return world.steps.release(team.instance_id)


@pytest.fixture
def production(world: World) -> Team:
    return world.team(type="production", full=False)


def test_a_production_instance_goes_from_step_to_step(world: World, production: Team) -> None:
    team = production
    assert step_of(world, team) == "initial"
    assert compliance(world, team) == ("pending", "pending")
    for step, reached in zip(
        STEPS, ("business_details", "business_profile", "documents", "applicant"), strict=True
    ):
        take(world, team, step)
        assert step_of(world, team) == reached
    check_liveness(world, team)
    assert compliance(world, team) == ("pending", "verifying")
    assert world.call(team.owner, "POST", path_of(team, "complete")).status_code == 200
    assert step_of(world, team) == "completed"
    assert compliance(world, team) == ("verifying", "verifying")
    world.take_steps()
    assert compliance(world, team) == ("verifying", "verifying"), "production waits"
    assert release(world, team) == 2
    assert compliance(world, team) == ("approved", "approved")

    # What moves along by itself is in no entry; each step is, as created the first time.
    told = [(each["action"], each["operation"]) for each in world.entries(team.instance_id)]
    assert told[::-1][1:] == [
        ("onboarding.business_details_submitted", "create"),
        ("onboarding.business_profile_submitted", "create"),
        ("onboarding.ownership_documents_submitted", "create"),
        ("onboarding.applicant_submitted", "create"),
        ("onboarding.liveness_submitted", "update"),
        ("onboarding.completed", "update"),
    ]


def test_steps_may_be_taken_in_any_order(world: World, production: Team) -> None:
    take(world, production, "applicant")
    take(world, production, "business_profile")
    assert step_of(world, production) == "initial"
    take(world, production, "business_details")
    assert step_of(world, production) == "business_profile"
    take(world, production, "ownership_documents")
    assert step_of(world, production) == "applicant"


@pytest.mark.parametrize("missing", [*STEPS, "liveness"])
def test_what_is_missing_is_named_and_nothing_is_completed(
    world: World, production: Team, missing: str
) -> None:
    for step in STEPS:
        if step != missing:
            take(world, production, step)
    if missing != "liveness":
        check_liveness(world, production)
    before = world.snapshot()
    reply = world.call(production.owner, "POST", path_of(production, "complete"))
    assert (reply.status_code, reply.json()["code"]) == (400, "CUSTOMERS_ONBOARDING_INCOMPLETE")
    named = "documents" if missing == "ownership_documents" else missing
    assert reply.json()["description"] == f"These steps are still to be taken: {named}."
    assert world.snapshot() == before


def test_a_business_that_is_rejected_is_blocked_until_it_is_not(
    world: World, production: Team
) -> None:
    complete(world, production)
    take(world, production, "business_details", legal_name="Fail")
    release(world, production)
    assert compliance(world, production) == ("approved", "approved")

    other = world.team(type="production", full=False)
    take(world, other, "business_details", legal_name="Fail")
    for step in ("business_profile", "ownership_documents", "applicant"):
        take(world, other, step)
    check_liveness(world, other)
    assert world.call(other.owner, "POST", path_of(other, "complete")).status_code == 200
    release(world, other)
    assert (compliance(world, other)[0], step_of(world, other)) == ("rejected", "blocked")

    complete(world, other)
    release(world, other)
    assert (compliance(world, other)[0], step_of(world, other)) == ("approved", "completed")


def test_an_applicant_who_is_rejected_may_try_again(world: World, production: Team) -> None:
    failing = {**OWNERSHIP_DOCUMENTS["owners"][0], "first_name": "Fail"}
    take(world, production, "ownership_documents", owners=[failing])
    take(world, production, "applicant")
    check_liveness(world, production)
    release(world, production)
    assert compliance(world, production)[1] == "rejected"
    take(world, production, "ownership_documents")
    check_liveness(world, production)
    release(world, production)
    assert compliance(world, production)[1] == "approved"


def test_a_development_instance_is_completed_and_may_rehearse(world: World) -> None:
    team = world.team(full=False)
    assert step_of(world, team) == "completed"
    complete(world, team)
    assert (step_of(world, team), compliance(world, team)) == (
        "completed",
        ("approved", "approved"),
    )
    take(world, team, "business_details", legal_name="Fail")
    assert step_of(world, team) == "completed"


def without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: without_nulls(each) for name, each in value.items() if each is not None}
    return [without_nulls(each) for each in value] if isinstance(value, list) else value


def test_a_step_reads_as_it_was_submitted(world: World, production: Team) -> None:
    for step in STEPS:
        assert world.get(production.owner, path_of(production, step)) == {}
    for step in STEPS:
        take(world, production, step)
    for step, body in (
        ("business_details", BUSINESS_DETAILS),
        ("business_profile", BUSINESS_PROFILE),
        ("applicant", APPLICANT),
    ):
        read = world.get(production.owner, path_of(production, step))
        assert read == without_nulls(dict(body))
    read = world.get(production.owner, path_of(production, "ownership_documents"))
    (owner,) = read["owners"]
    assert owner.pop("instance_id") == production.instance_id
    assert read == without_nulls(dict(OWNERSHIP_DOCUMENTS))


def test_owners_come_go_and_change(world: World, production: Team) -> None:
    path = path_of(production, "ownership_documents")
    take(world, production, "ownership_documents", owners=[{"first_name": "Rui"}, {}])
    first, second = world.get(production.owner, path)["owners"]
    assert first["first_name"] == "Rui"
    assert first["id"].startswith("ow_")

    changed = [{"first_name": "Eva"}, {**first, "tax_id": "123456789", "first_name": "Ruy"}]
    take(world, production, "ownership_documents", owners=changed)
    owners = world.get(production.owner, path)["owners"]
    assert [each["first_name"] for each in owners] == ["Eva", "Ruy"]
    assert owners[1]["id"] == first["id"]
    assert second["id"] not in [each["id"] for each in owners]
    entry = world.entry(production.instance_id)
    name = f"onboarding_owners.{production.instance_id}.{first['id']}"
    assert entry["changes"] == {f"{name}.tax_id": {"from": None, "to": "•••• 6789"}}
    assert entry["personal"]["changes"] == {f"{name}.first_name": {"from": "Rui", "to": "Ruy"}}
    assert entry["personal"]["metadata"] == {"owner_names": ["Eva", "Ruy"]}


def test_two_instances_may_have_owners_of_the_same_id(world: World, production: Team) -> None:
    other = world.team(type="production", full=False)
    take(world, production, "ownership_documents")
    take(world, other, "ownership_documents", owners=[{"id": OWNER_ID, "first_name": "Eve"}])
    mine = world.get(production.owner, path_of(production, "ownership_documents"))
    assert mine["owners"][0]["first_name"] == "Ana"


@pytest.mark.parametrize(
    ("step", "fields", "named"),
    [
        ("business_details", {"country": "XX"}, "country"),
        ("business_details", {"formation_date": "soon"}, "formation_date"),
        ("business_details", {"entity_type": "guild"}, "entity_type"),
        ("business_profile", {"top_volume_by_country": []}, "top_volume_by_country"),
        ("business_profile", {"website": "not a page"}, "website"),
        ("ownership_documents", {"owners": [{"id": "me"}]}, "owners.0.id"),
        ("ownership_documents", {"owners": [{"id": OWNER_ID}, {"id": OWNER_ID}]}, "owners"),
        ("ownership_documents", {"owners": [{"country": "XX"}]}, "owners.0.country"),
    ],
)
def test_what_is_wrong_is_named(
    world: World, production: Team, step: str, fields: dict[str, Any], named: str
) -> None:
    before = world.snapshot()
    body = {**STEPS[step], **fields}
    reply = world.call(production.owner, "PUT", path_of(production, step), body)
    assert (reply.status_code, reply.json()["code"]) == (400, "VALIDATION_FAILED")
    assert reply.json()["errors"][0].startswith(f"{named}:")
    assert world.snapshot() == before


def test_no_session_of_a_check_and_no_tax_id_is_in_an_entry(world: World, production: Team) -> None:
    body = {"liveness_session_id": "ls_hush"}
    world.call(production.owner, "POST", path_of(production, "liveness"), body)
    complete(world, production)
    complete(world, production)
    entries = repr(world.entries(production.instance_id))
    assert "ls_hush" not in entries
    assert BUSINESS_DETAILS["tax_id"] not in entries
    assert OWNERSHIP_DOCUMENTS["owners"][0]["tax_id"] not in entries

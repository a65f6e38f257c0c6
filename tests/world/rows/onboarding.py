"""Rows of onboarding. Each step is taken once beforehand, so that what is called is an update."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from deedbook.web.roles import Access, Area
from world.operation import INSTANCE, Operation, Prepared, Read
from world.people import Team
from world.world import World, unique

OWNER_ID = "ow_000000000001"
BUSINESS_DETAILS: Mapping[str, Any] = {
    "entity_type": "company",
    "legal_name": "Acme Ltda",
    "tax_id": "12.345.678/0001-95",
    "state_of_incorporation": "PE",
    "formation_date": "2015-05-01T00:00:00.000Z",
    "trading_names": ["Acme"],
    "address_line_1": "1 Long Road",
    "address_line_2": None,
    "city": "Recife",
    "state_province_region": "PE",
    "postal_code": "50030-230",
    "country": "BR",
}
BUSINESS_PROFILE: Mapping[str, Any] = {
    "scenario": "custodial",
    "scenario_description": "We pay freelancers.",
    "has_kyc_screening": True,
    "is_regulated": False,
    "business_industry": "marketplace",
    "website": "https://acme.example/",
    "top_volume_by_country": ["BR", "MX"],
    "estimated_volume_per_month": "up_to_500",
}
OWNERSHIP_DOCUMENTS: Mapping[str, Any] = {
    "incorporation_doc_file": "https://files.example/incorporation.pdf",
    "proof_of_ownership_doc_file": "https://files.example/ownership.pdf",
    "proof_of_address_doc_type": "UTILITY_BILL",
    "proof_of_address_doc_file": "https://files.example/address.pdf",
    "owners": [
        {
            "id": OWNER_ID,
            "role": "beneficial_owner",
            "first_name": "Ana",
            "last_name": "Costa",
            "date_of_birth": "1980-03-01T00:00:00.000Z",
            "tax_id": "123.456.789-09",
            "city": "Recife",
            "country": "BR",
        }
    ],
}
APPLICANT: Mapping[str, Any] = {
    "applicant_id": OWNER_ID,
    "applicant_authorized": True,
    "legal_representative_doc_file": "https://files.example/representative.pdf",
}
STEPS: Mapping[str, Mapping[str, Any]] = {
    "business_details": BUSINESS_DETAILS,
    "business_profile": BUSINESS_PROFILE,
    "ownership_documents": OWNERSHIP_DOCUMENTS,
    "applicant": APPLICANT,
}


def path_of(team: Team, step: str) -> str:
    """Give the path of a step."""
    return f"/v1/instances/{team.instance_id}/onboarding/{step}"


def take(world: World, team: Team, step: str, **fields: Any) -> None:
    """Take a step."""
    body = {**STEPS[step], **fields}
    reply = world.call(team.owner, "PUT", path_of(team, step), body)
    assert reply.status_code == 200, reply.text


def check_liveness(world: World, team: Team) -> None:
    """Have the applicant's identity checked."""
    body = {"liveness_session_id": unique("liveness")}
    assert world.call(team.owner, "POST", path_of(team, "liveness"), body).status_code == 200


def complete(world: World, team: Team) -> None:
    """Take every step, and complete."""
    for step in STEPS:
        take(world, team, step)
    check_liveness(world, team)
    assert world.call(team.owner, "POST", path_of(team, "complete")).status_code == 200


def _label(world: World, team: Team) -> str:
    name: str = world.get(team.owner, f"/v1/instances/{team.instance_id}")["name"]
    return name


def _again(step: str, fields: Mapping[str, Any], **told: Any) -> Callable[[World, Team], Prepared]:
    def prepare(world: World, team: Team) -> Prepared:
        for before in STEPS:
            take(world, team, before)
        return Prepared(
            body={**STEPS[step], **fields},
            entity_id=team.instance_id,
            label=_label(world, team),
            **told,
        )

    return prepare


def _liveness(world: World, team: Team) -> Prepared:
    check_liveness(world, team)
    return Prepared(
        body={"liveness_session_id": unique("liveness")},
        entity_id=team.instance_id,
        label=_label(world, team),
        changes={"liveness_session_id": {"changed": True}},
    )


def _completed(world: World, team: Team) -> Prepared:
    complete(world, team)
    return Prepared(entity_id=team.instance_id, label=_label(world, team))


def _step(name: str, prepare: Callable[[World, Team], Prepared]) -> Operation:
    return Operation(
        action=f"onboarding.{name}_submitted",
        operation="update",
        method="PUT",
        path=f"{INSTANCE}/onboarding/{name}",
        area=Area.SETTINGS,
        entity_type=name,
        prepare=prepare,
    )


def _ownership_documents_again(world: World, team: Team) -> Prepared:
    owner = {**OWNERSHIP_DOCUMENTS["owners"][0], "last_name": "Lima"}
    name = f"onboarding_owners.{team.instance_id}.{OWNER_ID}.last_name"
    prepare = _again(
        "ownership_documents",
        {"owners": [owner]},
        metadata={"owners": 1},
        personal_metadata={"owner_names": ["Ana Lima"]},
        personal_changes={name: {"from": "Costa", "to": "Lima"}},
    )
    return prepare(world, team)


OPERATIONS: tuple[Operation, ...] = (
    _step(
        "business_details",
        _again(
            "business_details",
            {"legal_name": "Acme SA", "tax_id": "98.765.432/0001-10", "entity_type": "corporation"},
            metadata={"entity_type": "corporation", "country": "BR"},
            personal_metadata={"legal_name": "Acme SA"},
            changes={
                "entity_type": {"from": "company", "to": "corporation"},
                "tax_id": {"from": "•••• 1-95", "to": "•••• 1-10"},
            },
            personal_changes={"legal_name": {"from": "Acme Ltda", "to": "Acme SA"}},
        ),
    ),
    _step(
        "business_profile",
        _again(
            "business_profile",
            {"website": "https://acme.test/", "top_volume_by_country": ["BR"]},
            metadata={
                "scenario": "custodial",
                "business_industry": "marketplace",
                "estimated_volume_per_month": "up_to_500",
            },
            changes={"top_volume_by_country": {"from": ["BR", "MX"], "to": ["BR"]}},
            personal_changes={
                "website": {"from": "https://acme.example/", "to": "https://acme.test/"}
            },
        ),
    ),
    _step(
        "ownership_documents",
        _ownership_documents_again,
    ),
    _step(
        "applicant",
        _again(
            "applicant",
            {"applicant_authorized": None},
            metadata={"applicant_id": OWNER_ID, "applicant_authorized": None},
            personal_metadata={"name": "Ana Costa"},
            changes={"applicant_authorized": {"from": True, "to": None}},
        ),
    ),
    Operation(
        action="onboarding.liveness_submitted",
        operation="update",
        method="POST",
        path=f"{INSTANCE}/onboarding/liveness",
        area=Area.SETTINGS,
        entity_type="liveness",
        prepare=_liveness,
    ),
    Operation(
        action="onboarding.completed",
        operation="update",
        method="POST",
        path=f"{INSTANCE}/onboarding/complete",
        area=Area.SETTINGS,
        entity_type="completion",
        prepare=_completed,
        has_body=False,
    ),
)


def _all_taken(world: World, team: Team) -> Mapping[str, str]:
    complete(world, team)
    return {}


READS: tuple[Read, ...] = (
    *(
        Read(path=f"{INSTANCE}/onboarding/{step}", area=Area.SETTINGS, prepare=_all_taken)
        for step in (*STEPS, "compliance")
    ),
    Read(path=f"{INSTANCE}/onboarding/access_token", area=Area.SETTINGS, access=Access.WRITE),
)

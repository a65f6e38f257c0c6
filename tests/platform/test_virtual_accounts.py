"""Virtual accounts: the gates, the bank's review, and where the money goes."""

from __future__ import annotations

from typing import Any

import pytest
from httpx2 import Response

from world import bodies
from world.people import Team
from world.rows.blockchain_wallets import new_blockchain_wallet
from world.rows.customers import new_customer
from world.rows.partner_fees import new_partner_fee
from world.rows.virtual_accounts import new_virtual_account
from world.told import told
from world.world import World

PROFILE = {
    "account_purpose": "treasury_management",
    "business_type": "llc",
    "business_description": "Anvils",
    "business_industry": "541611",
    "estimated_annual_revenue": "0_99999",
    "source_of_wealth": "investments",
    "publicly_traded": False,
}
DOCUMENT = {
    "sole_proprietor_doc_type": "salary_slip",
    "sole_proprietor_doc_file": bodies.DOCUMENT,
}


@pytest.fixture
def customer_id(world: World, team: Team) -> str:
    return new_customer(world, team)


@pytest.fixture
def wallet_id(world: World, team: Team, customer_id: str) -> str:
    return new_blockchain_wallet(world, team, customer_id)


def path_of(team: Team, customer_id: str) -> str:
    return f"/v1/instances/{team.instance_id}/customers/{customer_id}/virtual-accounts"


def open_account(
    world: World, team: Team, customer_id: str, wallet_id: str, **fields: Any
) -> Response:
    account = {"banking_partner": "citi", "token": "USDB", "blockchain_wallet_id": wallet_id}
    return world.call(team.owner, "POST", path_of(team, customer_id), {**account, **fields})


def outcome(reply: Response) -> tuple[int, str]:
    return reply.status_code, reply.json()["code"]


def test_on_development_the_numbers_are_there_at_once(
    world: World, team: Team, customer_id: str, wallet_id: str
) -> None:
    account = new_virtual_account(world, team, customer_id, wallet_id, banking_partner="jpmorgan")
    us = account["us"]
    assert account["kyc_status"] == "approved"
    assert us["ach"] == us["wire"] == us["rtp"]
    assert us["ach"]["account_number"].isdecimal()
    assert us["account_type"] == "Personal checking"
    assert us["beneficiary"]["name"] == "Maria Silva"
    assert us["swift_bic_code"] == "CHASUS33"
    assert account["blockchain_wallet"]["network"] == "sepolia"
    assert world.get(team.owner, f"{path_of(team, customer_id)}/{account['id']}") == account
    assert world.get(team.owner, path_of(team, customer_id)) == [account]

    events = told(world, team.instance_id, "virtualAccount")
    new, complete = [each for each in events if each["id"] == account["id"]]
    assert (new["kyc_status"], new["us"]["ach"]["account_number"]) == ("pending_review", "")
    assert complete["us"] == us


def test_of_the_numbers_the_log_holds_the_last_four(
    world: World, team: Team, customer_id: str, wallet_id: str
) -> None:
    account = new_virtual_account(world, team, customer_id, wallet_id)
    number = account["us"]["ach"]["account_number"]
    entry = world.entry(team.instance_id)
    assert entry["metadata"]["last_four"] == number[-4:]
    assert entry["entity_label"] == f"Citi •••• {number[-4:]}"
    kept = repr(world.entries(team.instance_id))
    assert number not in kept
    assert account["us"]["swift_account_number"] not in kept


def test_production_waits_for_the_bank(world: World) -> None:
    team = world.team(type="production", full=False)
    customer_id = new_customer(world, team)
    world.steps.release(team.instance_id)
    wallet_id = new_blockchain_wallet(world, team, customer_id, network="base")
    account = new_virtual_account(world, team, customer_id, wallet_id, token="USDC", **DOCUMENT)
    assert account["kyc_status"] == "pending_review"
    nothing = {"routing_number": "", "account_number": ""}
    assert account["us"]["ach"] == account["us"]["wire"] == nothing
    assert account["us"]["swift_account_number"] is None
    assert world.entry(team.instance_id)["entity_label"] == "Citi"
    world.take_steps()
    path = f"{path_of(team, customer_id)}/{account['id']}"
    assert world.get(team.owner, path) == account, "nobody let it go yet"

    entries = len(world.entries(team.instance_id))
    world.steps.release(team.instance_id)
    approved = world.get(team.owner, path)
    assert approved["kyc_status"] == "approved"
    assert approved["us"]["ach"]["account_number"] != ""
    assert len(world.entries(team.instance_id)) == entries, "nobody of the instance acted"
    assert [each["kyc_status"] for each in told(world, team.instance_id, "virtualAccount")] == [
        "pending_review",
        "approved",
    ]


def test_production_asks_individuals_for_a_document(world: World) -> None:
    team = world.team(type="production", full=False)
    customer_id = new_customer(world, team)
    world.steps.release(team.instance_id)
    wallet_id = new_blockchain_wallet(world, team, customer_id, network="base")
    for part in ({}, {"sole_proprietor_doc_type": "salary_slip"}):
        reply = open_account(world, team, customer_id, wallet_id, token="USDC", **part)
        assert outcome(reply) == (400, "VIRTUAL_ACCOUNTS_DOCUMENTS_REQUIRED")


def test_a_business_has_a_profile_first(world: World, team: Team) -> None:
    terms = world.accepted_terms(team.instance_id)
    customers = f"/v1/instances/{team.instance_id}/customers"
    body = bodies.business_customer(terms)
    customer_id = world.call(team.owner, "POST", customers, body).json()["id"]
    wallet_id = new_blockchain_wallet(world, team, customer_id)
    reply = open_account(world, team, customer_id, wallet_id)
    assert outcome(reply) == (400, "VALIDATION_MISSING_REQUIRED_FIELDS")
    assert reply.json()["errors"] == [f"customer.{name}: is required" for name in PROFILE]

    update = {"email": body["email"], "country": "BR", **PROFILE}
    assert world.call(team.owner, "PUT", f"{customers}/{customer_id}", update).status_code == 200
    account = new_virtual_account(world, team, customer_id, wallet_id)
    assert account["us"]["account_type"] == "Business checking"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"token": "USDC"}, (400, "BLOCKCHAIN_TOKEN_NOT_SUPPORTED")),
        ({"blockchain_wallet_id": "bw_000000000000"}, (404, "WALLETS_NOT_FOUND")),
        ({"partner_fee_id": "pf_000000000000"}, (404, "FEES_NOT_FOUND")),
        ({"banking_partner": "nobody"}, (400, "VALIDATION_FAILED")),
        ({"sole_proprietor_doc_file": "nowhere"}, (400, "VALIDATION_FAILED")),
    ],
)
def test_an_account_that_cannot_be(
    world: World,
    team: Team,
    customer_id: str,
    wallet_id: str,
    fields: dict[str, Any],
    expected: tuple[int, str],
) -> None:
    reply = open_account(world, team, customer_id, wallet_id, **fields)
    assert outcome(reply) == expected
    assert world.get(team.owner, path_of(team, customer_id)) == []


def test_money_goes_to_a_wallet_of_the_same_customer(
    world: World, team: Team, customer_id: str, wallet_id: str
) -> None:
    others = new_blockchain_wallet(world, team, new_customer(world, team))
    reply = open_account(world, team, customer_id, others)
    assert outcome(reply) == (404, "WALLETS_NOT_FOUND")
    account = new_virtual_account(world, team, customer_id, wallet_id)
    path = f"{path_of(team, customer_id)}/{account['id']}"
    body = {"token": "USDB", "blockchain_wallet_id": others}
    assert outcome(world.call(team.owner, "PUT", path, body)) == (404, "WALLETS_NOT_FOUND")
    assert world.get(team.owner, path) == account


def test_a_customer_who_is_not_approved_has_no_account(world: World, team: Team) -> None:
    customer_id = new_customer(world, team, first_name="Fail")
    reply = open_account(world, team, customer_id, "bw_000000000000")
    assert outcome(reply) == (400, "CUSTOMERS_KYC_NOT_APPROVED")


def test_a_partner_fee_is_given_kept_and_taken_away(
    world: World, team: Team, customer_id: str, wallet_id: str
) -> None:
    fee_id = new_partner_fee(world, team)
    account = new_virtual_account(world, team, customer_id, wallet_id, partner_fee_id=fee_id)
    path = f"{path_of(team, customer_id)}/{account['id']}"
    same = {"token": "USDB", "blockchain_wallet_id": wallet_id}
    for fields, expected in (({}, fee_id), ({"partner_fee_id": None}, None)):
        assert world.call(team.owner, "PUT", path, {**same, **fields}).status_code == 200
        assert world.get(team.owner, path)["partner_fee_id"] == expected
    assert world.entry(team.instance_id)["changes"] == {
        "partner_fee_id": {"from": fee_id, "to": None}
    }


def test_a_wallet_stays_while_an_account_pays_into_it(
    world: World, team: Team, customer_id: str, wallet_id: str
) -> None:
    account = new_virtual_account(world, team, customer_id, wallet_id)
    customer = f"/v1/instances/{team.instance_id}/customers/{customer_id}"
    wallet = f"{customer}/blockchain-wallets/{wallet_id}"
    attached = world.call(team.owner, "DELETE", wallet)
    assert outcome(attached) == (400, "WALLETS_ATTACHED_TO_VIRTUAL_ACCOUNT")
    assert world.get(team.owner, wallet)["id"] == wallet_id

    other = new_blockchain_wallet(world, team, customer_id, network="polygon_amoy")
    body = {"token": "USDB", "blockchain_wallet_id": other}
    path = f"{path_of(team, customer_id)}/{account['id']}"
    assert world.call(team.owner, "PUT", path, body).status_code == 200
    assert world.call(team.owner, "DELETE", wallet).status_code == 200
    assert world.get(team.owner, path)["blockchain_wallet"]["network"] == "polygon_amoy"

    # With the customer everything goes, and one entry says so.
    before = len(world.entries(team.instance_id))
    assert world.call(team.owner, "DELETE", customer).status_code == 200
    assert len(world.entries(team.instance_id)) in (before + 1, 100)
    kept = world.snapshot()
    assert account["id"] not in repr(kept["virtual_accounts"])
    assert other not in repr(kept["blockchain_wallets"])

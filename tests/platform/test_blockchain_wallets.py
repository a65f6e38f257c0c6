"""Blockchain wallets: addresses that are given or signed for, each of them once."""

from __future__ import annotations

from typing import Any

import pytest
from httpx2 import Response

from world.people import Team
from world.rows.blockchain_wallets import ADDRESS, new_blockchain_wallet
from world.rows.customers import new_customer
from world.told import told
from world.world import World

SIGNATURE = f"0x{'a1' * 65}"
STELLAR = f"G{'A' * 55}"
SOLANA = "4Nd1mYQJ9bG9k1fV6mXrTq2Lw8HsPz5uEcRtYaBvDxWn"


@pytest.fixture
def customer_id(world: World, team: Team) -> str:
    return new_customer(world, team)


def path_of(team: Team, customer_id: str) -> str:
    return f"/v1/instances/{team.instance_id}/customers/{customer_id}/blockchain-wallets"


def add(world: World, team: Team, customer_id: str, **fields: Any) -> Response:
    body = {"name": "Ledger", "network": "sepolia", **fields}
    return world.call(team.owner, "POST", path_of(team, customer_id), body)


def refused(world: World, team: Team, reply: Response) -> tuple[int, str]:
    newest = world.entry(team.instance_id)
    assert newest["request_id"] != reply.headers["X-Request-Id"], "a refusal is not in the log"
    return reply.status_code, reply.json()["code"]


def test_the_address_is_recovered_from_a_signature(
    world: World, team: Team, customer_id: str
) -> None:
    reply = add(world, team, customer_id, signature_tx_hash=SIGNATURE, address=ADDRESS)
    wallet = reply.json()
    assert wallet["address"].startswith("0x")
    assert wallet["address"] != ADDRESS, "who signs says which address it is, not who sends"
    assert wallet["signature_tx_hash"] == SIGNATURE
    assert wallet["is_account_abstraction"] is False
    assert world.entry(team.instance_id)["metadata"]["is_account_abstraction"] is False
    assert SIGNATURE not in repr(world.entry(team.instance_id))


@pytest.mark.parametrize(
    ("network", "address"),
    [("base_sepolia", ADDRESS), ("stellar_testnet", STELLAR), ("solana_devnet", SOLANA)],
)
@pytest.mark.parametrize("flag", [{"is_account_abstraction": True}, {}], ids=["said", "unsaid"])
def test_an_address_is_taken_as_it_is(
    world: World, team: Team, customer_id: str, network: str, address: str, flag: dict[str, bool]
) -> None:
    wallet = add(world, team, customer_id, network=network, address=address, **flag).json()
    assert (wallet["address"], wallet["signature_tx_hash"]) == (address, None)
    assert wallet["is_account_abstraction"] is True
    events = told(world, team.instance_id, "blockchainWallet")
    assert wallet["id"] in [each["id"] for each in events]
    (listed,) = world.get(team.owner, path_of(team, customer_id))
    assert listed == wallet == world.get(team.owner, f"{path_of(team, customer_id)}/{wallet['id']}")


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"signature_tx_hash": "0x12"}, "WEBHOOKS_SIGNATURE_INVALID"),
        (
            {"signature_tx_hash": SIGNATURE, "network": "solana_devnet"},
            "VALIDATION_INVALID_REQUEST",
        ),
        ({}, "VALIDATION_MISSING_REQUIRED_FIELDS"),
        ({"is_account_abstraction": True}, "VALIDATION_MISSING_REQUIRED_FIELDS"),
        (
            {"is_account_abstraction": False, "address": ADDRESS},
            "VALIDATION_MISSING_REQUIRED_FIELDS",
        ),
        ({"address": ADDRESS[:-1]}, "VALIDATION_INVALID_REQUEST"),
        ({"address": SOLANA, "network": "stellar_testnet"}, "VALIDATION_INVALID_REQUEST"),
        ({"address": ADDRESS, "network": "base"}, "BLOCKCHAIN_NETWORK_NOT_SUPPORTED"),
        ({"address": ADDRESS, "network": "nowhere"}, "VALIDATION_FAILED"),
        ({"address": ADDRESS, "name": " "}, "VALIDATION_FAILED"),
    ],
)
def test_a_wallet_that_cannot_be(
    world: World, team: Team, customer_id: str, fields: dict[str, Any], code: str
) -> None:
    assert refused(world, team, add(world, team, customer_id, **fields)) == (400, code)
    assert world.get(team.owner, path_of(team, customer_id)) == []


def test_production_takes_mainnets_of_approved_customers(world: World) -> None:
    team = world.team(type="production", full=False)
    customer_id = new_customer(world, team)
    waiting = add(world, team, customer_id, network="base", address=ADDRESS)
    assert refused(world, team, waiting) == (400, "CUSTOMERS_KYC_NOT_APPROVED")
    world.steps.release(team.instance_id)
    testnet = add(world, team, customer_id, address=ADDRESS)
    assert refused(world, team, testnet) == (400, "BLOCKCHAIN_NETWORK_NOT_SUPPORTED")
    assert add(world, team, customer_id, network="base", address=ADDRESS).status_code == 200


def test_a_customer_has_an_address_of_a_network_once(
    world: World, team: Team, customer_id: str
) -> None:
    new_blockchain_wallet(world, team, customer_id)
    # Capitals are the checksum of an address, not another address.
    for address in (ADDRESS, ADDRESS.lower()):
        again = add(world, team, customer_id, address=address)
        assert refused(world, team, again) == (400, "VALIDATION_INVALID_REQUEST")
        assert "address" in again.json()["description"]
    new_blockchain_wallet(world, team, customer_id, network="polygon_amoy")
    new_blockchain_wallet(world, team, new_customer(world, team))


def test_a_deleted_wallet_is_gone_and_can_be_added_again(
    world: World, team: Team, customer_id: str
) -> None:
    wallet_id = new_blockchain_wallet(world, team, customer_id)
    path = f"{path_of(team, customer_id)}/{wallet_id}"
    # Another customer's is none of this one's.
    elsewhere = f"{path_of(team, new_customer(world, team))}/{wallet_id}"
    assert world.call(team.owner, "DELETE", elsewhere).status_code == 404
    assert world.call(team.owner, "GET", elsewhere).status_code == 400
    assert world.call(team.owner, "DELETE", path).json() == {"success": True}
    assert world.call(team.owner, "DELETE", path).status_code == 404
    new_blockchain_wallet(world, team, customer_id)


def test_wallets_go_with_their_customer_in_its_entry(
    world: World, team: Team, customer_id: str
) -> None:
    wallet_id = new_blockchain_wallet(world, team, customer_id)
    customer = f"/v1/instances/{team.instance_id}/customers/{customer_id}"
    assert world.call(team.owner, "DELETE", customer).status_code == 200
    assert wallet_id not in repr(world.snapshot()["blockchain_wallets"])
    assert world.entry(team.instance_id)["action"] == "customer.deleted"

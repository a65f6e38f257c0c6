"""Managed wallets: whose they are, how many, and what they hold."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from httpx2 import Response

from world.fixtures import WorldMaker
from world.people import Team
from world.rows.customers import new_customer
from world.rows.wallets import new_wallet
from world.told import told
from world.world import World


def path_of(team: Team, customer_id: str) -> str:
    return f"/v1/instances/{team.instance_id}/customers/{customer_id}/wallets"


def open_wallet(world: World, team: Team, customer_id: str, **fields: Any) -> Response:
    body = {"name": "Savings", "network": "sepolia", **fields}
    return world.call(team.owner, "POST", path_of(team, customer_id), body)


def test_a_wallet_has_an_address_of_its_network(world: World, team: Team) -> None:
    customer_id = new_customer(world, team)
    for network, start in (("sepolia", "0x"), ("stellar_testnet", "G")):
        wallet = open_wallet(world, team, customer_id, network=network, external_id=" ").json()
        assert wallet["address"].startswith(start)
        assert wallet["external_id"] is None
        assert wallet["id"] in [each["id"] for each in told(world, team.instance_id, "wallet")]
        assert wallet in world.get(team.owner, path_of(team, customer_id))


def test_a_balance_is_in_units_of_each_token(world: World, team: Team) -> None:
    customer_id = new_customer(world, team)
    path = f"{path_of(team, customer_id)}/{new_wallet(world, team, customer_id)}/balance"
    balance = world.get(team.owner, path)
    assert set(balance) == {"USDC", "USDT", "USDB"}
    for symbol, token in balance.items():
        assert (token["symbol"], token["amount"]) == (symbol, 1_000_000)
    assert len({token["address"] for token in balance.values()}) == 3
    assert world.get(team.owner, path) == balance


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"network": "base"}, "BLOCKCHAIN_NETWORK_NOT_SUPPORTED"),
        ({"name": "x" * 256}, "VALIDATION_FAILED"),
        ({"name": ""}, "VALIDATION_FAILED"),
        ({"external_id": "x" * 256}, "VALIDATION_FAILED"),
    ],
)
def test_a_wallet_that_cannot_be(
    world: World, team: Team, fields: dict[str, Any], code: str
) -> None:
    customer_id = new_customer(world, team)
    reply = open_wallet(world, team, customer_id, **fields)
    assert (reply.status_code, reply.json()["code"]) == (400, code)
    assert world.get(team.owner, path_of(team, customer_id)) == []


def test_only_an_approved_customer_has_wallets(world: World, team: Team) -> None:
    customer_id = new_customer(world, team, first_name="Fail")
    reply = open_wallet(world, team, customer_id)
    assert (reply.status_code, reply.json()["code"]) == (400, "CUSTOMERS_KYC_NOT_APPROVED")


def test_a_customer_has_ten_wallets_however_many_are_opened_at_once(
    new_world: WorldMaker,
) -> None:
    world = new_world(served=True)
    team = world.team(full=False)
    customer_id = new_customer(world, team)
    with ThreadPoolExecutor(6) as threads:
        replies = list(threads.map(lambda _: open_wallet(world, team, customer_id), range(13)))
    assert sorted(reply.status_code for reply in replies) == [200] * 10 + [400] * 3
    codes = {reply.json()["code"] for reply in replies if reply.status_code == 400}
    assert codes == {"WALLETS_LIMIT_REACHED"}
    wallets = world.get(team.owner, path_of(team, customer_id))
    assert len(wallets) == 10

    path = f"{path_of(team, customer_id)}/{wallets[0]['id']}"
    assert world.call(team.owner, "DELETE", path).status_code == 200
    assert open_wallet(world, team, customer_id).status_code == 200

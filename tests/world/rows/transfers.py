"""Rows of transfers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from deedbook.web.roles import Area
from world.operation import INSTANCE, Operation, Prepared, Read
from world.people import Team
from world.rows.customers import new_customer
from world.rows.wallets import new_wallet
from world.world import World

RECIPIENT = "0x52f1a7c03be94d6f8e20b15c7d3a4e9f60718293"
_NOT_FOUND = (400, "TRANSFERS_NOT_FOUND")


def transfer_quote_body(wallet_id: str, /, **fields: Any) -> dict[str, Any]:
    """Give a quote of 12.34 that can be had."""
    return {
        "wallet_id": wallet_id,
        "amount_reference": "sender",
        "cover_fees": False,
        "request_amount": 1234,
        "sender_token": "USDB",
        "customer_wallet_address": RECIPIENT,
        "customer_token": "USDB",
        "customer_network": "sepolia",
        **fields,
    }


def new_transfer_quote(world: World, team: Team, wallet_id: str, /, **fields: Any) -> str:
    """Give the id of a new transfer quote."""
    path = f"/v1/instances/{team.instance_id}/transfer-quotes"
    reply = world.call(team.owner, "POST", path, transfer_quote_body(wallet_id, **fields))
    assert reply.status_code == 200, reply.text
    quote_id: str = reply.json()["id"]
    return quote_id


def new_transfer(world: World, team: Team, quote_id: str) -> str:
    """Give the id of a new transfer."""
    path = f"/v1/instances/{team.instance_id}/transfers"
    reply = world.call(team.owner, "POST", path, {"transfer_quote_id": quote_id})
    assert reply.status_code == 200, reply.text
    transfer_id: str = reply.json()["id"]
    return transfer_id


def _transfer_created(world: World, team: Team) -> Prepared:
    customer_id = new_customer(world, team)
    wallet_id = new_wallet(world, team, customer_id, name="Savings", external_id="crm-1")
    quote_id = new_transfer_quote(world, team, wallet_id)
    return Prepared(
        body={"transfer_quote_id": quote_id},
        label="0x52f1…8293",
        metadata={
            "amount": 1234,
            "token": "USDB",
            "network": "sepolia",
            "customer_network": "sepolia",
        },
        personal_metadata={
            "wallet": "Savings",
            "external_id": "crm-1",
            "customer_name": "Maria Silva",
            "customer_wallet_address": RECIPIENT,
        },
        refs=(("quote", quote_id), ("wallet", wallet_id), ("customer", customer_id)),
    )


def _a_transfer(world: World, team: Team) -> Mapping[str, str]:
    wallet_id = new_wallet(world, team, new_customer(world, team))
    quote_id = new_transfer_quote(world, team, wallet_id)
    return {"transfer_id": new_transfer(world, team, quote_id)}


def _some_transfers(world: World, team: Team) -> Mapping[str, str]:
    _a_transfer(world, team)
    return {}


OPERATIONS: tuple[Operation, ...] = (
    Operation(
        action="transfer.created",
        operation="create",
        method="POST",
        path=f"{INSTANCE}/transfers",
        area=Area.PAYMENTS,
        entity_type="transfer",
        prepare=_transfer_created,
    ),
)

READS: tuple[Read, ...] = (
    Read(path=f"{INSTANCE}/transfers", area=Area.PAYMENTS, prepare=_some_transfers),
    Read(
        path=f"{INSTANCE}/transfers/{{transfer_id}}",
        area=Area.PAYMENTS,
        prepare=_a_transfer,
        not_found=_NOT_FOUND,
    ),
)

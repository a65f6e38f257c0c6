"""Rows of payins."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from unittest.mock import ANY

from deedbook.web.roles import Area
from world.operation import INSTANCE, Operation, Prepared, Read
from world.people import Team
from world.rows.blockchain_wallets import new_blockchain_wallet
from world.rows.customers import new_customer
from world.world import World

# 100.00 USD at 1.01 a token are 99.00 tokens, of which fifty cents are the flat fee.
SENT, RECEIVED = 100_00, 98_50


def quote_body(destination: str, **fields: Any) -> dict[str, Any]:
    """Give a new quote: a hundred dollars by ACH, to a wallet of either sort."""
    return {
        "wallet_id" if destination.startswith("bl_") else "blockchain_wallet_id": destination,
        "currency_type": "sender",
        "cover_fees": False,
        "request_amount": SENT,
        "payment_method": "ach",
        "token": "USDB",
        **fields,
    }


def new_payin_quote(world: World, team: Team, destination: str, **fields: Any) -> str:
    """Give the id of a new quote."""
    path = f"/v1/instances/{team.instance_id}/payin-quotes"
    reply = world.call(team.owner, "POST", path, quote_body(destination, **fields))
    assert reply.status_code == 200, reply.text
    quote_id: str = reply.json()["id"]
    return quote_id


def new_payin(world: World, team: Team, destination: str, **fields: Any) -> str:
    """Give the id of a new payin."""
    body = {"payin_quote_id": new_payin_quote(world, team, destination, **fields)}
    reply = world.call(team.owner, "POST", f"/v1/instances/{team.instance_id}/payins/evm", body)
    assert reply.status_code == 200, reply.text
    payin_id: str = reply.json()["id"]
    return payin_id


def _created(world: World, team: Team) -> Prepared:
    customer_id = new_customer(world, team)
    wallet_id = new_blockchain_wallet(world, team, customer_id, name="Ledger")
    quote_id = new_payin_quote(world, team, wallet_id)
    return Prepared(
        body={"payin_quote_id": quote_id},
        label="100.00 USD to Ledger",
        metadata={
            "sender_amount": SENT,
            "currency": "USD",
            "payment_method": "ach",
            "receiver_amount": RECEIVED,
            "token": "USDB",
            "network": "sepolia",
            "partner_fee_amount": 0,
            "memo_code": ANY,
        },
        personal_metadata={"customer_name": "Maria Silva", "sender_name": None},
        refs=(
            ("quote", quote_id),
            ("customer", customer_id),
            ("blockchain_wallet", wallet_id),
        ),
    )


def _a_payin(world: World, team: Team) -> Mapping[str, str]:
    wallet_id = new_blockchain_wallet(world, team, new_customer(world, team))
    return {"payin_id": new_payin(world, team, wallet_id)}


def _some_payins(world: World, team: Team) -> Mapping[str, str]:
    _a_payin(world, team)
    return {}


OPERATIONS: tuple[Operation, ...] = tuple(
    Operation(
        action="payin.created",
        operation="create",
        method="POST",
        path=f"{INSTANCE}/payins/{chain}",
        area=Area.PAYMENTS,
        entity_type="payin",
        prepare=_created,
    )
    # Clients have called all three; the wallet decides about the chain.
    for chain in ("evm", "solana", "stellar")
)

READS: tuple[Read, ...] = (
    Read(path=f"{INSTANCE}/payins", area=Area.PAYMENTS, prepare=_some_payins),
    Read(
        path=f"{INSTANCE}/payins/{{payin_id}}",
        area=Area.PAYMENTS,
        prepare=_a_payin,
        not_found=(404, "PAYINS_NOT_FOUND"),
    ),
)

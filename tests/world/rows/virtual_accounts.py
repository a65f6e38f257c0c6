"""Rows of virtual accounts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from unittest.mock import ANY

from deedbook.web.roles import Area
from world.operation import INSTANCE, Operation, Prepared, Read
from world.people import Team
from world.rows.blockchain_wallets import new_blockchain_wallet
from world.rows.customers import new_customer
from world.rows.partner_fees import new_partner_fee
from world.world import World

ACCOUNTS = f"{INSTANCE}/customers/{{customer_id}}/virtual-accounts"


def new_virtual_account(
    world: World, team: Team, customer_id: str, wallet_id: str, **fields: Any
) -> dict[str, Any]:
    """Give a new virtual account of a customer."""
    path = ACCOUNTS.format(instance_id=team.instance_id, customer_id=customer_id)
    reply = world.call(team.owner, "POST", path, _body(wallet_id, **fields))
    assert reply.status_code == 200, reply.text
    account: dict[str, Any] = reply.json()
    return account


def _body(wallet_id: str, **fields: Any) -> dict[str, Any]:
    account = {"banking_partner": "citi", "token": "USDB", "blockchain_wallet_id": wallet_id}
    return {**account, **fields}


def _created(world: World, team: Team) -> Prepared:
    customer_id = new_customer(world, team)
    wallet_id = new_blockchain_wallet(world, team, customer_id)
    fee_id = new_partner_fee(world, team)
    return Prepared(
        values={"customer_id": customer_id},
        body=_body(wallet_id, partner_fee_id=fee_id),
        label=ANY,
        metadata=_metadata(),
        personal_metadata={"customer_name": "Maria Silva"},
        refs=(
            ("customer", customer_id),
            ("blockchain_wallet", wallet_id),
            ("partner_fee", fee_id),
        ),
    )


def _updated(world: World, team: Team) -> Prepared:
    customer_id = new_customer(world, team)
    wallet_id = new_blockchain_wallet(world, team, customer_id)
    other_id = new_blockchain_wallet(world, team, customer_id, network="polygon_amoy")
    account = new_virtual_account(world, team, customer_id, wallet_id)
    last_four = account["us"]["ach"]["account_number"][-4:]
    return Prepared(
        values={"customer_id": customer_id, "account_id": account["id"]},
        body={"token": "USDB", "blockchain_wallet_id": other_id},
        entity_id=account["id"],
        label=f"Citi •••• {last_four}",
        metadata=_metadata(network="polygon_amoy", last_four=last_four),
        personal_metadata={"customer_name": "Maria Silva"},
        changes={"blockchain_wallet_id": {"from": wallet_id, "to": other_id}},
        refs=(("customer", customer_id), ("blockchain_wallet", other_id)),
    )


def _metadata(**fields: Any) -> dict[str, Any]:
    return {
        "banking_partner": "citi",
        "token": "USDB",
        "network": "sepolia",
        "kyc_status": "approved",
        "last_four": ANY,
        **fields,
    }


def _an_account(world: World, team: Team) -> Mapping[str, str]:
    customer_id = new_customer(world, team)
    wallet_id = new_blockchain_wallet(world, team, customer_id)
    account = new_virtual_account(world, team, customer_id, wallet_id)
    return {"customer_id": customer_id, "account_id": account["id"]}


def _its_customer(world: World, team: Team) -> Mapping[str, str]:
    return {"customer_id": _an_account(world, team)["customer_id"]}


OPERATIONS: tuple[Operation, ...] = (
    Operation(
        action="virtual_account.created",
        operation="create",
        method="POST",
        path=ACCOUNTS,
        area=Area.CUSTOMERS,
        entity_type="virtual_account",
        prepare=_created,
        not_found=(400, "CUSTOMERS_NOT_FOUND"),
    ),
    Operation(
        action="virtual_account.updated",
        operation="update",
        method="PUT",
        path=f"{ACCOUNTS}/{{account_id}}",
        area=Area.CUSTOMERS,
        entity_type="virtual_account",
        prepare=_updated,
        not_found=(404, "VIRTUAL_ACCOUNTS_NOT_FOUND"),
    ),
)

READS: tuple[Read, ...] = (
    Read(
        path=ACCOUNTS,
        area=Area.CUSTOMERS,
        prepare=_its_customer,
        not_found=(400, "CUSTOMERS_NOT_FOUND"),
    ),
    Read(
        path=f"{ACCOUNTS}/{{account_id}}",
        area=Area.CUSTOMERS,
        prepare=_an_account,
        not_found=(400, "VIRTUAL_ACCOUNTS_NOT_FOUND"),
    ),
)

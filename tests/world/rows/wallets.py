"""Rows of managed wallets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from unittest.mock import ANY

from deedbook.web.roles import Area
from world.operation import INSTANCE, Operation, Prepared, Read
from world.people import Team
from world.rows.customers import new_customer
from world.world import World, unique

WALLETS = f"{INSTANCE}/customers/{{customer_id}}/wallets"
_NOT_FOUND = (400, "WALLETS_NOT_FOUND")


def new_wallet(world: World, team: Team, customer_id: str, **fields: Any) -> str:
    """Give the id of a new wallet of a customer."""
    path = WALLETS.format(instance_id=team.instance_id, customer_id=customer_id)
    body = {"name": unique("Savings"), "network": "sepolia", **fields}
    reply = world.call(team.owner, "POST", path, body)
    assert reply.status_code == 200, reply.text
    wallet_id: str = reply.json()["id"]
    return wallet_id


def _entry(customer_id: str, name: str) -> dict[str, Any]:
    return {
        "label": name,
        "metadata": {"network": "sepolia"},
        "personal_metadata": {"name": name, "external_id": "crm-1", "address": ANY},
        "refs": (("customer", customer_id),),
    }


def _created(world: World, team: Team) -> Prepared:
    customer_id, name = new_customer(world, team), unique("Savings")
    body = {"name": name, "network": "sepolia", "external_id": "crm-1"}
    return Prepared(values={"customer_id": customer_id}, body=body, **_entry(customer_id, name))


def _deleted(world: World, team: Team) -> Prepared:
    customer_id, name = new_customer(world, team), unique("Savings")
    wallet_id = new_wallet(world, team, customer_id, name=name, external_id="crm-1")
    return Prepared(
        values={"customer_id": customer_id, "wallet_id": wallet_id},
        entity_id=wallet_id,
        **_entry(customer_id, name),
    )


def _a_wallet(world: World, team: Team) -> Mapping[str, str]:
    customer_id = new_customer(world, team)
    return {"customer_id": customer_id, "wallet_id": new_wallet(world, team, customer_id)}


def _its_customer(world: World, team: Team) -> Mapping[str, str]:
    return {"customer_id": _a_wallet(world, team)["customer_id"]}


OPERATIONS: tuple[Operation, ...] = (
    Operation(
        action="wallet.created",
        operation="create",
        method="POST",
        path=WALLETS,
        area=Area.CUSTOMERS,
        entity_type="wallet",
        prepare=_created,
        not_found=(400, "CUSTOMERS_NOT_FOUND"),
    ),
    Operation(
        action="wallet.deleted",
        operation="delete",
        method="DELETE",
        has_body=False,
        path=f"{WALLETS}/{{wallet_id}}",
        area=Area.CUSTOMERS,
        entity_type="wallet",
        prepare=_deleted,
        not_found=_NOT_FOUND,
    ),
)

READS: tuple[Read, ...] = (
    Read(
        path=WALLETS,
        area=Area.CUSTOMERS,
        prepare=_its_customer,
        not_found=(400, "CUSTOMERS_NOT_FOUND"),
    ),
    Read(
        path=f"{WALLETS}/{{wallet_id}}",
        area=Area.CUSTOMERS,
        prepare=_a_wallet,
        not_found=_NOT_FOUND,
    ),
    Read(
        path=f"{WALLETS}/{{wallet_id}}/balance",
        area=Area.CUSTOMERS,
        prepare=_a_wallet,
        not_found=_NOT_FOUND,
    ),
)

"""Rows of off-ramp wallets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from unittest.mock import ANY

from deedbook.web.roles import Area
from world.operation import Operation, Prepared, Read
from world.people import Team
from world.rows.bank_accounts import ACCOUNTS, a_bank_account
from world.world import World

WALLETS = f"{ACCOUNTS}/{{bank_account_id}}/offramp-wallets"


def new_offramp_wallet(
    world: World, team: Team, places: Mapping[str, str], **fields: Any
) -> dict[str, Any]:
    """Give a new off-ramp wallet of a bank account, as the reply has it."""
    path = WALLETS.format(instance_id=team.instance_id, **places)
    reply = world.call(team.owner, "POST", path, {"network": "base_sepolia", **fields})
    assert reply.status_code == 200, reply.text
    wallet: dict[str, Any] = reply.json()
    return wallet


def _created(world: World, team: Team) -> Prepared:
    places = a_bank_account(world, team)
    return Prepared(
        values=places,
        body={"network": "base_sepolia", "external_id": "till-3"},
        label="till-3",
        metadata={"network": "base_sepolia", "rail": "pix_safe", "last_four": "4821"},
        personal_metadata={
            "address": ANY,
            "bank_account": "Itaú •••• 4821",
            "external_id": "till-3",
        },
        refs=tuple((name.removesuffix("_id"), id_) for name, id_ in places.items()),
    )


def _a_wallet(world: World, team: Team) -> Mapping[str, str]:
    places = a_bank_account(world, team)
    return {**places, "offramp_wallet_id": new_offramp_wallet(world, team, places)["id"]}


def _an_account_with_one(world: World, team: Team) -> Mapping[str, str]:
    places = a_bank_account(world, team)
    new_offramp_wallet(world, team, places)
    return places


OPERATIONS: tuple[Operation, ...] = (
    Operation(
        action="offramp_wallet.created",
        operation="create",
        method="POST",
        path=WALLETS,
        area=Area.CUSTOMERS,
        entity_type="offramp_wallet",
        prepare=_created,
        not_found=(400, "BANK_ACCOUNTS_NOT_FOUND"),
    ),
)

READS: tuple[Read, ...] = (
    Read(
        path=WALLETS,
        area=Area.CUSTOMERS,
        prepare=_an_account_with_one,
        not_found=(404, "BANK_ACCOUNTS_NOT_FOUND"),
    ),
    Read(
        path=f"{WALLETS}/{{offramp_wallet_id}}",
        area=Area.CUSTOMERS,
        prepare=_a_wallet,
        not_found=(400, "BANK_ACCOUNTS_NOT_FOUND"),
    ),
)

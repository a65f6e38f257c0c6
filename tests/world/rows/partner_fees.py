"""Rows of partner fees."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from deedbook.web.roles import Area
from world.operation import INSTANCE, Operation, Prepared, Read
from world.people import Team
from world.world import World, unique


def fee_body(name: str, **fields: Any) -> dict[str, Any]:
    """Give a new fee: 1 % and 1.50 of payouts, 0.5 % of payins."""
    return {
        "name": name,
        "payout_percentage_fee": 100,
        "payout_flat_fee": 150,
        "payin_percentage_fee": 50,
        "payin_flat_fee": 0,
        "virtual_account_set": False,
        **fields,
    }


def new_partner_fee(world: World, team: Team, **fields: Any) -> str:
    """Give the id of a new partner fee."""
    path = f"/v1/instances/{team.instance_id}/partner-fees"
    reply = world.call(team.owner, "POST", path, fee_body(**{"name": unique("Fee"), **fields}))
    assert reply.status_code == 200, reply.text
    fee_id: str = reply.json()["id"]
    return fee_id


def _fee_created(_world: World, _team: Team) -> Prepared:
    name = unique("Fee")
    return Prepared(body=fee_body(name), label=name, metadata=fee_body(name))


def _fee_deleted(world: World, team: Team) -> Prepared:
    name = unique("Fee")
    fee_id = new_partner_fee(world, team, name=name)
    return Prepared(
        values={"fee_id": fee_id}, entity_id=fee_id, label=name, metadata=fee_body(name)
    )


def _some_fees(world: World, team: Team) -> Mapping[str, str]:
    new_partner_fee(world, team)
    return {}


def _a_fee(world: World, team: Team) -> Mapping[str, str]:
    return {"fee_id": new_partner_fee(world, team)}


OPERATIONS: tuple[Operation, ...] = (
    Operation(
        action="partner_fee.created",
        operation="create",
        method="POST",
        path=f"{INSTANCE}/partner-fees",
        area=Area.FEES,
        entity_type="partner_fee",
        prepare=_fee_created,
    ),
    Operation(
        action="partner_fee.deleted",
        operation="delete",
        method="DELETE",
        has_body=False,
        path=f"{INSTANCE}/partner-fees/{{fee_id}}",
        area=Area.FEES,
        entity_type="partner_fee",
        prepare=_fee_deleted,
        not_found=(400, "FEES_NOT_FOUND"),
    ),
)

READS: tuple[Read, ...] = (
    Read(path=f"{INSTANCE}/partner-fees", area=Area.FEES, prepare=_some_fees),
    Read(
        path=f"{INSTANCE}/partner-fees/{{fee_id}}",
        area=Area.FEES,
        prepare=_a_fee,
        not_found=(400, "FEES_NOT_FOUND"),
    ),
)

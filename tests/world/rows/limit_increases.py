"""Rows of limit increases."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from deedbook.web.roles import Area
from world import bodies
from world.operation import INSTANCE, Operation, Prepared, Read
from world.people import Team
from world.rows.customers import new_customer
from world.world import World

BODY: Mapping[str, Any] = {
    "per_transaction": 20_000_00,
    "daily": 60_000_00,
    "monthly": 200_000_00,
    "supporting_document_type": "individual_pay_stub",
    "supporting_document_file": bodies.DOCUMENT,
}
_PATH = f"{INSTANCE}/customers/{{customer_id}}/limit-increase"


def _asked(world: World, team: Team) -> Prepared:
    customer_id = new_customer(world, team)
    return Prepared(
        values={"customer_id": customer_id},
        body=BODY,
        label="Maria Silva",
        metadata={
            "per_transaction": 20_000_00,
            "daily": 60_000_00,
            "monthly": 200_000_00,
            "currency": "USD",
            "supporting_document_type": "individual_pay_stub",
            "status": "approved",
        },
        personal_metadata={"customer_name": "Maria Silva"},
        refs=(("customer", customer_id),),
    )


def _an_increase(world: World, team: Team) -> Mapping[str, str]:
    prepared = _asked(world, team)
    path = _PATH.format(instance_id=team.instance_id, **prepared.values)
    assert world.call(team.owner, "POST", path, prepared.body).status_code == 200
    return prepared.values


OPERATIONS: tuple[Operation, ...] = (
    Operation(
        action="customer_limit_increase.created",
        operation="create",
        method="POST",
        path=_PATH,
        area=Area.CUSTOMERS,
        entity_type="limit_increase",
        prepare=_asked,
        not_found=(400, "CUSTOMERS_NOT_FOUND"),
    ),
)

READS: tuple[Read, ...] = (
    Read(
        path=_PATH,
        area=Area.CUSTOMERS,
        prepare=_an_increase,
        not_found=(400, "CUSTOMERS_NOT_FOUND"),
    ),
)

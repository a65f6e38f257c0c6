"""Rows of customers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from deedbook.web.roles import Area
from world import bodies
from world.operation import INSTANCE, Operation, Prepared, Read
from world.people import Team
from world.world import World


def new_customer(world: World, team: Team, **fields: Any) -> str:
    """Give the id of a new customer."""
    body = bodies.person_customer(world.accepted_terms(team.instance_id), **fields)
    path = f"/v1/instances/{team.instance_id}/customers"
    reply = world.call(team.owner, "POST", path, body)
    assert reply.status_code == 200, reply.text
    customer_id: str = reply.json()["id"]
    return customer_id


_CUSTOMER: Mapping[str, Any] = {
    "label": "Maria Silva",
    "metadata": {
        "type": "individual",
        "kyc_type": "standard",
        "kyc_status": "approved",
        "country": "BR",
    },
    "personal_metadata": {
        "name": "Maria Silva",
        "email": "maria@example.com",
        "external_id": None,
    },
}


def _customer_created(world: World, team: Team) -> Prepared:
    tos_id = world.accepted_terms(team.instance_id)
    return Prepared(
        body=bodies.person_customer(tos_id), refs=(("terms_of_service", tos_id),), **_CUSTOMER
    )


def _customer_updated(world: World, team: Team) -> Prepared:
    customer_id = new_customer(world, team)
    return Prepared(
        values={"customer_id": customer_id},
        body={
            "email": "maria@example.com",
            "country": "BR",
            "city": "Olinda",
            "tax_id": "987.654.321-00",
            "id_doc_type": "ID_CARD",
            "address_line_1": "1 Long Road",
        },
        entity_id=customer_id,
        changes={
            "tax_id": {"from": "•••• 9-09", "to": "•••• 1-00"},
            "id_doc_type": {"from": "PASSPORT", "to": "ID_CARD"},
        },
        personal_changes={"city": {"from": "Recife", "to": "Olinda"}},
        **_CUSTOMER,
    )


def _customer_deleted(world: World, team: Team) -> Prepared:
    customer_id = new_customer(world, team)
    return Prepared(values={"customer_id": customer_id}, entity_id=customer_id, **_CUSTOMER)


def _a_customer(world: World, team: Team) -> Mapping[str, str]:
    return {"customer_id": new_customer(world, team)}


OPERATIONS: tuple[Operation, ...] = (
    Operation(
        action="customer.created",
        operation="create",
        method="POST",
        path=f"{INSTANCE}/customers",
        area=Area.CUSTOMERS,
        entity_type="customer",
        prepare=_customer_created,
    ),
    Operation(
        action="customer.updated",
        operation="update",
        method="PUT",
        path=f"{INSTANCE}/customers/{{customer_id}}",
        area=Area.CUSTOMERS,
        entity_type="customer",
        prepare=_customer_updated,
        not_found=(400, "CUSTOMERS_NOT_FOUND"),
    ),
    Operation(
        action="customer.deleted",
        operation="delete",
        method="DELETE",
        has_body=False,
        path=f"{INSTANCE}/customers/{{customer_id}}",
        area=Area.CUSTOMERS,
        entity_type="customer",
        prepare=_customer_deleted,
        not_found=(400, "CUSTOMERS_NOT_FOUND"),
    ),
)

READS: tuple[Read, ...] = (
    Read(path=f"{INSTANCE}/customers", area=Area.CUSTOMERS),
    Read(
        path=f"{INSTANCE}/customers/{{customer_id}}",
        area=Area.CUSTOMERS,
        prepare=_a_customer,
        not_found=(400, "CUSTOMERS_NOT_FOUND"),
    ),
    Read(
        path=f"{INSTANCE}/limits/customers/{{customer_id}}",
        area=Area.CUSTOMERS,
        prepare=_a_customer,
        not_found=(400, "CUSTOMERS_NOT_FOUND"),
    ),
)

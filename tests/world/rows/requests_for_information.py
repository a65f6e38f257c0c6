"""Rows of requests for information."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from deedbook.platform.outside.steps import SYSTEM_ACTOR
from deedbook.platform.payments.requests_for_information.schemas import RfiField, RfiSection
from deedbook.platform.payments.requests_for_information.service import open_request
from deedbook.web.roles import Area
from world import bodies
from world.operation import INSTANCE, Operation, Prepared, Read
from world.people import Team
from world.rows.customers import new_customer
from world.world import World

INSTANCE_RFI = f"{INSTANCE}/rfi"
CUSTOMER_RFI = f"{INSTANCE}/customers/{{customer_id}}/rfi"
ANSWERS: Mapping[str, Any] = {"occupation": "Smith", "statements": [bodies.DOCUMENT]}
_CHANGES: Mapping[str, Any] = {
    "status": {"from": "pending", "to": "submitted"},
    "response": {"changed": True},
}


def field(key: str, **more: Any) -> RfiField:
    """Give one thing to ask for."""
    return RfiField(**{"key": key, "label": key.title(), "required": True, **more})


FIELDS = (
    field("occupation"),
    field("statements", multiple=True, aiprise_document_type="BANK_STATEMENT_DOCUMENT"),
    field("remarks", required=False),
)


def new_request(
    world: World,
    team: Team,
    customer_id: str | None = None,
    fields: tuple[RfiField, ...] = FIELDS,
    life: timedelta = timedelta(days=1),
) -> str:
    """Have compliance ask for something, and give the id of the request."""
    section = RfiSection(title="You", description="Who you are", fields=list(fields))
    with world.work(SYSTEM_ACTOR, team.instance_id) as work:
        return open_request(work, customer_id, [section], life=life).id


def _instance_answered(world: World, team: Team) -> Prepared:
    _answer_what_is_open(world, team)
    return Prepared(
        body=ANSWERS,
        entity_id=new_request(world, team),
        metadata={"fields": ["occupation", "statements"]},
        changes=_CHANGES,
    )


def _answer_what_is_open(world: World, team: Team) -> None:
    path = INSTANCE_RFI.format(instance_id=team.instance_id)
    assert world.call(team.owner, "POST", path, ANSWERS).status_code == 200


def _customer_answered(world: World, team: Team) -> Prepared:
    customer_id = new_customer(world, team)
    return Prepared(
        values={"customer_id": customer_id},
        body=ANSWERS,
        entity_id=new_request(world, team, customer_id),
        label="Maria Silva",
        metadata={"fields": ["occupation", "statements"]},
        personal_metadata={"customer_name": "Maria Silva"},
        changes=_CHANGES,
        refs=(("customer", customer_id),),
    )


def _an_instance(world: World, team: Team) -> Mapping[str, str]:
    _answer_what_is_open(world, team)
    new_request(world, team)
    return {}


def _a_customer(world: World, team: Team) -> Mapping[str, str]:
    customer_id = new_customer(world, team)
    new_request(world, team, customer_id)
    return {"customer_id": customer_id}


OPERATIONS: tuple[Operation, ...] = (
    Operation(
        action="instance.rfi_answered",
        operation="update",
        method="POST",
        path=INSTANCE_RFI,
        area=Area.DOCUMENTS,
        entity_type="request_for_information",
        prepare=_instance_answered,
    ),
    Operation(
        action="customer.rfi_answered",
        operation="update",
        method="POST",
        path=CUSTOMER_RFI,
        area=Area.DOCUMENTS,
        entity_type="request_for_information",
        prepare=_customer_answered,
        not_found=(400, "CUSTOMERS_NOT_FOUND"),
    ),
)

READS: tuple[Read, ...] = (
    Read(path=INSTANCE_RFI, area=Area.DOCUMENTS, prepare=_an_instance),
    Read(
        path=CUSTOMER_RFI,
        area=Area.DOCUMENTS,
        prepare=_a_customer,
        not_found=(400, "CUSTOMERS_NOT_FOUND"),
    ),
)

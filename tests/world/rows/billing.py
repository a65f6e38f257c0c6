"""Rows of billing, which exists on production instances alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from unittest.mock import ANY

from deedbook.engine import SYSTEM, Actor
from deedbook.platform.settings.billing.service import close_period
from deedbook.web.roles import Area
from world.operation import INSTANCE, PRODUCTION, Operation, Prepared, Read
from world.people import Team
from world.world import World

BILLING = f"{INSTANCE}/billing"
OPERATOR = Actor(type=SYSTEM, id=None, role="system", auth_method="operator")
WALLET = "0x" + "ab" * 20
DETAILS: Mapping[str, Any] = {
    "name": "Acme Ltda",
    "email": "billing@acme.example",
    "tax_id": "12.345.678/0001-95",
    "address_line_1": "1 Long Road",
    "address_line_2": "",
    "city": "Recife",
    "state_province_region": "PE",
    "postal_code": "50030-230",
    "country": "Brazil",
    "copy_emails": ["cfo@acme.example"],
}


def close(world: World, team: Team) -> tuple[str, str]:
    """Close the period, and give the ids of what is owed and what may be collected."""
    with world.work(OPERATOR, team.instance_id) as work:
        owing, claimable = close_period(work)
    return owing.id, claimable.id


def _reference(world: World, team: Team, invoice_id: str) -> str:
    path = f"/v1/instances/{team.instance_id}/billing/invoices/{invoice_id}"
    reference: str = world.get(team.owner, path)["reference"]
    return reference


def _details(world: World, team: Team) -> Prepared:
    path = f"/v1/instances/{team.instance_id}/billing/details"
    assert world.call(team.owner, "PUT", path, DETAILS).status_code == 200
    name = world.get(team.owner, f"/v1/instances/{team.instance_id}")["name"]
    return Prepared(
        body={**DETAILS, "city": "Olinda", "country": "BR"},
        entity_id=team.instance_id,
        label=name,
        metadata={"country": "BR"},
        personal_metadata={"name": "Acme Ltda", "email": "billing@acme.example"},
        changes={"country": {"from": "Brazil", "to": "BR"}},
        personal_changes={"city": {"from": "Recife", "to": "Olinda"}},
    )


def _portal(world: World, team: Team) -> Prepared:
    name = world.get(team.owner, f"/v1/instances/{team.instance_id}")["name"]
    return Prepared(entity_id=team.instance_id, label=name)


def _paid(world: World, team: Team) -> Prepared:
    owing, _ = close(world, team)
    return Prepared(
        values={"invoice_id": owing},
        entity_id=owing,
        label=_reference(world, team, owing),
        metadata={
            "reference": _reference(world, team, owing),
            "amount": 70_000,
            "currency": "USD",
            "payment_id": ANY,
        },
        changes={"payment_id": {"from": None, "to": ANY}},
    )


def _collected(world: World, team: Team) -> Prepared:
    _, claimable = close(world, team)
    return Prepared(
        values={"invoice_id": claimable},
        body={"network": "base", "token": "USDC", "wallet_address": WALLET},
        entity_id=claimable,
        label=_reference(world, team, claimable),
        metadata={
            "reference": _reference(world, team, claimable),
            "amount": 0,
            "currency": "USD",
            "collection_id": ANY,
            "network": "base",
            "token": "USDC",
        },
        personal_metadata={"wallet_address": WALLET},
        changes={
            "collection_id": {"from": None, "to": ANY},
            "collection_network": {"from": None, "to": "base"},
            "collection_token": {"from": None, "to": "USDC"},
        },
        personal_changes={"collection_address": {"from": None, "to": WALLET}},
    )


def _an_invoice(world: World, team: Team) -> Mapping[str, str]:
    return {"invoice_id": close(world, team)[0]}


def _invoices(world: World, team: Team) -> Mapping[str, str]:
    close(world, team)
    return {}


OPERATIONS: tuple[Operation, ...] = (
    Operation(
        action="billing.details_updated",
        operation="update",
        method="PUT",
        path=f"{BILLING}/details",
        area=Area.FEES,
        entity_type="billing_details",
        prepare=_details,
        instance_type=PRODUCTION,
    ),
    Operation(
        action="billing.invoice_paid",
        operation="update",
        method="POST",
        path=f"{BILLING}/invoices/{{invoice_id}}/pay",
        area=Area.FEES,
        entity_type="invoice",
        prepare=_paid,
        has_body=False,
        not_found=(404, "BILLING_INVOICE_NOT_FOUND"),
        instance_type=PRODUCTION,
    ),
    Operation(
        action="billing.fees_collected",
        operation="update",
        method="POST",
        path=f"{BILLING}/invoices/{{invoice_id}}/collect",
        area=Area.FEES,
        entity_type="invoice",
        prepare=_collected,
        not_found=(404, "BILLING_INVOICE_NOT_FOUND"),
        instance_type=PRODUCTION,
    ),
    Operation(
        action="billing.portal_session_created",
        operation="create",
        method="POST",
        path=f"{BILLING}/portal-session",
        area=Area.FEES,
        entity_type="portal_session",
        prepare=_portal,
        has_body=False,
        instance_type=PRODUCTION,
    ),
)

READS: tuple[Read, ...] = (
    *(
        Read(path=f"{BILLING}/{what}", area=Area.FEES, instance_type=PRODUCTION)
        for what in ("details", "subscription", "payment-method", "fees")
    ),
    Read(
        path=f"{BILLING}/invoices",
        area=Area.FEES,
        prepare=_invoices,
        instance_type=PRODUCTION,
    ),
    *(
        Read(
            path=f"{BILLING}/invoices/{{invoice_id}}{what}",
            area=Area.FEES,
            prepare=_an_invoice,
            not_found=(404, "BILLING_INVOICE_NOT_FOUND"),
            instance_type=PRODUCTION,
        )
        for what in ("", "/pdf")
    ),
)

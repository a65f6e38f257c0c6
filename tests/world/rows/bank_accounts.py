"""Rows of bank accounts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from deedbook.web.roles import Area
from world.operation import INSTANCE, Operation, Prepared, Read
from world.people import Team
from world.rows.customers import new_customer
from world.world import World

CUSTOMER = f"{INSTANCE}/customers/{{customer_id}}"
ACCOUNTS = f"{CUSTOMER}/bank-accounts"

_AMERICAN = {
    "name": "Chase",
    "recipient_relationship": "vendor_or_supplier",
    "account_class": "individual",
    "beneficiary_name": "Maria Silva",
    "routing_number": "021000021",
    "account_number": "1001004821",
    "address_line_1": "1 Long Road",
    "city": "New York",
    "state_province_region": "NY",
    "country": "US",
    "postal_code": "10001",
}
_BRAZILIAN = {
    "name": "Itaú",
    "beneficiary_name": "Maria Silva",
    "account_number": "123454821",
    "account_type": "checking",
}
# A valid account of each rail, with what it needs and no more. The numbers are published examples.
BODIES: Mapping[str, Mapping[str, Any]] = {
    "ach": {**_AMERICAN, "account_type": "checking"},
    "wire": _AMERICAN,
    "rtp": _AMERICAN,
    "pix": {"name": "Itaú", "pix_key": "maria@example.com"},
    "pix_safe": {
        **_BRAZILIAN,
        "pix_safe_bank_code": "60701190",
        "pix_safe_branch_code": "0001-9",
        "pix_safe_cpf_cnpj": "123.456.789-09",
    },
    "ted": {
        **_BRAZILIAN,
        "ted_bank_code": "341",
        "ted_branch_code": "0001",
        "ted_cpf_cnpj": "11.222.333/0001-81",
    },
    "spei_bitso": {
        "name": "BBVA",
        "beneficiary_name": "Maria Silva",
        "spei_protocol": "clabe",
        "spei_clabe": "032180000118359719",
    },
    "transfers_bitso": {
        "name": "Galicia",
        "beneficiary_name": "Maria Silva",
        "transfers_type": "CBU",
        "transfers_account": "2850590940090418135201",
    },
    "ach_cop_bitso": {
        "name": "Bancolombia",
        "ach_cop_beneficiary_first_name": "Maria",
        "ach_cop_beneficiary_last_name": "Silva",
        "ach_cop_document_id": "1661105408",
        "ach_cop_document_type": "CC",
        "ach_cop_email": "maria@example.com",
        "ach_cop_bank_code": "051",
        "ach_cop_bank_account": "12344821",
        "account_type": "saving",
    },
    "international_swift": {
        "name": "Barclays",
        "account_class": "individual",
        "recipient_relationship": "employee",
        "swift_code_bic": "BARCGB22",
        "swift_account_holder_name": "Maria Silva",
        "swift_account_number_iban": "GB82WEST12345698765432",
        "swift_beneficiary_address_line_1": "1 Long Road",
        "swift_beneficiary_country": "GB",
        "swift_beneficiary_city": "London",
        "swift_beneficiary_state_province_region": "London",
        "swift_beneficiary_postal_code": "E1 6AN",
        "swift_bank_name": "Barclays",
        "swift_bank_address_line_1": "1 Churchill Place",
        "swift_bank_country": "GB",
        "swift_bank_city": "London",
        "swift_bank_state_province_region": "London",
        "swift_bank_postal_code": "E14 5HP",
    },
    "sepa": {
        "name": "Commerzbank",
        "account_class": "individual",
        "sepa_iban": "DE89370400440532013000",
        "sepa_beneficiary_bic": "COBADEFFXXX",
        "sepa_beneficiary_legal_name": "Maria Silva",
        "sepa_beneficiary_address_line_1": "1 Lange Gasse",
        "sepa_beneficiary_city": "Berlin",
        "sepa_beneficiary_postal_code": "10115",
        "sepa_beneficiary_country": "DE",
    },
}


def bank_account(rail: str = "pix_safe", **fields: Any) -> dict[str, Any]:
    """Give a new bank account of a rail; a field that is `...` is left out."""
    body = {"type": rail, **BODIES[rail], **fields}
    return {name: value for name, value in body.items() if value is not ...}


def new_bank_account(
    world: World, team: Team, customer_id: str, rail: str = "pix_safe", **fields: Any
) -> str:
    """Give the id of a new bank account of a customer."""
    path = ACCOUNTS.format(instance_id=team.instance_id, customer_id=customer_id)
    reply = world.call(team.owner, "POST", path, bank_account(rail, **fields))
    assert reply.status_code == 200, reply.text
    bank_account_id: str = reply.json()["id"]
    return bank_account_id


def a_bank_account(world: World, team: Team) -> Mapping[str, str]:
    """Give the places of a path that leads to a new bank account."""
    customer_id = new_customer(world, team)
    return {
        "customer_id": customer_id,
        "bank_account_id": new_bank_account(world, team, customer_id),
    }


_ACCOUNT: Mapping[str, Any] = {
    "label": "Itaú •••• 4821",
    "metadata": {
        "rail": "pix_safe",
        "status": "approved",
        "country": "BR",
        "account_class": "business",
        "recipient_relationship": "employee",
        "last_four": "4821",
    },
    "personal_metadata": {"name": "Itaú", "beneficiary": "Maria Silva"},
}
_MORE = {"account_class": "business", "recipient_relationship": "employee"}


def _created(world: World, team: Team) -> Prepared:
    customer_id = new_customer(world, team)
    return Prepared(
        values={"customer_id": customer_id},
        body=bank_account(**_MORE),
        refs=(("customer", customer_id),),
        **_ACCOUNT,
    )


def _deleted(world: World, team: Team) -> Prepared:
    customer_id = new_customer(world, team)
    bank_account_id = new_bank_account(world, team, customer_id, **_MORE)
    return Prepared(
        values={"customer_id": customer_id, "bank_account_id": bank_account_id},
        entity_id=bank_account_id,
        refs=(("customer", customer_id),),
        **_ACCOUNT,
    )


OPERATIONS: tuple[Operation, ...] = (
    Operation(
        action="bank_account.created",
        operation="create",
        method="POST",
        path=ACCOUNTS,
        area=Area.CUSTOMERS,
        entity_type="bank_account",
        prepare=_created,
        not_found=(400, "CUSTOMERS_NOT_FOUND"),
    ),
    Operation(
        action="bank_account.deleted",
        operation="delete",
        method="DELETE",
        has_body=False,
        path=f"{ACCOUNTS}/{{bank_account_id}}",
        area=Area.CUSTOMERS,
        entity_type="bank_account",
        prepare=_deleted,
        not_found=(400, "BANK_ACCOUNTS_NOT_FOUND"),
    ),
)


def _of_a_customer(world: World, team: Team) -> Mapping[str, str]:
    return {"customer_id": a_bank_account(world, team)["customer_id"]}


READS: tuple[Read, ...] = (
    Read(
        path=ACCOUNTS,
        area=Area.CUSTOMERS,
        prepare=_of_a_customer,
        not_found=(400, "CUSTOMERS_NOT_FOUND"),
    ),
    Read(
        path=f"{ACCOUNTS}/{{bank_account_id}}",
        area=Area.CUSTOMERS,
        prepare=a_bank_account,
        not_found=(400, "BANK_ACCOUNTS_NOT_FOUND"),
    ),
)

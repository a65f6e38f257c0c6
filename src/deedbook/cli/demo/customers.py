"""Customers, and what is opened for them. The numbers of accounts are published examples."""

from __future__ import annotations

import uuid
from typing import Final

from deedbook.cli.demo.people import Person
from deedbook.cli.demo.stage import Key, Stage
from deedbook.platform.payments.terms_of_service import service as terms_of_service

DOCUMENT: Final = "https://files.acme.example/document.pdf"
_ADDRESS: Final = {
    "tax_id": "123.456.789-09",
    "address_line_1": "1 Long Road",
    "city": "Recife",
    "state_province_region": "PE",
    "postal_code": "50030-230",
}


def new_person(
    stage: Stage, path: str, who: Person | Key, name: str, country: str, **fields: object
) -> str:
    """Have a customer made who is a person, and give its id."""
    first_name, _, last_name = name.partition(" ")
    body: dict[str, object] = {
        "type": "individual",
        "kyc_type": "standard",
        "email": f"{first_name.lower()}@example.com",
        "country": country,
        "first_name": first_name,
        "last_name": last_name,
        "date_of_birth": "1990-02-01T00:00:00.000Z",
        "phone_number": "+5581987654321",
        "ip_address": "203.0.113.9",
        "id_doc_country": country,
        "id_doc_type": "PASSPORT",
        "id_doc_front_file": DOCUMENT,
        "selfie_file": DOCUMENT,
        **_ADDRESS,
        **fields,
    }
    return _create(stage, path, who, body)


def new_business(stage: Stage, path: str, who: Person | Key, name: str, country: str) -> str:
    """Have a customer made that is a business, and give its id."""
    owner = {
        "role": "beneficial_owner",
        "first_name": "Rui",
        "last_name": "Costa",
        "date_of_birth": "1980-03-01T00:00:00.000Z",
        "country": country,
        "id_doc_country": country,
        "id_doc_type": "PASSPORT",
        "id_doc_front_file": DOCUMENT,
        **_ADDRESS,
    }
    body: dict[str, object] = {
        "type": "business",
        "kyc_type": "standard",
        "email": f"office@{name.split(maxsplit=1)[0].lower()}.example",
        "country": country,
        "legal_name": name,
        "formation_date": "2015-05-01T00:00:00.000Z",
        "incorporation_doc_file": DOCUMENT,
        "proof_of_ownership_doc_file": DOCUMENT,
        "owners": [owner],
        **_ADDRESS,
    }
    return _create(stage, path, who, body)


def new_account(
    stage: Stage, customer: str, who: Person | Key, rail: str, holder: str, **fields: object
) -> str:
    """Have a bank account of a rail added, and give its id. `customer` is the customer's path."""
    body = {"type": rail, **_ACCOUNTS[rail], _HOLDERS[rail]: holder, **fields}
    return str(stage.act(who, "POST", f"{customer}/bank-accounts", body)["id"])


def new_blockchain_wallet(
    stage: Stage, customer: str, who: Person | Key, name: str, network: str = "sepolia"
) -> str:
    """Have a wallet of the customer's own added, and give its id."""
    body = {
        "name": name,
        "network": network,
        "address": "0x90F79bf6EB2c4f870365E785982E1f101E93b906",
        "is_account_abstraction": True,
    }
    return str(stage.act(who, "POST", f"{customer}/blockchain-wallets", body)["id"])


def new_wallet(stage: Stage, customer: str, who: Person | Key, name: str) -> str:
    """Have a managed wallet opened, and give its id."""
    body = {"name": name, "network": "sepolia"}
    return str(stage.act(who, "POST", f"{customer}/wallets", body)["id"])


def ask_for_higher_limits(stage: Stage, customer: str, who: Person | Key) -> None:
    """Have higher limits asked for."""
    body = {
        "per_transaction": 20_000_00,
        "daily": 60_000_00,
        "monthly": 200_000_00,
        "supporting_document_type": "individual_pay_stub",
        "supporting_document_file": DOCUMENT,
    }
    stage.act(who, "POST", f"{customer}/limit-increase", body)


def _create(stage: Stage, path: str, who: Person | Key, body: dict[str, object]) -> str:
    terms = accept_terms(stage, path.rpartition("/")[2])
    return str(stage.act(who, "POST", f"{path}/customers", {**body, "tos_id": terms})["id"])


def accept_terms(stage: Stage, instance_id: str) -> str:
    """Have a customer accept the terms on the page that is for that, and give their id."""
    with stage.work() as work:
        token = terms_of_service.initiate(
            work,
            instance_id,
            idempotency_key=str(uuid.uuid4()),
            customer_id=None,
            redirect_url=None,
        )
        work.session.flush()
        return terms_of_service.accept(work, token, customer_id=None).id


_AMERICAN: Final = {
    "name": "Chase",
    "recipient_relationship": "vendor_or_supplier",
    "account_class": "individual",
    "routing_number": "021000021",
    "account_number": "1001004821",
    "address_line_1": "1 Long Road",
    "city": "New York",
    "state_province_region": "NY",
    "country": "US",
    "postal_code": "10001",
}
_ACCOUNTS: Final[dict[str, dict[str, object]]] = {
    "ach": {**_AMERICAN, "account_type": "checking"},
    "wire": {**_AMERICAN, "account_number": "1001007350"},
    "pix_safe": {
        "name": "Itaú",
        "account_number": "123454821",
        "account_type": "checking",
        "pix_safe_bank_code": "60701190",
        "pix_safe_branch_code": "0001-9",
        "pix_safe_cpf_cnpj": "123.456.789-09",
    },
    "ted": {
        "name": "Bradesco",
        "account_number": "123459077",
        "account_type": "checking",
        "ted_bank_code": "341",
        "ted_branch_code": "0001",
        "ted_cpf_cnpj": "11.222.333/0001-81",
    },
    "spei_bitso": {
        "name": "BBVA",
        "spei_protocol": "clabe",
        "spei_clabe": "032180000118359719",
    },
    "international_swift": {
        "name": "Barclays",
        "account_class": "individual",
        "recipient_relationship": "employee",
        "swift_code_bic": "BARCGB22",
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
        "sepa_beneficiary_address_line_1": "1 Lange Gasse",
        "sepa_beneficiary_city": "Berlin",
        "sepa_beneficiary_postal_code": "10115",
        "sepa_beneficiary_country": "DE",
    },
}
_HOLDERS: Final = {
    "ach": "beneficiary_name",
    "wire": "beneficiary_name",
    "pix_safe": "beneficiary_name",
    "ted": "beneficiary_name",
    "spei_bitso": "beneficiary_name",
    "international_swift": "swift_account_holder_name",
    "sepa": "sepa_beneficiary_legal_name",
}

"""Bodies of requests that are valid as they stand, to be varied by keyword."""

from __future__ import annotations

from typing import Any

DOCUMENT = "https://files.example/document.pdf"
_ADDRESS = {
    "tax_id": "123.456.789-09",
    "address_line_1": "1 Long Road",
    "city": "Recife",
    "state_province_region": "PE",
    "postal_code": "50030-230",
}


def person_customer(tos_id: str, **fields: Any) -> dict[str, Any]:
    """Give a new customer who is a person, with what production asks for."""
    return {
        "type": "individual",
        "kyc_type": "standard",
        "email": "maria@example.com",
        "country": "BR",
        "first_name": "Maria",
        "last_name": "Silva",
        "date_of_birth": "1990-02-01T00:00:00.000Z",
        "phone_number": "+5581987654321",
        "ip_address": "203.0.113.9",
        "id_doc_country": "BR",
        "id_doc_type": "PASSPORT",
        "id_doc_front_file": DOCUMENT,
        "selfie_file": DOCUMENT,
        "tos_id": tos_id,
        **_ADDRESS,
        **fields,
    }


def owner(**fields: Any) -> dict[str, Any]:
    """Give an owner of a business."""
    return {
        "role": "beneficial_owner",
        "first_name": "Ana",
        "last_name": "Costa",
        "date_of_birth": "1980-03-01T00:00:00.000Z",
        "country": "BR",
        "id_doc_country": "BR",
        "id_doc_type": "PASSPORT",
        "id_doc_front_file": DOCUMENT,
        **_ADDRESS,
        **fields,
    }


def business_customer(tos_id: str, **fields: Any) -> dict[str, Any]:
    """Give a new customer that is a business, with what production asks for."""
    return {
        "type": "business",
        "kyc_type": "standard",
        "email": "office@example.com",
        "country": "BR",
        "legal_name": "Acme Ltda",
        "formation_date": "2015-05-01T00:00:00.000Z",
        "incorporation_doc_file": DOCUMENT,
        "proof_of_ownership_doc_file": DOCUMENT,
        "owners": [owner(), owner(first_name="Rui")],
        "tos_id": tos_id,
        **_ADDRESS,
        **fields,
    }

"""What has to be known of a customer, and what it may then move."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from deedbook.engine import DeedbookError
from deedbook.platform.payments.customers.models import Customer

_ADDRESS: Final = ("tax_id", "address_line_1", "city", "state_province_region", "postal_code")
_PERSON: Final = (
    *_ADDRESS,
    "first_name",
    "last_name",
    "date_of_birth",
    "id_doc_country",
    "id_doc_type",
    "id_doc_front_file",
    "selfie_file",
    "phone_number",
    "ip_address",
)
_FUNDS: Final = (
    "source_of_funds_doc_type",
    "source_of_funds_doc_file",
    "purpose_of_transactions",
    "purpose_of_transactions_explanation",
)
_BUSINESS: Final = (
    *_ADDRESS,
    "legal_name",
    "formation_date",
    "incorporation_doc_file",
    "proof_of_ownership_doc_file",
    "owners",
)
# What verification asks for on production, by type and depth. Light asks for nothing more.
_REQUIRED: Final[Mapping[tuple[str, str], tuple[str, ...]]] = {
    ("individual", "standard"): _PERSON,
    ("individual", "enhanced"): (*_PERSON, *_FUNDS),
    ("business", "standard"): _BUSINESS,
}
# E.164: a plus, a country code and at most 15 digits in all; separators are overlooked.
_PHONE: Final = re.compile(r"\+?[1-9]\d{6,14}")
_TAX_ID: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z./ -]{2,63}")


class Limits(NamedTuple):
    """How much may be moved, in cents."""

    per_transaction: int
    daily: int
    monthly: int


_LIMITS: Final[Mapping[tuple[str, str], Limits]] = {
    ("individual", "light"): Limits(10_000_00, 50_000_00, 100_000_00),
    ("individual", "standard"): Limits(10_000_00, 50_000_00, 100_000_00),
    ("individual", "enhanced"): Limits(50_000_00, 100_000_00, 500_000_00),
    ("business", "light"): Limits(30_000_00, 100_000_00, 250_000_00),
    ("business", "standard"): Limits(30_000_00, 100_000_00, 250_000_00),
}


class MissingFields(DeedbookError):
    """Verification on a production instance needs more fields."""

    code = "VALIDATION_MISSING_REQUIRED_FIELDS"
    status = 400
    machine_message = "missing_required_fields"

    def __init__(self, names: list[str]) -> None:
        super().__init__(f"These fields are required: {', '.join(names)}.")
        self.problems = [f"{name}: is required" for name in names]


class EnhancedNotAvailable(DeedbookError):
    """kyc_type: enhanced verification is not available for businesses."""

    code = "CUSTOMERS_BUSINESS_ENHANCED_NOT_AVAILABLE"
    status = 400


class InvalidPhone(DeedbookError):
    """phone_number: is no phone number in international form, such as +5511987654321."""

    code = "CUSTOMERS_INVALID_PHONE"
    status = 400


class InvalidTaxId(DeedbookError):
    """tax_id: has 3 to 64 letters, digits, dots, dashes and slashes."""

    code = "CUSTOMERS_INVALID_TAX_ID"
    status = 400


def check_new(fields: Mapping[str, object], *, production: bool) -> None:
    """Raise what a new customer lacks; a development instance asks for no documents."""
    kind = (str(fields["type"]), str(fields["kyc_type"]))
    if kind == ("business", "enhanced"):
        raise EnhancedNotAvailable
    if production and (
        missing := [name for name in _REQUIRED.get(kind, ()) if not fields.get(name)]
    ):
        raise MissingFields(missing)
    check_values(fields)


def check_values(fields: Mapping[str, object]) -> None:
    """Raise what is wrong with the values that are given."""
    phone, tax_id = fields.get("phone_number"), fields.get("tax_id")
    if phone and not _PHONE.fullmatch(re.sub(r"[ ().-]", "", str(phone))):
        raise InvalidPhone
    if tax_id and not _TAX_ID.fullmatch(str(tax_id)):
        raise InvalidTaxId
    if fields.get("account_purpose") == "other" and not fields.get("account_purpose_other"):
        raise MissingFields(["account_purpose_other"])
    owners = fields.get("owners")
    for place, owner in enumerate(owners if isinstance(owners, list) else []):
        if owner.get("country") == "US" and not owner.get("tax_type"):
            raise MissingFields([f"owners.{place}.tax_type"])


def limits_of(customer: Customer) -> Limits:
    """Give the limits of a customer: those that were approved for it, or else those of its kind."""
    usual = _LIMITS[customer.type, customer.kyc_type]
    return Limits(
        per_transaction=customer.per_transaction_limit or usual.per_transaction,
        daily=customer.daily_limit or usual.daily,
        monthly=customer.monthly_limit or usual.monthly,
    )

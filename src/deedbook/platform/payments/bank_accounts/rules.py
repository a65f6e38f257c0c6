"""What a new bank account is held to: the fields of its rail, and the numbers among them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from deedbook.engine import DeedbookError
from deedbook.platform.payments.bank_accounts import numbers
from deedbook.platform.payments.customers.models import Customer
from deedbook.platform.payments.customers.rules import InvalidTaxId, check_values
from deedbook.platform.payments.reference.bank_details import IBAN, RAILS, SEPA_COUNTRIES, Rail
from deedbook.platform.payments.reference.codes import COUNTRIES

Details = dict[str, Any]

# Details of the holder fit every rail; what names an account fits its own rail alone.
_OF_THE_HOLDER: Final = frozenset(
    {
        "recipient_relationship",
        "account_class",
        "account_type",
        "beneficiary_name",
        "address_line_1",
        "address_line_2",
        "city",
        "state_province_region",
        "country",
        "postal_code",
        "business_industry",
        "phone_number",
        "tax_id",
        "date_of_birth",
    }
)
# Written in groups or in small letters by people; banks write them in one way.
_IN_ONE_WAY: Final = frozenset(
    {
        "routing_number",
        "spei_clabe",
        "swift_code_bic",
        "swift_account_number_iban",
        "swift_intermediary_bank_swift_code_bic",
        "swift_intermediary_bank_account_number_iban",
        "swift_ifsc_branch_code",
        "sepa_iban",
        "sepa_beneficiary_bic",
    }
)
_BANK_CODES: Final = frozenset(
    {
        "pix_safe_bank_code",
        "ted_bank_code",
        "spei_institution_code",
        "ach_cop_bank_code",
        "swift_code_bic",
        "swift_intermediary_bank_swift_code_bic",
        "swift_ifsc_branch_code",
        "sepa_beneficiary_bic",
    }
)
_TAX_IDS: Final = frozenset({"pix_safe_cpf_cnpj", "ted_cpf_cnpj", "ach_cop_document_id", "tax_id"})
_COUNTRY_FIELDS: Final = ("swift_bank_country", "sepa_beneficiary_country")
# The rails of banks that take no customers who were verified but lightly.
_FULL_VERIFICATION: Final = frozenset({"ach", "wire", "rtp"})
# No bank of the simulated world pays to these.
_UNREACHED: Final = frozenset({"CU", "IR", "KP", "SY"})
# Routing numbers of the United States government and of traveller's cheques are not on RTP.
_NOT_ON_RTP: Final = ("00", "80")
# The accounts of some territories have the letters of another country in their IBAN.
_IBAN_LETTERS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("BL", "GF", "GP", "MF", "MQ", "PM", "RE", "YT"), "FR"),
    **dict.fromkeys(("GG", "IM", "JE"), "GB"),
    "AX": "FI",
}


class FieldError(DeedbookError):
    """A field of the bank account is missing or wrong."""

    code = "VALIDATION_FAILED"
    status = 400

    def __init__(self, message: str, *more: str) -> None:
        super().__init__("; ".join((message, *more)))
        self.problems = [message, *more]


class MissingDetails(FieldError):
    """This rail needs more fields."""


class InvalidDetail(FieldError):
    """A field of the bank account has a value that cannot be."""

    code = "VALIDATION_INVALID_REQUEST"


class InvalidBankCode(FieldError):
    """A bank code, BIC or branch code cannot be."""

    code = "BANK_ACCOUNTS_INVALID_BANK_CODE"


class InvalidRouting(FieldError):
    """A routing number cannot be."""

    code = "BANK_ACCOUNTS_INVALID_ROUTING"


class RtpNotSupported(FieldError):
    """A bank is not on RTP."""

    code = "BANK_ACCOUNTS_RTP_NOT_SUPPORTED"


class CountryNotSupported(FieldError):
    """A country cannot be paid to over this rail."""

    code = "CUSTOMERS_COUNTRY_NOT_SUPPORTED"


class PartnerNotSupported(DeedbookError):
    """type: ach, wire and rtp accounts need a customer with standard or enhanced verification."""

    code = "BANK_ACCOUNTS_PARTNER_NOT_SUPPORTED"
    status = 400


class InvalidHolderTaxId(FieldError):
    """A tax id or the number of a document cannot be."""

    code = InvalidTaxId.code


def details_of(given: Mapping[str, Any]) -> Details:
    """Give what is kept of a new account, or raise what is missing or wrong.

    What names an account of another rail is left out, like an unknown field.
    """
    rail = RAILS[given["type"]]
    kept = {"type", *_OF_THE_HOLDER, *(field.key for field in rail.fields)}
    details = {
        key: _one_way(key, value)
        for key, value in given.items()
        if key in kept and value not in (None, "")
    }
    only_tax_ids = bool(details.pop("force_cpf_cnpj", False))
    _check_fields(rail, details)
    _check_numbers(details, only_tax_ids=only_tax_ids)
    _check_countries(details)
    details["country"] = details.get("country") or next(
        (details[key] for key in _COUNTRY_FIELDS if key in details), rail.country
    )
    return details


def require_verification(customer: Customer, rail: str) -> None:
    """Refuse a rail whose banks want to know more of the customer."""
    if customer.kyc_type == "light" and rail in _FULL_VERIFICATION:
        raise PartnerNotSupported


def _one_way(key: str, value: object) -> object:
    return re.sub(r"[ ]", "", str(value)).upper() if key in _IN_ONE_WAY else value


def _check_fields(rail: Rail, details: Details) -> None:
    """Hold the details to the list of fields that is shown to whoever fills in the form."""
    missing = [
        f"{field.key}: is required for {rail.value}"
        for field in rail.fields
        if field.is_required(details) and field.key not in details
    ]
    if missing:
        raise MissingDetails(*missing)
    for field in rail.fields:
        if field.key in details and not field.takes(details[field.key]):
            raise _error_of(field.key)(f"{field.key}: is no {field.label}")
    # As of a customer: the form of a telephone number and of a tax id.
    check_values({key: details.get(key) for key in ("phone_number", "tax_id")})


def _error_of(key: str) -> type[FieldError]:
    if key in _BANK_CODES:
        return InvalidBankCode
    if key in _TAX_IDS:
        return InvalidHolderTaxId
    if key.endswith("country"):
        return CountryNotSupported
    return InvalidRouting if key == "routing_number" else InvalidDetail


def _is_brazilian_tax_id(text: str) -> bool:
    return numbers.is_cpf(text) or numbers.is_cnpj(text)


def _has_country(bic: str) -> bool:
    # Kosovo's letters are in use, though ISO 3166-1 has not given them out.
    return bic[4:6] in COUNTRIES or bic[4:6] == "XK"


_CHECKS: Final[Mapping[str, tuple[Callable[[str], bool], str]]] = {
    "routing_number": (numbers.is_routing_number, "its check digit is wrong"),
    "sepa_iban": (numbers.is_iban, "its check digits are wrong"),
    "pix_safe_cpf_cnpj": (_is_brazilian_tax_id, "its check digits are wrong"),
    "ted_cpf_cnpj": (_is_brazilian_tax_id, "its check digits are wrong"),
    "swift_code_bic": (_has_country, "its fifth and sixth letters are no country"),
    "swift_intermediary_bank_swift_code_bic": (
        _has_country,
        "its fifth and sixth letters are no country",
    ),
    "sepa_beneficiary_bic": (_has_country, "its fifth and sixth letters are no country"),
}


def _check_numbers(details: Details, *, only_tax_ids: bool) -> None:
    for key, (holds, problem) in _CHECKS.items():
        if key in details and not holds(details[key]):
            raise _error_of(key)(f"{key}: {problem}")
    if "pix_key" in details and not numbers.is_pix_key(
        details["pix_key"], only_tax_ids=only_tax_ids
    ):
        kinds = "CPF or CNPJ" if only_tax_ids else "CPF, CNPJ, telephone, e-mail or random key"
        raise InvalidDetail(f"pix_key: is no {kinds}")
    _check_named_by(details, "spei_clabe", details.get("spei_protocol"))
    _check_named_by(details, "transfers_account", details.get("transfers_type"))
    if details["type"] == "rtp" and details["routing_number"].startswith(_NOT_ON_RTP):
        raise RtpNotSupported("routing_number: this bank is not on RTP")


_NAMED_BY: Final[Mapping[object, Callable[[str], object]]] = {
    "clabe": numbers.is_clabe,
    "debitcard": numbers.is_card_number,
    "phonenum": re.compile(r"[0-9]{10}").fullmatch,
    "CBU": numbers.is_cbu,
    "CVU": numbers.is_cbu,
    "ALIAS": re.compile(r"[0-9A-Za-z.-]{6,20}").fullmatch,
}


def _check_named_by(details: Details, key: str, kind: object) -> None:
    if key in details and not _NAMED_BY[kind](details[key]):
        raise InvalidDetail(f"{key}: is no {kind}, or its check digit is wrong")


def _check_countries(details: Details) -> None:
    for key in ("country", "swift_beneficiary_country", *_COUNTRY_FIELDS):
        if details.get(key) in _UNREACHED:
            raise CountryNotSupported(f"{key}: nothing is paid to {details[key]}")
    number = details.get("swift_account_number_iban", "")
    # A number with the form of an IBAN of its bank's country is one; others have no check digits.
    if (
        re.fullmatch(IBAN, number)
        and number[:2] == details["swift_bank_country"]
        and (number[:2] in SEPA_COUNTRIES and not numbers.is_iban(number))
    ):
        raise InvalidDetail("swift_account_number_iban: its check digits are wrong")
    country = details.get("sepa_beneficiary_country")
    if country and details["sepa_iban"][:2] not in (country, _IBAN_LETTERS.get(country)):
        raise InvalidDetail("sepa_iban: is of another country than sepa_beneficiary_country")

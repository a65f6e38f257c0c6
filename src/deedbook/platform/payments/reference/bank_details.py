"""What has to be known of a bank account, rail by rail.

It is shown to whoever fills in a form, and a new account is then held to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal, get_args

from deedbook.platform.payments.reference.codes import COUNTRIES
from deedbook.platform.payments.reference.industries import INDUSTRIES
from deedbook.platform.payments.reference.swift_payment_codes import SWIFT_PAYMENT_CODES

RailName = Literal[
    "wire",
    "ach",
    "pix",
    "pix_safe",
    "ted",
    "spei_bitso",
    "transfers_bitso",
    "ach_cop_bitso",
    "international_swift",
    "rtp",
    "sepa",
]
RecipientRelationship = Literal[
    "first_party",
    "employee",
    "independent_contractor",
    "vendor_or_supplier",
    "subsidiary_or_affiliate",
    "merchant_or_partner",
    "customer",
    "landlord",
    "family",
    "other",
]
AccountType = Literal["checking", "saving"]
AccountClass = Literal["individual", "business"]
SpeiProtocol = Literal["clabe", "debitcard", "phonenum"]
TransfersType = Literal["CVU", "CBU", "ALIAS"]
ColombianDocument = Literal["CC", "CE", "NIT", "PASS", "PEP"]


@dataclass(frozen=True, slots=True)
class Item:
    """A value that may be chosen."""

    label: str
    value: str
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class When:
    """A field is required when another one has, or has not, one of these values."""

    field: str
    operator: Literal["in", "eq", "notIn", "notEq"]
    values: tuple[str, ...]

    def holds(self, details: Mapping[str, object]) -> bool:
        """Tell whether it is so; of a field that is not given it is not."""
        value = details.get(self.field)
        return value is not None and (value in self.values) is (self.operator in ("in", "eq"))


@dataclass(frozen=True, slots=True)
class BankField:
    """A field of a bank account; `regex` is for its whole text, and empty where any will do."""

    key: str
    label: str
    regex: str = ""
    required: bool = True
    items: tuple[Item, ...] | None = None
    required_when: When | None = None

    def is_required(self, details: Mapping[str, object]) -> bool:
        """Tell whether an account with these details needs it."""
        return self.required or bool(self.required_when and self.required_when.holds(details))

    def takes(self, value: object) -> bool:
        """Tell whether a value has the form of the field."""
        if self.items is not None and value not in {item.value for item in self.items}:
            return False
        return not self.regex or re.fullmatch(self.regex, str(value)) is not None


@dataclass(frozen=True, slots=True)
class Rail:
    """A way for money to get to an account; `country` is where it is at home.

    `number` is the field that an account is known by at its bank.
    """

    value: RailName
    label: str
    country: str
    number: str
    fields: tuple[BankField, ...]


def _items(choice: object, labels: Mapping[str, str] | None = None) -> tuple[Item, ...]:
    words = labels or {}
    return tuple(
        Item(words.get(value, value.replace("_", " ").capitalize()), value)
        for value in get_args(choice)
    )


def _codes(codes: Iterable[str]) -> tuple[Item, ...]:
    return tuple(Item(code, code) for code in codes)


def _optional(key: str, label: str, regex: str = "") -> BankField:
    return BankField(key, label, regex, required=False)


BIC: Final = r"^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?$"
IBAN: Final = r"^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$"
_DIGITS: Final = r"^[0-9]{4,17}$"
_EMAIL: Final = r"^[^@\s]+@[^@\s]+\.[^@\s]+$"
# Brazil: bank, branch with or without its check digit, account with or without its own.
_BRANCH: Final = r"^[0-9]{4}(-[0-9])?$"
_BRAZILIAN_ACCOUNT: Final = r"^[0-9]{4,20}(-?[0-9Xx])?$"
_CPF_OR_CNPJ: Final = r"^[0-9A-Za-z./-]{11,18}$"
_COUNTRIES: Final = _codes(sorted(COUNTRIES))
# The countries that the euro is sent to by SEPA (European Payments Council, EPC409-09).
SEPA_COUNTRIES: Final = tuple(
    """
AD AL AT AX BE BG BL CH CY CZ DE DK EE ES FI FR GB GF GG GI GP GR HR HU IE IM IS IT JE LI LT LU LV
MC MD ME MF MK MQ MT NL NO PL PM PT RE RO RS SE SI SK SM VA YT
""".split()  # noqa: SIM905 (a list would take a line for each)
)
# Where banks ask who pays a business, for a telephone number, or for a tax id.
_PHONE_COUNTRIES: Final = ("BR", "CN", "CO", "HK", "MY", "MX", "PH", "UG", "UY")
_TAX_ID_COUNTRIES: Final = tuple(
    "AR BY BR CL CN CO CR EC GT HN JP KZ KR MX PK PE PH RU TH UY".split()  # noqa: SIM905
)

_NAME: Final = BankField("name", "Name of this account")
_RELATIONSHIP: Final = BankField(
    "recipient_relationship",
    "Who the recipient is to the payer",
    items=_items(RecipientRelationship),
)
_CLASS: Final = BankField("account_class", "Person or business", items=_items(AccountClass))
_TYPE: Final = BankField(
    "account_type", "Type of account", items=_items(AccountType, {"saving": "Savings"})
)
_BENEFICIARY: Final = BankField("beneficiary_name", "Name of the account's holder")
_ADDRESS: Final = (
    BankField("address_line_1", "Street and number of the holder"),
    _optional("address_line_2", "Flat, floor or suite of the holder"),
    BankField("city", "City of the holder"),
    BankField("state_province_region", "State or region of the holder"),
    BankField("country", "Country of the holder", items=_COUNTRIES),
    BankField("postal_code", "Postal code of the holder"),
)


def _american(*account_type: BankField) -> tuple[BankField, ...]:
    return (
        _NAME,
        _RELATIONSHIP,
        _CLASS,
        _BENEFICIARY,
        BankField("routing_number", "Routing number (ABA)", r"^[0-9]{9}$"),
        BankField("account_number", "Account number", _DIGITS),
        *account_type,
        *_ADDRESS,
    )


_PIX: Final = (
    _NAME,
    BankField("pix_key", "Pix key: CPF, CNPJ, telephone, e-mail or random key", r"^\S{5,77}$"),
    BankField(
        "force_cpf_cnpj",
        "Read eleven digits as a CPF, never as a telephone",
        required=False,
        items=(Item("Yes", "true"), Item("No", "false")),
    ),
)
_PIX_SAFE: Final = (
    _NAME,
    _BENEFICIARY,
    BankField("pix_safe_cpf_cnpj", "CPF or CNPJ of the holder", _CPF_OR_CNPJ),
    BankField("pix_safe_bank_code", "Bank code (COMPE or ISPB)", r"^[0-9]{4,8}$"),
    BankField("pix_safe_branch_code", "Branch, such as 0001 or 0001-9", _BRANCH),
    BankField("account_number", "Account number with its check digit", _BRAZILIAN_ACCOUNT),
    _TYPE,
)
_TED: Final = (
    _NAME,
    _optional("beneficiary_name", "Name of the account's holder"),
    BankField("ted_cpf_cnpj", "CPF or CNPJ of the holder", _CPF_OR_CNPJ),
    BankField("ted_bank_code", "Bank code (COMPE)", r"^[0-9]{3,5}$"),
    BankField("ted_branch_code", "Branch, such as 0001 or 0001-9", _BRANCH),
    BankField("account_number", "Account number with its check digit", _BRAZILIAN_ACCOUNT),
    _TYPE,
)
_SPEI: Final = (
    _NAME,
    _BENEFICIARY,
    BankField(
        "spei_protocol",
        "How the account is named",
        items=_items(
            SpeiProtocol,
            {"clabe": "CLABE", "debitcard": "Debit card", "phonenum": "Telephone number"},
        ),
    ),
    BankField("spei_clabe", "CLABE, card number or telephone number", r"^[0-9]{10,18}$"),
    BankField(
        "spei_institution_code",
        "Code of the institution, five digits",
        r"^[0-9]{5}$",
        required=False,
        required_when=When("spei_protocol", "in", ("debitcard", "phonenum")),
    ),
)
_TRANSFERS: Final = (
    _NAME,
    _BENEFICIARY,
    BankField(
        "transfers_type",
        "How the account is named",
        items=_items(TransfersType, {"ALIAS": "Alias", "CBU": "CBU", "CVU": "CVU"}),
    ),
    BankField("transfers_account", "CBU, CVU or alias", r"^[0-9A-Za-z.-]{6,22}$"),
)
_ACH_COP: Final = (
    _NAME,
    BankField("ach_cop_beneficiary_first_name", "First name of the holder"),
    BankField("ach_cop_beneficiary_last_name", "Last name of the holder"),
    BankField(
        "ach_cop_document_type",
        "Type of identity document",
        items=_items(
            ColombianDocument,
            {
                "CC": "Citizen's card (CC)",
                "CE": "Foreigner's card (CE)",
                "NIT": "Tax number (NIT)",
                "PASS": "Passport",
                "PEP": "Special stay permit (PEP)",
            },
        ),
    ),
    BankField("ach_cop_document_id", "Number of the document", r"^[0-9A-Za-z.-]{4,20}$"),
    BankField("ach_cop_email", "E-mail address of the holder", _EMAIL),
    BankField("ach_cop_bank_code", "Bank code", r"^[0-9]{1,6}$"),
    BankField("ach_cop_bank_account", "Account number", r"^[0-9-]{4,20}$"),
    _TYPE,
)
_SWIFT: Final = (
    _NAME,
    _RELATIONSHIP,
    _CLASS,
    BankField("swift_code_bic", "BIC of the bank", BIC),
    BankField("swift_account_holder_name", "Name of the account's holder", r"^.{1,50}$"),
    BankField("swift_account_number_iban", "Account number or IBAN", r"^[0-9A-Z-]{4,34}$"),
    BankField("swift_beneficiary_address_line_1", "Street and number of the holder"),
    _optional("swift_beneficiary_address_line_2", "Flat, floor or suite of the holder"),
    BankField("swift_beneficiary_country", "Country of the holder", items=_COUNTRIES),
    BankField("swift_beneficiary_city", "City of the holder"),
    BankField("swift_beneficiary_state_province_region", "State or region of the holder"),
    BankField("swift_beneficiary_postal_code", "Postal code of the holder"),
    BankField("swift_bank_name", "Name of the bank"),
    BankField("swift_bank_address_line_1", "Street and number of the bank"),
    _optional("swift_bank_address_line_2", "Floor or suite of the bank"),
    BankField("swift_bank_country", "Country of the bank", items=_COUNTRIES),
    BankField("swift_bank_city", "City of the bank"),
    BankField("swift_bank_state_province_region", "State or region of the bank"),
    BankField("swift_bank_postal_code", "Postal code of the bank"),
    BankField(
        "business_industry",
        "Industry of the business (NAICS)",
        required=False,
        items=tuple(Item(title, code) for code, title in INDUSTRIES.items()),
        required_when=When("account_class", "eq", ("business",)),
    ),
    BankField(
        "phone_number",
        "Telephone number of the holder",
        required=False,
        required_when=When("swift_beneficiary_country", "in", _PHONE_COUNTRIES),
    ),
    BankField(
        "tax_id",
        "Tax number of the holder",
        required=False,
        required_when=When("swift_beneficiary_country", "in", _TAX_ID_COUNTRIES),
    ),
    BankField(
        "swift_ifsc_branch_code",
        "Branch in India (IFSC)",
        r"^[A-Z]{4}0[A-Z0-9]{6}$",
        required=False,
        required_when=When("swift_bank_country", "eq", ("IN",)),
    ),
    BankField(
        "swift_payment_code",
        "Purpose of the payments, where the country asks for it",
        required=False,
        items=_codes(SWIFT_PAYMENT_CODES),
    ),
    _optional("swift_intermediary_bank_swift_code_bic", "BIC of a bank in between", BIC),
    _optional(
        "swift_intermediary_bank_account_number_iban",
        "Account of the bank in between",
        r"^[0-9A-Z-]{4,34}$",
    ),
    _optional("swift_intermediary_bank_name", "Name of the bank in between"),
    BankField(
        "swift_intermediary_bank_country",
        "Country of the bank in between",
        required=False,
        items=_COUNTRIES,
    ),
)
_SEPA: Final = (
    _NAME,
    _CLASS,
    BankField("sepa_iban", "IBAN", IBAN),
    BankField("sepa_beneficiary_bic", "BIC of the bank", BIC),
    BankField("sepa_beneficiary_legal_name", "Legal name of the holder", r"^.{1,128}$"),
    BankField("sepa_beneficiary_address_line_1", "Street and number of the holder"),
    _optional("sepa_beneficiary_address_line_2", "Flat, floor or suite of the holder"),
    BankField("sepa_beneficiary_city", "City of the holder"),
    _optional("sepa_beneficiary_state_province_region", "State or region of the holder"),
    BankField("sepa_beneficiary_postal_code", "Postal code of the holder"),
    BankField(
        "sepa_beneficiary_country",
        "Country of the account",
        items=_codes(SEPA_COUNTRIES),
    ),
)

# Where a rail serves many countries, it is at home where its money is cleared: dollars by SWIFT in the
# United States, euros by SEPA in Germany, where the European Central Bank is.
RAILS: Final[Mapping[str, Rail]] = {
    rail.value: rail
    for rail in (
        Rail("ach", "ACH", "US", "account_number", _american(_TYPE)),
        Rail(
            "wire",
            "Domestic wire",
            "US",
            "account_number",
            _american(BankField("account_type", _TYPE.label, required=False, items=_TYPE.items)),
        ),
        Rail(
            "rtp",
            "Real-time payments (RTP)",
            "US",
            "account_number",
            _american(BankField("account_type", _TYPE.label, required=False, items=_TYPE.items)),
        ),
        Rail("pix", "Pix", "BR", "pix_key", _PIX),
        Rail("pix_safe", "Pix by account number", "BR", "account_number", _PIX_SAFE),
        Rail("ted", "TED", "BR", "account_number", _TED),
        Rail("spei_bitso", "SPEI", "MX", "spei_clabe", _SPEI),
        Rail("transfers_bitso", "Transfers 3.0", "AR", "transfers_account", _TRANSFERS),
        Rail("ach_cop_bitso", "ACH Colombia", "CO", "ach_cop_bank_account", _ACH_COP),
        Rail(
            "international_swift",
            "International SWIFT",
            "US",
            "swift_account_number_iban",
            _SWIFT,
        ),
        Rail("sepa", "SEPA", "DE", "sepa_iban", _SEPA),
    )
}

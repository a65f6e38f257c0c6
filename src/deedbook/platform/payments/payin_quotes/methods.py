"""Payment methods: what each is paid in, and what it asks of the payer and the amount."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal

from deedbook.engine import DeedbookError

PaymentMethod = Literal[
    "ach", "wire", "pix", "ted", "spei", "transfers", "pse", "international_swift", "rtp"
]
Currency = Literal["BRL", "USD", "MXN", "COP", "ARS", "EUR"]

CURRENCIES: Final[Mapping[str, Currency]] = {
    "ach": "USD",
    "wire": "USD",
    "rtp": "USD",
    "international_swift": "USD",
    "pix": "BRL",
    "ted": "BRL",
    "spei": "MXN",
    "transfers": "ARS",
    "pse": "COP",
}
# Methods of which a customer's virtual account gets the money, where there is one.
INTO_VIRTUAL_ACCOUNTS: Final = frozenset({"ach", "wire", "international_swift"})
# Banks move no centavos of these.
_WHOLE_UNITS: Final = frozenset({"MXN", "COP", "ARS"})
_CENTS: Final = 100
# By method, the rules of which one has to name the payer's tax id.
_TAX_IDS: Final[Mapping[str, tuple[str, ...]]] = {
    "transfers": ("transfers_allowed_tax_id",),
    "pse": ("pse_document_number", "pse_allowed_tax_ids"),
}


class MethodNotSupported(DeedbookError):
    """payment_method: international_swift needs a customer with an approved virtual account."""

    code = "PAYINS_METHOD_NOT_SUPPORTED"
    status = 400


class TaxIdRequired(DeedbookError):
    """payer_rules: this payment method needs the tax id of the payer."""

    code = "PAYINS_TAX_ID_REQUIRED"
    status = 400

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__(f"payer_rules.{names[0]}: this payment method needs the payer's tax id.")


class NoWholeUnit(DeedbookError):
    """request_amount: pesos are paid in whole ones, so it has to be a multiple of 100."""

    code = "VALIDATION_INVALID_REQUEST"
    status = 400
    machine_message = "request_amount_must_be_a_whole_currency_unit"


def require_tax_id(method: str, payer_rules: Mapping[str, Any] | None) -> None:
    """Refuse a method that needs to know who pays, where nobody said. Raises `TaxIdRequired`."""
    names = _TAX_IDS.get(method, ())
    if names and not any((payer_rules or {}).get(name) for name in names):
        raise TaxIdRequired(names)


def require_payable(currency: str, amount: int) -> None:
    """Refuse an amount that a payer cannot send. Raises `NoWholeUnit`."""
    if payable(currency, amount) != amount:
        raise NoWholeUnit


def payable(currency: str, amount: int) -> int:
    """Give the least amount that can be sent and is as much."""
    return -(-amount // _CENTS) * _CENTS if currency in _WHOLE_UNITS else amount

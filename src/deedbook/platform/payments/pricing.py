"""What payments cost: pure functions from what is asked for to amounts.

Every amount is a whole number of minor units (cents of a currency or token), every quotation the
currency for one token times 100. Between them fractions are exact, and each result is rounded once:
**what somebody pays is rounded up, what somebody gets is rounded down.** A token is worth a dollar;
fees are counted in its cents, whichever side it is on.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Final, Literal

from deedbook.engine import DeedbookError
from deedbook.platform.payments.partner_fees.models import PartnerFee

CurrencyType = Literal["sender", "receiver"]

_QUOTED: Final = 100
_BASIS_POINTS: Final = 10_000
# Ours: a flat fee in cents, and basis points that are in the quotation.
FLAT_FEE: Final = 50
PERCENTAGE_FEE: Final = 50
# What the invoice of a production instance will have, in basis points; no amount here hangs on it.
BILLING_PERCENTAGE_FEE: Final = 10


class AmountTooSmall(DeedbookError):
    """request_amount: is too small to bear the fees."""

    code = "LIMITS_AMOUNT_OUT_OF_RANGE"
    status = 400


@dataclass(frozen=True, slots=True)
class Quotation:
    """How much currency one token is worth, times 100: on the market, and here."""

    commercial: int
    ours: int


@dataclass(frozen=True, slots=True)
class Fees:
    """What is taken from a payment: ours, the partner's, and what an invoice will ask for."""

    flat: int
    partner_flat: int = 0
    partner_percentage: int = 0
    billing_percentage: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """How much is to be sent or received, and whether the sender pays the fees on top of it."""

    amount: int
    currency_type: CurrencyType
    cover_fees: bool


@dataclass(frozen=True, slots=True)
class Price:
    """What is paid and what arrives, each in its own currency, and the fees in cents of the token."""

    sender_amount: int
    receiver_amount: int
    flat_fee: int
    partner_fee_amount: int
    billing_fee_amount: int


def payout_quotation(rate: Decimal) -> Quotation:
    """Give the quotation of a token that is sold for currency; `rate` is currency for one token."""
    exact = Fraction(rate) * _QUOTED
    ours = exact * (_BASIS_POINTS - PERCENTAGE_FEE) / _BASIS_POINTS
    return Quotation(commercial=floor(exact), ours=floor(ours))


def payin_quotation(rate: Decimal) -> Quotation:
    """Give the quotation of a token that is bought with currency; `rate` is currency for one token."""
    exact = Fraction(rate) * _QUOTED
    ours = exact * (_BASIS_POINTS + PERCENTAGE_FEE) / _BASIS_POINTS
    return Quotation(commercial=ceil(exact), ours=ceil(ours))


def payout_fees(partner_fee: PartnerFee | None, *, production: bool) -> Fees:
    """Give the fees on a payout."""
    return Fees(
        flat=FLAT_FEE,
        partner_flat=partner_fee.payout_flat_fee if partner_fee else 0,
        partner_percentage=partner_fee.payout_percentage_fee if partner_fee else 0,
        billing_percentage=BILLING_PERCENTAGE_FEE if production else 0,
    )


def payin_fees(partner_fee: PartnerFee | None, *, production: bool) -> Fees:
    """Give the fees on a payin."""
    return Fees(
        flat=FLAT_FEE,
        partner_flat=partner_fee.payin_flat_fee if partner_fee else 0,
        partner_percentage=partner_fee.payin_percentage_fee if partner_fee else 0,
        billing_percentage=BILLING_PERCENTAGE_FEE if production else 0,
    )


def payout_price(asked: Asked, quotation: Quotation, fees: Fees) -> Price:
    """Price tokens that arrive as currency. Raises `AmountTooSmall`."""
    rate = Fraction(quotation.ours, _QUOTED)
    in_tokens = asked.currency_type == "sender"
    value = Fraction(asked.amount) if in_tokens else asked.amount / rate
    return _price(asked, value, fees, paid_for_one=Fraction(1), got_for_one=rate)


def payin_price(asked: Asked, quotation: Quotation, fees: Fees) -> Price:
    """Price currency that arrives as tokens. Raises `AmountTooSmall`."""
    rate = Fraction(quotation.ours, _QUOTED)
    in_tokens = asked.currency_type == "receiver"
    value = Fraction(asked.amount) if in_tokens else asked.amount / rate
    return _price(asked, value, fees, paid_for_one=rate, got_for_one=Fraction(1))


def _price(
    asked: Asked, value: Fraction, fees: Fees, *, paid_for_one: Fraction, got_for_one: Fraction
) -> Price:
    """Put the fees on one side of a value in cents of the token."""
    partner_fee = fees.partner_flat + _share(value, fees.partner_percentage)
    taken = fees.flat + partner_fee
    paid, got = (value + taken, value) if asked.cover_fees else (value, value - taken)
    receiver_amount = floor(got * got_for_one)
    if receiver_amount < 1:
        raise AmountTooSmall
    return Price(
        sender_amount=ceil(paid * paid_for_one),
        receiver_amount=receiver_amount,
        flat_fee=fees.flat,
        partner_fee_amount=partner_fee,
        billing_fee_amount=_share(value, fees.billing_percentage),
    )


def exchanged(amount: int, currency_type: CurrencyType, rate: Fraction) -> int:
    """Give the other side of an exchange before fees, in which one unit sent buys `rate` units.

    Raises `AmountTooSmall`.
    """
    sent = currency_type == "sender"
    result = floor(amount * rate) if sent else ceil(amount / rate)
    if result < 1:
        raise AmountTooSmall
    return result


def _share(value: Fraction, basis_points: int) -> int:
    return ceil(value * basis_points / _BASIS_POINTS)

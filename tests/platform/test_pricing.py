"""What payments cost: whole amounts, rounded once, and never against whoever holds the money."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from deedbook.platform.payments.partner_fees.models import PartnerFee
from deedbook.platform.payments.pricing import (
    AmountTooSmall,
    Asked,
    Fees,
    Price,
    Quotation,
    exchanged,
    payin_fees,
    payin_price,
    payin_quotation,
    payout_fees,
    payout_price,
    payout_quotation,
)

BRL = Quotation(commercial=537, ours=534)
NO_FEES = Fees(flat=0)
FEES = Fees(flat=50, partner_flat=150, partner_percentage=100, billing_percentage=10)

rates = some.decimals("0.05", 10_000, places=4)
amounts = some.integers(1, 10**12)
sides = some.sampled_from(("sender", "receiver"))
askings = some.builds(Asked, amounts, sides, some.booleans())
fees = some.builds(
    Fees,
    some.integers(0, 1000),
    some.integers(0, 100_000),
    some.integers(0, 1000),
    some.integers(0, 100),
)


@pytest.mark.parametrize(
    ("currency_type", "cover_fees", "sender", "receiver", "partner"),
    [
        # 100.00 are sent: 3.00 of it are fees, and 97.00 become 5.34 each.
        ("sender", False, 10_000, 51_798, 250),
        # 100.00 become 534.00, and the fees come on top.
        ("sender", True, 10_300, 53_400, 250),
        # 534.00 arrive, for 100.00 and the fees.
        ("receiver", True, 10_300, 53_400, 250),
        # 534.00 are worth 100.00, of which the fees are taken.
        ("receiver", False, 10_000, 51_798, 250),
    ],
)
def test_a_payout(
    currency_type: Literal["sender", "receiver"],
    cover_fees: bool,  # noqa: FBT001 (a column of the table)
    sender: int,
    receiver: int,
    partner: int,
) -> None:
    amount = 10_000 if currency_type == "sender" else 53_400
    price = payout_price(Asked(amount, currency_type, cover_fees), BRL, FEES)
    assert price == Price(sender, receiver, 50, partner, 10)


def test_a_payin_is_quoted_the_other_way_round() -> None:
    quotation = Quotation(commercial=537, ours=540)
    price = payin_price(Asked(54_000, "sender", cover_fees=False), quotation, FEES)
    assert (price.sender_amount, price.receiver_amount) == (54_000, 9_700)
    price = payin_price(Asked(10_000, "receiver", cover_fees=True), quotation, FEES)
    assert (price.sender_amount, price.receiver_amount) == (55_620, 10_000)


def test_our_quotation_is_never_better_than_the_markets() -> None:
    assert payout_quotation(Decimal("5.37")) == Quotation(537, 534)
    assert payin_quotation(Decimal("5.37")) == Quotation(537, 540)
    assert payout_quotation(Decimal("0.86")) == Quotation(86, 85)
    assert payin_quotation(Decimal("0.86")) == Quotation(86, 87)


@given(rate=rates)
def test_a_quotation_lies_on_our_side_of_the_rate(rate: Decimal) -> None:
    sold, bought = payout_quotation(rate), payin_quotation(rate)
    assert sold.ours <= sold.commercial <= rate * 100 <= bought.commercial <= bought.ours
    assert sold.ours > 0


@given(asked=askings, rate=rates, fees=fees, payin=some.booleans())
def test_nobody_pays_less_or_gets_more_than_was_quoted(
    asked: Asked,
    rate: Decimal,
    fees: Fees,
    payin: bool,  # noqa: FBT001
) -> None:
    quotation = payin_quotation(rate) if payin else payout_quotation(rate)
    try:
        price = (payin_price if payin else payout_price)(asked, quotation, fees)
    except AmountTooSmall:
        return
    assert min(amounts_of(price)) >= 0
    assert {type(amount) for amount in amounts_of(price)} == {int}
    one = Fraction(quotation.ours, 100)
    paid, got = Fraction(price.sender_amount), Fraction(price.receiver_amount)
    paid_tokens, got_tokens = (paid / one, got) if payin else (paid, got / one)
    taken = price.flat_fee + price.partner_fee_amount
    # What is left between both sides is the fees, and less than one minor unit of each side.
    slack = 1 / one + 1
    assert 0 <= paid_tokens - got_tokens - taken < slack
    # What was asked for is met to the unit.
    if asked.currency_type == "sender" and not asked.cover_fees:
        assert price.sender_amount == asked.amount
    if asked.currency_type == "receiver" and asked.cover_fees:
        assert price.receiver_amount == asked.amount


def amounts_of(price: Price) -> tuple[int, ...]:
    return (
        price.sender_amount,
        price.receiver_amount,
        price.flat_fee,
        price.partner_fee_amount,
        price.billing_fee_amount,
    )


@given(amount=amounts, more=some.integers(1, 10**6), rate=rates, covered=some.booleans())
def test_more_money_is_never_worth_less(
    amount: int,
    more: int,
    rate: Decimal,
    covered: bool,  # noqa: FBT001
) -> None:
    quotation = payout_quotation(rate)
    try:
        less = payout_price(Asked(amount, "sender", covered), quotation, FEES)
    except AmountTooSmall:
        return
    greater = payout_price(Asked(amount + more, "sender", covered), quotation, FEES)
    assert greater.sender_amount > less.sender_amount
    assert greater.receiver_amount >= less.receiver_amount


@pytest.mark.parametrize(
    ("asked", "quotation"),
    [
        (Asked(200, "sender", cover_fees=False), BRL),
        (Asked(500, "receiver", cover_fees=False), Quotation(401_250, 399_243)),
    ],
)
def test_an_amount_that_does_not_bear_the_fees(asked: Asked, quotation: Quotation) -> None:
    with pytest.raises(AmountTooSmall):
        payout_price(asked, quotation, FEES)


def test_an_exchange() -> None:
    rate = Fraction(534, 100)
    assert exchanged(10_001, "sender", rate) == 53_405
    assert exchanged(53_405, "receiver", rate) == 10_001
    with pytest.raises(AmountTooSmall):
        exchanged(500, "sender", Fraction(100, 399_243))


def test_the_fees_of_a_direction() -> None:
    fee = PartnerFee(
        payout_percentage_fee=1, payout_flat_fee=2, payin_percentage_fee=3, payin_flat_fee=4
    )
    assert payout_fees(fee, production=False) == Fees(50, 2, 1, 0)
    assert payin_fees(fee, production=True) == Fees(50, 4, 3, 10)
    assert payout_fees(None, production=True) == Fees(50, 0, 0, 10)
    asked = Asked(10_000, "sender", cover_fees=False)
    assert payout_price(asked, Quotation(100, 100), NO_FEES) == Price(10_000, 10_000, 0, 0, 0)

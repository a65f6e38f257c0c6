"""Numbers with check digits: published examples hold, and one wrong digit is noticed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deedbook.platform.payments.bank_accounts import numbers

# Each from the papers of who gives such numbers out, or from what banks show as an example.
EXAMPLES: list[tuple[Callable[[str], bool], str]] = [
    (numbers.is_routing_number, "021000021"),
    (numbers.is_routing_number, "121145349"),
    (numbers.is_iban, "DE89370400440532013000"),
    (numbers.is_iban, "GB82WEST12345698765432"),
    (numbers.is_iban, "FR1420041010050500013M02606"),
    (numbers.is_iban, "NL91ABNA0417164300"),
    (numbers.is_clabe, "032180000118359719"),
    (numbers.is_cbu, "2850590940090418135201"),
    (numbers.is_card_number, "4242424242424242"),
    (numbers.is_cpf, "12345678909"),
    (numbers.is_cnpj, "11222333000181"),
    (numbers.is_cnpj, "12ABC34501DE35"),
]


@pytest.mark.parametrize(("holds", "number"), EXAMPLES)
def test_a_published_example_holds_and_no_digit_of_it_may_change(
    holds: Callable[[str], bool], number: str
) -> None:
    assert holds(number)
    for place, character in enumerate(number):
        for digit in "0123456789":
            if character.isdigit() and digit != character:
                changed = number[:place] + digit + number[place + 1 :]
                # Modulo 11 has one character for two remainders: a change may go unnoticed there.
                if holds not in (numbers.is_cpf, numbers.is_cnpj):
                    assert not holds(changed), changed


@pytest.mark.parametrize(("holds", "number"), EXAMPLES)
def test_what_is_too_short_too_long_or_no_digit_does_not_hold(
    holds: Callable[[str], bool], number: str
) -> None:
    for text in (
        "",
        number[:-1],
        number + "0" * 20,
        "x" * len(number),
        "0" * len(number),
        f" {number}",
        f"{number}\n",
        number[:-1] + "٣",
    ):
        if not (text == "0" * len(number) and holds in ZERO_HOLDS):
            assert not holds(text), text


# Nothing in their algorithms speaks against zeros alone.
ZERO_HOLDS = (numbers.is_clabe, numbers.is_cbu, numbers.is_card_number)


@given(st.text(max_size=40))
def test_whatever_the_text_there_is_an_answer(text: str) -> None:
    for holds, _ in EXAMPLES:
        assert holds(text) in (True, False)
    assert numbers.is_pix_key(text) in (True, False)


def test_sorts_of_pix_keys() -> None:
    for key in (
        "123.456.789-09",
        "11.222.333/0001-81",
        "+5581987654321",
        "maria@example.com",
        "123e4567-e89b-12d3-a456-426614174000",
    ):
        assert numbers.is_pix_key(key)
    assert not numbers.is_pix_key("+5581987654321", only_tax_ids=True)
    assert not numbers.is_pix_key("111.111.111-11")

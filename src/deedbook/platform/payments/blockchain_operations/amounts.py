"""Amounts in units of a token, as decimal texts: exact, and written one way."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from deedbook.engine import DeedbookError

# The places after the point that the tokens have on a chain.
_PLACES: Final = {"stellar": 7, "solana": 6}
_AMOUNT: Final = re.compile(r"(?P<whole>\d{1,12})(\.(?P<part>\d{1,7}))?")


class InvalidAmount(DeedbookError):
    """amount: is a positive decimal number, with at most 7 places on Stellar and 6 on Solana."""

    code = "VALIDATION_INVALID_REQUEST"
    status = 400


def amount_of(text: str, family: str) -> Decimal:
    """Give the amount that a text says, on a sort of chain. Raises `InvalidAmount`."""
    found = _AMOUNT.fullmatch(text)
    # What \d knows of other scripts is no number on a chain.
    if found is None or not text.isascii() or len(found["part"] or "") > _PLACES[family]:
        raise InvalidAmount
    amount = Decimal(text)
    if amount == 0:
        raise InvalidAmount
    return amount


def shown(amount: Decimal) -> str:
    """Give an amount without zeros that say nothing: `1.50` is `1.5`, and `100` stays `100`."""
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text

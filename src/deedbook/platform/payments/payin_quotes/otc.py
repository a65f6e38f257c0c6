"""Large payins at the rate of the market, for ten seconds: over the counter."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from deedbook.engine import DeedbookError
from deedbook.platform.payments.chains import DEVELOPMENT_TOKEN
from deedbook.platform.payments.pricing import Price, Quotation

OTC_LIFE: Final = timedelta(seconds=10)
_LEAST: Final = 5_000_00
_TOKENS: Final = ("USDT", DEVELOPMENT_TOKEN)
# Which side is given, and whether the sender covers the fees.
_SIDES: Final = (("sender", False), ("receiver", True))


class OtcNotSupported(DeedbookError):
    """is_otc: only BRL for USDT; the sender's amount without fees on top, or the receiver's with them."""

    code = "QUOTES_OTC_NOT_SUPPORTED"
    status = 400


class OtcBelowMinimum(DeedbookError):
    """request_amount: over the counter it has to be worth 5,000 US dollars at the least."""

    code = "PAYOUTS_AMOUNT_BELOW_MINIMUM"
    status = 400


def require_supported(*, currency: str, token: str, currency_type: str, cover_fees: bool) -> None:
    """Refuse what the counter does not trade. Raises `OtcNotSupported`."""
    sides = (currency_type, cover_fees)
    if currency != "BRL" or token not in _TOKENS or sides not in _SIDES:
        raise OtcNotSupported


def require_minimum(price: Price, quotation: Quotation) -> None:
    """Refuse what is worth too little. Raises `OtcBelowMinimum`."""
    if price.sender_amount * 100 < _LEAST * quotation.commercial:
        raise OtcBelowMinimum

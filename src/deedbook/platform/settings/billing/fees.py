"""What the platform charges for a payment, by rail or network: a flat fee and a share of the amount."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class FeeOptions:
    """Flat fees in cents, shares in basis points."""

    payin_flat: int = 0
    payin_percentage: int = 0
    payout_flat: int = 0
    payout_percentage: int = 0


def _both(flat: int, percentage: int) -> FeeOptions:
    return FeeOptions(flat, percentage, flat, percentage)


# By the names that the wire has for them here, which are not those of payments.
FEES: Final[Mapping[str, FeeOptions]] = {
    "ach": _both(50, 30),
    "domestic_wire": _both(1500, 30),
    "rtp": _both(100, 30),
    "international_swift": _both(3000, 50),
    "pix": _both(50, 50),
    "pix_safe": _both(50, 50),
    "ted": _both(100, 50),
    "ach_colombia": _both(100, 60),
    "transfers_3": _both(100, 60),
    "spei": _both(50, 50),
    "sepa": _both(100, 30),
    "tron": _both(200, 0),
    "ethereum": _both(300, 0),
    "polygon": _both(0, 0),
    "base": _both(0, 0),
    "arbitrum": _both(0, 0),
    "stellar": _both(0, 0),
    "solana": _both(0, 0),
}

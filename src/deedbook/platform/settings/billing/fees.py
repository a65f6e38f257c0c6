"""What the platform charges for a payment, by rail and network, under the names of this page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from deedbook.platform.payments.pricing import FLAT_FEE, PERCENTAGE_FEE


@dataclass(frozen=True, slots=True)
class FeeOptions:
    """Flat fees in cents, shares in basis points."""

    payin_flat: int = 0
    payin_percentage: int = 0
    payout_flat: int = 0
    payout_percentage: int = 0


_RAILS: Final = (
    "ach",
    "domestic_wire",
    "rtp",
    "international_swift",
    "pix",
    "pix_safe",
    "ted",
    "ach_colombia",
    "transfers_3",
    "spei",
    "sepa",
)
_NETWORKS: Final = ("tron", "ethereum", "polygon", "base", "arbitrum", "stellar", "solana")
# Every rail costs the same, and a network nothing on top of it.
FEES: Final[Mapping[str, FeeOptions]] = {
    **dict.fromkeys(_RAILS, FeeOptions(FLAT_FEE, PERCENTAGE_FEE, FLAT_FEE, PERCENTAGE_FEE)),
    **dict.fromkeys(_NETWORKS, FeeOptions()),
}

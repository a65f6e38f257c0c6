"""The banks that hold virtual accounts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, NamedTuple

BankingPartner = Literal["jpmorgan", "citi", "hsbc", "cfsb", "portage", "ssb"]


class Bank(NamedTuple):
    """A bank's name, and its code in SWIFT (ISO 9362) where it takes such transfers itself."""

    name: str
    bic: str | None = None


BANKS: Final[Mapping[str, Bank]] = {
    "jpmorgan": Bank("JPMorgan Chase", "CHASUS33"),
    "citi": Bank("Citi", "CITIUS33"),
    "hsbc": Bank("HSBC", "MRMDUS33"),
    "cfsb": Bank("CFSB"),
    "portage": Bank("Portage Bank"),
    "ssb": Bank("SSB Bank"),
}

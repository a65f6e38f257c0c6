"""/v1/available: the values that fields of other resources may hold."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query

from deedbook.platform.payments.reference.bank_details import RAILS, RailName
from deedbook.platform.payments.reference.industries import INDUSTRIES
from deedbook.platform.payments.reference.schemas import (
    BankFieldOut,
    NaicsOut,
    RailOut,
    SwiftBankOut,
)
from deedbook.platform.payments.reference.service import banks_of
from deedbook.web.declarations import AnyCaller, Anyone, needs
from deedbook.web.routing import slice_router

router = slice_router("/v1/available", tag="Reference data")

# A BIC (ISO 9362) has 8 characters, or 11 with its branch.
Bic = Annotated[str, Path(pattern=r"^[A-Za-z0-9]{8}([A-Za-z0-9]{3})?$")]


@router.get("/rails")
@needs(Anyone())
def get_rails() -> list[RailOut]:
    """Give the rails that payouts go over."""
    return [
        RailOut(label=rail.label, value=rail.value, country=rail.country) for rail in RAILS.values()
    ]


@router.get("/naics")
@needs(Anyone())
def get_naics() -> list[NaicsOut]:
    """Give the industries that a business may name."""
    return [NaicsOut(label=title, value=code) for code, title in INDUSTRIES.items()]


@router.get("/bank-details", response_model_exclude_none=True)
@needs(Anyone())
def get_bank_details(rail: Annotated[RailName, Query()]) -> list[BankFieldOut]:
    """Give what has to be known of a bank account of a rail."""
    return [BankFieldOut.of(field) for field in RAILS[rail].fields]


@router.get("/swift/{swift}")
@needs(AnyCaller())
def get_swift(swift: Bic) -> list[SwiftBankOut]:
    """Give the banks that a BIC stands for; an empty list where it is not known."""
    return [SwiftBankOut.of(bank) for bank in banks_of(swift.upper())]

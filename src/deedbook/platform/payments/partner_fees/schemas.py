"""Partner fees on the wire."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints, field_validator

from deedbook.platform.payments.partner_fees.models import PartnerFee
from deedbook.web.schemas import Body

BasisPoints = Annotated[int, Field(ge=0, le=1000)]
Cents = Annotated[int, Field(ge=0, le=100_000)]


class PartnerFeeIn(Body):
    """A new fee: percentages in whole basis points (1000 are 10 %), flat fees in whole cents."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=255)]
    payout_percentage_fee: BasisPoints
    payout_flat_fee: Cents
    payin_percentage_fee: BasisPoints
    payin_flat_fee: Cents
    virtual_account_set: bool = False

    @field_validator("virtual_account_set", mode="before")
    @classmethod
    def _none_is_no(cls, value: object) -> object:
        return False if value is None else value


class PartnerFeeOut(BaseModel):
    """A fee: percentages in basis points, flat fees in cents."""

    id: str
    instance_id: str
    name: str
    payout_percentage_fee: int
    payout_flat_fee: int
    payin_percentage_fee: int
    payin_flat_fee: int
    virtual_account_set: bool

    @classmethod
    def of(cls, fee: PartnerFee) -> PartnerFeeOut:
        """Give a fee as the wire has it."""
        return cls.model_validate(fee, from_attributes=True)

"""Reference data on the wire."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from deedbook.platform.payments.reference.bank_details import BankField, RailName
from deedbook.platform.payments.reference.banks import Bank


class RailOut(BaseModel):
    """A way for money to get to a bank account."""

    label: str
    value: RailName
    country: str


class NaicsOut(BaseModel):
    """An industry and its NAICS code."""

    label: str
    value: str


class ItemOut(BaseModel):
    """A value that may be chosen."""

    model_config = ConfigDict(from_attributes=True)

    label: str
    value: str
    is_active: bool


class RequiredWhenOut(BaseModel):
    """A field is required when another one has, or has not, one of these values."""

    model_config = ConfigDict(from_attributes=True)

    field: str
    operator: Literal["in", "eq", "notIn", "notEq"]
    values: list[str]


class BankFieldOut(BaseModel):
    """A field of a bank account of one rail; `regex` is empty where any text will do."""

    model_config = ConfigDict(from_attributes=True)

    label: str
    key: str
    regex: str
    required: bool
    items: list[ItemOut] | None = None
    required_when: RequiredWhenOut | None = Field(None, serialization_alias="requiredWhen")

    @classmethod
    def of(cls, field: BankField) -> BankFieldOut:
        """Give a field as the wire has it."""
        return cls.model_validate(field)


class SwiftBankOut(BaseModel):
    """A bank that a BIC stands for."""

    id: str
    bank: str
    city: str
    branch: str
    swiftCode: str  # noqa: N815 (the wire's)
    swiftCodeLink: str  # noqa: N815
    country: str
    countrySlug: str  # noqa: N815

    @classmethod
    def of(cls, bank: Bank) -> SwiftBankOut:
        """Give a bank as the wire has it."""
        return cls(
            id=bank.bic,
            bank=bank.name,
            city=bank.city,
            branch="Head office",
            swiftCode=bank.bic,
            swiftCodeLink=f"/v1/available/swift/{bank.bic}",
            country=bank.country,
            countrySlug=bank.country.lower().replace(" ", "-"),
        )

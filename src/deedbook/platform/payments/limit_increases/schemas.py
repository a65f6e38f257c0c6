"""Limit increases on the wire."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from deedbook.platform.payments.customers.schemas import Url
from deedbook.platform.payments.limit_increases.models import LimitIncrease
from deedbook.web.schemas import Body, Moment

Cents = Annotated[int, Field(ge=1, le=100_000_000_000)]
SupportingDocument = Literal[
    "individual_bank_statement",
    "individual_tax_return",
    "individual_proof_of_income",
    "individual_pay_stub",
    "individual_employment_letter",
    "individual_investment_statement",
    "individual_crypto_exchange_statement",
    "individual_blockchain_wallet_statement",
    "business_bank_statement",
    "business_financial_statements",
    "business_tax_return",
    "business_contract",
    "business_accounts_receivable",
    "business_merchant_processor_statement",
    "business_shareholder_loan",
]


class LimitIncreaseIn(Body):
    """The limits that a customer is to have, in cents; what is left out stays as it is."""

    per_transaction: Cents | None = None
    daily: Cents | None = None
    monthly: Cents | None = None
    supporting_document_type: SupportingDocument
    supporting_document_file: Url


class LimitIncreaseCreatedOut(BaseModel):
    """The id of a new limit increase."""

    id: str


class LimitIncreaseOut(BaseModel):
    """A limit increase: what was asked for and what was approved, in cents."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    customer_id: str
    status: Literal["in_review", "approved", "rejected"]
    per_transaction: int | None
    daily: int | None
    monthly: int | None
    approved_per_transaction: int | None
    approved_daily: int | None
    approved_monthly: int | None
    supporting_document_type: str
    supporting_document_file: str
    created_at: Moment
    updated_at: Moment

    @classmethod
    def of(cls, increase: LimitIncrease) -> LimitIncreaseOut:
        """Give a limit increase as the wire has it."""
        return cls.model_validate(increase)

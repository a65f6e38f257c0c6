"""Billing on the wire. Amounts are in cents of a US dollar."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BaseModel, EmailStr, Field, StringConstraints

from deedbook.database.base import now
from deedbook.platform.settings.billing import models
from deedbook.platform.settings.billing.service import Period
from deedbook.platform.settings.billing.usage import (
    DUE_DAYS,
    PLAN,
    VIRTUAL_ACCOUNT_PRICE,
    Usage,
    due_date,
)
from deedbook.web.schemas import Body, Moment

Text = Annotated[str, StringConstraints(max_length=255)]
InvoiceStatus = Literal["owing", "paid", "claimable", "collected", "expired", "overdue"]
PlanName = Literal["Basic", "Business", "Enterprise"]
CollectionNetwork = Literal[
    "polygon",
    "base",
    "arbitrum",
    "ethereum",
    "tron",
    "solana",
    "stellar",
]


class BillingDetails(Body):
    """To whom invoices go, and who gets a copy."""

    name: Text
    email: EmailStr | Literal[""]
    tax_id: Text
    address_line_1: Text
    address_line_2: Text
    city: Text
    state_province_region: Text
    postal_code: Text
    country: Text
    copy_emails: list[EmailStr] = Field(default=[], max_length=20)

    @classmethod
    def of(cls, details: models.BillingDetails | None) -> Self:
        """Give the details of an instance, all of them empty while nobody has said."""
        if details is not None:
            return cls.model_validate(details, from_attributes=True)
        return cls(
            name="",
            email="",
            tax_id="",
            address_line_1="",
            address_line_2="",
            city="",
            state_province_region="",
            postal_code="",
            country="",
        )


class Item(BaseModel):
    """A line of an invoice beside the fees and the plan."""

    id: str
    name: str
    description: str | None
    amount: int
    quantity: int


class InvoiceOut(BaseModel):
    """What is owed for a period, or may be collected for one; `url` shows it as a document."""

    id: str
    reference: str
    status: InvoiceStatus
    period_start: Moment
    period_end: Moment
    due_date: Moment | None
    virtual_account_fees: int
    payin_billing_fees: int
    payin_partner_fees: int
    payout_billing_fees: int
    payout_partner_fees: int
    total_to_pay: int
    total_to_collect: int
    discount: int = 0
    credit_note_amount: int = 0
    url: str
    payment_id: str | None
    collection_id: str | None
    has_partner_fee_invoice: bool
    minimum_per_month: int
    subscription_plan: PlanName
    subscription_price: int
    items: list[Item]

    @classmethod
    def of(cls, invoice: models.Invoice, url: str) -> Self:
        """Give an invoice as the wire has it."""
        missing = invoice.missing_to_minimum
        return cls.model_validate(
            {name: getattr(invoice, name) for name in cls.model_fields if hasattr(invoice, name)}
            | {
                "status": invoice.status_at(now()),
                "url": url,
                "items": [_minimum(f"ri_{invoice.id[3:]}", missing)] if missing else [],
            }
        )


class VirtualAccountsUsage(BaseModel):
    """How many virtual accounts there are, and what they cost."""

    count: int
    unit_cost: int
    total: int


class CurrentUsageOut(BaseModel):
    """What the period under way comes to so far."""

    period_start: Moment
    period_end: Moment
    due_date: Moment
    minimum_monthly_amount: int
    subscription_plan: PlanName
    subscription_plan_amount: int
    virtual_accounts: VirtualAccountsUsage
    virtual_account_fees: int
    payin_billing_fees: int
    payin_partner_fees: int
    payout_billing_fees: int
    payout_partner_fees: int
    total_to_pay: int
    total_to_collect: int
    items: list[Item]

    @classmethod
    def of(cls, instance_id: str, period: Period, usage: Usage) -> Self:
        """Give what was used as the wire has it."""
        missing = usage.missing_to_minimum
        return cls(
            period_start=period.start,
            period_end=period.end,
            due_date=due_date(period.end),
            minimum_monthly_amount=PLAN.minimum,
            subscription_plan=PLAN.name,
            subscription_plan_amount=PLAN.price,
            virtual_accounts=VirtualAccountsUsage(
                count=usage.virtual_accounts,
                unit_cost=VIRTUAL_ACCOUNT_PRICE,
                total=usage.virtual_account_fees,
            ),
            virtual_account_fees=usage.virtual_account_fees,
            payin_billing_fees=usage.payins.billing,
            payin_partner_fees=usage.payins.partner,
            payout_billing_fees=usage.payouts.billing,
            payout_partner_fees=usage.payouts.partner,
            total_to_pay=usage.total_to_pay,
            total_to_collect=usage.total_to_collect,
            items=[_minimum(f"ri_{instance_id[3:]}", missing)] if missing else [],
        )


class InvoicesOut(BaseModel):
    """The period under way, and all invoices, newest first."""

    current: CurrentUsageOut
    invoices: list[InvoiceOut]


class InvoicePdfOut(BaseModel):
    """A link to an invoice as a document, good for a quarter of an hour."""

    url: str


class PayInvoiceOut(BaseModel):
    """How much is paid, and to which wallets it can be sent."""

    amount: int
    tron_wallet: str
    solana_wallet: str


class CollectInvoiceIn(Body):
    """Where partner fees are to be sent."""

    network: CollectionNetwork
    token: Literal["USDC", "USDT"]
    wallet_address: Annotated[str, StringConstraints(min_length=1, max_length=64)]


class CollectInvoiceOut(BaseModel):
    """Partner fees on their way."""

    collection_id: str
    status: Literal["pending", "processing", "completed", "failed"]
    amount: int
    network: str
    token: str
    wallet_address: str


class SubscriptionOut(BaseModel):
    """The plan of an instance."""

    minimum_per_month: int = PLAN.minimum
    subscription_plan: PlanName = PLAN.name
    subscription_price: int = PLAN.price
    started_at: Moment
    invoice_due_date_days: int = DUE_DAYS
    status: Literal["active", "pending_payment", "past_due", "cancelled"] = "active"
    billing_charge: bool = True


class PaymentMethodOut(BaseModel):
    """How an instance pays by itself; all null while the portal was not used to say so."""

    type: Literal["card", "us_bank_account"] | None = None
    brand: str | None = None
    last4: str | None = None
    exp_month: int | None = None
    exp_year: int | None = None
    bank_name: str | None = None
    account_type: str | None = None
    created_at: Moment | None = None


class FeeOptionsOut(BaseModel):
    """What a payment costs: flat fees in cents, shares in basis points."""

    payin_flat: int
    payin_percentage: int
    payout_flat: int
    payout_percentage: int


class FeesOut(BaseModel):
    """The fees of an instance, by rail and network."""

    id: str
    instance_id: str
    ach: FeeOptionsOut
    domestic_wire: FeeOptionsOut
    rtp: FeeOptionsOut
    international_swift: FeeOptionsOut
    pix: FeeOptionsOut
    pix_safe: FeeOptionsOut
    ted: FeeOptionsOut
    ach_colombia: FeeOptionsOut
    transfers_3: FeeOptionsOut
    spei: FeeOptionsOut
    sepa: FeeOptionsOut
    tron: FeeOptionsOut
    ethereum: FeeOptionsOut
    polygon: FeeOptionsOut
    base: FeeOptionsOut
    arbitrum: FeeOptionsOut
    stellar: FeeOptionsOut
    solana: FeeOptionsOut
    created_at: Moment
    updated_at: Moment


class PortalSessionOut(BaseModel):
    """The page on which payment is managed."""

    url: str


def _minimum(item_id: str, missing: int) -> Item:
    return Item(
        id=item_id,
        name="Monthly minimum",
        description="What the fees stay under the minimum of the plan",
        amount=missing,
        quantity=1,
    )

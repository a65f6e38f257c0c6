"""What is recorded of billing."""

from __future__ import annotations

from dataclasses import dataclass

from deedbook.engine import Action, Feature, Metadata, NoMetadata, Personal, Searchable

BILLING = Feature("billing", title="Billing")


@dataclass(frozen=True, slots=True)
class BillingDetailsMetadata(Metadata):
    """To whom invoices go."""

    country: str
    name: Personal[Searchable[str]]
    email: Personal[Searchable[str]]


@dataclass(frozen=True, slots=True)
class InvoiceIssuedMetadata(Metadata):
    """A new invoice: `kind` is owing or claimable, the amount in minor units of the currency."""

    kind: str
    reference: Searchable[str]
    amount: Searchable[int]
    currency: str
    period_start: str
    period_end: str


@dataclass(frozen=True, slots=True)
class InvoicePaidMetadata(Metadata):
    """A payment of an invoice, in minor units of the currency."""

    reference: Searchable[str]
    amount: Searchable[int]
    currency: str
    payment_id: Searchable[str]


@dataclass(frozen=True, slots=True)
class FeesCollectedMetadata(Metadata):
    """Partner fees that were collected, in minor units of the currency, and where to."""

    reference: Searchable[str]
    amount: Searchable[int]
    currency: str
    collection_id: Searchable[str]
    network: str
    token: str
    wallet_address: Personal[Searchable[str]]


DETAILS_UPDATED = Action(
    "billing.details_updated",
    BILLING,
    ("update",),
    BillingDetailsMetadata,
    says="updated the billing details of {label}",
    entity_type="billing_details",
    title="Billing details updated",
)
INVOICE_ISSUED = Action(
    "billing.invoice_issued",
    BILLING,
    ("create",),
    InvoiceIssuedMetadata,
    says="issued the {kind} invoice {label}",
    entity_type="invoice",
    title="Invoice issued",
)
INVOICE_PAID = Action(
    "billing.invoice_paid",
    BILLING,
    ("update",),
    InvoicePaidMetadata,
    says="paid the invoice {label}",
    entity_type="invoice",
    title="Invoice paid",
)
FEES_COLLECTED = Action(
    "billing.fees_collected",
    BILLING,
    ("update",),
    FeesCollectedMetadata,
    says="collected the partner fees of invoice {label} on {network}",
    entity_type="invoice",
    title="Partner fees collected",
)
PORTAL_SESSION_CREATED = Action(
    "billing.portal_session_created",
    BILLING,
    ("create",),
    NoMetadata,
    says="opened the billing portal of {label}",
    entity_type="portal_session",
    title="Billing portal opened",
)

ACTIONS = (
    DETAILS_UPDATED,
    INVOICE_ISSUED,
    INVOICE_PAID,
    FEES_COLLECTED,
    PORTAL_SESSION_CREATED,
)

"""What is recorded of payouts."""

from __future__ import annotations

from dataclasses import dataclass

from deedbook.engine import Action, Feature, Metadata, Personal, Searchable

PAYOUT = Feature("payout", title="Payouts")


@dataclass(frozen=True, slots=True)
class PayoutMetadata(Metadata):
    """What is sent and what arrives, in minor units of each, and by which way."""

    sender_amount: Searchable[int]
    token: str
    network: str
    receiver_amount: Searchable[int]
    currency: str
    rail: str
    last_four: Searchable[str]
    partner_fee_amount: int
    customer_name: Personal[Searchable[str | None]]
    recipient_name: Personal[Searchable[str | None]]
    sender_wallet_address: Personal[Searchable[str]]
    description: Personal[Searchable[str | None]]


@dataclass(frozen=True, slots=True)
class DocumentsMetadata(Metadata):
    """Which document was handed in for which payout."""

    transaction_document_type: str
    receiver_amount: Searchable[int]
    currency: str
    rail: str
    last_four: Searchable[str]
    transaction_document_id: Personal[Searchable[str]]


CREATED = Action(
    "payout.created",
    PAYOUT,
    ("create",),
    PayoutMetadata,
    says="created a payout to {label}",
    entity_type="payout",
    title="Payout created",
    refs=("quote", "bank_account", "customer", "partner_fee", "offramp_wallet"),
)
DOCUMENTS_SUBMITTED = Action(
    "payout.documents_submitted",
    PAYOUT,
    ("update",),
    DocumentsMetadata,
    says="submitted a document for the payout to {label}",
    entity_type="payout",
    title="Payout documents submitted",
    refs=("bank_account", "customer"),
)

ACTIONS = (CREATED, DOCUMENTS_SUBMITTED)

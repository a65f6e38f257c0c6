"""What is recorded of transfers."""

from __future__ import annotations

from dataclasses import dataclass

from deedbook.engine import Action, Feature, Metadata, Personal, Searchable

TRANSFER = Feature("transfer", title="Transfers")


@dataclass(frozen=True, slots=True)
class TransferMetadata(Metadata):
    """What is moved, in cents of the token, and between which addresses."""

    amount: Searchable[int]
    token: str
    network: str
    customer_network: str
    wallet: Personal[Searchable[str]]
    external_id: Personal[Searchable[str | None]]
    customer_name: Personal[Searchable[str]]
    customer_wallet_address: Personal[Searchable[str]]


CREATED = Action(
    "transfer.created",
    TRANSFER,
    ("create",),
    TransferMetadata,
    says="created a transfer to {label}",
    entity_type="transfer",
    title="Transfer created",
    refs=("quote", "wallet", "customer", "partner_fee"),
)

ACTIONS = (CREATED,)

"""What is recorded of payins."""

from __future__ import annotations

from dataclasses import dataclass

from deedbook.engine import Action, Feature, Metadata, Personal, Searchable

PAYIN = Feature("payin", title="Payins")


@dataclass(frozen=True, slots=True)
class PayinMetadata(Metadata):
    """What is sent and what arrives, in minor units of each, and by which way."""

    sender_amount: Searchable[int]
    currency: str
    payment_method: str
    receiver_amount: Searchable[int]
    token: str
    network: str
    partner_fee_amount: int
    memo_code: Searchable[str | None]
    customer_name: Personal[Searchable[str | None]]
    sender_name: Personal[Searchable[str | None]]


CREATED = Action(
    "payin.created",
    PAYIN,
    ("create",),
    PayinMetadata,
    says="created a payin of {label}",
    entity_type="payin",
    title="Payin created",
    refs=(
        "quote",
        "customer",
        "blockchain_wallet",
        "wallet",
        "virtual_account",
        "partner_fee",
    ),
)

ACTIONS = (CREATED,)

"""What is recorded of virtual accounts."""

from __future__ import annotations

from dataclasses import dataclass

from deedbook.engine import Action, Feature, Metadata, Personal, Searchable

VIRTUAL_ACCOUNT = Feature("virtual_account", title="Virtual accounts")


@dataclass(frozen=True, slots=True)
class VirtualAccountMetadata(Metadata):
    """A virtual account as it was at the act; `last_four` is None until the bank gave a number."""

    banking_partner: str
    token: str
    network: str
    kyc_status: str
    last_four: Searchable[str | None]
    customer_name: Personal[Searchable[str]]


CREATED = Action(
    "virtual_account.created",
    VIRTUAL_ACCOUNT,
    ("create",),
    VirtualAccountMetadata,
    says="opened the virtual account {label}",
    entity_type="virtual_account",
    title="Virtual account opened",
    refs=("customer", "blockchain_wallet", "partner_fee"),
)
UPDATED = Action(
    "virtual_account.updated",
    VIRTUAL_ACCOUNT,
    ("update",),
    VirtualAccountMetadata,
    says="changed where the virtual account {label} pays to",
    entity_type="virtual_account",
    title="Virtual account updated",
    refs=("customer", "blockchain_wallet", "partner_fee"),
)

ACTIONS = (CREATED, UPDATED)

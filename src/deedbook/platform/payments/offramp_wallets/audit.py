"""What is recorded of off-ramp wallets."""

from __future__ import annotations

from dataclasses import dataclass

from deedbook.engine import Action, Feature, Metadata, Personal, Searchable

OFFRAMP_WALLET = Feature("offramp_wallet", title="Offramp wallets")


@dataclass(frozen=True, slots=True)
class OfframpWalletMetadata(Metadata):
    """An off-ramp wallet, and the account that its deposits are paid out to."""

    network: str
    rail: str
    last_four: Searchable[str]
    address: Personal[Searchable[str]]
    bank_account: Personal[Searchable[str]]
    external_id: Personal[Searchable[str | None]]


CREATED = Action(
    "offramp_wallet.created",
    OFFRAMP_WALLET,
    ("create",),
    OfframpWalletMetadata,
    says="opened offramp wallet {label} for bank account {bank_account}",
    entity_type="offramp_wallet",
    title="Offramp wallet opened",
    refs=("customer", "bank_account"),
)

ACTIONS = (CREATED,)

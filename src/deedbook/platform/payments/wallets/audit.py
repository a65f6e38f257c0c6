"""What is recorded of wallets."""

from __future__ import annotations

from dataclasses import dataclass

from deedbook.engine import Action, Feature, Metadata, Personal, Searchable

WALLET = Feature("wallet", title="Wallets")


@dataclass(frozen=True, slots=True)
class WalletMetadata(Metadata):
    """A wallet as it was at the act."""

    network: str
    name: Personal[Searchable[str]]
    external_id: Personal[Searchable[str | None]]
    address: Personal[Searchable[str]]


CREATED = Action(
    "wallet.created",
    WALLET,
    ("create",),
    WalletMetadata,
    says="opened the wallet {label}",
    entity_type="wallet",
    title="Wallet opened",
    refs=("customer",),
)
DELETED = Action(
    "wallet.deleted",
    WALLET,
    ("delete",),
    WalletMetadata,
    says="closed the wallet {label}",
    entity_type="wallet",
    title="Wallet closed",
    refs=("customer",),
)

ACTIONS = (CREATED, DELETED)

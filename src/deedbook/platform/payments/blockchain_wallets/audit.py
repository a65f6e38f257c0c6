"""What is recorded of blockchain wallets."""

from __future__ import annotations

from dataclasses import dataclass

from deedbook.engine import Action, Feature, Metadata, Personal, Searchable

BLOCKCHAIN_WALLET = Feature("blockchain_wallet", title="Blockchain wallets")


@dataclass(frozen=True, slots=True)
class BlockchainWalletMetadata(Metadata):
    """A blockchain wallet as it was at the act."""

    network: str
    is_account_abstraction: bool
    name: Personal[Searchable[str]]
    address: Personal[Searchable[str]]


CREATED = Action(
    "blockchain_wallet.created",
    BLOCKCHAIN_WALLET,
    ("create",),
    BlockchainWalletMetadata,
    says="added the blockchain wallet {label}",
    entity_type="blockchain_wallet",
    title="Blockchain wallet added",
    refs=("customer",),
)
DELETED = Action(
    "blockchain_wallet.deleted",
    BLOCKCHAIN_WALLET,
    ("delete",),
    BlockchainWalletMetadata,
    says="removed the blockchain wallet {label}",
    entity_type="blockchain_wallet",
    title="Blockchain wallet removed",
    refs=("customer",),
)

ACTIONS = (CREATED, DELETED)

"""What is recorded of blockchain operations."""

from __future__ import annotations

from dataclasses import dataclass

from deedbook.engine import Action, Feature, Metadata, Searchable

BLOCKCHAIN_OPERATION = Feature("blockchain_operation", title="Blockchain operations")


@dataclass(frozen=True, slots=True)
class TrustlineMetadata(Metadata):
    """For which token, on which network an address is to be opened."""

    network: str
    token: str


@dataclass(frozen=True, slots=True)
class MintMetadata(Metadata):
    """How many units of which token an address was given, as a decimal text, and where that is seen."""

    network: str
    token: str
    amount: Searchable[str]
    transaction_hash: Searchable[str]


@dataclass(frozen=True, slots=True)
class DelegationMetadata(Metadata):
    """How many units of a token may be taken from an address, as a decimal text.

    `token` is the token of the quote, or else the address of the token's contract.
    """

    network: str
    token: str
    amount: Searchable[str]
    owner_address: Searchable[str]


TRUSTLINE_CREATED = Action(
    "asset_trustline.created",
    BLOCKCHAIN_OPERATION,
    ("create",),
    TrustlineMetadata,
    says="prepared a trustline for {token} at {entity_id}",
    entity_type="asset_trustline",
    title="Trustline prepared",
)
USDB_MINTED = Action(
    "usdb.minted",
    BLOCKCHAIN_OPERATION,
    ("create",),
    MintMetadata,
    says="minted {amount} {token} for {entity_id}",
    entity_type="usdb_mint",
    title="USDB minted",
)
DELEGATION_PREPARED = Action(
    "solana_delegation.prepared",
    BLOCKCHAIN_OPERATION,
    ("create",),
    DelegationMetadata,
    says="prepared a delegation of {amount} {token} by {owner_address}",
    entity_type="solana_delegation",
    title="Delegation prepared",
    refs=("quote",),
)

ACTIONS = (TRUSTLINE_CREATED, USDB_MINTED, DELEGATION_PREPARED)

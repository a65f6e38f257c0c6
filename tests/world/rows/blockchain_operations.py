"""Rows of blockchain operations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from unittest.mock import ANY

from deedbook.web.roles import Area
from world.operation import INSTANCE, Operation, Prepared
from world.people import Team
from world.world import World

STELLAR = f"G{'A' * 55}"
SOLANA = "4Nd1mYQJ9bG9k1fV6mXrTq2Lw8HsPz5uEcRtYaBvDxWn"
TOKEN = "9xQeWvG816bUx9EPjHmaT23yvVM2ZWbrrpZb9PusVFin"


def _trustline(_world: World, _team: Team) -> Prepared:
    return Prepared(
        body={"address": STELLAR},
        entity_id=STELLAR,
        metadata={"network": "stellar_testnet", "token": "USDB"},
    )


def _minted(network: str, address: str, **fields: Any) -> Prepared:
    return Prepared(
        body={"address": address, "amount": "1250.50", **fields},
        entity_id=address,
        metadata={
            "network": network,
            "token": "USDB",
            "amount": "1250.5",
            "transaction_hash": ANY,
        },
    )


def _on_stellar(_world: World, _team: Team) -> Prepared:
    return _minted("stellar_testnet", STELLAR, signedXdr="AAAA")


def _on_solana(_world: World, _team: Team) -> Prepared:
    return _minted("solana_devnet", SOLANA)


def _delegation(_world: World, _team: Team) -> Prepared:
    return Prepared(
        body={"owner_address": SOLANA, "token_address": TOKEN, "amount": "10"},
        entity_id=SOLANA,
        metadata={
            "network": "solana_devnet",
            "token": TOKEN,
            "amount": "10",
            "owner_address": SOLANA,
        },
    )


_ALIKE: Mapping[str, Any] = {
    "operation": "create",
    "method": "POST",
    "area": Area.INTEGRATION,
    "named_feature": "blockchain_operation",
}
OPERATIONS: tuple[Operation, ...] = (
    Operation(
        action="asset_trustline.created",
        path=f"{INSTANCE}/create-asset-trustline",
        entity_type="asset_trustline",
        prepare=_trustline,
        **_ALIKE,
    ),
    Operation(
        action="usdb.minted",
        path=f"{INSTANCE}/mint-usdb-stellar",
        entity_type="usdb_mint",
        prepare=_on_stellar,
        **_ALIKE,
    ),
    Operation(
        action="usdb.minted",
        path=f"{INSTANCE}/mint-usdb-solana",
        entity_type="usdb_mint",
        prepare=_on_solana,
        **_ALIKE,
    ),
    Operation(
        action="solana_delegation.prepared",
        path=f"{INSTANCE}/prepare-delegate-solana",
        entity_type="solana_delegation",
        prepare=_delegation,
        **_ALIKE,
    ),
)

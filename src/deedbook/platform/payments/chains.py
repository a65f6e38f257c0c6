"""Chains and tokens: which exist, which may be used where, and what addresses look like."""

from __future__ import annotations

import re
from typing import Final, Literal

from deedbook.engine import DeedbookError
from deedbook.platform.identity.instances.models import Instance

Network = Literal[
    "base",
    "sepolia",
    "arbitrum_sepolia",
    "base_sepolia",
    "arbitrum",
    "polygon",
    "polygon_amoy",
    "ethereum",
    "stellar",
    "stellar_testnet",
    "tron",
    "solana",
    "solana_devnet",
]
# Those on which addresses are opened whose deposits are paid out.
OfframpNetwork = Literal[
    "tron",
    "solana",
    "solana_devnet",
    "arbitrum",
    "base",
    "ethereum",
    "polygon",
    "sepolia",
    "arbitrum_sepolia",
    "base_sepolia",
    "polygon_amoy",
]
Token = Literal["USDC", "USDT", "USDB"]

TESTNETS: Final = frozenset(
    {
        "sepolia",
        "arbitrum_sepolia",
        "base_sepolia",
        "polygon_amoy",
        "stellar_testnet",
        "solana_devnet",
    }
)
# The token that exists on development instances alone, and is the only one there.
DEVELOPMENT_TOKEN: Final = "USDB"  # noqa: S105 (a currency, no credential)
_BASE58: Final = "[1-9A-HJ-NP-Za-km-z]"
_EVM: Final = re.compile(r"0x[0-9a-fA-F]{40}")
_ADDRESSES: Final = {
    # StrKey of an Ed25519 public key (SEP-23): G and 55 characters of base 32.
    "stellar": re.compile(r"G[A-Z2-7]{55}"),
    # 32 bytes in base 58.
    "solana": re.compile(f"{_BASE58}{{32,44}}"),
    # 21 bytes and a checksum in base 58, the first of which is 0x41.
    "tron": re.compile(f"T{_BASE58}{{33}}"),
}


class NetworkNotSupported(DeedbookError):
    """network: development instances use testnets, production instances mainnets."""

    code = "BLOCKCHAIN_NETWORK_NOT_SUPPORTED"
    status = 400


class TokenNotSupported(DeedbookError):
    """token: development instances use USDB, production instances USDC and USDT."""

    code = "BLOCKCHAIN_TOKEN_NOT_SUPPORTED"
    status = 400


class InvalidAddress(DeedbookError):
    """address: is no address on this network."""

    code = "VALIDATION_INVALID_REQUEST"
    status = 400


def family_of(network: str) -> str:
    """Give the sort of chain that a network belongs to: evm, stellar, solana or tron."""
    name = network.partition("_")[0]
    return name if name in _ADDRESSES else "evm"


def require_network(instance: Instance, network: str) -> None:
    """Refuse a network that an instance of this type does not use."""
    if (network in TESTNETS) is instance.is_production:
        raise NetworkNotSupported


def require_token(instance: Instance, token: str) -> None:
    """Refuse a token that an instance of this type does not use."""
    if (token == DEVELOPMENT_TOKEN) is instance.is_production:
        raise TokenNotSupported


def only_token(instance: Instance) -> str:
    """Give the token that is meant where none is named; only development instances have but one."""
    if instance.is_production:
        raise TokenNotSupported
    return DEVELOPMENT_TOKEN


def require_address(network: str, address: str) -> None:
    """Refuse what cannot be an address on a network."""
    if not _ADDRESSES.get(family_of(network), _EVM).fullmatch(address):
        raise InvalidAddress

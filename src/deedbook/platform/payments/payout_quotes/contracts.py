"""The call by which a sender on an EVM chain lets a payout take its tokens."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from deedbook.platform.outside.outside import Outside
from deedbook.platform.payments.payout_quotes.models import PayoutQuote
from deedbook.platform.payments.payout_quotes.schemas import ChainOut, ContractOut

# EIP-155 ids of the EVM chains.
_CHAIN_IDS: Final[Mapping[str, int]] = {
    "ethereum": 1,
    "sepolia": 11_155_111,
    "base": 8453,
    "base_sepolia": 84_532,
    "arbitrum": 42_161,
    "arbitrum_sepolia": 421_614,
    "polygon": 137,
    "polygon_amoy": 80_002,
}
# A token has six decimals, a cent two.
_UNITS_IN_A_CENT: Final = 10_000
# `approve` of ERC-20 in the ABI's JSON.
_APPROVE: Final[Mapping[str, Any]] = {
    "type": "function",
    "name": "approve",
    "stateMutability": "nonpayable",
    "inputs": [
        {"name": "spender", "type": "address", "internalType": "address"},
        {"name": "value", "type": "uint256", "internalType": "uint256"},
    ],
    "outputs": [{"name": "", "type": "bool", "internalType": "bool"}],
}


def contract_of(outside: Outside, quote: PayoutQuote) -> ContractOut | None:
    """Give the call that a quote needs on its chain, or None where the chain is none of EVM."""
    chain_id = _CHAIN_IDS.get(quote.network)
    if chain_id is None:
        return None
    return ContractOut(
        abi=[dict(_APPROVE)],
        address=outside.token_address(quote.network, quote.token),
        functionName="approve",
        blindpayContractAddress=outside.payout_contract(quote.network),
        amount=str(quote.sender_amount * _UNITS_IN_A_CENT),
        network=ChainOut(name=quote.network, chainId=chain_id),
    )

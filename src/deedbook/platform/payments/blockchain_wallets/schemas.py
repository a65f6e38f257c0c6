"""Blockchain wallets on the wire."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, StringConstraints

from deedbook.platform.payments.blockchain_wallets.models import BlockchainWallet
from deedbook.platform.payments.chains import Network
from deedbook.web.schemas import Body, OptionalText

WalletName = Annotated[str, StringConstraints(min_length=1, max_length=255)]


class BlockchainWalletIn(Body):
    """A new blockchain wallet: what its holder signed, or (with account abstraction) its address."""

    name: WalletName
    network: Network
    signature_tx_hash: OptionalText = None
    address: OptionalText = None
    is_account_abstraction: bool | None = None


class BlockchainWalletOut(BaseModel):
    """A blockchain wallet."""

    id: str
    customer_id: str
    name: str
    network: Network
    address: str
    signature_tx_hash: str | None
    is_account_abstraction: bool

    @classmethod
    def of(cls, wallet: BlockchainWallet) -> BlockchainWalletOut:
        """Give a blockchain wallet as the wire has it."""
        return cls.model_validate(wallet, from_attributes=True)


class MessageOut(BaseModel):
    """A text to sign."""

    message: str

"""Wallets on the wire."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, StringConstraints

from deedbook.platform.payments.chains import Network, Token
from deedbook.platform.payments.wallets.models import Wallet
from deedbook.web.schemas import Body, Moment, none_if_blank

Text255 = Annotated[str, StringConstraints(max_length=255)]


class WalletIn(Body):
    """A new wallet."""

    name: Annotated[Text255, StringConstraints(min_length=1)]
    network: Network
    external_id: Annotated[Text255 | None, BeforeValidator(none_if_blank)] = None


class WalletOut(BaseModel):
    """A wallet."""

    id: str
    name: str
    external_id: str | None
    address: str
    network: Network
    created_at: Moment

    @classmethod
    def of(cls, wallet: Wallet) -> WalletOut:
        """Give a wallet as the wire has it."""
        return cls.model_validate(wallet, from_attributes=True)


class TokenBalanceOut(BaseModel):
    """How much of a token there is, in units of the token; `address` is the token's own."""

    id: str
    symbol: Token
    address: str
    amount: float


class WalletBalanceOut(BaseModel):
    """What a wallet holds."""

    USDC: TokenBalanceOut
    USDT: TokenBalanceOut
    USDB: TokenBalanceOut

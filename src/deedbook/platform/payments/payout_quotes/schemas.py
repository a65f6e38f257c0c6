"""Payout quotes on the wire."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, Field, StringConstraints, field_validator

from deedbook.platform.payments.chains import Network, Token
from deedbook.platform.payments.pricing import FLAT_FEE, PERCENTAGE_FEE, CurrencyType
from deedbook.web.schemas import Body, OptionalId, OptionalText, none_if_blank

Currency = Literal["BRL", "USD", "MXN", "COP", "ARS", "EUR"]
RequestAmount = Annotated[int, Field(ge=500)]
Id = Annotated[str, StringConstraints(min_length=15, max_length=15)]
Description = Annotated[
    Annotated[str, StringConstraints(max_length=128)] | None, BeforeValidator(none_if_blank)
]


class QuoteIn(Body):
    """What to pay out: `request_amount` in cents of what is sent or of what is received.

    The sender's side is meant unless said otherwise, and fees are taken from the amount unless the
    sender covers them. A development instance has one token, which need not be named.
    """

    bank_account_id: Id
    currency_type: CurrencyType = "sender"
    cover_fees: bool = False
    request_amount: RequestAmount
    network: Network
    token: Token | None = None
    description: Description = None
    partner_fee_id: OptionalId = None
    refund_wallet_address: OptionalText = None

    @field_validator("cover_fees", mode="before")
    @classmethod
    def _none_is_no(cls, value: object) -> object:
        return False if value is None else value


class ChainOut(BaseModel):
    """An EVM chain, by its name and its id (EIP-155)."""

    name: str
    chainId: int  # noqa: N815 (the wire's word)


class ContractOut(BaseModel):
    """The call of a token's contract by which its owner lets the payout take the amount (ERC-20)."""

    abi: list[dict[str, Any]]
    address: str
    functionName: Literal["approve"]  # noqa: N815 (the wire's word)
    blindpayContractAddress: str  # noqa: N815 (the wire's word)
    amount: str
    network: ChainOut


class QuoteOut(BaseModel):
    """A quote: amounts in cents, quotations times 100, `expires_at` in Unix milliseconds."""

    id: str
    expires_at: int
    commercial_quotation: int
    blindpay_quotation: int
    receiver_amount: int
    sender_amount: int
    partner_fee_amount: int
    flat_fee: int
    billing_fee_amount: int
    contract: ContractOut | None
    customer_local_amount: int | None
    description: str | None


class ExchangeIn(Body):
    """What to exchange."""

    source: Token = Field(alias="from")
    target: Currency = Field(alias="to")
    request_amount: RequestAmount
    currency_type: CurrencyType = "sender"


class ExchangeOut(BaseModel):
    """A rate of now: quotations times 100, amounts in cents, the percentage in basis points."""

    commercial_quotation: int
    blindpay_quotation: int
    result_amount: int
    instance_flat_fee: int = FLAT_FEE
    instance_percentage_fee: int = PERCENTAGE_FEE

"""Transfer quotes on the wire."""

from __future__ import annotations

from typing import Annotated

from pydantic import AliasChoices, BaseModel, Field, StringConstraints

from deedbook.platform.payments.chains import Network, Token
from deedbook.platform.payments.pricing import CurrencyType
from deedbook.web.schemas import Body, OptionalId

Id = Annotated[str, StringConstraints(min_length=15, max_length=15)]
Address = Annotated[str, StringConstraints(min_length=32, max_length=64)]


class TransferQuoteIn(Body):
    """What to transfer: `request_amount` in cents of the token.

    No fee is taken and nothing is exchanged, so both sides are the same and whose amount is meant, or
    who bears the fees, makes no difference. Without a token the development token is meant, without a
    network the wallet's.
    """

    wallet_id: Id
    amount_reference: CurrencyType = "sender"
    cover_fees: bool | None = None
    request_amount: Annotated[int, Field(ge=1)]
    sender_token: Token | None = None
    customer_wallet_address: Address = Field(
        validation_alias=AliasChoices("customer_wallet_address", "receiver_wallet_address")
    )
    customer_token: Token | None = Field(
        None, validation_alias=AliasChoices("customer_token", "receiver_token")
    )
    customer_network: Network | None = Field(
        None, validation_alias=AliasChoices("customer_network", "receiver_network")
    )
    partner_fee_id: OptionalId = None


class TransferQuoteOut(BaseModel):
    """A quote: amounts in cents, quotations times 100, `expires_at` in Unix milliseconds."""

    id: str
    expires_at: int
    commercial_quotation: int = 100
    blindpay_quotation: int = 100
    receiver_amount: int
    sender_amount: int
    partner_fee_amount: int = 0
    flat_fee: int = 0

"""Blockchain operations on the wire."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, StringConstraints

from deedbook.web.schemas import Body, OptionalId, OptionalText, Success

Address = Annotated[str, StringConstraints(max_length=64)]
Amount = Annotated[str, StringConstraints(max_length=32)]


class TrustlineIn(Body):
    """Whose trustline it is."""

    address: Address


class TrustlineOut(BaseModel):
    """A transaction of Stellar in base64 (XDR), for the holder of the address to sign."""

    xdr: str


class MintOnSolanaIn(Body):
    """Who is given how many units of USDB."""

    address: Address
    amount: Amount


class MintOnStellarIn(MintOnSolanaIn):
    """The same, with the signed trustline where it has not been sent to the chain yet."""

    signedXdr: OptionalText = None  # noqa: N815 (the word of the wire)


class MintedOnSolanaOut(Success):
    """The transaction that gave the units."""

    signature: str


class DelegationIn(Body):
    """What an owner lets be taken: the amount of a quote, or an amount of a token."""

    owner_address: Address
    quote_id: OptionalId = None
    token_address: OptionalText = None
    amount: OptionalText = None


class DelegationOut(Success):
    """A transaction of Solana, for the owner to sign."""

    transaction: str

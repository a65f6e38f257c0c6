"""Transfers on the wire."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel

from deedbook.platform.payments.chains import Network, Token
from deedbook.platform.payments.transfer_quotes.schemas import Id
from deedbook.platform.payments.transfers.models import Transfer
from deedbook.web.schemas import Body, Moment

TransferStatus = Literal["processing", "failed", "refunded", "completed"]


class TransferIn(Body):
    """The quote to use."""

    transfer_quote_id: Id


class ShortTransferOut(BaseModel):
    """A transfer in short: how far it is."""

    id: str
    status: TransferStatus
    tracking_bridge_swap: dict[str, Any]
    tracking_complete: dict[str, Any]
    tracking_paymaster: dict[str, Any]
    tracking_transaction_monitoring: dict[str, Any]

    @classmethod
    def of(cls, transfer: Transfer) -> ShortTransferOut:
        """Give a transfer in short as the wire has it."""
        return cls.model_validate(transfer, from_attributes=True)


class PublicTransferOut(ShortTransferOut):
    """What anyone who has a transfer's id may see of it: how far it is, and no person's name.

    Amounts in cents of the token.
    """

    instance_id: str
    transfer_quote_id: str
    customer_id: str
    wallet_id: str
    network: Network
    sender_token: Token
    sender_amount: int
    receiver_amount: int
    customer_network: Network
    customer_token: Token
    customer_wallet_address: str
    created_at: Moment
    updated_at: Moment

    @classmethod
    def of(cls, transfer: Transfer) -> PublicTransferOut:
        """Give a transfer as strangers may see it."""
        return cls.model_validate(_columns(transfer))


class TransferOut(PublicTransferOut):
    """A transfer, with the customer and the wallet as they were."""

    partner_fee_amount: int = 0
    address: str
    external_id: str | None
    image_url: str | None
    first_name: str | None
    last_name: str | None
    legal_name: str | None

    @classmethod
    def of(cls, transfer: Transfer) -> TransferOut:
        """Give a transfer as the wire has it."""
        return cls.model_validate(_columns(transfer))


def _columns(transfer: Transfer) -> dict[str, Any]:
    return {
        **{column.key: getattr(transfer, column.key) for column in Transfer.__mapper__.columns},
        "sender_token": transfer.token,
        "customer_token": transfer.token,
        "sender_amount": transfer.amount,
        "receiver_amount": transfer.amount,
    }

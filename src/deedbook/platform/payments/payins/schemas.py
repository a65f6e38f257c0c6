"""Payins on the wire."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel

from deedbook.platform.payments.chains import Network, Token
from deedbook.platform.payments.customers.values import CustomerType
from deedbook.platform.payments.payin_quotes.methods import Currency, PaymentMethod
from deedbook.platform.payments.payin_quotes.schemas import Id, PayerRules
from deedbook.platform.payments.payins.models import Payin
from deedbook.web.schemas import Body, Moment

Status = Literal["processing", "on_hold", "failed", "refunded", "completed"]
TrackedStep = Literal["processing", "on_hold", "pending_review", "completed"]


class PayinIn(Body):
    """Which quote to use."""

    payin_quote_id: Id


class PseInstructionOut(BaseModel):
    """Where somebody pays from a Colombian bank, and who."""

    payment_link: str
    fid: str
    full_name: str
    tax_id: str
    document_type: Literal["CC", "NIT"]
    phone: str
    email: str
    bank_code: str | None


class TransfersInstructionOut(BaseModel):
    """The Argentine account to pay into, and whose money it takes."""

    account: str
    type: Literal["CVU", "CBU", "ALIAS"]
    tax_id: str | None


class TransactionOut(BaseModel):
    """How far the payer's money is; who sent it is known of deposits."""

    step: TrackedStep
    status: Literal["failed", "completed"] | None = None
    completed_at: str | None = None
    external_id: str | None = None
    transaction_reference: str | None = None
    sender_name: str | None = None
    sender_bank_name: str | None = None
    sender_account_number: str | None = None
    pse_instruction: PseInstructionOut | None = None
    transfers_instruction: TransfersInstructionOut | None = None


class PaymentOut(BaseModel):
    """How far the exchange is."""

    step: TrackedStep
    provider_name: str | None = None
    completed_at: str | None = None


class CompleteOut(BaseModel):
    """How far the tokens are."""

    step: TrackedStep
    transaction_hash: str | None = None
    completed_at: str | None = None


class RailOut(BaseModel):
    """The numbers for one rail."""

    routing_number: str
    account_number: str


class PlaceOut(BaseModel):
    """A name and an address, of a beneficiary or a bank."""

    name: str
    address_line_1: str
    address_line_2: str


class BankDetailsOut(BaseModel):
    """The account that the payer sends dollars to."""

    routing_number: str
    account_number: str
    account_type: str
    ach: RailOut
    wire: RailOut
    rtp: RailOut
    beneficiary: PlaceOut
    receiving_bank: PlaceOut
    swift_bic_code: str | None
    swift_account_number: str | None
    swift_receiving_bank: PlaceOut | None


class ShortPayinOut(BaseModel):
    """A payin to whoever created it: what to show the payer, and how far it is."""

    id: str
    status: Status
    pix_code: str | None
    memo_code: str | None
    clabe: str | None
    partner_fee: int
    tracking_transaction: TransactionOut
    tracking_payment: PaymentOut
    tracking_complete: CompleteOut
    billing_fee_amount: int | None
    transaction_fee_amount: int | None
    blindpay_bank_details: BankDetailsOut
    customer_id: str
    payment_method: PaymentMethod
    sender_amount: int
    receiver_amount: int

    @classmethod
    def of(cls, payin: Payin) -> ShortPayinOut:
        """Give a payin as the reply to its creation, and events, have it."""
        return cls(**_fields(cls, payin))


class PayinOut(ShortPayinOut):
    """A payin."""

    payin_quote_id: str
    instance_id: str
    is_otc: bool
    payer_rules: PayerRules | None
    token: Token
    network: Network
    name: str
    address: str | None
    currency: Currency
    commercial_quotation: int
    blindpay_quotation: int
    partner_fee_id: str | None
    partner_fee_amount: int | None
    total_fee_amount: int | None
    type: CustomerType
    first_name: str | None
    last_name: str | None
    legal_name: str | None
    image_url: str | None
    pse_payment_link: str | None
    pse_full_name: str | None
    pse_tax_id: str | None
    pse_document_type: Literal["CC", "NIT"] | None
    created_at: Moment
    updated_at: Moment

    @classmethod
    def of(cls, payin: Payin) -> PayinOut:
        """Give a payin as the instance sees it."""
        return cls(**_fields(cls, payin))

    @classmethod
    def public(cls, payin: Payin) -> PayinOut:
        """Give a payin as whoever has its id sees it: how to pay and how far it is.

        Who may pay and who did, how the tokens are held, and what the instance earns are left out.
        """
        shown = cls.of(payin)
        transaction = shown.tracking_transaction
        transfers = transaction.transfers_instruction
        return shown.model_copy(
            update={
                "tracking_transaction": TransactionOut(
                    step=transaction.step,
                    status=transaction.status,
                    completed_at=transaction.completed_at,
                    transfers_instruction=transfers
                    and transfers.model_copy(update={"tax_id": None}),
                ),
                "payer_rules": None,
                "pse_full_name": None,
                "pse_tax_id": None,
                "pse_document_type": None,
                "name": "",
                "address": None,
                "image_url": None,
                "partner_fee_id": None,
                "partner_fee": 0,
                "partner_fee_amount": None,
                "billing_fee_amount": None,
                "transaction_fee_amount": None,
                "total_fee_amount": None,
            }
        )


def _fields(model: type[BaseModel], payin: Payin) -> dict[str, Any]:
    """Give the fields of a reply: the columns of their names, and what goes by another name."""
    pse = payin.tracking_transaction.get("pse_instruction") or {}
    renamed = {
        "partner_fee": payin.partner_fee_amount,
        "transaction_fee_amount": payin.flat_fee,
        "total_fee_amount": payin.flat_fee + payin.partner_fee_amount,
        "blindpay_bank_details": payin.bank_details,
        "name": payin.wallet_name,
        "address": payin.wallet_address,
        "type": payin.customer_type,
        "pse_payment_link": pse.get("payment_link"),
        "pse_full_name": pse.get("full_name"),
        "pse_tax_id": pse.get("tax_id"),
        "pse_document_type": pse.get("document_type"),
    }
    return {
        name: renamed[name] if name in renamed else getattr(payin, name)
        for name in model.model_fields
    }

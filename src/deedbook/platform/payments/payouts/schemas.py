"""Payouts on the wire."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, BeforeValidator, StringConstraints

from deedbook.platform.payments.bank_accounts.schemas import BankAccountOut
from deedbook.platform.payments.chains import Network, Token
from deedbook.platform.payments.customers.schemas import Url
from deedbook.platform.payments.payout_quotes.schemas import Currency, Description, Id
from deedbook.platform.payments.payouts.models import Payout
from deedbook.platform.payments.reference.bank_details import RailName
from deedbook.web.schemas import Body, Moment, none_if_blank

PayoutStatus = Literal["processing", "failed", "refunded", "completed", "on_hold"]
DocumentType = Literal[
    "invoice",
    "purchase_order",
    "delivery_slip",
    "contract",
    "customs_declaration",
    "bill_of_lading",
    "others",
]
Address = Annotated[str, StringConstraints(min_length=1, max_length=64)]


class PayoutIn(Body):
    """The quote to use, and the wallet that the tokens come from."""

    quote_id: Id
    sender_wallet_address: Address


class SignedPayoutIn(PayoutIn):
    """The same, with the transaction where the sender signed it beforehand."""

    signed_transaction: Annotated[
        Annotated[str, StringConstraints(max_length=65_536)] | None, BeforeValidator(none_if_blank)
    ] = None


class AuthorizationOut(BaseModel):
    """A transaction for the sender to sign, in the form of the chain."""

    transaction_hash: str


class DocumentsIn(Body):
    """A document that says what a payout is for."""

    transaction_document_type: DocumentType
    transaction_document_id: Annotated[str, StringConstraints(min_length=1, max_length=512)]
    transaction_document_file: Url
    description: Description = None


class ShortPayoutOut(BaseModel):
    """A payout in short: how far it is. Fees in cents of the token."""

    id: str
    status: PayoutStatus
    sender_wallet_address: str
    billing_fee_amount: int
    transaction_fee_amount: int
    partner_fee: int
    tracking_complete: dict[str, Any]
    tracking_payment: dict[str, Any]
    tracking_transaction: dict[str, Any]
    tracking_liquidity: dict[str, Any] | None
    tracking_documents: dict[str, Any] | None
    customer_id: str
    bank_account_id: str
    offramp_wallet_id: str | None

    @classmethod
    def of(cls, payout: Payout) -> ShortPayoutOut:
        """Give a payout in short as the wire has it."""
        return cls.model_validate({**_columns(payout), **_fees(payout)})


class PayoutOut(ShortPayoutOut):
    """A payout, with the customer and the account as they were; numbers have their last four."""

    instance_id: str
    quote_id: str
    partner_fee_id: str | None
    signed_transaction: str | None
    network: Network
    token: Token
    currency: Currency
    description: str | None
    sender_amount: int
    receiver_amount: int
    partner_fee_amount: int
    total_fee_amount: int
    customer_local_amount: int | None
    commercial_quotation: int
    blindpay_quotation: int
    image_url: str | None
    first_name: str | None
    last_name: str | None
    legal_name: str | None
    sender_legal_name: str | None
    has_virtual_account: bool
    transaction_document_file: str | None
    transaction_document_type: DocumentType | None
    transaction_document_id: str | None
    created_at: Moment
    updated_at: Moment
    name: str
    type: RailName
    pix_key: str | None = None
    pix_safe_bank_code: str | None = None
    pix_safe_branch_code: str | None = None
    pix_safe_cpf_cnpj: str | None = None
    ted_bank_code: str | None = None
    ted_branch_code: str | None = None
    ted_cpf_cnpj: str | None = None
    account_number: str | None = None
    routing_number: str | None = None
    country: str | None = None
    account_class: str | None = None
    address_line_1: str | None = None
    address_line_2: str | None = None
    city: str | None = None
    state_province_region: str | None = None
    postal_code: str | None = None
    account_type: str | None = None
    ach_cop_beneficiary_first_name: str | None = None
    ach_cop_beneficiary_last_name: str | None = None
    ach_cop_bank_account: str | None = None
    ach_cop_bank_code: str | None = None
    ach_cop_document_id: str | None = None
    ach_cop_document_type: str | None = None
    ach_cop_email: str | None = None
    beneficiary_name: str | None = None
    spei_clabe: str | None = None
    spei_protocol: str | None = None
    spei_institution_code: str | None = None
    swift_beneficiary_country: str | None = None
    swift_code_bic: str | None = None
    swift_account_holder_name: str | None = None
    swift_account_number_iban: str | None = None
    sepa_beneficiary_bic: str | None = None
    sepa_beneficiary_legal_name: str | None = None
    sepa_iban: str | None = None
    transfers_account: str | None = None
    transfers_type: str | None = None

    @classmethod
    def of(cls, payout: Payout) -> PayoutOut:
        """Give a payout as the wire has it."""
        return cls.model_validate(
            {
                **payout.bank_details,
                **_columns(payout),
                **_fees(payout),
                "total_fee_amount": payout.flat_fee + payout.partner_fee_amount,
                "customer_local_amount": None,
                "sender_legal_name": None,
                "has_virtual_account": False,
            }
        )


class PublicPayoutOut(BaseModel):
    """What anyone who has a payout's id may see of it: how far it is, and no person's name."""

    id: str
    instance_id: str
    customer_id: str
    quote_id: str
    status: PayoutStatus
    sender_wallet_address: str
    network: Network
    token: Token
    currency: Currency
    sender_amount: int
    receiver_amount: int
    commercial_quotation: int
    blindpay_quotation: int
    name: str
    type: RailName
    tracking_complete: dict[str, Any]
    tracking_payment: dict[str, Any]
    tracking_transaction: dict[str, Any]
    tracking_liquidity: dict[str, Any] | None
    tracking_documents: dict[str, Any] | None
    created_at: Moment
    updated_at: Moment

    @classmethod
    def of(cls, payout: Payout) -> PublicPayoutOut:
        """Give a payout as strangers may see it; the account goes by its last four."""
        payment = {
            name: value
            for name, value in payout.tracking_payment.items()
            if not name.startswith("recipient_")
        }
        return cls.model_validate(
            {
                **_columns(payout),
                "name": f"•••• {payout.last_four}",
                "type": payout.rail,
                "tracking_payment": payment,
            }
        )


# Of an account, what a payout keeps: no more than it shows.
SHOWN_OF_ACCOUNT: Final = frozenset(
    name
    for name in PayoutOut.model_fields.keys() & BankAccountOut.model_fields.keys()
    if name not in Payout.__mapper__.columns
)


def _columns(payout: Payout) -> dict[str, Any]:
    return {column.key: getattr(payout, column.key) for column in Payout.__mapper__.columns}


def _fees(payout: Payout) -> dict[str, Any]:
    return {"transaction_fee_amount": payout.flat_fee, "partner_fee": payout.partner_fee_amount}

"""Rules about new payouts: what a quote, a sender, an account and a customer have to be."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from sqlalchemy.orm import Session

from deedbook.database.base import now
from deedbook.engine import DeedbookError, Ref
from deedbook.platform.events.service import tell
from deedbook.platform.outside.outside import Outside
from deedbook.platform.payments.bank_accounts.models import BankAccount
from deedbook.platform.payments.bank_accounts.schemas import BankAccountOut
from deedbook.platform.payments.chains import InvalidAddress, family_of, require_address
from deedbook.platform.payments.customers.models import Customer
from deedbook.platform.payments.customers.service import approved_customer
from deedbook.platform.payments.limits import require_volume
from deedbook.platform.payments.payout_quotes.models import PayoutQuote
from deedbook.platform.payments.payout_quotes.service import open_quote, payable_account
from deedbook.platform.payments.payouts import audit, tracking
from deedbook.platform.payments.payouts.models import Payout
from deedbook.platform.payments.payouts.schemas import SHOWN_OF_ACCOUNT, ShortPayoutOut
from deedbook.platform.payments.payouts.service import settle
from deedbook.recording import UnitOfWork

# The rail whose payments wait until documents say what they are for.
_DOCUMENTED: Final = "international_swift"
# Of a quote, what the payout keeps.
_QUOTED: Final = (
    "customer_id",
    "bank_account_id",
    "partner_fee_id",
    "network",
    "token",
    "currency",
    "request_amount",
    "sender_amount",
    "receiver_amount",
    "flat_fee",
    "partner_fee_amount",
    "billing_fee_amount",
    "commercial_quotation",
    "blindpay_quotation",
    "description",
    "refund_wallet_address",
)


class OtherChain(DeedbookError):
    """quote_id: this quote is for a network of another sort: send it to that network's path."""

    code = "BLOCKCHAIN_NETWORK_NOT_SUPPORTED"
    status = 400


class InvalidSender(InvalidAddress):
    """sender_wallet_address: is no address on the quote's network."""


class InsufficientBalance(DeedbookError):
    """sender_wallet_address: this wallet does not hold enough of the token."""

    code = "PAYOUTS_INSUFFICIENT_BALANCE"
    status = 400
    machine_message = "not_enough_balance"


def sendable_quote(
    session: Session,
    instance_id: str,
    quote_id: str,
    *,
    sender: str,
    families: Collection[str],
    lock: bool = False,
) -> PayoutQuote:
    """Give a quote that this sender can use on chains of these families. Raises what hinders it."""
    quote = open_quote(session, instance_id, quote_id, lock=lock)
    if family_of(quote.network) not in families:
        raise OtherChain
    try:
        require_address(quote.network, sender)
    except InvalidAddress:
        raise InvalidSender from None
    return quote


def create_payout(
    work: UnitOfWork,
    outside: Outside,
    *,
    quote_id: str,
    sender: str,
    families: Collection[str],
    signed_transaction: str | None = None,
) -> Payout:
    """Use a quote: take the tokens from the sender, and have the money paid out."""
    quote = sendable_quote(
        work.session,
        work.instance_id or "",
        quote_id,
        sender=sender,
        families=families,
        lock=True,
    )
    held = outside.balances(quote.network, sender).get(quote.token, 0)
    if held * 100 < quote.sender_amount:
        raise InsufficientBalance
    return pay_out(
        work,
        outside,
        quote,
        sender_wallet_address=sender,
        signed_transaction=signed_transaction,
        transaction_hash=outside.new_transaction(quote.network),
    )


def pay_out(
    work: UnitOfWork,
    outside: Outside,
    quote: PayoutQuote,
    *,
    transaction_hash: str,
    effect: dict[str, object] | None = None,
    **columns: str | None,
) -> Payout:
    """Make the payout of a quote that is held, record it and set it going."""
    account = payable_account(work.session, quote.instance_id, quote.bank_account_id)
    # Locked: payouts of one customer take turns, so that each counts those before it.
    customer = approved_customer(work.session, quote.instance_id, quote.customer_id, lock=True)
    require_volume(work.session, customer, quote.sender_amount, beside=Payout.sender_amount)
    quote.used_at = now()
    payout = work.add(
        Payout(
            instance_id=quote.instance_id,
            quote_id=quote.id,
            **{name: getattr(quote, name) for name in _QUOTED},
            **_copied(customer, account),
            **columns,
        )
    )
    documented = account.type == _DOCUMENTED
    tracking.begin(
        payout,
        recipient=account.holder,
        transaction_hash=transaction_hash,
        waits_for_documents=documented,
    )
    work.session.flush()
    if not documented:
        settle(work, outside, payout)
    _record(work, payout, account, effect)
    tell(work, payout.instance_id, "payout.new", ShortPayoutOut.of(payout))
    return payout


def _copied(customer: Customer, account: BankAccount) -> dict[str, Any]:
    """Give what a payout keeps of its customer and its account, which may both be deleted."""
    return {
        "customer_country": customer.country,
        "first_name": customer.first_name,
        "last_name": customer.last_name,
        "legal_name": customer.legal_name,
        "image_url": customer.image_url,
        "rail": account.type,
        "last_four": account.last_four,
        "bank_details": BankAccountOut.of(account).model_dump(
            mode="json", include=set(SHOWN_OF_ACCOUNT)
        ),
    }


def _record(
    work: UnitOfWork,
    payout: Payout,
    account: BankAccount,
    effect: dict[str, object] | None,
) -> None:
    metadata = audit.PayoutMetadata(
        sender_amount=payout.sender_amount,
        token=payout.token,
        network=payout.network,
        receiver_amount=payout.receiver_amount,
        currency=payout.currency,
        rail=payout.rail,
        last_four=payout.last_four,
        partner_fee_amount=payout.partner_fee_amount,
        customer_name=payout.customer_name,
        recipient_name=account.holder,
        sender_wallet_address=payout.sender_wallet_address,
        description=payout.description,
    )
    touched = {
        "quote": payout.quote_id,
        "bank_account": payout.bank_account_id,
        "customer": payout.customer_id,
        "partner_fee": payout.partner_fee_id,
        "offramp_wallet": payout.offramp_wallet_id,
    }
    refs = [Ref(kind, id_) for kind, id_ in touched.items() if id_ is not None]
    work.record(audit.CREATED, payout, metadata, label=account.label, refs=refs, effect=effect)

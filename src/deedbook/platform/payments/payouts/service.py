"""Rules about payouts."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from deedbook.database.base import now
from deedbook.engine import DeedbookError, Ref
from deedbook.platform.events.service import tell
from deedbook.platform.identity.instances.models import Instance
from deedbook.platform.identity.instances.service import living_instance
from deedbook.platform.outside.models import Step
from deedbook.platform.outside.outside import Matter, Outcome, Outside
from deedbook.platform.payments.bank_accounts.models import BankAccount
from deedbook.platform.payments.bank_accounts.schemas import BankAccountOut
from deedbook.platform.payments.chains import InvalidAddress, family_of, require_address
from deedbook.platform.payments.customers.models import Customer
from deedbook.platform.payments.customers.rules import limits_of
from deedbook.platform.payments.customers.service import approved_customer
from deedbook.platform.payments.payout_quotes.models import PayoutQuote
from deedbook.platform.payments.payout_quotes.service import open_quote, payable_account
from deedbook.platform.payments.payouts import audit, tracking
from deedbook.platform.payments.payouts.models import Payout
from deedbook.platform.payments.payouts.schemas import SHOWN_OF_ACCOUNT, ShortPayoutOut
from deedbook.recording import UnitOfWork

SETTLE: Final = "payout.settle"
REVIEW: Final = "payout.review"
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


class PayoutNotFound(DeedbookError):
    """This instance has no such payout."""

    code = "PAYOUTS_NOT_FOUND"
    status = 404


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


class VolumeExceeded(DeedbookError):
    """With this payout the customer would move more than it may in a day or a month."""

    code = "LIMITS_VOLUME_EXCEEDED"
    status = 400


class DocumentsNotAccepted(DeedbookError):
    """This payout does not wait for documents."""

    code = "PAYOUTS_DOCUMENTS_NOT_ACCEPTED"
    status = 400


def payouts(
    instance_id: str, *, customer_name: str | None = None, **wanted: str | None
) -> Select[Payout]:
    """Give the query for payouts of an instance whose columns have what is wanted, if anything is."""
    rows = select(Payout).where(Payout.instance_id == instance_id)
    for column, value in wanted.items():
        if value is not None:
            rows = rows.where(getattr(Payout, column) == value)
    if customer_name:
        full_name = func.coalesce(Payout.first_name, "") + " " + func.coalesce(Payout.last_name, "")
        part = customer_name.lower()
        rows = rows.where(
            or_(
                func.lower(full_name).contains(part, autoescape=True),
                func.lower(Payout.legal_name).contains(part, autoescape=True),
            )
        )
    return rows


def payout_of(session: Session, instance_id: str, payout_id: str, *, lock: bool = False) -> Payout:
    """Give one payout. Raises `PayoutNotFound`."""
    rows = payouts(instance_id, id=payout_id)
    found = session.scalar(rows.with_for_update() if lock else rows)
    if found is None:
        raise PayoutNotFound
    return found


def public_payout(session: Session, payout_id: str) -> Payout:
    """Give a payout to whoever has its id. Raises `PayoutNotFound`."""
    # any instance: who follows a payout has its id alone
    found = session.get(Payout, payout_id)
    if found is None:
        raise PayoutNotFound
    living_instance(session, found.instance_id)
    return found


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
    _require_volume(work.session, customer, quote.sender_amount)
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
        _settle(work, outside, payout)
    _record_creation(work, payout, account, effect)
    tell(work, payout.instance_id, "payout.new", ShortPayoutOut.of(payout))
    return payout


def submit_documents(
    work: UnitOfWork, outside: Outside, payout_id: str, fields: Mapping[str, Any]
) -> None:
    """Hand in what a payout waits for, and have it reviewed."""
    payout = payout_of(work.session, work.instance_id or "", payout_id, lock=True)
    if (payout.tracking_documents or {}).get("status") != tracking.WAITING:
        raise DocumentsNotAccepted
    payout.transaction_document_type = fields["transaction_document_type"]
    payout.transaction_document_id = fields["transaction_document_id"]
    payout.transaction_document_file = fields["transaction_document_file"]
    payout.transaction_document_description = fields["description"]
    tracking.review(payout)
    matter = _matter(work, payout, REVIEW, names=(payout.transaction_document_id,))
    outcome = outside.review(work, matter)
    if outcome is not None:
        _take_review(work, outside, payout, outcome)
    metadata = audit.DocumentsMetadata(
        transaction_document_type=fields["transaction_document_type"],
        transaction_document_id=fields["transaction_document_id"],
        receiver_amount=payout.receiver_amount,
        currency=payout.currency,
        rail=payout.rail,
        last_four=payout.last_four,
    )
    refs = [Ref("bank_account", payout.bank_account_id), Ref("customer", payout.customer_id)]
    work.record(audit.DOCUMENTS_SUBMITTED, payout, metadata, label=_label(payout), refs=refs)
    tell(work, payout.instance_id, "payout.update", ShortPayoutOut.of(payout))


def take_review(work: UnitOfWork, outside: Outside, step: Step) -> None:
    """Take the outcome of a review; of a payout that waits for none it is nothing."""
    payout = work.session.get(Payout, step.subject_id, with_for_update=True)
    if payout is None or (payout.tracking_documents or {}).get("status") != tracking.REVIEWING:
        return
    _take_review(work, outside, payout, Outcome(step.outcome))
    tell(work, payout.instance_id, "payout.update", ShortPayoutOut.of(payout))


def take_settlement(work: UnitOfWork, outside: Outside, step: Step) -> None:
    """Take how a payment ended; of a payout that is not under way it is nothing."""
    payout = work.session.get(Payout, step.subject_id, with_for_update=True)
    if payout is None or payout.status != "processing":
        return
    outcome = Outcome(step.outcome)
    refunded = outcome is Outcome.REFUNDED
    refund_hash = outside.new_transaction(payout.network) if refunded else None
    tracking.end(payout, outcome, now(), refund_hash=refund_hash)
    work.session.flush()
    told = ShortPayoutOut.of(payout)
    tell(work, payout.instance_id, "payout.update", told)
    tell(work, payout.instance_id, "payout.complete", told)
    if outcome is Outcome.COMPLETED and payout.partner_fee_amount:
        tell(work, payout.instance_id, "payout.partnerFee", told)


def _take_review(work: UnitOfWork, outside: Outside, payout: Payout, outcome: Outcome) -> None:
    tracking.reviewed(payout, outcome, now())
    if outcome is Outcome.APPROVED:
        _settle(work, outside, payout)
    work.session.flush()


def _settle(work: UnitOfWork, outside: Outside, payout: Payout) -> None:
    outside.settle(work, _matter(work, payout, SETTLE))


def _matter(
    work: UnitOfWork, payout: Payout, step: str, names: Sequence[str | None] = ()
) -> Matter:
    instance = work.session.get_one(Instance, payout.instance_id)
    return Matter(
        instance_id=instance.id,
        production=instance.is_production,
        step=step,
        subject_id=payout.id,
        names=tuple(names),
        amount=payout.request_amount,
    )


def _require_volume(session: Session, customer: Customer, amount: int) -> None:
    limits = limits_of(customer)
    today = now().replace(hour=0, minute=0, second=0, microsecond=0)
    for since, limit in ((today, limits.daily), (today.replace(day=1), limits.monthly)):
        moved = session.scalar(
            select(func.coalesce(func.sum(Payout.sender_amount), 0)).where(
                Payout.instance_id == customer.instance_id,
                Payout.customer_id == customer.id,
                Payout.created_at >= since,
                Payout.status.not_in(("failed", "refunded")),
            )
        )
        if int(moved or 0) + amount > limit:
            raise VolumeExceeded


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


def _label(payout: Payout) -> str:
    return f"{payout.bank_details['name']} •••• {payout.last_four}"


def _record_creation(
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

"""Rules about payins."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from deedbook.database.base import now, shown
from deedbook.engine import DeedbookError, Ref
from deedbook.platform.events.service import tell
from deedbook.platform.identity.instances.models import Instance
from deedbook.platform.identity.instances.service import living_instance
from deedbook.platform.outside.models import Step
from deedbook.platform.outside.outside import Matter, Outcome, Outside
from deedbook.platform.payments.blockchain_wallets.models import BlockchainWallet
from deedbook.platform.payments.customers.models import Customer
from deedbook.platform.payments.customers.service import approved_customer
from deedbook.platform.payments.limits import require_volume
from deedbook.platform.payments.payin_quotes.models import PayinQuote
from deedbook.platform.payments.payin_quotes.service import (
    account_for,
    destination_of,
    open_quote,
)
from deedbook.platform.payments.payins import audit
from deedbook.platform.payments.payins.instructions import instructions
from deedbook.platform.payments.payins.models import Payin
from deedbook.platform.payments.payins.schemas import ShortPayinOut
from deedbook.platform.payments.virtual_accounts.models import VirtualAccount
from deedbook.platform.payments.wallets.models import Wallet
from deedbook.recording import UnitOfWork

SETTLE: Final = "payin.settle"
# Of a quote, what the payin keeps.
_QUOTED: Final = (
    "instance_id",
    "customer_id",
    "blockchain_wallet_id",
    "wallet_id",
    "partner_fee_id",
    "payment_method",
    "currency",
    "token",
    "request_amount",
    "sender_amount",
    "receiver_amount",
    "flat_fee",
    "partner_fee_amount",
    "billing_fee_amount",
    "commercial_quotation",
    "blindpay_quotation",
    "payer_rules",
    "is_otc",
)


class PayinNotFound(DeedbookError):
    """This instance has no such payin."""

    code = "PAYINS_NOT_FOUND"
    status = 404


def payins(
    instance_id: str, *, customer_name: str | None = None, **wanted: str | None
) -> Select[Payin]:
    """Give the query for payins of an instance whose columns have what is wanted, if anything is."""
    rows = select(Payin).where(Payin.instance_id == instance_id)
    for column, value in wanted.items():
        if value is not None:
            rows = rows.where(getattr(Payin, column) == value)
    if customer_name:
        full_name = func.coalesce(Payin.first_name, "") + " " + func.coalesce(Payin.last_name, "")
        part = customer_name.lower()
        rows = rows.where(
            or_(
                func.lower(full_name).contains(part, autoescape=True),
                func.lower(Payin.legal_name).contains(part, autoescape=True),
            )
        )
    return rows


def payin_of(session: Session, instance_id: str, payin_id: str) -> Payin:
    """Give one payin. Raises `PayinNotFound`."""
    found = session.scalar(payins(instance_id, id=payin_id))
    if found is None:
        raise PayinNotFound
    return found


def public_payin(session: Session, payin_id: str) -> Payin:
    """Give a payin to whoever has its id. Raises `PayinNotFound`."""
    # any instance: who follows a payin has its id alone
    found = session.get(Payin, payin_id)
    if found is None:
        raise PayinNotFound
    living_instance(session, found.instance_id)
    return found


def create_payin(work: UnitOfWork, outside: Outside, quote_id: str) -> Payin:
    """Use a quote: say how to pay, and wait for the money."""
    quote = open_quote(work.session, work.instance_id or "", quote_id, lock=True)
    # Locked: payins of one customer take turns, so that each counts those before it.
    customer = approved_customer(work.session, quote.instance_id, quote.customer_id, lock=True)
    require_volume(work.session, customer, quote.receiver_amount, beside=Payin.receiver_amount)
    account = account_for(work.session, customer, quote.payment_method)
    quote.used_at = now()
    return take_in(
        work, outside, quote, customer, account, **instructions(outside, quote, customer, account)
    )


def take_in(
    work: UnitOfWork,
    outside: Outside,
    quote: PayinQuote,
    customer: Customer,
    account: VirtualAccount | None,
    *,
    effect: dict[str, object] | None = None,
    **columns: Any,  # noqa: ANN401 (of many types)
) -> Payin:
    """Make the payin of a quote that is held, record it and set it going."""
    destination = destination_of(
        work.session,
        quote.instance_id,
        blockchain_wallet_id=quote.blockchain_wallet_id,
        wallet_id=quote.wallet_id,
    )
    payin = work.add(
        Payin(
            payin_quote_id=quote.id,
            virtual_account_id=account and account.id,
            status="processing",
            tracking_payment={"step": "on_hold"},
            tracking_complete={"step": "on_hold"},
            **{name: getattr(quote, name) for name in _QUOTED},
            **_copied(customer, destination),
            **columns,
        )
    )
    work.session.flush()
    _settle(work, outside, payin)
    _record(work, payin, effect)
    tell(work, payin.instance_id, "payin.new", ShortPayinOut.of(payin))
    return payin


def take_settlement(work: UnitOfWork, outside: Outside, step: Step) -> None:
    """Take how a payin ended; of one that is not under way it is nothing."""
    payin = work.session.get(Payin, step.subject_id, with_for_update=True)
    if payin is None or payin.status != "processing":
        return
    outcome = Outcome(step.outcome)
    payin.status = outcome
    _track(outside, payin, outcome)
    work.session.flush()
    told = ShortPayinOut.of(payin)
    tell(work, payin.instance_id, "payin.update", told)
    if outcome is Outcome.COMPLETED:
        tell(work, payin.instance_id, "payin.complete", told)
        if payin.partner_fee_amount:
            tell(work, payin.instance_id, "payin.partnerFee", told)


def _settle(work: UnitOfWork, outside: Outside, payin: Payin) -> None:
    instance = work.session.get_one(Instance, payin.instance_id)
    matter = Matter(
        instance_id=instance.id,
        production=instance.is_production,
        step=SETTLE,
        subject_id=payin.id,
        amount=payin.request_amount,
    )
    outside.settle(work, matter)


def _track(outside: Outside, payin: Payin, outcome: Outcome) -> None:
    """Say how far it came: money that failed never arrived, money that is sent back did."""
    done = {"step": "completed", "completed_at": shown(now())}
    if payin.tracking_transaction["step"] != "completed":
        arrived = "failed" if outcome is Outcome.FAILED else "completed"
        payin.tracking_transaction = {**payin.tracking_transaction, **done, "status": arrived}
    if outcome is Outcome.COMPLETED:
        payin.tracking_payment = done
        delivered = outside.new_transaction(payin.network)
        payin.tracking_complete = {**done, "transaction_hash": delivered}


def _copied(customer: Customer, destination: BlockchainWallet | Wallet) -> dict[str, Any]:
    """Give what a payin keeps of its customer and its wallet, which may both be deleted."""
    return {
        "customer_type": customer.type,
        "customer_country": customer.country,
        "first_name": customer.first_name,
        "last_name": customer.last_name,
        "legal_name": customer.legal_name,
        "image_url": customer.image_url,
        "network": destination.network,
        "wallet_name": destination.name,
        "wallet_address": destination.address,
    }


def _record(work: UnitOfWork, payin: Payin, effect: dict[str, object] | None) -> None:
    metadata = audit.PayinMetadata(
        sender_amount=payin.sender_amount,
        currency=payin.currency,
        payment_method=payin.payment_method,
        receiver_amount=payin.receiver_amount,
        token=payin.token,
        network=payin.network,
        partner_fee_amount=payin.partner_fee_amount,
        memo_code=payin.memo_code,
        customer_name=payin.customer_name,
        sender_name=payin.tracking_transaction.get("sender_name"),
    )
    touched = {
        "quote": payin.payin_quote_id,
        "customer": payin.customer_id,
        "blockchain_wallet": payin.blockchain_wallet_id,
        "wallet": payin.wallet_id,
        "virtual_account": payin.virtual_account_id,
        "partner_fee": payin.partner_fee_id,
    }
    refs = [Ref(kind, id_) for kind, id_ in touched.items() if id_ is not None]
    units, cents = divmod(payin.sender_amount, 100)
    label = f"{units}.{cents:02} {payin.currency} to {payin.wallet_name}"
    work.record(audit.CREATED, payin, metadata, label=label, refs=refs, effect=effect)

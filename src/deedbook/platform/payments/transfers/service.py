"""Rules about transfers."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from deedbook.database.base import now
from deedbook.engine import DeedbookError, Ref
from deedbook.platform.events.service import tell
from deedbook.platform.identity.instances.models import Instance
from deedbook.platform.identity.instances.service import living_instance
from deedbook.platform.outside.models import Step
from deedbook.platform.outside.outside import Matter, Outcome, Outside
from deedbook.platform.payments.customers.models import Customer
from deedbook.platform.payments.customers.service import approved_customer
from deedbook.platform.payments.quotes import QuoteNotFound
from deedbook.platform.payments.transfer_quotes.models import TransferQuote
from deedbook.platform.payments.transfer_quotes.service import open_quote, require_balance
from deedbook.platform.payments.transfers import audit, tracking
from deedbook.platform.payments.transfers.models import Transfer
from deedbook.platform.payments.transfers.schemas import ShortTransferOut
from deedbook.platform.payments.wallets.models import Wallet
from deedbook.platform.payments.wallets.service import wallet_of
from deedbook.recording import UnitOfWork

SETTLE: Final = "transfer.settle"


class TransferNotFound(DeedbookError):
    """This instance has no such transfer."""

    # The wire contract has 400 here, not 404.
    code = "TRANSFERS_NOT_FOUND"
    status = 400


class UnknownQuote(QuoteNotFound):
    """transfer_quote_id: this instance has no such quote."""

    status = 404


def transfers(instance_id: str) -> Select[Transfer]:
    """Give the query for transfers of an instance."""
    return select(Transfer).where(Transfer.instance_id == instance_id)


def transfer_of(session: Session, instance_id: str, transfer_id: str) -> Transfer:
    """Give one transfer. Raises `TransferNotFound`."""
    found = session.scalar(transfers(instance_id).where(Transfer.id == transfer_id))
    if found is None:
        raise TransferNotFound
    return found


def public_transfer(session: Session, transfer_id: str) -> Transfer:
    """Give a transfer to whoever has its id. Raises `TransferNotFound`."""
    # any instance: who follows a transfer has its id alone
    found = session.get(Transfer, transfer_id)
    if found is None:
        raise TransferNotFound
    living_instance(session, found.instance_id)
    return found


def create_transfer(work: UnitOfWork, outside: Outside, quote_id: str) -> Transfer:
    """Use a quote: move tokens out of a managed wallet."""
    try:
        quote = open_quote(work.session, work.instance_id or "", quote_id)
    except QuoteNotFound:
        raise UnknownQuote from None
    wallet = wallet_of(work.session, quote.instance_id, quote.wallet_id)
    customer = approved_customer(work.session, quote.instance_id, wallet.customer_id)
    require_balance(outside, wallet, quote.token, quote.amount)
    quote.used_at = now()
    transfer = work.add(_transfer(quote, wallet, customer))
    tracking.begin(transfer)
    work.session.flush()
    instance = work.session.get_one(Instance, transfer.instance_id)
    matter = Matter(
        instance_id=instance.id,
        production=instance.is_production,
        step=SETTLE,
        subject_id=transfer.id,
        amount=transfer.amount,
    )
    outside.settle(work, matter)
    _record(work, transfer, wallet, customer)
    tell(work, transfer.instance_id, "transfer.new", ShortTransferOut.of(transfer))
    return transfer


def take_settlement(work: UnitOfWork, outside: Outside, step: Step) -> None:
    """Take how a transfer ended; of one that is not under way it is nothing."""
    transfer = work.session.get(Transfer, step.subject_id, with_for_update=True)
    if transfer is None or transfer.status != "processing":
        return
    outcome = Outcome(step.outcome)
    moved = outcome is Outcome.COMPLETED
    transaction_hash = outside.new_transaction(transfer.customer_network) if moved else None
    tracking.end(transfer, outcome, now(), transaction_hash=transaction_hash)
    work.session.flush()
    told = ShortTransferOut.of(transfer)
    tell(work, transfer.instance_id, "transfer.update", told)
    tell(work, transfer.instance_id, "transfer.complete", told)


def _transfer(quote: TransferQuote, wallet: Wallet, customer: Customer) -> Transfer:
    return Transfer(
        instance_id=quote.instance_id,
        transfer_quote_id=quote.id,
        customer_id=customer.id,
        wallet_id=wallet.id,
        partner_fee_id=quote.partner_fee_id,
        amount=quote.amount,
        token=quote.token,
        network=wallet.network,
        address=wallet.address,
        external_id=wallet.external_id,
        customer_network=quote.customer_network,
        customer_wallet_address=quote.customer_wallet_address,
        first_name=customer.first_name,
        last_name=customer.last_name,
        legal_name=customer.legal_name,
        image_url=customer.image_url,
    )


def _record(work: UnitOfWork, transfer: Transfer, wallet: Wallet, customer: Customer) -> None:
    to = transfer.customer_wallet_address
    metadata = audit.TransferMetadata(
        amount=transfer.amount,
        token=transfer.token,
        network=transfer.network,
        customer_network=transfer.customer_network,
        wallet=wallet.name,
        external_id=wallet.external_id,
        customer_name=customer.name,
        customer_wallet_address=to,
    )
    refs = [
        Ref("quote", transfer.transfer_quote_id),
        Ref("wallet", wallet.id),
        Ref("customer", customer.id),
    ]
    if transfer.partner_fee_id is not None:
        refs.append(Ref("partner_fee", transfer.partner_fee_id))
    work.record(audit.CREATED, transfer, metadata, label=f"{to[:6]}…{to[-4:]}", refs=refs)

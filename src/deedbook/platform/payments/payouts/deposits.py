"""What arrives on a chain at an address of an instance, by itself."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from typing import Final

from pydantic import BaseModel
from sqlalchemy import select
from sqlalchemy.orm import Session

from deedbook.engine import DeedbookError, Filters, Page
from deedbook.engine.filters import Match
from deedbook.platform.events.service import tell
from deedbook.platform.outside.models import Step
from deedbook.platform.outside.outside import Outside
from deedbook.platform.payments.customers.service import approved_customer
from deedbook.platform.payments.offramp_wallets import audit as offramp_wallets
from deedbook.platform.payments.offramp_wallets.models import OfframpWallet
from deedbook.platform.payments.offramp_wallets.service import offramp_wallet_at
from deedbook.platform.payments.payout_quotes.service import create_quote
from deedbook.platform.payments.payouts.creation import pay_out
from deedbook.platform.payments.payouts.models import Payout
from deedbook.platform.payments.wallets.models import Wallet
from deedbook.platform.payments.wallets.schemas import TokenBalanceOut
from deedbook.recording import UnitOfWork, open_log

DEPOSIT: Final = "chain.deposit"
_log = logging.getLogger("deedbook")


@dataclass(frozen=True, slots=True, kw_only=True)
class Deposit:
    """Tokens that arrived at an address; `amount` is in units of the token."""

    network: str
    address: str
    token: str
    amount: Decimal
    transaction_hash: str

    @property
    def cents(self) -> int:
        """The whole cents of it."""
        return int((self.amount * 100).to_integral_value(ROUND_DOWN))


class InboundOut(BaseModel):
    """What arrived in a managed wallet."""

    id: str
    address: str
    network: str
    token: TokenBalanceOut


def take_deposit(work: UnitOfWork, outside: Outside, step: Step) -> None:
    """Take a deposit that a chain tells of; one that cannot be paid out stays where it is."""
    deposit = Deposit(**{**step.details, "amount": Decimal(step.details["amount"])})
    try:
        deposit_arrived(work, outside, deposit)
    except DeedbookError as error:
        _log.warning(
            "deposit %s at %s is not paid out: %s",
            deposit.transaction_hash,
            step.instance_id,
            error,
        )


def deposit_arrived(work: UnitOfWork, outside: Outside, deposit: Deposit) -> Payout | None:
    """Pay out what arrived at an off-ramp wallet of the unit's instance, once a transaction.

    Of what arrives in a managed wallet the webhook endpoints are told. Anything else is nobody's
    here. Gives the payout, if there is one now. Raises what hinders it, like any other payout: then
    nothing is changed.
    """
    instance_id = work.instance_id or ""
    wallet = offramp_wallet_at(work.session, instance_id, deposit.network, deposit.address)
    if wallet is not None:
        with work.savepoint():
            return _paid_out(work, outside, wallet, deposit)
    _tell_of_inbound(work, outside, deposit)
    return None


def _paid_out(
    work: UnitOfWork, outside: Outside, wallet: OfframpWallet, deposit: Deposit
) -> Payout:
    # Locked: what is told twice at once is paid out once. The customer goes first, as everywhere.
    approved_customer(work.session, wallet.instance_id, wallet.customer_id, lock=True)
    earlier = select(Payout).where(
        Payout.instance_id == wallet.instance_id,
        Payout.offramp_wallet_id == wallet.id,
        Payout.deposit_hash == deposit.transaction_hash,
    )
    if (paid := work.session.scalar(earlier)) is not None:
        return paid
    asked = {
        "bank_account_id": wallet.bank_account_id,
        "currency_type": "sender",
        "cover_fees": False,
        "request_amount": deposit.cents,
        "network": deposit.network,
        "token": deposit.token,
        "description": None,
        "partner_fee_id": None,
        "refund_wallet_address": None,
    }
    quote = create_quote(work, outside, asked)
    work.session.flush()
    cause = _cause(work, wallet)
    return pay_out(
        work,
        outside,
        quote,
        sender_wallet_address=wallet.address,
        offramp_wallet_id=wallet.id,
        deposit_hash=deposit.transaction_hash,
        transaction_hash=deposit.transaction_hash,
        effect=None if cause is None else {"cause": cause},
    )


def _cause(work: UnitOfWork, wallet: OfframpWallet) -> str | None:
    """Give the id of the entry by which somebody opened the wallet, and so had this paid out."""
    log = open_log(work.session, wallet.instance_id, work.catalogue)
    opened = Filters(
        {
            "action": Match(frozenset({offramp_wallets.CREATED.name})),
            "entity_id": Match(frozenset({wallet.id})),
        },
        include=frozenset(work.catalogue.actor_types),
    )
    entries = log.find(opened, Page(limit=1)).entries
    return entries[0].shown_id if entries else None


def _tell_of_inbound(work: UnitOfWork, outside: Outside, deposit: Deposit) -> None:
    wallet = _managed_wallet_at(work.session, work.instance_id or "", deposit)
    if wallet is None:
        return
    token = TokenBalanceOut(
        id=f"{deposit.token}-{wallet.network}",
        symbol=deposit.token,
        address=outside.token_address(wallet.network, deposit.token),
        amount=float(deposit.amount),
    )
    inbound = InboundOut(id=wallet.id, address=wallet.address, network=wallet.network, token=token)
    tell(work, wallet.instance_id, "wallet.inbound", inbound)


def _managed_wallet_at(session: Session, instance_id: str, deposit: Deposit) -> Wallet | None:
    return session.scalar(
        select(Wallet).where(
            Wallet.instance_id == instance_id,
            Wallet.network == deposit.network,
            Wallet.address == deposit.address,
        )
    )

"""Rules about wallets."""

from __future__ import annotations

from typing import Any, Final, get_args

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from deedbook.engine import Action, DeedbookError, Ref
from deedbook.platform.events.service import tell
from deedbook.platform.identity.instances.models import Instance
from deedbook.platform.outside.outside import Outside
from deedbook.platform.payments.chains import Token, require_network
from deedbook.platform.payments.customers.service import approved_customer
from deedbook.platform.payments.wallets import audit
from deedbook.platform.payments.wallets.models import Wallet
from deedbook.platform.payments.wallets.schemas import (
    TokenBalanceOut,
    WalletBalanceOut,
    WalletOut,
)
from deedbook.recording import UnitOfWork

MOST_WALLETS: Final = 10


class WalletNotFound(DeedbookError):
    """There is no such wallet."""

    code = "WALLETS_NOT_FOUND"
    status = 404


class NoWalletHere(WalletNotFound):
    """This customer has no such wallet."""

    # Where one is read or closed, the wire contract has 400.
    status = 400


class TooManyWallets(DeedbookError):
    """A customer has at most ten wallets: close one first."""

    code = "WALLETS_LIMIT_REACHED"
    status = 400


def wallets(
    instance_id: str, *, wallet_id: str | None = None, customer_id: str | None = None
) -> Select[Wallet]:
    """Give the query for wallets of an instance that match, newest first."""
    rows = select(Wallet).where(Wallet.instance_id == instance_id)
    if wallet_id is not None:
        rows = rows.where(Wallet.id == wallet_id)
    if customer_id is not None:
        rows = rows.where(Wallet.customer_id == customer_id)
    return rows.order_by(Wallet.created_at.desc(), Wallet.id.desc())


def wallet_of(
    session: Session,
    instance_id: str,
    wallet_id: str,
    *,
    customer_id: str | None = None,
    lock: bool = False,
) -> Wallet:
    """Give one wallet of an instance, or of one of its customers. Raises `WalletNotFound`."""
    rows = wallets(instance_id, wallet_id=wallet_id, customer_id=customer_id)
    found = session.scalar(rows.with_for_update() if lock else rows)
    if found is None:
        raise WalletNotFound
    return found


def own_wallet(
    session: Session, instance_id: str, customer_id: str, wallet_id: str, *, lock: bool = False
) -> Wallet:
    """Give one wallet in its customer's place. Raises `NoWalletHere`."""
    try:
        return wallet_of(session, instance_id, wallet_id, customer_id=customer_id, lock=lock)
    except WalletNotFound:
        raise NoWalletHere from None


def balance_of(outside: Outside, wallet: Wallet) -> WalletBalanceOut:
    """Give what a wallet holds of every token."""
    held = outside.balances(wallet.network, wallet.address)
    tokens = {
        token: TokenBalanceOut(
            id=f"{token}-{wallet.network}",
            symbol=token,
            address=outside.token_address(wallet.network, token),
            amount=float(held.get(token, 0)),
        )
        for token in get_args(Token)
    }
    return WalletBalanceOut(**tokens)


def create_wallet(
    work: UnitOfWork, outside: Outside, customer_id: str, fields: dict[str, Any]
) -> Wallet:
    """Open a wallet for an approved customer."""
    instance = work.session.get_one(Instance, work.instance_id)
    # Locked, so that two requests at once do not both take the last place.
    customer = approved_customer(work.session, instance.id, customer_id, lock=True)
    require_network(instance, fields["network"])
    own = wallets(instance.id, customer_id=customer.id).order_by(None).subquery()
    if (work.session.scalar(select(func.count()).select_from(own)) or 0) >= MOST_WALLETS:
        raise TooManyWallets
    address = outside.new_address(fields["network"])
    wallet = work.add(
        Wallet(instance_id=instance.id, customer_id=customer.id, address=address, **fields)
    )
    _record(work, audit.CREATED, wallet)
    tell(work, instance.id, "wallet.new", WalletOut.of(wallet))
    return wallet


def delete_wallet(work: UnitOfWork, customer_id: str, wallet_id: str) -> None:
    """Close a wallet."""
    wallet = own_wallet(work.session, work.instance_id or "", customer_id, wallet_id, lock=True)
    work.delete(wallet)
    _record(work, audit.DELETED, wallet)


def _record(work: UnitOfWork, action: Action[audit.WalletMetadata], wallet: Wallet) -> None:
    metadata = audit.WalletMetadata(
        network=wallet.network,
        name=wallet.name,
        external_id=wallet.external_id,
        address=wallet.address,
    )
    refs = [Ref("customer", wallet.customer_id)]
    work.record(action, wallet, metadata, label=wallet.name, refs=refs)

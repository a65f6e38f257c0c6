"""Rules about wallets."""

from __future__ import annotations

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from deedbook.engine import DeedbookError
from deedbook.platform.payments.wallets.models import Wallet


class WalletNotFound(DeedbookError):
    """There is no such wallet."""

    code = "WALLETS_NOT_FOUND"
    status = 404


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

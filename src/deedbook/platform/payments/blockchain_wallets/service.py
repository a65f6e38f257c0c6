"""Rules about blockchain wallets."""

from __future__ import annotations

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from deedbook.engine import DeedbookError
from deedbook.platform.payments.blockchain_wallets.models import BlockchainWallet


class WalletNotFound(DeedbookError):
    """There is no such blockchain wallet."""

    code = "WALLETS_NOT_FOUND"
    status = 404


def blockchain_wallets(
    instance_id: str, *, wallet_id: str | None = None, customer_id: str | None = None
) -> Select[BlockchainWallet]:
    """Give the query for blockchain wallets of an instance that match, newest first."""
    rows = select(BlockchainWallet).where(BlockchainWallet.instance_id == instance_id)
    if wallet_id is not None:
        rows = rows.where(BlockchainWallet.id == wallet_id)
    if customer_id is not None:
        rows = rows.where(BlockchainWallet.customer_id == customer_id)
    return rows.order_by(BlockchainWallet.created_at.desc(), BlockchainWallet.id.desc())


def blockchain_wallet_of(
    session: Session,
    instance_id: str,
    wallet_id: str,
    *,
    customer_id: str | None = None,
    lock: bool = False,
) -> BlockchainWallet:
    """Give one blockchain wallet of an instance, or of one of its customers.

    Raises `WalletNotFound`.
    """
    rows = blockchain_wallets(instance_id, wallet_id=wallet_id, customer_id=customer_id)
    found = session.scalar(rows.with_for_update() if lock else rows)
    if found is None:
        raise WalletNotFound
    return found

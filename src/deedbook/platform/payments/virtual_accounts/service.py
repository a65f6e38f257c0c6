"""Rules about virtual accounts."""

from __future__ import annotations

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from deedbook.engine import DeedbookError
from deedbook.platform.payments.virtual_accounts.models import VirtualAccount


class VirtualAccountNotFound(DeedbookError):
    """There is no such virtual account."""

    code = "VIRTUAL_ACCOUNTS_NOT_FOUND"
    status = 404


def virtual_accounts(
    instance_id: str, *, account_id: str | None = None, customer_id: str | None = None
) -> Select[VirtualAccount]:
    """Give the query for virtual accounts of an instance that match, newest first."""
    rows = select(VirtualAccount).where(VirtualAccount.instance_id == instance_id)
    if account_id is not None:
        rows = rows.where(VirtualAccount.id == account_id)
    if customer_id is not None:
        rows = rows.where(VirtualAccount.customer_id == customer_id)
    return rows.order_by(VirtualAccount.created_at.desc(), VirtualAccount.id.desc())


def virtual_account_of(
    session: Session,
    instance_id: str,
    account_id: str,
    *,
    customer_id: str | None = None,
    lock: bool = False,
) -> VirtualAccount:
    """Give one virtual account of an instance, or of one of its customers.

    Raises `VirtualAccountNotFound`.
    """
    rows = virtual_accounts(instance_id, account_id=account_id, customer_id=customer_id)
    found = session.scalar(rows.with_for_update() if lock else rows)
    if found is None:
        raise VirtualAccountNotFound
    return found

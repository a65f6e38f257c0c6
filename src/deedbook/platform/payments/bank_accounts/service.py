"""Rules about bank accounts."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from deedbook.engine import DeedbookError
from deedbook.platform.payments.bank_accounts.models import BankAccount

DECIDE: Final = "bank_account.decide"


class BankAccountNotFound(DeedbookError):
    """There is no such bank account here."""

    # The wire contract has 400 here, not 404.
    code = "BANK_ACCOUNTS_NOT_FOUND"
    status = 400


def bank_accounts(
    instance_id: str,
    *,
    customer_id: str | None = None,
    bank_account_id: str | None = None,
    status: str | None = None,
    rail: str | None = None,
    name: str | None = None,
    country: str | None = None,
) -> Select[BankAccount]:
    """Give the query for bank accounts of an instance that match, newest first."""
    rows = select(BankAccount).where(BankAccount.instance_id == instance_id)
    for column, wanted in (
        (BankAccount.customer_id, customer_id),
        (BankAccount.id, bank_account_id),
        (BankAccount.status, status),
        (BankAccount.type, rail),
        (BankAccount.country, country),
    ):
        if wanted:
            rows = rows.where(column == wanted)
    if name:
        rows = rows.where(BankAccount.name.icontains(name, autoescape=True))
    return rows.order_by(BankAccount.created_at.desc(), BankAccount.id.desc())


def bank_account_of(
    session: Session,
    instance_id: str,
    customer_id: str | None,
    bank_account_id: str,
    *,
    lock: bool = False,
) -> BankAccount:
    """Give one bank account of an instance, or of a customer. Raises `BankAccountNotFound`."""
    rows = bank_accounts(instance_id, customer_id=customer_id).where(
        BankAccount.id == bank_account_id
    )
    found = session.scalar(rows.with_for_update() if lock else rows)
    if found is None:
        raise BankAccountNotFound
    return found

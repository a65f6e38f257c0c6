"""Rules about bank accounts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from deedbook.engine import Action, DeedbookError, Ref
from deedbook.platform.events.service import tell
from deedbook.platform.identity.instances.models import Instance
from deedbook.platform.outside.models import Step
from deedbook.platform.outside.outside import Matter, Outcome, Outside
from deedbook.platform.payments.bank_accounts import audit, rules
from deedbook.platform.payments.bank_accounts.models import BankAccount
from deedbook.platform.payments.bank_accounts.schemas import BankAccountOut
from deedbook.platform.payments.belongings import belongings
from deedbook.platform.payments.customers.service import approved_customer
from deedbook.recording import UnitOfWork

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


def create_bank_account(
    work: UnitOfWork, outside: Outside, customer_id: str, given: Mapping[str, Any]
) -> BankAccount:
    """Add a bank account to an approved customer, and have it reviewed."""
    instance = work.session.get_one(Instance, work.instance_id)
    # Locked, so that the customer cannot be deleted meanwhile.
    customer = approved_customer(work.session, instance.id, customer_id, lock=True)
    rules.require_verification(customer, given["type"])
    details = rules.details_of(given)
    account = work.add(
        BankAccount(instance_id=instance.id, customer_id=customer.id, status="verifying", **details)
    )
    work.session.flush()
    matter = Matter(
        instance_id=instance.id,
        production=instance.is_production,
        step=DECIDE,
        subject_id=account.id,
        names=(account.name, account.holder, account.ach_cop_beneficiary_first_name),
    )
    account.status = outside.review(work, matter) or account.status
    _record(work, audit.CREATED, account)
    tell(work, instance.id, "bankAccount.new", BankAccountOut.of(account))
    return account


def decide(work: UnitOfWork, _: Outside, step: Step) -> None:
    """Take the outcome of a review; of an account that is gone it is nothing."""
    found = bank_accounts(step.instance_id, bank_account_id=step.subject_id)
    account = work.session.scalar(found.with_for_update())
    if account is not None and account.status == "verifying":
        account.status = Outcome(step.outcome)


def delete_bank_account(work: UnitOfWork, customer_id: str, bank_account_id: str) -> None:
    """Delete a bank account with its off-ramp wallets."""
    instance_id = work.instance_id or ""
    account = bank_account_of(work.session, instance_id, customer_id, bank_account_id, lock=True)
    goes_along = belongings(work.session, account)
    for row in (*goes_along, account):
        work.delete(row)
    _record(work, audit.DELETED, account, covers=goes_along)


def _record(
    work: UnitOfWork,
    action: Action[audit.BankAccountMetadata],
    account: BankAccount,
    covers: Sequence[object] = (),
) -> None:
    metadata = audit.BankAccountMetadata(
        rail=account.type,
        status=account.status,
        country=account.country,
        account_class=account.account_class,
        recipient_relationship=account.recipient_relationship,
        last_four=account.last_four,
        name=account.name,
        beneficiary=account.holder,
    )
    refs = [Ref("customer", account.customer_id)]
    work.record(action, account, metadata, label=account.label, refs=refs, covers=covers)

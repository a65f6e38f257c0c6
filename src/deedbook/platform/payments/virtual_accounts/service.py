"""Rules about virtual accounts."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from deedbook.engine import Action, DeedbookError, Ref
from deedbook.platform.events.service import tell
from deedbook.platform.identity.instances.models import Instance
from deedbook.platform.outside.models import Step
from deedbook.platform.outside.outside import Matter, Outcome, Outside
from deedbook.platform.payments.blockchain_wallets.service import blockchain_wallet_of
from deedbook.platform.payments.chains import require_token
from deedbook.platform.payments.customers.service import approved_customer
from deedbook.platform.payments.partner_fees.service import chosen_fee
from deedbook.platform.payments.virtual_accounts import audit, rules
from deedbook.platform.payments.virtual_accounts.banks import BANKS
from deedbook.platform.payments.virtual_accounts.models import VirtualAccount
from deedbook.platform.payments.virtual_accounts.schemas import (
    CreateVirtualAccountIn,
    VirtualAccountOut,
)
from deedbook.recording import UnitOfWork

DECIDE: Final = "virtual_account.decide"


class VirtualAccountNotFound(DeedbookError):
    """There is no such virtual account."""

    code = "VIRTUAL_ACCOUNTS_NOT_FOUND"
    status = 404


class NoAccountHere(VirtualAccountNotFound):
    """This customer has no such virtual account."""

    # Where one is read, the wire contract has 400.
    status = 400


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


def read_virtual_account(
    session: Session, instance_id: str, customer_id: str, account_id: str
) -> VirtualAccount:
    """Give one virtual account of a customer to whoever reads it. Raises `NoAccountHere`."""
    try:
        return virtual_account_of(session, instance_id, account_id, customer_id=customer_id)
    except VirtualAccountNotFound:
        raise NoAccountHere from None


def create_virtual_account(
    work: UnitOfWork, outside: Outside, customer_id: str, body: CreateVirtualAccountIn
) -> VirtualAccount:
    """Open an account in an approved customer's name, and have the bank look at it."""
    instance = work.session.get_one(Instance, work.instance_id)
    customer = approved_customer(work.session, instance.id, customer_id)
    rules.check_new(customer, body, production=instance.is_production)
    fields = body.model_dump()
    _check_destination(work.session, instance, customer.id, fields)
    account = work.add(
        VirtualAccount(
            instance_id=instance.id,
            customer_id=customer.id,
            kyc_status="pending_review",
            **fields,
        )
    )
    work.session.flush()
    matter = Matter(
        instance_id=instance.id,
        production=instance.is_production,
        step=DECIDE,
        subject_id=account.id,
        names=(customer.first_name, customer.legal_name),
    )
    outcome = outside.review(work, matter)
    opened = VirtualAccountOut.of(account)
    if outcome is not None:
        _take(outside, account, outcome)
    _record(work, audit.CREATED, account)
    tell(work, instance.id, "virtualAccount.new", opened)
    if outcome is not None:
        tell(work, instance.id, "virtualAccount.complete", VirtualAccountOut.of(account))
    return account


def decide(work: UnitOfWork, outside: Outside, step: Step) -> None:
    """Take what the bank decided; of an account that is gone it is nothing."""
    account = work.session.get(VirtualAccount, step.subject_id, with_for_update=True)
    if account is None or account.kyc_status != "pending_review":
        return
    _take(outside, account, Outcome(step.outcome))
    work.session.flush()
    tell(work, account.instance_id, "virtualAccount.complete", VirtualAccountOut.of(account))


def update_virtual_account(
    work: UnitOfWork, customer_id: str, account_id: str, fields: dict[str, Any]
) -> None:
    """Change where the money goes; a partner fee that is left out stays, `None` takes it away."""
    instance = work.session.get_one(Instance, work.instance_id)
    account = virtual_account_of(work.session, instance.id, account_id, customer_id=customer_id)
    _check_destination(work.session, instance, customer_id, fields)
    # Whoever removes a wallet locks its accounts after it: the same order keeps both from waiting.
    work.session.refresh(account, with_for_update=True)
    for name, value in fields.items():
        setattr(account, name, value)
    work.session.flush()
    work.session.expire(account, ["blockchain_wallet"])
    _record(work, audit.UPDATED, account)


def _check_destination(
    session: Session, instance: Instance, customer_id: str, fields: dict[str, Any]
) -> None:
    """Refuse a token of the other world, and a wallet or a fee of somebody else."""
    require_token(instance, fields["token"])
    chosen_fee(session, instance.id, fields.get("partner_fee_id"))
    # Locked, so that the wallet is not removed meanwhile.
    blockchain_wallet_of(
        session, instance.id, fields["blockchain_wallet_id"], customer_id=customer_id, lock=True
    )


def _take(outside: Outside, account: VirtualAccount, outcome: Outcome) -> None:
    account.kyc_status = outcome
    if outcome is Outcome.APPROVED:
        numbers = outside.bank_numbers()
        account.account_number = numbers["account_number"]
        account.routing_number = numbers["routing_number"]
        account.swift_account_number = numbers["swift_number"]


def _record(
    work: UnitOfWork, action: Action[audit.VirtualAccountMetadata], account: VirtualAccount
) -> None:
    last_four = account.account_number[-4:] if account.account_number else None
    bank = BANKS[account.banking_partner].name
    metadata = audit.VirtualAccountMetadata(
        banking_partner=account.banking_partner,
        token=account.token,
        network=account.blockchain_wallet.network,
        kyc_status=account.kyc_status,
        last_four=last_four,
        customer_name=account.customer.name,
    )
    refs = [
        Ref("customer", account.customer_id),
        Ref("blockchain_wallet", account.blockchain_wallet_id),
    ]
    if account.partner_fee_id is not None:
        refs.append(Ref("partner_fee", account.partner_fee_id))
    label = f"{bank} •••• {last_four}" if last_four else bank
    work.record(action, account, metadata, label=label, refs=refs)

"""/v1/instances/{instance_id}/customers/{customer_id}/bank-accounts: where payouts go."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query
from pydantic import BaseModel, BeforeValidator

from deedbook.platform.outside.dependency import OutsideNow
from deedbook.platform.payments.bank_accounts import audit, service
from deedbook.platform.payments.bank_accounts.schemas import (
    BankAccountOut,
    BankAccountStatus,
    CreateBankAccountIn,
)
from deedbook.platform.payments.customers.service import customer_of
from deedbook.platform.payments.reference.bank_details import RailName
from deedbook.web.declarations import Member, needs, records
from deedbook.web.roles import Access, Area
from deedbook.web.routing import Reading, Work, slice_router
from deedbook.web.schemas import OptionalText, Success, none_if_blank

router = slice_router(
    "/v1/instances/{instance_id}/customers/{customer_id}/bank-accounts", tag="Bank accounts"
)


class BankAccountFilters(BaseModel):
    """Which bank accounts of a customer."""

    status: Annotated[BankAccountStatus | None, BeforeValidator(none_if_blank)] = None
    type: Annotated[RailName | None, BeforeValidator(none_if_blank)] = None
    name: OptionalText = None
    bank_account_id: OptionalText = None
    country: OptionalText = None


@router.get("")
@needs(Member(Area.CUSTOMERS, Access.READ))
def list_bank_accounts(
    session: Reading,
    instance_id: str,
    customer_id: str,
    filters: Annotated[BankAccountFilters, Query()],
) -> list[BankAccountOut]:
    """Give the bank accounts of a customer, newest first."""
    customer_of(session, instance_id, customer_id)
    rows = service.bank_accounts(
        instance_id,
        customer_id=customer_id,
        bank_account_id=filters.bank_account_id,
        status=filters.status,
        rail=filters.type,
        name=filters.name,
        country=filters.country,
    )
    return [BankAccountOut.of(row) for row in session.scalars(rows)]


@router.post("")
@needs(Member(Area.CUSTOMERS, Access.WRITE))
@records(audit.CREATED)
def post_bank_account(
    work: Work, outside: OutsideNow, customer_id: str, body: CreateBankAccountIn
) -> BankAccountOut:
    """Add a bank account to a customer."""
    account = service.create_bank_account(work, outside, customer_id, body.model_dump())
    return BankAccountOut.of(account)


@router.get("/{bank_account_id}")
@needs(Member(Area.CUSTOMERS, Access.READ))
def get_bank_account(
    session: Reading, instance_id: str, customer_id: str, bank_account_id: str
) -> BankAccountOut:
    """Give one bank account."""
    return BankAccountOut.of(
        service.bank_account_of(session, instance_id, customer_id, bank_account_id)
    )


@router.delete("/{bank_account_id}")
@needs(Member(Area.CUSTOMERS, Access.WRITE))
@records(audit.DELETED)
def delete_bank_account(work: Work, customer_id: str, bank_account_id: str) -> Success:
    """Delete a bank account, with its off-ramp wallets."""
    service.delete_bank_account(work, customer_id, bank_account_id)
    return Success()

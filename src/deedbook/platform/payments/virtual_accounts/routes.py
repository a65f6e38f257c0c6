"""/v1/instances/{instance_id}/customers/{customer_id}/virtual-accounts: accounts to be paid into."""

from __future__ import annotations

from deedbook.platform.outside.dependency import OutsideNow
from deedbook.platform.payments.customers.service import customer_of
from deedbook.platform.payments.virtual_accounts import audit, service
from deedbook.platform.payments.virtual_accounts.schemas import (
    CreateVirtualAccountIn,
    UpdateVirtualAccountIn,
    VirtualAccountOut,
)
from deedbook.web.declarations import Member, needs, records
from deedbook.web.roles import Access, Area
from deedbook.web.routing import Reading, Work, slice_router
from deedbook.web.schemas import Success

router = slice_router(
    "/v1/instances/{instance_id}/customers/{customer_id}/virtual-accounts",
    tag="Virtual accounts",
)


@router.get("")
@needs(Member(Area.CUSTOMERS, Access.READ))
def list_virtual_accounts(
    session: Reading, instance_id: str, customer_id: str
) -> list[VirtualAccountOut]:
    """Give a customer's virtual accounts, newest first."""
    customer = customer_of(session, instance_id, customer_id)
    rows = service.virtual_accounts(instance_id, customer_id=customer.id)
    return [VirtualAccountOut.of(account) for account in session.scalars(rows)]


@router.post("")
@needs(Member(Area.CUSTOMERS, Access.WRITE))
@records(audit.CREATED)
def post_virtual_account(
    work: Work, outside: OutsideNow, customer_id: str, body: CreateVirtualAccountIn
) -> VirtualAccountOut:
    """Open a virtual account."""
    account = service.create_virtual_account(work, outside, customer_id, body)
    return VirtualAccountOut.of(account)


@router.get("/{account_id}")
@needs(Member(Area.CUSTOMERS, Access.READ))
def get_virtual_account(
    session: Reading, instance_id: str, customer_id: str, account_id: str
) -> VirtualAccountOut:
    """Give one virtual account."""
    account = service.read_virtual_account(session, instance_id, customer_id, account_id)
    return VirtualAccountOut.of(account)


@router.put("/{account_id}")
@needs(Member(Area.CUSTOMERS, Access.WRITE))
@records(audit.UPDATED)
def put_virtual_account(
    work: Work, customer_id: str, account_id: str, body: UpdateVirtualAccountIn
) -> Success:
    """Change where the money goes."""
    fields = body.model_dump(exclude_unset=True)
    service.update_virtual_account(work, customer_id, account_id, fields)
    return Success()

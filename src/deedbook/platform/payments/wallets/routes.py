"""/v1/instances/{instance_id}/customers/{customer_id}/wallets: wallets that the platform manages."""

from __future__ import annotations

from deedbook.platform.outside.dependency import OutsideNow
from deedbook.platform.payments.customers.service import customer_of
from deedbook.platform.payments.wallets import audit, service
from deedbook.platform.payments.wallets.schemas import WalletBalanceOut, WalletIn, WalletOut
from deedbook.web.declarations import Member, needs, records
from deedbook.web.roles import Access, Area
from deedbook.web.routing import Reading, Work, slice_router
from deedbook.web.schemas import Success

router = slice_router("/v1/instances/{instance_id}/customers/{customer_id}/wallets", tag="Wallets")


@router.get("")
@needs(Member(Area.CUSTOMERS, Access.READ))
def list_wallets(session: Reading, instance_id: str, customer_id: str) -> list[WalletOut]:
    """Give a customer's wallets, newest first."""
    customer = customer_of(session, instance_id, customer_id)
    rows = service.wallets(instance_id, customer_id=customer.id)
    return [WalletOut.of(wallet) for wallet in session.scalars(rows)]


@router.post("")
@needs(Member(Area.CUSTOMERS, Access.WRITE))
@records(audit.CREATED)
def post_wallet(work: Work, outside: OutsideNow, customer_id: str, body: WalletIn) -> WalletOut:
    """Open a wallet."""
    return WalletOut.of(service.create_wallet(work, outside, customer_id, body.model_dump()))


@router.get("/{wallet_id}")
@needs(Member(Area.CUSTOMERS, Access.READ))
def get_wallet(session: Reading, instance_id: str, customer_id: str, wallet_id: str) -> WalletOut:
    """Give one wallet."""
    return WalletOut.of(service.own_wallet(session, instance_id, customer_id, wallet_id))


@router.get("/{wallet_id}/balance")
@needs(Member(Area.CUSTOMERS, Access.READ))
def get_wallet_balance(
    session: Reading, outside: OutsideNow, instance_id: str, customer_id: str, wallet_id: str
) -> WalletBalanceOut:
    """Give what a wallet holds, in units of each token."""
    wallet = service.own_wallet(session, instance_id, customer_id, wallet_id)
    return service.balance_of(outside, wallet)


@router.delete("/{wallet_id}")
@needs(Member(Area.CUSTOMERS, Access.WRITE))
@records(audit.DELETED)
def delete_wallet(work: Work, customer_id: str, wallet_id: str) -> Success:
    """Close a wallet."""
    service.delete_wallet(work, customer_id, wallet_id)
    return Success()

"""…/bank-accounts/{bank_account_id}/offramp-wallets: addresses whose deposits are paid out."""

from __future__ import annotations

from deedbook.platform.outside.dependency import OutsideNow
from deedbook.platform.payments.bank_accounts.schemas import WalletOfAccountOut
from deedbook.platform.payments.bank_accounts.service import bank_account_of
from deedbook.platform.payments.offramp_wallets import audit, service
from deedbook.platform.payments.offramp_wallets.schemas import (
    CreateOfframpWalletIn,
    OfframpWalletOut,
)
from deedbook.web.declarations import Member, needs, records
from deedbook.web.roles import Access, Area
from deedbook.web.routing import Reading, Work, slice_router

router = slice_router(
    "/v1/instances/{instance_id}/customers/{customer_id}"
    "/bank-accounts/{bank_account_id}/offramp-wallets",
    tag="Offramp wallets",
)


@router.get("")
@needs(Member(Area.CUSTOMERS, Access.READ))
def list_offramp_wallets(
    session: Reading, instance_id: str, customer_id: str, bank_account_id: str
) -> list[OfframpWalletOut]:
    """Give the off-ramp wallets of a bank account, newest first."""
    rows = service.wallets_of(session, instance_id, customer_id, bank_account_id)
    return [OfframpWalletOut.model_validate(row) for row in rows]


@router.post("")
@needs(Member(Area.CUSTOMERS, Access.WRITE))
@records(audit.CREATED)
def post_offramp_wallet(
    work: Work,
    outside: OutsideNow,
    customer_id: str,
    bank_account_id: str,
    body: CreateOfframpWalletIn,
) -> WalletOfAccountOut:
    """Open an off-ramp wallet for a bank account."""
    wallet = service.create_offramp_wallet(
        work,
        outside,
        customer_id=customer_id,
        bank_account_id=bank_account_id,
        network=body.network,
        external_id=body.external_id,
    )
    return WalletOfAccountOut.model_validate(wallet)


@router.get("/{offramp_wallet_id}")
@needs(Member(Area.CUSTOMERS, Access.READ))
def get_offramp_wallet(
    session: Reading,
    instance_id: str,
    customer_id: str,
    bank_account_id: str,
    offramp_wallet_id: str,
) -> OfframpWalletOut:
    """Give one off-ramp wallet."""
    account = bank_account_of(session, instance_id, customer_id, bank_account_id)
    return OfframpWalletOut.model_validate(
        service.offramp_wallet_of(session, account, offramp_wallet_id)
    )

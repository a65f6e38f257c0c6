"""/v1/instances/{instance_id}/customers/{customer_id}/blockchain-wallets: customers' own addresses."""

from __future__ import annotations

from deedbook.platform.outside.dependency import OutsideNow
from deedbook.platform.payments.blockchain_wallets import audit, service
from deedbook.platform.payments.blockchain_wallets.schemas import (
    BlockchainWalletIn,
    BlockchainWalletOut,
    MessageOut,
)
from deedbook.platform.payments.customers.service import customer_of
from deedbook.web.declarations import Member, needs, records
from deedbook.web.roles import Access, Area
from deedbook.web.routing import Reading, Work, slice_router
from deedbook.web.schemas import Success

router = slice_router(
    "/v1/instances/{instance_id}/customers/{customer_id}/blockchain-wallets",
    tag="Blockchain wallets",
)


@router.get("")
@needs(Member(Area.CUSTOMERS, Access.READ))
def list_blockchain_wallets(
    session: Reading, instance_id: str, customer_id: str
) -> list[BlockchainWalletOut]:
    """Give a customer's blockchain wallets, newest first."""
    customer = customer_of(session, instance_id, customer_id)
    rows = service.blockchain_wallets(instance_id, customer_id=customer.id)
    return [BlockchainWalletOut.of(wallet) for wallet in session.scalars(rows)]


@router.get("/sign-message")
@needs(Member(Area.CUSTOMERS, Access.READ))
def get_sign_message(session: Reading, instance_id: str, customer_id: str) -> MessageOut:
    """Give the text that the holder of an address signs."""
    customer_of(session, instance_id, customer_id)
    return MessageOut(message=service.SIGN_MESSAGE)


@router.post("")
@needs(Member(Area.CUSTOMERS, Access.WRITE))
@records(audit.CREATED)
def post_blockchain_wallet(
    work: Work, outside: OutsideNow, customer_id: str, body: BlockchainWalletIn
) -> BlockchainWalletOut:
    """Add a blockchain wallet, by a signature or by its address."""
    wallet = service.create_blockchain_wallet(work, outside, customer_id, body)
    return BlockchainWalletOut.of(wallet)


@router.get("/{wallet_id}")
@needs(Member(Area.CUSTOMERS, Access.READ))
def get_blockchain_wallet(
    session: Reading, instance_id: str, customer_id: str, wallet_id: str
) -> BlockchainWalletOut:
    """Give one blockchain wallet."""
    wallet = service.read_blockchain_wallet(session, instance_id, customer_id, wallet_id)
    return BlockchainWalletOut.of(wallet)


@router.delete("/{wallet_id}")
@needs(Member(Area.CUSTOMERS, Access.WRITE))
@records(audit.DELETED)
def delete_blockchain_wallet(work: Work, customer_id: str, wallet_id: str) -> Success:
    """Remove a blockchain wallet that no virtual account pays into."""
    service.delete_blockchain_wallet(work, customer_id, wallet_id)
    return Success()

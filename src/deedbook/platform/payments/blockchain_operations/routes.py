"""Blockchain operations: the development token, and transactions that are prepared for signing."""

from __future__ import annotations

from deedbook.platform.outside.dependency import OutsideNow
from deedbook.platform.payments.blockchain_operations import audit, service
from deedbook.platform.payments.blockchain_operations.schemas import (
    DelegationIn,
    DelegationOut,
    MintedOnSolanaOut,
    MintOnSolanaIn,
    MintOnStellarIn,
    TrustlineIn,
    TrustlineOut,
)
from deedbook.web.declarations import Member, needs, records
from deedbook.web.roles import Access, Area
from deedbook.web.routing import Work, slice_router
from deedbook.web.schemas import Success

router = slice_router("/v1/instances/{instance_id}", tag="Blockchain operations")


@router.post("/create-asset-trustline")
@needs(Member(Area.INTEGRATION, Access.WRITE))
@records(audit.TRUSTLINE_CREATED)
def create_asset_trustline(work: Work, outside: OutsideNow, body: TrustlineIn) -> TrustlineOut:
    """Prepare a trustline, without which an address of Stellar can hold no token."""
    return TrustlineOut(xdr=service.create_trustline(work, outside, body.address))


@router.post("/mint-usdb-stellar")
@needs(Member(Area.INTEGRATION, Access.WRITE))
@records(audit.USDB_MINTED)
def mint_usdb_stellar(work: Work, outside: OutsideNow, body: MintOnStellarIn) -> Success:
    """Give an address of Stellar's test network units of USDB."""
    service.mint(work, outside, "stellar_testnet", body.address, body.amount)
    return Success()


@router.post("/mint-usdb-solana")
@needs(Member(Area.INTEGRATION, Access.WRITE))
@records(audit.USDB_MINTED)
def mint_usdb_solana(work: Work, outside: OutsideNow, body: MintOnSolanaIn) -> MintedOnSolanaOut:
    """Give an address of Solana's development network units of USDB."""
    signature = service.mint(work, outside, "solana_devnet", body.address, body.amount)
    return MintedOnSolanaOut(signature=signature)


@router.post("/prepare-delegate-solana")
@needs(Member(Area.INTEGRATION, Access.WRITE))
@records(audit.DELEGATION_PREPARED)
def prepare_delegate_solana(work: Work, outside: OutsideNow, body: DelegationIn) -> DelegationOut:
    """Prepare the approval that a payout from an address of Solana needs."""
    return DelegationOut(transaction=service.prepare_delegation(work, outside, body))

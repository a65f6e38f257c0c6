"""/v1/instances/{instance_id}/payouts: tokens that arrive as money in a bank account."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query

from deedbook.platform.outside.dependency import OutsideNow
from deedbook.platform.payments.payouts import audit, creation, service
from deedbook.platform.payments.payouts.models import Payout
from deedbook.platform.payments.payouts.schemas import (
    AuthorizationOut,
    DocumentsIn,
    PayoutIn,
    PayoutOut,
    PayoutStatus,
    PublicPayoutOut,
    ShortPayoutOut,
    SignedPayoutIn,
)
from deedbook.platform.payments.reference.bank_details import RailName
from deedbook.web.declarations import Anyone, Member, needs, records, silent
from deedbook.web.paging import Paged, PageParams, page_of
from deedbook.web.roles import Access, Area
from deedbook.web.routing import Reading, Work, slice_router
from deedbook.web.schemas import OptionalId, Success

router = slice_router("/v1", tag="Payouts")


class PayoutFilters(PageParams):
    """Which payouts, and which part of the list."""

    customer_id: OptionalId = None
    receiver_id: OptionalId = None
    status: PayoutStatus | None = None
    customer_name: str | None = None
    receiver_name: str | None = None
    bank_account_id: str | None = None
    country: str | None = None
    payment_method: RailName | None = None
    network: str | None = None
    token: str | None = None


@router.get("/instances/{instance_id}/payouts")
@needs(Member(Area.PAYMENTS, Access.READ))
def list_payouts(
    session: Reading, instance_id: str, filters: Annotated[PayoutFilters, Query()]
) -> Paged[PayoutOut]:
    """Give a page of payouts, newest first; `country` is the customer's."""
    rows = service.payouts(
        instance_id,
        customer_name=filters.customer_name or filters.receiver_name,
        customer_id=filters.customer_id or filters.receiver_id,
        status=filters.status,
        bank_account_id=filters.bank_account_id,
        customer_country=filters.country,
        rail=filters.payment_method,
        network=filters.network,
        token=filters.token,
    )
    found = page_of(session, rows, Payout, filters)
    return Paged(data=[PayoutOut.of(row) for row in found.rows], pagination=found.pagination)


@router.post("/instances/{instance_id}/payouts/evm")
@needs(Member(Area.PAYMENTS, Access.WRITE))
@records(audit.CREATED)
def post_evm_payout(work: Work, outside: OutsideNow, body: PayoutIn) -> ShortPayoutOut:
    """Pay out tokens on an EVM chain, or on Tron."""
    payout = creation.create_payout(
        work,
        outside,
        quote_id=body.quote_id,
        sender=body.sender_wallet_address,
        families=("evm", "tron"),
    )
    return ShortPayoutOut.of(payout)


@router.post("/instances/{instance_id}/payouts/solana")
@needs(Member(Area.PAYMENTS, Access.WRITE))
@records(audit.CREATED)
def post_solana_payout(work: Work, outside: OutsideNow, body: SignedPayoutIn) -> ShortPayoutOut:
    """Pay out tokens on Solana."""
    return _signed_payout(work, outside, body, "solana")


@router.post("/instances/{instance_id}/payouts/stellar")
@needs(Member(Area.PAYMENTS, Access.WRITE))
@records(audit.CREATED)
def post_stellar_payout(work: Work, outside: OutsideNow, body: SignedPayoutIn) -> ShortPayoutOut:
    """Pay out tokens on Stellar."""
    return _signed_payout(work, outside, body, "stellar")


@router.post("/instances/{instance_id}/payouts/stellar/authorize")
@needs(Member(Area.PAYMENTS, Access.WRITE))
@silent("prepares a transaction that its sender may sign; the payout that follows is recorded")
def post_stellar_authorization(work: Work, outside: OutsideNow, body: PayoutIn) -> AuthorizationOut:
    """Give the transaction that a sender on Stellar signs before the payout."""
    quote = creation.sendable_quote(
        work.session,
        work.instance_id or "",
        body.quote_id,
        sender=body.sender_wallet_address,
        families=("stellar",),
    )
    return AuthorizationOut(transaction_hash=outside.unsigned_transaction(quote.network))


@router.get("/instances/{instance_id}/payouts/{payout_id}")
@needs(Member(Area.PAYMENTS, Access.READ))
def get_payout(session: Reading, instance_id: str, payout_id: str) -> PayoutOut:
    """Give one payout."""
    return PayoutOut.of(service.payout_of(session, instance_id, payout_id))


@router.post("/instances/{instance_id}/payouts/{payout_id}/documents")
@needs(Member(Area.DOCUMENTS, Access.WRITE))
@records(audit.DOCUMENTS_SUBMITTED)
def post_documents(work: Work, outside: OutsideNow, payout_id: str, body: DocumentsIn) -> Success:
    """Hand in the document that a payout waits for."""
    service.submit_documents(work, outside, payout_id, body.model_dump())
    return Success()


@router.get("/e/payouts/{payout_id}")
@needs(Anyone())
def get_public_payout(session: Reading, payout_id: str) -> PublicPayoutOut:
    """Tell whoever has the id of a payout how far it is."""
    return PublicPayoutOut.of(service.public_payout(session, payout_id))


def _signed_payout(
    work: Work, outside: OutsideNow, body: SignedPayoutIn, family: str
) -> ShortPayoutOut:
    payout = creation.create_payout(
        work,
        outside,
        quote_id=body.quote_id,
        sender=body.sender_wallet_address,
        families=(family,),
        signed_transaction=body.signed_transaction,
    )
    return ShortPayoutOut.of(payout)

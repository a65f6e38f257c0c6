"""/v1/instances/{instance_id}/payins: money that comes in and arrives as tokens."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query
from sqlalchemy import false

from deedbook.platform.outside.dependency import OutsideNow
from deedbook.platform.payments.chains import Network, Token
from deedbook.platform.payments.payin_quotes.methods import PaymentMethod
from deedbook.platform.payments.payins import audit, service
from deedbook.platform.payments.payins.models import Payin
from deedbook.platform.payments.payins.schemas import PayinIn, PayinOut, ShortPayinOut, Status
from deedbook.web.declarations import Anyone, Member, needs, records
from deedbook.web.paging import Paged, PageParams, page_of
from deedbook.web.roles import Access, Area
from deedbook.web.routing import Reading, Work, slice_router

router = slice_router("/v1", tag="Payins")


class PayinFilters(PageParams):
    """Which payins, and which part of the list."""

    customer_id: str | None = None
    status: Status | None = None
    customer_name: str | None = None
    bank_account_id: str | None = None
    country: str | None = None
    payment_method: PaymentMethod | None = None
    network: Network | None = None
    token: Token | None = None


@router.get("/instances/{instance_id}/payins")
@needs(Member(Area.PAYMENTS, Access.READ))
def list_payins(
    session: Reading, instance_id: str, filters: Annotated[PayinFilters, Query()]
) -> Paged[PayinOut]:
    """Give a page of payins, newest first. None comes from a bank account of the instance's."""
    rows = service.payins(
        instance_id,
        customer_name=filters.customer_name,
        customer_id=filters.customer_id,
        status=filters.status,
        customer_country=filters.country,
        payment_method=filters.payment_method,
        network=filters.network,
        token=filters.token,
    )
    if filters.bank_account_id is not None:
        rows = rows.where(false())
    found = page_of(session, rows, Payin, filters)
    return Paged(data=[PayinOut.of(row) for row in found.rows], pagination=found.pagination)


@router.post("/instances/{instance_id}/payins/solana", deprecated=True)
@router.post("/instances/{instance_id}/payins/stellar", deprecated=True)
@router.post("/instances/{instance_id}/payins/evm")
@needs(Member(Area.PAYMENTS, Access.WRITE))
@records(audit.CREATED)
def post_payin(work: Work, outside: OutsideNow, body: PayinIn) -> ShortPayinOut:
    """Use a payin quote. The wallet in the quote decides about the chain, whatever the path says."""
    return ShortPayinOut.of(service.create_payin(work, outside, body.payin_quote_id))


@router.get("/instances/{instance_id}/payins/{payin_id}")
@needs(Member(Area.PAYMENTS, Access.READ))
def get_payin(session: Reading, instance_id: str, payin_id: str) -> PayinOut:
    """Give one payin."""
    return PayinOut.of(service.payin_of(session, instance_id, payin_id))


@router.get("/e/payins/{payin_id}")
@needs(Anyone())
def get_external_payin(session: Reading, payin_id: str) -> PayinOut:
    """Give a payin to whoever holds its id: how to pay, and how far it is."""
    return PayinOut.public(service.public_payin(session, payin_id))

"""/v1/instances/{instance_id}/payin-quotes: what a payin would cost."""

from __future__ import annotations

from deedbook.platform.outside.dependency import OutsideNow
from deedbook.platform.payments.payin_quotes import service
from deedbook.platform.payments.payin_quotes.schemas import (
    PayinExchangeIn,
    PayinExchangeOut,
    PayinQuoteIn,
    PayinQuoteOut,
)
from deedbook.web.declarations import Member, needs, silent
from deedbook.web.roles import Access, Area
from deedbook.web.routing import Work, slice_router

router = slice_router("/v1/instances/{instance_id}", tag="Payin quotes")


@router.post("/payin-quotes")
@needs(Member(Area.PAYMENTS, Access.WRITE))
@silent("an offer that moves nothing; the payin that takes it is recorded")
def post_payin_quote(work: Work, outside: OutsideNow, body: PayinQuoteIn) -> PayinQuoteOut:
    """Quote a payin."""
    quote = service.create_quote(work, outside, body.model_dump())
    work.session.flush()
    return PayinQuoteOut.of(quote)


@router.post("/payin-quotes/fx")
@needs(Member(Area.PAYMENTS, Access.WRITE))
@silent("only calculates")
def post_payin_exchange_rate(outside: OutsideNow, body: PayinExchangeIn) -> PayinExchangeOut:
    """Give the rate of now."""
    quotation, result = service.exchange_rate(
        outside,
        source=body.source,
        target=body.target,
        amount=body.request_amount,
        currency_type=body.currency_type,
    )
    return PayinExchangeOut(
        commercial_quotation=quotation.commercial,
        blindpay_quotation=quotation.ours,
        result_amount=result,
    )

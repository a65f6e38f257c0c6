"""/v1/instances/{instance_id}/quotes: what a payout would cost."""

from __future__ import annotations

from deedbook.platform.outside.dependency import OutsideNow
from deedbook.platform.payments.payout_quotes import service
from deedbook.platform.payments.payout_quotes.contracts import contract_of
from deedbook.platform.payments.payout_quotes.schemas import (
    ExchangeIn,
    ExchangeOut,
    QuoteIn,
    QuoteOut,
)
from deedbook.platform.payments.quotes import milliseconds
from deedbook.web.declarations import Member, needs, silent
from deedbook.web.roles import Access, Area
from deedbook.web.routing import Work, slice_router

router = slice_router("/v1/instances/{instance_id}", tag="Payout quotes")


@router.post("/quotes")
@needs(Member(Area.PAYMENTS, Access.WRITE))
@silent("an offer that moves nothing; the payout that takes it is recorded")
def post_quote(work: Work, outside: OutsideNow, body: QuoteIn) -> QuoteOut:
    """Quote a payout."""
    quote = service.create_quote(work, outside, body.model_dump())
    work.session.flush()
    return QuoteOut(
        id=quote.id,
        expires_at=milliseconds(quote.expires_at),
        commercial_quotation=quote.commercial_quotation,
        blindpay_quotation=quote.blindpay_quotation,
        receiver_amount=quote.receiver_amount,
        sender_amount=quote.sender_amount,
        partner_fee_amount=quote.partner_fee_amount,
        flat_fee=quote.flat_fee,
        billing_fee_amount=quote.billing_fee_amount,
        contract=contract_of(outside, quote),
        customer_local_amount=None,
        description=quote.description,
    )


@router.post("/quotes/fx")
@needs(Member(Area.PAYMENTS, Access.WRITE))
@silent("only calculates")
def post_exchange_rate(outside: OutsideNow, body: ExchangeIn) -> ExchangeOut:
    """Give the rate of now."""
    quotation, result = service.exchange_rate(
        outside,
        token=body.source,
        currency=body.target,
        amount=body.request_amount,
        currency_type=body.currency_type,
    )
    return ExchangeOut(
        commercial_quotation=quotation.commercial,
        blindpay_quotation=quotation.ours,
        result_amount=result,
    )

"""/v1/instances/{instance_id}/transfer-quotes: what a transfer would cost."""

from __future__ import annotations

from deedbook.platform.outside.dependency import OutsideNow
from deedbook.platform.payments.quotes import milliseconds
from deedbook.platform.payments.transfer_quotes import service
from deedbook.platform.payments.transfer_quotes.schemas import TransferQuoteIn, TransferQuoteOut
from deedbook.web.declarations import Member, needs, silent
from deedbook.web.roles import Access, Area
from deedbook.web.routing import Work, slice_router

router = slice_router("/v1/instances/{instance_id}", tag="Transfer quotes")


@router.post("/transfer-quotes")
@needs(Member(Area.PAYMENTS, Access.WRITE))
@silent("an offer that moves nothing; the transfer that takes it is recorded")
def post_transfer_quote(work: Work, outside: OutsideNow, body: TransferQuoteIn) -> TransferQuoteOut:
    """Quote a transfer out of a managed wallet."""
    quote = service.create_quote(work, outside, body.model_dump())
    work.session.flush()
    return TransferQuoteOut(
        id=quote.id,
        expires_at=milliseconds(quote.expires_at),
        receiver_amount=quote.amount,
        sender_amount=quote.amount,
    )

"""…/rfi: what compliance asks of an instance and of its customers, and the answers."""

from __future__ import annotations

from deedbook.platform.outside.dependency import OutsideNow
from deedbook.platform.payments.customers.service import customer_of
from deedbook.platform.payments.requests_for_information import audit, service
from deedbook.platform.payments.requests_for_information.schemas import (
    AnswersIn,
    InstanceRfiOut,
    NotAnswered,
    Refusal,
    RfiOut,
)
from deedbook.web.declarations import Member, needs, records
from deedbook.web.roles import Access, Area
from deedbook.web.routing import Reading, Work, slice_router
from deedbook.web.schemas import Success

router = slice_router("/v1/instances/{instance_id}", tag="Requests for information")


@router.get("/rfi")
@needs(Member(Area.DOCUMENTS, Access.READ))
def get_instance_rfi(session: Reading, instance_id: str) -> InstanceRfiOut | None:
    """Give what was last asked of the instance, or null."""
    request = service.newest_request(session, instance_id, None)
    return None if request is None else InstanceRfiOut.of(request)


@router.post("/rfi")
@needs(Member(Area.DOCUMENTS, Access.WRITE))
@records(audit.INSTANCE_ANSWERED, unless="nothing waits for an answer")
def post_instance_rfi(work: Work, body: AnswersIn) -> Success | NotAnswered:
    """Answer what is asked of the instance."""
    return _reply(service.answer_for_instance(work, body.given))


@router.get("/customers/{customer_id}/rfi")
@needs(Member(Area.DOCUMENTS, Access.READ))
def get_customer_rfi(session: Reading, instance_id: str, customer_id: str) -> RfiOut | None:
    """Give what was last asked of a customer, or null."""
    customer = customer_of(session, instance_id, customer_id)
    request = service.newest_request(session, instance_id, customer.id)
    return None if request is None else RfiOut.about(customer, request)


@router.post("/customers/{customer_id}/rfi")
@needs(Member(Area.DOCUMENTS, Access.WRITE))
@records(audit.CUSTOMER_ANSWERED, unless="nothing waits for an answer")
def post_customer_rfi(
    work: Work, outside: OutsideNow, customer_id: str, body: AnswersIn
) -> Success | NotAnswered:
    """Answer what is asked of a customer."""
    return _reply(service.answer_for_customer(work, outside, customer_id, body.given))


def _reply(refusal: Refusal | None) -> Success | NotAnswered:
    return Success() if refusal is None else NotAnswered(reason=refusal)

"""/v1/instances/{instance_id}/customers/{customer_id}/limit-increase: to be allowed more."""

from __future__ import annotations

from deedbook.platform.outside.dependency import OutsideNow
from deedbook.platform.payments.limit_increases import audit, service
from deedbook.platform.payments.limit_increases.schemas import (
    LimitIncreaseCreatedOut,
    LimitIncreaseIn,
    LimitIncreaseOut,
)
from deedbook.web.declarations import Member, needs, records
from deedbook.web.roles import Access, Area
from deedbook.web.routing import Reading, Work, slice_router

router = slice_router("/v1/instances/{instance_id}/customers/{customer_id}", tag="Limit increases")


@router.get("/limit-increase")
@needs(Member(Area.CUSTOMERS, Access.READ))
def list_limit_increases(
    session: Reading, instance_id: str, customer_id: str
) -> list[LimitIncreaseOut]:
    """Give the limit increases of a customer, newest first."""
    rows = service.increases(session, instance_id, customer_id)
    return [LimitIncreaseOut.of(row) for row in rows]


@router.post("/limit-increase")
@needs(Member(Area.CUSTOMERS, Access.WRITE))
@records(audit.CREATED)
def post_limit_increase(
    work: Work, outside: OutsideNow, customer_id: str, body: LimitIncreaseIn
) -> LimitIncreaseCreatedOut:
    """Ask for higher limits of a customer."""
    increase = service.ask(work, outside, customer_id, body.model_dump())
    return LimitIncreaseCreatedOut(id=increase.id)

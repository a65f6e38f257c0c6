"""/v1/instances/{instance_id}/customers: people and businesses that are paid and pay."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query

from deedbook.platform.outside.dependency import OutsideNow
from deedbook.platform.payments.customers import audit, rules, service
from deedbook.platform.payments.customers.models import Customer
from deedbook.platform.payments.customers.schemas import (
    CreateCustomerIn,
    CustomerCreatedOut,
    CustomerLimitsOut,
    CustomerOut,
    DailyMonthly,
    DirectionLimits,
    UpdateCustomerIn,
)
from deedbook.platform.payments.customers.values import KycStatus
from deedbook.web.declarations import Member, needs, records
from deedbook.web.paging import Paged, PageParams, page_of
from deedbook.web.roles import Access, Area
from deedbook.web.routing import Reading, Work, slice_router
from deedbook.web.schemas import Success

router = slice_router("/v1/instances/{instance_id}", tag="Customers")


class CustomerFilters(PageParams):
    """Which customers, and which part of the list."""

    full_name: str | None = None
    customer_name: str | None = None
    status: KycStatus | None = None
    customer_id: str | None = None
    country: str | None = None


@router.get("/customers")
@needs(Member(Area.CUSTOMERS, Access.READ))
def list_customers(
    session: Reading, instance_id: str, filters: Annotated[CustomerFilters, Query()]
) -> Paged[CustomerOut]:
    """Give a page of customers, newest first."""
    rows = service.customers(
        instance_id,
        name=filters.full_name or filters.customer_name,
        status=filters.status,
        customer_id=filters.customer_id,
        country=filters.country,
    )
    found = page_of(session, rows, Customer, filters)
    return Paged(data=[CustomerOut.of(row) for row in found.rows], pagination=found.pagination)


@router.post("/customers")
@needs(Member(Area.CUSTOMERS, Access.WRITE))
@records(audit.CREATED)
def post_customer(work: Work, outside: OutsideNow, body: CreateCustomerIn) -> CustomerCreatedOut:
    """Create a customer."""
    customer = service.create_customer(work, outside, body.model_dump())
    return CustomerCreatedOut(id=customer.id, customer_id=customer.id)


@router.get("/customers/{customer_id}")
@needs(Member(Area.CUSTOMERS, Access.READ))
def get_customer(session: Reading, instance_id: str, customer_id: str) -> CustomerOut:
    """Give one customer."""
    return CustomerOut.of(service.customer_of(session, instance_id, customer_id))


@router.put("/customers/{customer_id}")
@needs(Member(Area.CUSTOMERS, Access.WRITE))
@records(audit.UPDATED)
def put_customer(work: Work, customer_id: str, body: UpdateCustomerIn) -> Success:
    """Change a customer."""
    service.update_customer(work, customer_id, body.model_dump(exclude_unset=True))
    return Success()


@router.delete("/customers/{customer_id}")
@needs(Member(Area.CUSTOMERS, Access.WRITE))
@records(audit.DELETED)
def delete_customer(work: Work, customer_id: str) -> Success:
    """Delete a customer."""
    service.delete_customer(work, customer_id)
    return Success()


@router.get("/limits/customers/{customer_id}")
@needs(Member(Area.CUSTOMERS, Access.READ))
def get_customer_limits(session: Reading, instance_id: str, customer_id: str) -> CustomerLimitsOut:
    """Give how much a customer may move."""
    customer = service.customer_of(session, instance_id, customer_id)
    limits = rules.limits_of(customer)
    both = DailyMonthly(daily=limits.daily, monthly=limits.monthly)
    return CustomerLimitsOut(limits=DirectionLimits(payin=both, payout=both))

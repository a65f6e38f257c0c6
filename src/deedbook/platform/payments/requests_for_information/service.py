"""Rules about requests for information."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from deedbook.database.base import now
from deedbook.engine import DeedbookError, Ref
from deedbook.platform.events.service import tell
from deedbook.platform.identity.instances.models import Instance
from deedbook.platform.outside.models import Step
from deedbook.platform.outside.outside import Matter, Outcome, Outside
from deedbook.platform.payments.customers.models import Customer
from deedbook.platform.payments.customers.schemas import CustomerOut
from deedbook.platform.payments.customers.service import customer_of
from deedbook.platform.payments.requests_for_information import audit
from deedbook.platform.payments.requests_for_information.answers import checked, fields_of
from deedbook.platform.payments.requests_for_information.models import RequestForInformation
from deedbook.platform.payments.requests_for_information.schemas import (
    Answer,
    Refusal,
    RfiSection,
)
from deedbook.recording import UnitOfWork

DECIDE: Final = "rfi.decide"
REQUEST_LIFE: Final = timedelta(days=14)


class RequestInProgress(DeedbookError):
    """A request for information waits for its answer already."""

    code = "COMPLIANCE_RFI_IN_PROGRESS"
    status = 409


def newest_request(
    session: Session, instance_id: str, customer_id: str | None, *, lock: bool = False
) -> RequestForInformation | None:
    """Give what was last asked of a customer, or (None) of the instance itself."""
    rows = (
        select(RequestForInformation)
        .where(
            RequestForInformation.instance_id == instance_id,
            RequestForInformation.customer_id == customer_id,
        )
        .order_by(RequestForInformation.created_at.desc(), RequestForInformation.id.desc())
        .limit(1)
    )
    return session.scalar(rows.with_for_update() if lock else rows)


def open_request(
    work: UnitOfWork,
    customer_id: str | None,
    sections: Sequence[RfiSection],
    *,
    life: timedelta = REQUEST_LIFE,
) -> RequestForInformation:
    """Ask for information about a customer, or (None) about the instance itself, as compliance does.

    A customer stands at `compliance_request` until it is answered. Raises `CustomerNotFound` and
    `RequestInProgress`.
    """
    instance = work.session.get_one(Instance, work.instance_id, with_for_update=True)
    customer = (
        None
        if customer_id is None
        else customer_of(work.session, instance.id, customer_id, lock=True)
    )
    newest = newest_request(work.session, instance.id, customer_id)
    if newest is not None and newest.state == "pending":
        raise RequestInProgress
    request = work.add(
        RequestForInformation(
            instance_id=instance.id,
            customer_id=customer_id,
            request=[section.model_dump() for section in sections],
            expires_at=now() + life,
        )
    )
    keys = [field.key for field in fields_of(sections)]
    if customer is None:
        work.record(audit.INSTANCE_ASKED, request, audit.InstanceRfiMetadata(keys))
    else:
        customer.kyc_status = "compliance_request"
        metadata = audit.CustomerRfiMetadata(keys, customer.name)
        refs = [Ref("customer", customer.id)]
        work.record(audit.CUSTOMER_ASKED, request, metadata, label=customer.name, refs=refs)
        tell(work, instance.id, "customer.update", CustomerOut.of(customer))
    return request


def answer_for_instance(work: UnitOfWork, given: Mapping[str, Answer]) -> Refusal | None:
    """Answer what is asked of the instance, or give why there is nothing to answer."""
    request = newest_request(work.session, work.instance_id or "", None, lock=True)
    if request is None or request.state != "pending":
        return _refusal(request)
    keys = _submit(request, given)
    work.record(audit.INSTANCE_ANSWERED, request, audit.InstanceRfiMetadata(keys))
    return None


def answer_for_customer(
    work: UnitOfWork, outside: Outside, customer_id: str, given: Mapping[str, Answer]
) -> Refusal | None:
    """Answer what is asked of a customer and have it looked at, or give why there is nothing to."""
    instance = work.session.get_one(Instance, work.instance_id)
    customer = customer_of(work.session, instance.id, customer_id, lock=True)
    request = newest_request(work.session, instance.id, customer.id, lock=True)
    if request is None or request.state != "pending":
        return _refusal(request)
    keys = _submit(request, given)
    if customer.kyc_status == "compliance_request":
        _review(work, outside, instance, customer)
    metadata = audit.CustomerRfiMetadata(keys, customer.name)
    refs = [Ref("customer", customer.id)]
    work.record(audit.CUSTOMER_ANSWERED, request, metadata, label=customer.name, refs=refs)
    tell(work, instance.id, "customer.update", CustomerOut.of(customer))
    return None


def decide(work: UnitOfWork, _: Outside, step: Step) -> None:
    """Take what compliance makes of the answers; of a customer who is gone it is nothing."""
    customer = work.session.get(Customer, step.subject_id, with_for_update=True)
    if customer is None or customer.kyc_status != "pending_review":
        return
    _take(customer, Outcome(step.outcome))
    work.session.flush()
    tell(work, customer.instance_id, "customer.update", CustomerOut.of(customer))


def _refusal(request: RequestForInformation | None) -> Refusal:
    answered = request is not None and request.state == "submitted"
    return "already_resolved" if answered else "no_pending_rfi"


def _submit(request: RequestForInformation, given: Mapping[str, Answer]) -> list[str]:
    """Keep the answers, and give the keys of the fields that were answered."""
    sections = [RfiSection.model_validate(section) for section in request.request]
    request.response = checked(sections, given)
    request.status = "submitted"
    request.submitted_at = now()
    return list(request.response)


def _review(work: UnitOfWork, outside: Outside, instance: Instance, customer: Customer) -> None:
    customer.kyc_status = "pending_review"
    matter = Matter(
        instance_id=instance.id,
        production=instance.is_production,
        step=DECIDE,
        subject_id=customer.id,
        names=(customer.first_name, customer.legal_name),
    )
    outcome = outside.review(work, matter)
    if outcome is not None:
        _take(customer, outcome)


def _take(customer: Customer, outcome: Outcome) -> None:
    customer.kyc_status = "approved_rfi" if outcome is Outcome.APPROVED else "rejected"

"""Rules about limit increases."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from deedbook.engine import DeedbookError, Ref
from deedbook.platform.events.service import tell
from deedbook.platform.identity.instances.models import Instance
from deedbook.platform.outside.models import Step
from deedbook.platform.outside.outside import Matter, Outcome, Outside
from deedbook.platform.payments.customers.models import Customer
from deedbook.platform.payments.customers.rules import limits_of
from deedbook.platform.payments.customers.service import approved_customer, customer_of
from deedbook.platform.payments.limit_increases import audit
from deedbook.platform.payments.limit_increases.models import LimitIncrease
from deedbook.platform.payments.limit_increases.schemas import LimitIncreaseOut
from deedbook.recording import UnitOfWork

DECIDE: Final = "limit_increase.decide"
_LIMITS: Final = ("per_transaction", "daily", "monthly")


class NothingAsked(DeedbookError):
    """per_transaction, daily, monthly: at least one of them has to be given."""

    code = "VALIDATION_MISSING_REQUIRED_FIELDS"
    status = 400


class WrongDocument(DeedbookError):
    """supporting_document_type: persons give individual documents, businesses business ones."""

    code = "VALIDATION_INVALID_REQUEST"
    status = 400


def increases(session: Session, instance_id: str, customer_id: str) -> list[LimitIncrease]:
    """Give the limit increases of a customer, newest first. Raises `CustomerNotFound`."""
    customer = customer_of(session, instance_id, customer_id)
    rows = select(LimitIncrease).where(
        LimitIncrease.instance_id == instance_id, LimitIncrease.customer_id == customer.id
    )
    newest_first = rows.order_by(LimitIncrease.created_at.desc(), LimitIncrease.id.desc())
    return list(session.scalars(newest_first))


def ask(
    work: UnitOfWork, outside: Outside, customer_id: str, fields: dict[str, Any]
) -> LimitIncrease:
    """Ask for higher limits of a customer, and have the document that supports it checked."""
    instance = work.session.get_one(Instance, work.instance_id)
    customer = approved_customer(work.session, instance.id, customer_id, lock=True)
    if all(fields[limit] is None for limit in _LIMITS):
        raise NothingAsked
    if not fields["supporting_document_type"].startswith(customer.type):
        raise WrongDocument
    increase = work.add(LimitIncrease(instance_id=instance.id, customer_id=customer.id, **fields))
    work.session.flush()
    # Told before the answer, so that a listener hears of every status, however fast it comes.
    tell(work, instance.id, "limitIncrease.new", LimitIncreaseOut.of(increase))
    matter = Matter(
        instance_id=instance.id,
        production=instance.is_production,
        step=DECIDE,
        subject_id=increase.id,
        names=(customer.first_name, customer.legal_name),
    )
    if outcome := outside.review(work, matter):
        _decide(work, customer, increase, outcome)
    _record(work, customer, increase)
    return increase


def decide(work: UnitOfWork, _: Outside, step: Step) -> None:
    """Take the outcome of a review; of a customer who is gone it is nothing."""
    increase = work.session.get(LimitIncrease, step.subject_id)
    if increase is None or increase.status != "in_review":
        return
    # The customer is locked first, as by whoever deletes it and all that belongs to it.
    rows = select(Customer).where(
        Customer.instance_id == step.instance_id, Customer.id == increase.customer_id
    )
    customer = work.session.scalar(rows.with_for_update())
    if customer is not None:
        _decide(work, customer, increase, Outcome(step.outcome))


def _decide(
    work: UnitOfWork, customer: Customer, increase: LimitIncrease, outcome: Outcome
) -> None:
    increase.status = outcome
    if outcome is Outcome.APPROVED:
        for limit, present in limits_of(customer)._asdict().items():
            if asked := getattr(increase, limit):
                setattr(increase, f"approved_{limit}", asked)
                # An increase lowers nothing: two of them may be decided in any order.
                setattr(customer, f"{limit}_limit", max(asked, present))
    work.session.flush()
    tell(work, customer.instance_id, "limitIncrease.update", LimitIncreaseOut.of(increase))


def _record(work: UnitOfWork, customer: Customer, increase: LimitIncrease) -> None:
    metadata = audit.LimitIncreaseMetadata(
        per_transaction=increase.per_transaction,
        daily=increase.daily,
        monthly=increase.monthly,
        currency="USD",
        supporting_document_type=increase.supporting_document_type,
        status=increase.status,
        customer_name=customer.name,
    )
    refs = [Ref("customer", customer.id)]
    work.record(audit.CREATED, increase, metadata, label=customer.name, refs=refs)

"""Rules about customers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from deedbook.database.base import now, shown
from deedbook.engine import Action, DeedbookError, Ref
from deedbook.platform.events.service import tell
from deedbook.platform.identity.instances.models import Instance
from deedbook.platform.outside.models import Step
from deedbook.platform.outside.outside import Matter, Outcome, Outside
from deedbook.platform.payments.belongings import belongings
from deedbook.platform.payments.customers import audit, rules
from deedbook.platform.payments.customers.models import Customer, Owner
from deedbook.platform.payments.customers.schemas import CustomerOut
from deedbook.platform.payments.terms_of_service.service import accepted_terms
from deedbook.recording import UnitOfWork

DECIDE: Final = "customer.decide"


class CustomerNotFound(DeedbookError):
    """This instance has no such customer."""

    # The wire contract has 400 here, not 404.
    code = "CUSTOMERS_NOT_FOUND"
    status = 400


class OwnerNotFound(DeedbookError):
    """owners: this customer has no owner with that id."""

    code = "CUSTOMERS_INVALID_DATA"
    status = 422


class AlreadyApproved(DeedbookError):
    """A customer with this e-mail address or tax id is approved already."""

    code = "CUSTOMERS_ALREADY_APPROVED"
    status = 400


def customers(
    instance_id: str,
    *,
    name: str | None = None,
    status: str | None = None,
    customer_id: str | None = None,
    country: str | None = None,
) -> Select[Customer]:
    """Give the query for customers of an instance that match."""
    rows = select(Customer).where(Customer.instance_id == instance_id)
    if name:
        full_name = (
            func.coalesce(Customer.first_name, "") + " " + func.coalesce(Customer.last_name, "")
        )
        wanted = name.lower()
        rows = rows.where(
            or_(
                func.lower(full_name).contains(wanted, autoescape=True),
                func.lower(Customer.legal_name).contains(wanted, autoescape=True),
            )
        )
    if status:
        rows = rows.where(Customer.kyc_status == status)
    if customer_id:
        rows = rows.where(Customer.id == customer_id)
    if country:
        rows = rows.where(Customer.country == country)
    return rows


def customer_of(
    session: Session, instance_id: str, customer_id: str, *, lock: bool = False
) -> Customer:
    """Give one customer of an instance. Raises `CustomerNotFound`."""
    rows = customers(instance_id, customer_id=customer_id)
    found = session.scalar(rows.with_for_update() if lock else rows)
    if found is None:
        raise CustomerNotFound
    return found


class KycNotApproved(DeedbookError):
    """This customer's identity is not confirmed yet."""

    code = "CUSTOMERS_KYC_NOT_APPROVED"
    # The wire contract has 400 where something is made for a customer, not 403.
    status = 400


def approved_customer(
    session: Session, instance_id: str, customer_id: str, *, lock: bool = False
) -> Customer:
    """Give a customer for whom accounts may be opened. Raises when it is not there or not approved."""
    customer = customer_of(session, instance_id, customer_id, lock=lock)
    if not customer.is_approved:
        raise KycNotApproved
    return customer


def create_customer(work: UnitOfWork, outside: Outside, fields: dict[str, Any]) -> Customer:
    """Create a customer who accepted the terms, and have its identity checked."""
    instance = work.session.get_one(Instance, work.instance_id)
    rules.check_new(fields, production=instance.is_production)
    terms = accepted_terms(work.session, instance.id, fields.get("tos_id"))
    if instance.is_production:
        _refuse_approved_twin(work.session, instance.id, fields)
    owners = [Owner(instance_id=instance.id, **owner) for owner in fields.pop("owners", None) or []]
    fields["additional_info"] = fields.get("additional_info") or []
    customer = work.add(
        Customer(instance_id=instance.id, kyc_status="verifying", owners=owners, **fields)
    )
    work.session.flush()
    terms.customer_id = customer.id
    matter = Matter(
        instance_id=instance.id,
        production=instance.is_production,
        step=DECIDE,
        subject_id=customer.id,
        names=(customer.first_name, customer.legal_name),
    )
    customer.kyc_status = outside.review(work, matter) or customer.kyc_status
    _record(work, audit.CREATED, customer, refs=[Ref("terms_of_service", terms.id)])
    tell(work, instance.id, "customer.new", CustomerOut.of(customer))
    return customer


def decide(work: UnitOfWork, _: Outside, step: Step) -> None:
    """Take the outcome of an identity check; of a customer who is gone it is nothing."""
    customer = work.session.get(Customer, step.subject_id, with_for_update=True)
    if customer is None or customer.kyc_status != "verifying":
        return
    customer.kyc_status = Outcome(step.outcome)
    work.session.flush()
    tell(work, customer.instance_id, "customer.update", CustomerOut.of(customer))


def update_customer(work: UnitOfWork, customer_id: str, fields: dict[str, Any]) -> None:
    """Change the fields that are given; `None` clears one."""
    customer = customer_of(work.session, work.instance_id or "", customer_id, lock=True)
    owners = [
        (_owner_of(customer, change.pop("id")), change)
        for change in fields.pop("owners", None) or []
    ]
    # What has to go together may be known already.
    known = {
        "account_purpose": customer.account_purpose,
        "account_purpose_other": customer.account_purpose_other,
        "owners": [
            {"country": owner.country, "tax_type": owner.tax_type} | change
            for owner, change in owners
        ],
    }
    rules.check_values(known | fields)
    for owner, change in owners:
        for name, value in change.items():
            setattr(owner, name, value)
    if "additional_info" in fields:
        fields["additional_info"] = fields["additional_info"] or []
    refs = _accept_again(work, customer, fields.pop("tos_id", None))
    for name, value in fields.items():
        setattr(customer, name, value)
    _record(work, audit.UPDATED, customer, refs=refs)
    tell(work, customer.instance_id, "customer.update", CustomerOut.of(customer))


def _accept_again(work: UnitOfWork, customer: Customer, tos_id: str | None) -> list[Ref]:
    """Put a customer under terms that were accepted later, and give what the entry refers to."""
    if tos_id is None or tos_id == customer.tos_id:
        return []
    instance_id = customer.instance_id
    terms = accepted_terms(work.session, instance_id, tos_id, customer_id=customer.id)
    terms.customer_id, customer.tos_id = customer.id, terms.id
    return [Ref("terms_of_service", terms.id)]


def delete_customer(work: UnitOfWork, customer_id: str) -> None:
    """Delete a customer, with the owners of a business and everything that was opened for it."""
    customer = customer_of(work.session, work.instance_id or "", customer_id, lock=True)
    deleted = CustomerOut.of(customer)
    goes_along = belongings(work.session, customer)
    for row in (*goes_along, customer):
        work.delete(row)
        # One by one: what belongs to a row goes before it.
        work.session.flush()
    _record(work, audit.DELETED, customer, covers=goes_along)
    tell(work, customer.instance_id, "customer.delete", deleted, deleted_at=shown(now()))


def _owner_of(customer: Customer, owner_id: str) -> Owner:
    for owner in customer.owners:
        if owner.id == owner_id:
            return owner
    raise OwnerNotFound


def _refuse_approved_twin(session: Session, instance_id: str, fields: dict[str, Any]) -> None:
    same = [Customer.email == fields["email"]]
    if fields.get("tax_id"):
        same.append(Customer.tax_id == fields["tax_id"])
    twin = customers(instance_id, status="approved").where(or_(*same)).limit(1)
    if session.scalar(twin) is not None:
        raise AlreadyApproved


def _record(
    work: UnitOfWork,
    action: Action[audit.CustomerMetadata],
    customer: Customer,
    refs: Sequence[Ref] = (),
    covers: Sequence[object] = (),
) -> None:
    metadata = audit.CustomerMetadata(
        type=customer.type,
        kyc_type=customer.kyc_type,
        kyc_status=customer.kyc_status,
        country=customer.country,
        name=customer.name,
        email=customer.email,
        external_id=customer.external_id,
    )
    work.record(action, customer, metadata, label=customer.name, refs=refs, covers=covers)

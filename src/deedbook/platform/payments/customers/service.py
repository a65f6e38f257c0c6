"""Rules about customers."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from deedbook.engine import Action, DeedbookError, Ref
from deedbook.platform.identity.instances.models import Instance
from deedbook.platform.payments.customers import audit, rules
from deedbook.platform.payments.customers.models import Customer, Owner
from deedbook.platform.payments.terms_of_service.service import accepted_terms
from deedbook.recording import UnitOfWork

PRODUCTION: Final = "production"


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


def create_customer(work: UnitOfWork, fields: dict[str, Any]) -> Customer:
    """Create a customer who accepted the terms; development approves at once."""
    instance = work.session.get_one(Instance, work.instance_id)
    production = instance.type == PRODUCTION
    rules.check_new(fields, production=production)
    terms = accepted_terms(work.session, instance.id, fields.get("tos_id"))
    if production:
        _refuse_approved_twin(work.session, instance.id, fields)
    owners = [Owner(instance_id=instance.id, **owner) for owner in fields.pop("owners", None) or []]
    status = rules.verdict(
        production=production,
        first_name=fields.get("first_name"),
        legal_name=fields.get("legal_name"),
    )
    fields["additional_info"] = fields.get("additional_info") or []
    customer = work.add(
        Customer(instance_id=instance.id, kyc_status=status, owners=owners, **fields)
    )
    work.session.flush()
    terms.customer_id = customer.id
    _record(work, audit.CREATED, customer, refs=[Ref("terms_of_service", terms.id)])
    return customer


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


def _accept_again(work: UnitOfWork, customer: Customer, tos_id: str | None) -> list[Ref]:
    """Put a customer under terms that were accepted later, and give what the entry refers to."""
    if tos_id is None or tos_id == customer.tos_id:
        return []
    instance_id = customer.instance_id
    terms = accepted_terms(work.session, instance_id, tos_id, customer_id=customer.id)
    terms.customer_id, customer.tos_id = customer.id, terms.id
    return [Ref("terms_of_service", terms.id)]


def delete_customer(work: UnitOfWork, customer_id: str) -> None:
    """Delete a customer, with the owners of a business."""
    customer = customer_of(work.session, work.instance_id or "", customer_id, lock=True)
    work.delete(customer)
    _record(work, audit.DELETED, customer)


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
    refs: list[Ref] | None = None,
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
    work.record(action, customer, metadata, label=customer.name, refs=refs or [])

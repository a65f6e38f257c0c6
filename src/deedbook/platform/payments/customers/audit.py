"""What is recorded of customers."""

from __future__ import annotations

from dataclasses import dataclass

from deedbook.engine import Action, Feature, Metadata, Personal, Searchable

CUSTOMER = Feature("customer", title="Customers")


@dataclass(frozen=True, slots=True)
class CustomerMetadata(Metadata):
    """A customer as it was at the act."""

    type: str
    kyc_type: str
    kyc_status: str
    country: str
    name: Personal[Searchable[str]]
    email: Personal[Searchable[str]]
    external_id: Personal[Searchable[str | None]]


CREATED = Action(
    "customer.created",
    CUSTOMER,
    ("create",),
    CustomerMetadata,
    says="created the customer {label}",
    entity_type="customer",
    title="Customer created",
    refs=("terms_of_service",),
)
UPDATED = Action(
    "customer.updated",
    CUSTOMER,
    ("update",),
    CustomerMetadata,
    says="updated the customer {label}",
    entity_type="customer",
    title="Customer updated",
    refs=("terms_of_service",),
)
DELETED = Action(
    "customer.deleted",
    CUSTOMER,
    ("delete",),
    CustomerMetadata,
    says="deleted the customer {label}",
    entity_type="customer",
    title="Customer deleted",
)

ACTIONS = (CREATED, UPDATED, DELETED)

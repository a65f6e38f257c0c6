"""What is recorded of requests for information."""

from __future__ import annotations

from dataclasses import dataclass

from deedbook.engine import Action, Metadata, Personal, Searchable
from deedbook.platform.identity.instances.audit import INSTANCE
from deedbook.platform.payments.customers.audit import CUSTOMER


@dataclass(frozen=True, slots=True)
class InstanceRfiMetadata(Metadata):
    """Which fields were asked for or answered; what was answered is nowhere in an entry."""

    fields: list[str]


@dataclass(frozen=True, slots=True)
class CustomerRfiMetadata(Metadata):
    """Which fields of whom were asked for or answered; what was answered is nowhere in an entry."""

    fields: list[str]
    customer_name: Personal[Searchable[str]]


INSTANCE_ASKED = Action(
    "instance.rfi_opened",
    INSTANCE,
    ("create",),
    InstanceRfiMetadata,
    says="asked for information about this instance",
    entity_type="request_for_information",
    title="Information requested",
)
INSTANCE_ANSWERED = Action(
    "instance.rfi_answered",
    INSTANCE,
    ("update",),
    InstanceRfiMetadata,
    says="answered a request for information about this instance",
    entity_type="request_for_information",
    title="Information given",
)
CUSTOMER_ASKED = Action(
    "customer.rfi_opened",
    CUSTOMER,
    ("create",),
    CustomerRfiMetadata,
    says="asked for information about the customer {label}",
    entity_type="request_for_information",
    title="Information on a customer requested",
    refs=("customer",),
)
CUSTOMER_ANSWERED = Action(
    "customer.rfi_answered",
    CUSTOMER,
    ("update",),
    CustomerRfiMetadata,
    says="answered a request for information about the customer {label}",
    entity_type="request_for_information",
    title="Information on a customer given",
    refs=("customer",),
)

ACTIONS = (INSTANCE_ASKED, INSTANCE_ANSWERED, CUSTOMER_ASKED, CUSTOMER_ANSWERED)

"""What is recorded of limit increases."""

from __future__ import annotations

from dataclasses import dataclass

from deedbook.engine import Action, Feature, Metadata, Personal, Searchable

LIMIT_INCREASE = Feature("customer_limit_increase", title="Customer limit increases")


@dataclass(frozen=True, slots=True)
class LimitIncreaseMetadata(Metadata):
    """What was asked for, in cents, and whether it was approved at once."""

    per_transaction: Searchable[int | None]
    daily: Searchable[int | None]
    monthly: Searchable[int | None]
    currency: str
    supporting_document_type: str
    status: str
    customer_name: Personal[Searchable[str]]


CREATED = Action(
    "customer_limit_increase.created",
    LIMIT_INCREASE,
    ("create",),
    LimitIncreaseMetadata,
    says="asked for higher limits for {label}",
    entity_type="limit_increase",
    title="Limit increase requested",
    refs=("customer",),
)

ACTIONS = (CREATED,)

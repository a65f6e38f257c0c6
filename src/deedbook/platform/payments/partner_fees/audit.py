"""What is recorded of partner fees."""

from __future__ import annotations

from dataclasses import dataclass

from deedbook.engine import Action, Feature, Metadata, Searchable

PARTNER_FEE = Feature("partner_fee", title="Partner fees")


@dataclass(frozen=True, slots=True)
class PartnerFeeMetadata(Metadata):
    """A fee: percentages in basis points, flat fees in cents."""

    name: Searchable[str]
    payout_percentage_fee: int
    payout_flat_fee: int
    payin_percentage_fee: int
    payin_flat_fee: int
    virtual_account_set: bool


CREATED = Action(
    "partner_fee.created",
    PARTNER_FEE,
    ("create",),
    PartnerFeeMetadata,
    says="created the partner fee {label}",
    entity_type="partner_fee",
    title="Partner fee created",
)
DELETED = Action(
    "partner_fee.deleted",
    PARTNER_FEE,
    ("delete",),
    PartnerFeeMetadata,
    says="deleted the partner fee {label}",
    entity_type="partner_fee",
    title="Partner fee deleted",
)

ACTIONS = (CREATED, DELETED)

"""The shapes of the audit-log API. Entries are served as their own bytes; these describe them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from deedbook.engine import Catalogue, Outcome, Tally
from deedbook.engine.histogram import Histogram


class Maker(BaseModel):
    """Who made an API key."""

    id: str
    name: str | None


class AuditActor(BaseModel):
    """Who acted, as they were called then."""

    id: str | None
    name: str | None
    email: str | None
    image_url: str | None
    key_prefix: str | None
    created_by: Maker | None


class RefOut(BaseModel):
    """Something else that the act touched."""

    type: str
    id: str


class PersonalOut(BaseModel):
    """Metadata and changes that can identify a person."""

    metadata: dict[str, Any]
    changes: dict[str, Any]


class AuditLogOut(BaseModel):
    """An entry: the fields of its record, of its personal part, and of the envelope."""

    v: int
    id: str
    instance_id: str
    created_at: datetime
    actor_type: str
    user_id: str | None
    api_key_id: str | None
    role: str
    auth_method: str
    has_passkey: bool | None
    session_id: str | None
    feature: str
    operation: str
    action: str
    outcome: Outcome
    entity_type: str
    entity_id: str
    refs: list[RefOut]
    metadata: dict[str, Any]
    changes: dict[str, Any]
    effect: dict[str, Any] | None
    request_id: str | None
    method: str | None
    route: str | None
    evidence_hash: str | None
    personal_hash: str
    actor: AuditActor
    entity_label: str | None
    ip_address: str | None
    peer_ip: str | None
    forwarded_for: str | None
    country: str | None
    country_source: str | None
    user_agent: str | None
    personal: PersonalOut
    sequence: int | None
    personal_state: str


class PaginationMetadata(BaseModel):
    """How to go on: `next_page` goes into `starting_after`, `prev_page` into `ending_before`."""

    has_more: bool
    next_page: str | None
    prev_page: str | None


class AuditLogPage(BaseModel):
    """A page of entries, newest first."""

    data: list[AuditLogOut]
    pagination: PaginationMetadata


class AuditLogFeed(BaseModel):
    """Entries in their sequence; `cursor` goes into `after` of the next call.

    `checkpoint` is the newest (c2sp.org/tlog-checkpoint), or null before the first.
    """

    data: list[AuditLogOut]
    cursor: int
    checkpoint: str | None


class ProofOut(BaseModel):
    """That the entry is the leaf at `sequence` of the tree that the checkpoint signs.

    Hashes are base64, as in the checkpoint; `leaf_hash` is SHA-256(0x00 ‖ record) and `proof` the audit
    path of RFC 6962 §2.1.1.
    """

    id: str
    sequence: int
    leaf_hash: str
    size: int
    proof: list[str]
    checkpoint: str


class ConsistencyOut(BaseModel):
    """That the log of size `to` grew from that of size `from` (RFC 6962 §2.1.2); hashes are base64."""

    model_config = ConfigDict(validate_by_name=True)

    first: int = Field(alias="from")
    second: int = Field(alias="to")
    proof: list[str]


class CheckpointsOut(BaseModel):
    """A checkpoint (c2sp.org/tlog-checkpoint); null where none was signed at that size."""

    size: int
    checkpoint: str | None
    consistency: ConsistencyOut | None


class BucketOut(BaseModel):
    """The counts by operation from `start`, for the width of the histogram."""

    start: datetime
    counts: dict[str, int]


class HistogramOut(BaseModel):
    """Counts by time; approximate when counting stopped at its cap."""

    data: list[BucketOut]
    width_seconds: int
    approximate: bool


class FacetValue(BaseModel):
    """A value and how many entries have it."""

    value: str
    count: int


class FacetsOut(BaseModel):
    """The values of each field, the most frequent first."""

    data: dict[str, list[FacetValue]]
    approximate: bool


class MetadataFieldOut(BaseModel):
    """A field of an action's metadata, and the part of an entry that keeps it."""

    name: str
    kept: str
    searchable: bool


class FeatureOut(BaseModel):
    """An area of the platform."""

    name: str
    title: str


class ActionOut(BaseModel):
    """An action, with the sentence that tells it."""

    action: str
    feature: str
    operations: list[str]
    entity_type: str
    title: str
    sentence: str
    metadata: list[MetadataFieldOut]
    refs: list[str]


class CatalogueOut(BaseModel):
    """Everything that can be recorded, and the words to filter it by."""

    features: list[FeatureOut]
    operations: list[str]
    actor_types: list[str]
    outcomes: list[str]
    data: list[ActionOut]


def histogram_out(histogram: Histogram, catalogue: Catalogue) -> HistogramOut:
    """Give a histogram with every operation in every bucket."""
    return HistogramOut(
        data=[
            BucketOut(
                start=datetime.fromtimestamp(bucket.start_ms / 1000, UTC),
                counts={name: bucket.counts.get(name, 0) for name in catalogue.operations},
            )
            for bucket in histogram.buckets
        ],
        width_seconds=histogram.width_ms // 1000,
        approximate=histogram.approximate,
    )


def facets_out(tally: Tally) -> FacetsOut:
    """Give the counted values of each field, the most frequent first."""
    return FacetsOut(
        data={
            name: [
                FacetValue(value=value, count=count)
                for value, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
            ]
            for name, counts in tally.counts.items()
        },
        approximate=tally.approximate,
    )


def catalogue_out(catalogue: Catalogue) -> CatalogueOut:
    """Give the catalogue in the order of its names."""
    return CatalogueOut(
        features=[
            FeatureOut(name=feature.name, title=feature.title)
            for feature in catalogue.features.values()
        ],
        operations=list(catalogue.operations),
        actor_types=list(catalogue.actor_types),
        outcomes=[outcome.value for outcome in Outcome],
        data=[
            ActionOut(
                action=action.name,
                feature=action.feature.name,
                operations=list(action.operations),
                entity_type=action.entity_type,
                title=action.title,
                sentence=action.says,
                metadata=[
                    MetadataFieldOut(
                        name=field.name,
                        kept="personal" if field.personal else "record",
                        searchable=field.searchable,
                    )
                    for field in action.fields
                ],
                refs=list(action.refs),
            )
            for action in catalogue.actions.values()
        ],
    )

"""What is recorded of webhook endpoints."""

from __future__ import annotations

from dataclasses import dataclass

from deedbook.engine import Action, Feature, Metadata, Searchable

WEBHOOK_ENDPOINT = Feature("webhook_endpoint", title="Webhook endpoints")


@dataclass(frozen=True, slots=True)
class WebhookEndpointMetadata(Metadata):
    """Where events are sent, without a query that may hold a token; no `events` means all."""

    url: Searchable[str]
    events: list[str]


CREATED = Action(
    "webhook_endpoint.created",
    WEBHOOK_ENDPOINT,
    ("create",),
    WebhookEndpointMetadata,
    says="had events sent to {label}",
    entity_type="webhook_endpoint",
    title="Webhook endpoint created",
)
DELETED = Action(
    "webhook_endpoint.deleted",
    WEBHOOK_ENDPOINT,
    ("delete",),
    WebhookEndpointMetadata,
    says="stopped events from being sent to {label}",
    entity_type="webhook_endpoint",
    title="Webhook endpoint deleted",
)
SECRET_VIEWED = Action(
    "webhook_endpoint.secret_viewed",
    WEBHOOK_ENDPOINT,
    ("create",),
    WebhookEndpointMetadata,
    says="viewed the signing secret of {label}",
    entity_type="webhook_endpoint",
    title="Webhook secret viewed",
)

ACTIONS = (CREATED, DELETED, SECRET_VIEWED)

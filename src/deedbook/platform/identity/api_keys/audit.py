"""What is recorded of API keys."""

from __future__ import annotations

from dataclasses import dataclass

from deedbook.engine import Action, Feature, Metadata, Refusal, Searchable

API_KEY = Feature("api_key", title="API keys")


@dataclass(frozen=True, slots=True)
class ApiKeyMetadata(Metadata):
    """A key without its token; `role` is the most it may do, `reads_log` whether that includes this log."""

    name: Searchable[str]
    prefix: Searchable[str]
    permission: str
    role: str
    reads_log: bool
    ip_whitelist: list[str]


CREATED = Action(
    "api_key.created",
    API_KEY,
    ("create",),
    ApiKeyMetadata,
    says="made the API key {label} with the rights of {role}",
    entity_type="api_key",
    title="API key made",
)
DELETED = Action(
    "api_key.deleted",
    API_KEY,
    ("delete",),
    ApiKeyMetadata,
    says="revoked the API key {label}",
    entity_type="api_key",
    title="API key revoked",
)
# By the key itself; only ever denied.
REFUSED = Action(
    "api_key.refused",
    API_KEY,
    ("update",),
    Refusal,
    says="tried to use the API key {label}",
    entity_type="api_key",
    title="API key refused",
)

ACTIONS = (CREATED, DELETED, REFUSED)

"""A deed: what happened, who did it, how and from where, before it is written down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from deedbook.engine.catalogue import (
    Action,
    ActorType,
    Metadata,
    MetadataField,
    Refusal,
    metadata_fields,
)
from deedbook.engine.errors import InvalidDeed
from deedbook.engine.kinds import Outcome

MAX_REFS: Final = 8
_OF_A_REFUSAL: Final = metadata_fields(Refusal)


@dataclass(frozen=True, slots=True)
class Maker:
    """The person who made an API key."""

    id: str
    name: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts, as they are at this moment; all of it is copied into the entry.

    `key_prefix` and `created_by` are of an API key. `has_passkey` is True only when this very act
    was verified with a passkey. `session_id` is a hash of the session, never its token.
    """

    type: ActorType
    id: str | None
    name: str | None = None
    email: str | None = None
    image_url: str | None = None
    key_prefix: str | None = None
    created_by: Maker | None = None
    role: str
    auth_method: str
    has_passkey: bool = False
    session_id: str | None = None

    def __post_init__(self) -> None:
        """Refuse an actor whose id and type disagree."""
        if (self.id is None) != (self.type.id_field is None):
            raise InvalidDeed(f"an actor of type {self.type.name} with id {self.id!r} cannot be")
        if self.has_passkey and not self.type.has_passkeys:
            raise InvalidDeed(f"passkeys do not apply to an actor of type {self.type.name}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """From where an act came, and by which request. All None for an act without a request."""

    ip_address: str | None = None
    peer_ip: str | None = None
    forwarded_for: str | None = None
    country: str | None = None
    country_source: str | None = None
    user_agent: str | None = None
    request_id: str | None = None
    method: str | None = None
    route: str | None = None


@dataclass(frozen=True, slots=True)
class Ref:
    """Something else that an act touched."""

    type: str
    id: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What an update changed: {field: {"from": old, "to": new}}, by where it is kept."""

    kept: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    personal: Mapping[str, Mapping[str, object]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One act on one entity of one instance.

    `covers` names the audited rows whose change this entry accounts for, as `table:key`.
    `effect` is the machine-readable sense of an act on the log itself. `evidence` is what proves a
    passkey verification; it is stored beside the entry and hashed into its record. `metadata` is of
    the action's model, or a `Refusal` where the outcome is denied.
    """

    instance_id: str
    action: Action[Metadata]
    operation: str
    actor: Actor
    origin: Origin
    entity_id: str
    metadata: Metadata
    entity_label: str | None = None
    refs: tuple[Ref, ...] = ()
    changes: Changes = Changes()
    outcome: Outcome = Outcome.SUCCESS
    effect: Mapping[str, object] | None = None
    evidence: bytes | None = None
    covers: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """Refuse what the catalogue does not know of this action."""
        action = self.action
        if self.operation not in action.operations:
            raise InvalidDeed(f"{action.name} is no {self.operation!r}: {action.operations}")
        denied = self.outcome is Outcome.DENIED and isinstance(self.metadata, Refusal)
        if not denied and not isinstance(self.metadata, action.metadata):
            raise InvalidDeed(f"the metadata of {action.name} is a {action.metadata.__name__}")
        if len(self.refs) > MAX_REFS:
            raise InvalidDeed(f"{action.name} with {len(self.refs)} refs: at most {MAX_REFS}")
        if unknown := {ref.type for ref in self.refs if ref.type not in action.refs}:
            raise InvalidDeed(f"{action.name} does not refer to {sorted(unknown)}")
        if not self.instance_id or not self.entity_id:
            raise InvalidDeed(f"{action.name} needs an instance and an entity")

    @property
    def metadata_fields(self) -> tuple[MetadataField, ...]:
        """The fields of the metadata in their order: the action's, or those of a refusal."""
        return _OF_A_REFUSAL if isinstance(self.metadata, Refusal) else self.action.fields

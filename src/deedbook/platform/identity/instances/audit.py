"""What is recorded of instances."""

from __future__ import annotations

from dataclasses import dataclass

from deedbook.engine import Action, Feature, Metadata, NoMetadata, Personal

INSTANCE = Feature("instance", title="Instance")


@dataclass(frozen=True, slots=True)
class InstanceMetadata(Metadata):
    """An instance as it was founded."""

    name: str
    type: str


@dataclass(frozen=True, slots=True)
class OwnershipMetadata(Metadata):
    """Who owned an instance, and who does now."""

    from_user_id: str
    to_user_id: str
    from_name: Personal[str | None]
    to_name: Personal[str | None]


CREATED = Action(
    "instance.created",
    INSTANCE,
    ("create",),
    InstanceMetadata,
    says="created the {type} instance {label}",
    entity_type="instance",
    title="Instance created",
)
UPDATED = Action(
    "instance.updated",
    INSTANCE,
    ("update",),
    NoMetadata,
    says="changed the settings of {label}",
    entity_type="instance",
    title="Instance settings changed",
)
DELETED = Action(
    "instance.deleted",
    INSTANCE,
    ("delete",),
    InstanceMetadata,
    says="deleted the instance {label}",
    entity_type="instance",
    title="Instance deleted",
)
OWNERSHIP_TRANSFERRED = Action(
    "instance.ownership_transferred",
    INSTANCE,
    ("update",),
    OwnershipMetadata,
    says="made {to_name} the owner of {label}",
    entity_type="instance",
    title="Ownership transferred",
    refs=("user",),
)

ACTIONS = (CREATED, UPDATED, DELETED, OWNERSHIP_TRANSFERRED)

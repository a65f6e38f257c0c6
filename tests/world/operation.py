"""What a row of the contract of all slices says: a route that records, or one that reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from deedbook.web.roles import Access, Area, Role
from world.people import Caller, Team
from world.world import World

INSTANCE = "/v1/instances/{instance_id}"
DEVELOPMENT = "development"
PRODUCTION = "production"


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """A call that succeeds once, and what its entry has to say."""

    values: Mapping[str, str] = field(default_factory=dict)
    """For the places of the path, but for the instance."""
    body: Mapping[str, Any] | None = None
    query: str = ""
    entries: int = 1
    """How many the call writes; the newest is the one of the action."""
    caller: Caller | None = None
    """The only one who can make this call, where the role does not decide."""
    entity_id: str | None = None
    """None for a creation: then it is the id in the reply."""
    label: str | None = None
    metadata: Mapping[str, Any] = field(default_factory=dict)
    personal_metadata: Mapping[str, Any] = field(default_factory=dict)
    changes: Mapping[str, Any] = field(default_factory=dict)
    personal_changes: Mapping[str, Any] = field(default_factory=dict)
    refs: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Operation:
    """A route that records: who may call it, and what is then in the log."""

    action: str
    operation: str
    method: str
    path: str
    area: Area | None
    """None for a route that needs a session and no instance."""
    entity_type: str
    prepare: Callable[[World, Team], Prepared]
    access: Access = Access.WRITE
    """To read, for what is recorded of those who read."""
    people_only: bool = False
    has_body: bool = True
    uproots: bool = False
    """The call changes who may call: it needs an instance of its own, and cannot be replayed."""
    role: Role | None = None
    """The role in the entry, where it is the act that gives it."""
    not_found: tuple[int, str] | None = None
    """What an id that is not there, or another instance's, answers; None for no such id."""
    instance_type: str = DEVELOPMENT

    named_feature: str | None = None
    """Where the action's name does not begin with it."""

    @property
    def feature(self) -> str:
        """The coarse name that people filter by."""
        return self.named_feature or self.action.partition(".")[0]

    def url(self, team: Team, prepared: Prepared) -> str:
        """Give the path with its places filled."""
        return self.path.format(instance_id=team.instance_id, **prepared.values) + prepared.query


@dataclass(frozen=True, kw_only=True)
class Read:
    """A route that reads in an instance."""

    path: str
    area: Area
    access: Access = Access.READ
    """To write, for what is not shown to all who may read."""
    prepare: Callable[[World, Team], Mapping[str, str]] = lambda _world, _team: {}
    not_found: tuple[int, str] | None = None
    instance_type: str = DEVELOPMENT

    def url(self, team: Team, values: Mapping[str, str]) -> str:
        """Give the path with its places filled."""
        return self.path.format(instance_id=team.instance_id, **values)

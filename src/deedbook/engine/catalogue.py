"""The catalogue: the one list of what can be recorded. It only grows.

A platform writes its actions down once, each with a sentence, a typed metadata model and what it
refers to, and assembles them into one `Catalogue`. Whatever contradicts itself fails at import.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Mapping
from enum import Enum
from functools import cached_property
from string import Formatter
from typing import Annotated, Any, Final, Generic, Literal, TypeVar, get_type_hints

from deedbook.engine.errors import CatalogueError
from deedbook.engine.kinds import Kind, Outcome

_NAME: Final = re.compile(r"[a-z][a-z0-9_]*")
_ACTION_NAME: Final = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")

Value = TypeVar("Value")


class Mark(Enum):
    """What an annotation says of a metadata field."""

    PERSONAL = "personal"
    SEARCHABLE = "searchable"


# `name: Personal[str]` can identify a person: it goes to the part of an entry that can be erased.
Personal = Annotated[Value, Mark.PERSONAL]
# `last_four: Searchable[str]` is what people look an entry up by.
Searchable = Annotated[Value, Mark.SEARCHABLE]


class Metadata:
    """Base of an action's metadata: subclass it as a frozen dataclass."""


@dataclasses.dataclass(frozen=True, slots=True)
class NoMetadata(Metadata):
    """For an action of which there is nothing more to say."""


@dataclasses.dataclass(frozen=True, slots=True)
class Refusal(Metadata):
    """What a denied act has instead of its own metadata, which nobody got to check.

    `code` is that of the error that was answered; `left_out` counts the attempts of this actor at
    this action that were refused since the last entry and have none.
    """

    code: str
    left_out: int = 0


@dataclasses.dataclass(frozen=True, slots=True)
class MetadataField:
    """One field of a metadata model, and where its value goes."""

    name: str
    personal: bool
    searchable: bool


@dataclasses.dataclass(frozen=True, slots=True)
class Feature:
    """An area of the platform, as people filter by it."""

    name: str
    title: str


@dataclasses.dataclass(frozen=True, slots=True)
class ActorType:
    """A sort of actor.

    `id_field` is the field of the record that holds the actor's id, `id_pattern` what such ids look
    like, `has_passkeys` whether verification by passkey applies to it. A type with `only_on_request`
    is left out of lists that do not ask for it by `include`.
    """

    name: str
    id_field: Literal["user_id", "api_key_id"] | None = "user_id"
    id_pattern: str = r".+"
    has_passkeys: bool = False
    only_on_request: bool = False


USER: Final = ActorType("user", "user_id", r"us_[0-9A-Za-z]{12}", has_passkeys=True)
API_KEY: Final = ActorType("api_key", "api_key_id", r"ap_[0-9A-Za-z]{12}")
SYSTEM: Final = ActorType("system", None, only_on_request=True)

Model = TypeVar("Model", bound=Metadata, covariant=True)


@dataclasses.dataclass(frozen=True, eq=False)
class Action(Generic[Model]):
    """Something that can be done, precisely: `bank_account.deleted`.

    `operations` are the coarse names that people filter by; most actions have one, and one that has
    several is told which when it is recorded. `says` is the sentence for people, whose placeholders
    are `label`, `entity_id` and the fields of the metadata. `refs` are the types of what else the
    act may touch.
    """

    name: str
    feature: Feature
    operations: tuple[str, ...]
    metadata: type[Model]
    says: str
    entity_type: str
    title: str
    refs: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse an action that could not be recorded or shown."""
        if not _ACTION_NAME.fullmatch(self.name):
            raise CatalogueError(f"{self.name!r} is no action name: write area.what_happened")
        if not self.operations:
            raise CatalogueError(f"{self.name} names no operation")
        known = {field.name for field in self.fields} | {"label", "entity_id"}
        used = {name for _, name, _, _ in Formatter().parse(self.says) if name is not None}
        if used - known:
            raise CatalogueError(f"the sentence of {self.name} uses unknown {sorted(used - known)}")

    @cached_property
    def fields(self) -> tuple[MetadataField, ...]:
        """The fields of the metadata model in their order."""
        return metadata_fields(self.metadata)


def metadata_fields(model: type[Metadata]) -> tuple[MetadataField, ...]:
    """Give the fields of a metadata model; raises `CatalogueError` when it is no dataclass."""
    if "__dataclass_fields__" not in model.__dict__:
        raise CatalogueError(f"{model.__name__} must be a dataclass")
    if names := [name for name in model.__annotations__ if not name.isascii()]:
        raise CatalogueError(f"{model.__name__}: the names of fields are ASCII, not {names}")
    hints = get_type_hints(model, include_extras=True)
    return tuple(
        MetadataField(
            field.name,
            personal=Mark.PERSONAL in _marks(hints[field.name]),
            searchable=Mark.SEARCHABLE in _marks(hints[field.name]),
        )
        for field in dataclasses.fields(model)  # type: ignore[arg-type]
    )


def _marks(hint: Any) -> tuple[object, ...]:  # noqa: ANN401 (a type hint has no narrower type)
    return getattr(hint, "__metadata__", ())


class Catalogue:
    """Every action of one platform, and the words that its log can be filtered by.

    `operations` are those of the actions, unless a wider list or another order is given.
    """

    def __init__(
        self,
        actions: Iterable[Action[Metadata]],
        *,
        operations: tuple[str, ...] = (),
        actor_types: tuple[ActorType, ...] = (USER, API_KEY, SYSTEM),
    ) -> None:
        self.actions: Mapping[str, Action[Metadata]] = _by_name(actions)
        self.operations = operations or _operations_of(self.actions.values())
        self.actor_types: Mapping[str, ActorType] = {kind.name: kind for kind in actor_types}
        # What a list leaves out unless `include` asks for it.
        self.on_request = frozenset(
            {Outcome.DENIED.value} | {kind.name for kind in actor_types if kind.only_on_request}
        )
        self._refuse_unknown_words()
        self.features: Mapping[str, Feature] = self._collect_features()
        self.entity_types = frozenset(action.entity_type for action in self.actions.values())
        self.kinds: Mapping[int, Kind] = _by_number(self._possible_kinds())

    def _refuse_unknown_words(self) -> None:
        for action in self.actions.values():
            for word in (action.feature.name, action.entity_type, *action.operations, *action.refs):
                if not _NAME.fullmatch(word):
                    raise CatalogueError(f"{action.name}: {word!r} is not in snake_case")
            if unknown := set(action.operations) - set(self.operations):
                raise CatalogueError(f"{action.name}: unknown operation {sorted(unknown)}")

    def _collect_features(self) -> dict[str, Feature]:
        features: dict[str, Feature] = {}
        for action in self.actions.values():
            if features.setdefault(action.feature.name, action.feature) != action.feature:
                raise CatalogueError(f"feature {action.feature.name} is defined twice, differently")
        return features

    def _possible_kinds(self) -> Iterable[Kind]:
        for action in self.actions.values():
            for operation in action.operations:
                for actor_type in self.actor_types.values():
                    for has_passkey in (True, False) if actor_type.has_passkeys else (None,):
                        for outcome in Outcome:
                            yield Kind(
                                feature=action.feature.name,
                                operation=operation,
                                action=action.name,
                                entity_type=action.entity_type,
                                actor_type=actor_type.name,
                                outcome=outcome,
                                has_passkey=has_passkey,
                            )


def _operations_of(actions: Iterable[Action[Metadata]]) -> tuple[str, ...]:
    # A dict keeps the order in which they first come up.
    return tuple(dict.fromkeys(name for action in actions for name in action.operations))


def _by_name(actions: Iterable[Action[Metadata]]) -> dict[str, Action[Metadata]]:
    named: dict[str, Action[Metadata]] = {}
    for action in actions:
        if action.name in named:
            raise CatalogueError(f"action {action.name} is in the catalogue twice")
        named[action.name] = action
    return named


def _by_number(kinds: Iterable[Kind]) -> dict[int, Kind]:
    numbered: dict[int, Kind] = {}
    for kind in kinds:
        if (other := numbered.setdefault(kind.number, kind)) != kind:
            raise CatalogueError(f"{kind.action} and {other.action} share a number: rename one")
    return numbered

"""What a route declares of itself: who may call it, and what it records or why it is silent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final, TypeVar

from deedbook.engine import Action, CatalogueError, Metadata
from deedbook.web.body import USUAL_LIMIT, BodyLimit
from deedbook.web.roles import Access, Area

_ATTRIBUTE: Final = "__deedbook__"
SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Anyone:
    """No caller is needed."""


@dataclass(frozen=True, slots=True)
class AnyCaller:
    """A person's session is needed, or an API key of whichever instance."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A person's session is needed; no instance is."""


@dataclass(frozen=True, slots=True)
class Member:
    """A role in the instance of the path is needed; an API key serves, unless `people_only`."""

    area: Area
    access: Access
    people_only: bool = False


@dataclass(frozen=True, slots=True)
class MemberOrPerson:
    """A role in the instance that the query names is needed; where it names none, a session."""

    area: Area
    access: Access


Permission = Anyone | AnyCaller | SignedIn | Member | MemberOrPerson


@dataclass(frozen=True, slots=True)
class Declaration:
    """What is known of a route before it runs; `unless` is when it succeeds and records nothing."""

    permission: Permission | None = None
    records: tuple[Action[Metadata], ...] = ()
    unless: str | None = None
    silent: str | None = None
    body_limit: BodyLimit = USUAL_LIMIT

    def writes(self, method: str) -> bool:
        """Tell whether a request may change something, if only by what is recorded of it."""
        return bool(self.records) or method not in SAFE_METHODS


def needs(permission: Permission) -> Callable[[Endpoint], Endpoint]:
    """Declare who may call a route."""
    return _declare(lambda declared: replace(declared, permission=permission))


def records(
    *actions: Action[Metadata], unless: str | None = None
) -> Callable[[Endpoint], Endpoint]:
    """Declare the actions that a route may record, and when it succeeds without changing anything."""
    return _declare(lambda declared: replace(declared, records=actions, unless=unless))


def silent(reason: str) -> Callable[[Endpoint], Endpoint]:
    """Declare that a route changes nothing that the log is for, and why."""
    return _declare(lambda declared: replace(declared, silent=reason))


def takes(limit: BodyLimit) -> Callable[[Endpoint], Endpoint]:
    """Declare how large a body a route takes, where the usual limit is not enough."""
    return _declare(lambda declared: replace(declared, body_limit=limit))


def declaration_of(endpoint: Callable[..., Any], methods: set[str]) -> Declaration:
    """Give a route's declaration. Raises `CatalogueError`, at import, when one is missing."""
    declared: Declaration = getattr(endpoint, _ATTRIBUTE, Declaration())
    if declared.permission is None:
        raise CatalogueError(f"{endpoint.__qualname__} does not declare who may call it")
    if bool(declared.records) == bool(declared.silent) and not methods <= SAFE_METHODS:
        raise CatalogueError(
            f"{endpoint.__qualname__} declares neither what it records nor silence"
        )
    return declared


def _declare(change: Callable[[Declaration], Declaration]) -> Callable[[Endpoint], Endpoint]:
    def decorate(endpoint: Endpoint) -> Endpoint:
        setattr(endpoint, _ATTRIBUTE, change(getattr(endpoint, _ATTRIBUTE, Declaration())))
        return endpoint

    return decorate

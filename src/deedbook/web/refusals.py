"""Refused attempts at actions of the catalogue, kept as entries with the outcome `denied`.

An attempt is kept when its error is a denial (`DeedbookError.is_denial`), the route declares what it
would have recorded, and whoever tried is a member or a key of that instance; and when a key of an
instance is refused itself. Keeping is bounded: of one actor's attempts at one action one a minute is
written down, and the next that is says how many were left out.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from deedbook.engine import Action, Actor, Deed, DeedbookError, Metadata, Origin, Outcome, Refusal
from deedbook.engine.origin import clean_header
from deedbook.web.caller import IpBlocked, Unauthorized
from deedbook.web.declarations import Declaration
from deedbook.web.spacing import Spacing

_SECONDS_APART: Final = 60
_PLACE: Final = re.compile(r"{(\w+)}")
_LONGEST_ID: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """What somebody tried: the first action that the route declares is the one it is for."""

    instance_id: str
    action: Action[Metadata]
    actor: Actor
    entity_id: str
    label: str | None = None


def of_key(refused: DeedbookError, action: Action[Metadata]) -> Attempt | None:
    """Give the attempt to use a key that is revoked, or blocked by its address; None for no key."""
    key = refused.refused_key if isinstance(refused, Unauthorized | IpBlocked) else None
    if key is None:
        return None
    return Attempt(
        instance_id=key.instance_id,
        action=action,
        actor=key.actor(key.role),
        entity_id=key.key_id,
        label=key.name,
    )


def of_member(
    refused: DeedbookError,
    declaration: Declaration,
    actor: Actor | None,
    instance_id: str | None,
    target: str,
) -> Attempt | None:
    """Give the attempt of somebody who belongs to the instance; None when it is not for the log."""
    if not (refused.is_denial and declaration.records and actor and instance_id):
        return None
    return Attempt(
        instance_id=instance_id, action=declaration.records[0], actor=actor, entity_id=target
    )


def target_of(route: str, values: Mapping[str, str]) -> str:
    """Give the id that a path ends with: the target, or of a creation its parent or the instance."""
    places = _PLACE.findall(route)
    # Nobody checked that there is such a thing, so it may be any text.
    return clean_header(values[places[-1]], _LONGEST_ID) or "" if places else ""


class Refusals:
    """Turns refused attempts into deeds, one a minute of a kind, and counts what could not be kept."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.failures = 0
        self._spacing = Spacing(_SECONDS_APART, clock)

    def deed_of(self, attempt: Attempt, origin: Origin, refused: DeedbookError) -> Deed | None:
        """Give the deed to keep, or None when there was one like it a moment ago."""
        actor, action = attempt.actor, attempt.action
        left_out = self._spacing.take((attempt.instance_id, actor.id, action.name))
        if left_out is None:
            return None
        return Deed(
            instance_id=attempt.instance_id,
            action=action,
            operation=action.operations[0],
            actor=replace(actor, has_passkey=False),
            origin=origin,
            entity_id=attempt.entity_id,
            entity_label=attempt.label,
            metadata=Refusal(refused.code, left_out),
            outcome=Outcome.DENIED,
        )

"""Kinds: everything of an entry that has few values, folded into one integer.

An index on (instance, kind, id) then serves every filter by feature, operation, action, entity type,
actor type, outcome and passkey, alone and together.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache


class Outcome(StrEnum):
    """Whether the act was done, or tried and refused."""

    SUCCESS = "success"
    DENIED = "denied"


@dataclass(frozen=True)
class Kind:
    """One combination of the values that the kind folds."""

    feature: str
    operation: str
    action: str
    entity_type: str
    actor_type: str
    outcome: Outcome
    has_passkey: bool | None

    @cached_property
    def number(self) -> int:
        """31 bits that are the same in every process, with no table to keep: the head of a SHA-256.

        A catalogue checks at import that no two of its kinds share a number.
        """
        return kind_number(
            self.action, self.operation, self.actor_type, self.outcome, has_passkey=self.has_passkey
        )


@lru_cache(maxsize=4096)
def kind_number(
    action: str, operation: str, actor_type: str, outcome: Outcome, *, has_passkey: bool | None
) -> int:
    """Give the number of a kind by what tells it from others; the rest follows from its action."""
    text = "\n".join((action, operation, actor_type, outcome, str(has_passkey)))
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big") >> 1

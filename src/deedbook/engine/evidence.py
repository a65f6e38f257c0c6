"""What proves a passkey verification long after it: the bytes that are kept, and what they show.

The log binds the evidence into the record. What is inside it only the host can judge, which gave it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from deedbook.engine.entry import bound_hash


class Result(StrEnum):
    """What was found of an entry's passkey verification."""

    VERIFIED = "verified"
    NOT_VERIFIED = "not_verified"
    ERASED = "erased"
    DOES_NOT_HOLD = "does_not_hold"


_WORDS: Mapping[Result, str] = {
    Result.VERIFIED: "A passkey confirmed this very act, and the evidence still proves it.",
    Result.NOT_VERIFIED: "No passkey confirmed this act, and the entry does not say that one did.",
    Result.ERASED: "A passkey confirmed this act, says the entry; the evidence was erased with its"
    " personal details.",
    Result.DOES_NOT_HOLD: "The entry says that a passkey confirmed this act; its evidence does not"
    " hold.",
}


@dataclass(frozen=True, slots=True)
class KeptEvidence:
    """An entry's record with the evidence beside it; salt and evidence are None once erased."""

    record: bytes
    salt: bytes | None
    evidence: bytes | None


@dataclass(frozen=True, slots=True)
class Finding:
    """A result, and of one that does not hold every reason why."""

    result: Result
    problems: tuple[str, ...] = ()

    @property
    def explanation(self) -> str:
        """The result in a sentence for people."""
        return _WORDS[self.result]


Judge = Callable[[Mapping[str, Any], bytes], list[str]]


def examine(kept: KeptEvidence, judge: Judge) -> Finding:
    """Check an entry's evidence from the stored bytes alone.

    `judge` is the host's: it is given the record and the evidence that this record binds, and says
    what is wrong with it; nothing is wrong when it says nothing.
    """
    record: Mapping[str, Any] = json.loads(kept.record)
    bound = record["evidence_hash"]
    if bound is None and record["has_passkey"] is not True:
        if kept.evidence is None:
            return Finding(Result.NOT_VERIFIED)
        return _broken("There is evidence beside an entry that binds none.")
    if bound is None:
        return _broken("The entry says that a passkey confirmed it, and binds no evidence.")
    if record["has_passkey"] is not True:
        return _broken("The entry binds evidence, and does not say that a passkey confirmed it.")
    if kept.salt is None and kept.evidence is None:
        return Finding(Result.ERASED)
    if kept.salt is None or kept.evidence is None:
        return _broken("Half of the evidence is missing: an erasure takes all of it.")
    if bound_hash(kept.salt, kept.evidence) != bound:
        return _broken("The evidence is not what the entry binds: its hash differs.")
    problems = judge(record, kept.evidence)
    return Finding(Result.DOES_NOT_HOLD, tuple(problems)) if problems else Finding(Result.VERIFIED)


def _broken(problem: str) -> Finding:
    return Finding(Result.DOES_NOT_HOLD, (problem,))

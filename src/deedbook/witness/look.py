"""One look at a log: whether what its server signs now grew from the checkpoint that is remembered.

Everything is verified here, with the pinned public key and RFC 9162 §2.1.4.2; the server is believed
nothing.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import quote

from deedbook.engine import DeedbookError
from deedbook.engine.integrity.checkpoint import Checkpoint, MalformedCheckpoint, read_checkpoint
from deedbook.engine.integrity.merkle import verify_consistency
from deedbook.engine.integrity.note import (
    MalformedNote,
    UnverifiedNote,
    Verifier,
    open_note,
    read_note,
)
from deedbook.engine.integrity.rotation import endorsed_key
from deedbook.witness.errors import CannotTell, Contradiction
from deedbook.witness.served import ServedLog


@dataclass(frozen=True, slots=True)
class Seen:
    """A checkpoint that holds: the note as it was signed, what it says, and the key that signed it."""

    note: str
    checkpoint: Checkpoint
    key: Verifier


def look(log: ServedLog, pinned: Verifier, remembered: str | None) -> Seen | None:
    """Give the newest checkpoint of a log, which grew from the note that is remembered.

    None means that nothing is signed yet, nor remembered. Raises `Contradiction` when the log was forked,
    rolled back or signed by a key that nobody vouches for, and `CannotTell`.
    """
    known = None if remembered is None else read_checkpoint(read_note(remembered).text)
    note = log.checkpoint().get("checkpoint")
    if note is None:
        if known is None:
            return None
        raise Contradiction(f"the log is empty, and {known.size} entries are remembered", None)
    seen = _verified(log, pinned, str(note))
    if known is not None:
        _require_growth(log, known, seen)
    return seen


def _verified(log: ServedLog, pinned: Verifier, note: str) -> Seen:
    try:
        claimed = read_note(note)
        checkpoint = read_checkpoint(claimed.text)
    except (MalformedNote, MalformedCheckpoint):
        raise CannotTell("what the server serves as a checkpoint is none") from None
    key = _signer(log, pinned, note)
    if key is None:
        raise Contradiction(
            f"the checkpoint is signed by {', '.join(claimed.signers)}; the key that is pinned is"
            f" {pinned.name}+{pinned.id.hex()}, and no replacement of it that can be verified leads there",
            note,
        )
    if checkpoint.origin != f"{key.name}/{quote(log.instance_id, safe='')}":
        raise Contradiction(f"the checkpoint is of another log, {checkpoint.origin}", note)
    return Seen(note, checkpoint, key)


def _signer(log: ServedLog, pinned: Verifier, note: str) -> Verifier | None:
    """Give the key that signed a note: the pinned one, or one that it named, or one that that named."""
    with suppress(UnverifiedNote):
        return open_note(note, [pinned]).verifiers[0]
    with suppress(UnverifiedNote):
        return open_note(note, _successors(pinned, list(log.endorsements()))).verifiers[0]
    return None


def _successors(pinned: Verifier, endorsements: Iterable[str]) -> list[Verifier]:
    known = [pinned]
    for key in known:
        for each in endorsements:
            with suppress(DeedbookError):
                named = endorsed_key(each, key)
                if named not in known:
                    known.append(named)
    return known


def _require_growth(log: ServedLog, known: Checkpoint, seen: Seen) -> None:
    size = seen.checkpoint.size
    if size < known.size:
        raise Contradiction(
            f"the log has {size} entries, and {known.size} are remembered: it was cut, or restored from"
            " a backup",
            seen.note,
        )
    if size == known.size:
        proof: list[bytes] | None = []
    else:
        proof = _proof(log.checkpoint(**{"from": known.size, "to": size}))
    if not verify_consistency(known.size, size, proof, known.root, seen.checkpoint.root):
        raise Contradiction(
            f"the {size} entries of the log did not grow from the {known.size} that are remembered: some"
            " of those were changed, left out, put in or reordered",
            seen.note,
        )


def _proof(told: dict[str, object]) -> list[bytes] | None:
    """Give the hashes of a consistency proof; None, which verifies nothing, where there are none."""
    match told.get("consistency"):
        case {"proof": list(hashes)}:
            try:
                return [base64.b64decode(each, validate=True) for each in hashes]
            except (ValueError, TypeError):
                return None
    return None

"""Checking a log where it lies: whether what is kept beside its entries agrees with them.

What the entries themselves prove (their tree, personal parts, erasures) is for the verifier of bundles.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, Final

from deedbook.engine.entry import bound_hash
from deedbook.engine.errors import DeedbookError
from deedbook.engine.filters import Filters, Match
from deedbook.engine.integrity.checkpoint import read_checkpoint
from deedbook.engine.integrity.merkle import Frontier, Subtree, leaf_hash
from deedbook.engine.integrity.note import Verifier, open_note
from deedbook.engine.integrity.rotation import earlier_keys
from deedbook.engine.page import MAX_LIMIT, Page
from deedbook.engine.sealing import SignedCheckpoint
from deedbook.engine.sealing.tables import TILE_LEVELS
from deedbook.engine.store import EntryStore
from deedbook.engine.store.tables import Body

_CHUNK: Final = 1000
_ROTATION: Final = "audit_log.key_rotated"


def check(
    store: EntryStore, key: Verifier, progress: Callable[[int, int], None] | None = None
) -> Iterator[str]:
    """Give what is wrong with a log as it is kept, a sentence each.

    `key` is the one that signs now; `progress` is told how many positions of how many are done. The
    store has to be open on one snapshot of the database.
    """
    size = store.proofs.size()
    frontier = Frontier()
    checkpoints = store.proofs.checkpoints()
    keys = earlier_keys(_rotations(store), key)
    checkpoint = next(checkpoints, None)
    for first in range(0, size, _CHUNK):
        part = range(first, min(first + _CHUNK, size))
        bodies = store.bodies(part.start, part.stop)
        if [each.sequence for each in bodies] != list(part):
            yield f"Of the positions {part.start:,} to {part.stop - 1:,} not all are there."
            return
        completed: list[Subtree] = []
        for body in bodies:
            yield from _wrong_with_body(body)
            completed += frontier.append(body.leaf_hash)
            while checkpoint is not None and checkpoint.size <= frontier.size:
                yield from _wrong_with_checkpoint(checkpoint, frontier, keys)
                checkpoint = next(checkpoints, None)
        yield from _wrong_with_subtrees(store, completed)
        if progress is not None:
            progress(part.stop, size)
    if checkpoint is not None:
        yield f"There is a checkpoint of {checkpoint.size:,} entries, and {size:,} have a position."
    if store.proofs.end().hashes != frontier.hashes:
        yield "The end of the tree is not that of its leaves."
    _, unlisted = store.waiting()
    if unlisted:
        yield f"{unlisted:,} entries have no position and do not wait for one."


def _rotations(store: EntryStore) -> Iterator[dict[str, Any]]:
    filters = Filters({"action": Match(frozenset({_ROTATION}))}, include=store.catalogue.on_request)
    for entry in store.find(filters, Page(limit=MAX_LIMIT)).entries:
        effect = json.loads(entry.record)["effect"]
        if isinstance(effect, dict):
            yield effect


def _wrong_with_body(body: Body) -> Iterator[str]:
    if body.record is None:
        return
    if leaf_hash(body.record) != body.leaf_hash:
        yield f"The record at position {body.sequence:,} is not the one that was sealed."
    if body.evidence is None:
        return
    try:
        bound = json.loads(body.record)["evidence_hash"]
    except (ValueError, KeyError, TypeError):
        bound = None
    if body.salt is None or bound_hash(body.salt, body.evidence) != bound:
        yield f"The evidence at position {body.sequence:,} is not the one that its record binds."


def _wrong_with_checkpoint(
    signed: SignedCheckpoint, frontier: Frontier, keys: set[Verifier]
) -> Iterator[str]:
    try:
        found = read_checkpoint(open_note(signed.note, keys).text)
    except DeedbookError:
        yield f"No key of this log signed the checkpoint of {signed.size:,} entries."
        return
    if (found.size, found.root) != (frontier.size, frontier.root()):
        yield f"The checkpoint of {signed.size:,} entries is of another history than the log."


def _wrong_with_subtrees(store: EntryStore, completed: list[Subtree]) -> Iterator[str]:
    """Compare the subtrees that a run of leaves completed with what is kept of them."""
    levels = {each.level for each in completed if each.level and each.level % TILE_LEVELS == 0}
    for level in sorted(levels):
        made = [each for each in completed if each.level == level]
        kept = store.proofs.kept(level, made[0].place, made[-1].place + 1)
        if kept != [each.hash for each in made]:
            yield f"The subtrees of level {level} from {made[0].place:,} on are not those of the log."

"""Proofs over the log of one instance: that an entry is in it, and that it only grew (RFC 6962 §2.1)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from deedbook.engine import ids
from deedbook.engine.integrity.merkle import (
    Frontier,
    SubtreeHash,
    prove_consistency,
    prove_inclusion,
    root,
)
from deedbook.engine.sealing.batch import frontier_of
from deedbook.engine.sealing.tables import TILE_LEVELS, TreeTables

_TILE: Final = 1 << TILE_LEVELS


@dataclass(frozen=True, slots=True)
class SignedCheckpoint:
    """A checkpoint that was signed and kept: the size of the log, and the note."""

    size: int
    note: str


@dataclass(frozen=True, slots=True)
class Inclusion:
    """That an entry is the leaf at `sequence` of the tree that the checkpoint tells."""

    sequence: int
    leaf_hash: bytes
    proof: list[bytes]
    checkpoint: SignedCheckpoint


def waits_since_ms(tables: TreeTables, instance_id: str | None = None) -> int | None:
    """Give when the oldest entry that the sealer has not come to was written (Unix ms); None for none.

    Of one instance or of the whole database. It costs the same however long the queue or the log is.
    """
    oldest = tables.oldest_waiting(instance_id)
    return None if oldest is None else ids.unix_ms_of(oldest)


class Proofs:
    """What can be proved of one instance's log, on the host's connection."""

    def __init__(self, tables: TreeTables, instance_id: str) -> None:
        self._tables = tables
        self._instance_id = instance_id

    def end(self) -> Frontier:
        """Give the end of the tree as it is kept."""
        return frontier_of(self._tables.tree(self._instance_id))

    def kept(self, level: int, first: int, end: int) -> list[bytes]:
        """Give the hashes of complete subtrees as they are kept, of every eighth level."""
        return self._tables.hashes(self._instance_id, level, first, end)

    def size(self) -> int:
        """Give how many entries have a position."""
        return self._tables.tree(self._instance_id).size

    def waits_since_ms(self) -> int | None:
        """Give when the oldest entry without a position was written (Unix ms); None where all have one."""
        return waits_since_ms(self._tables, self._instance_id)

    def checkpoint(self, size: int | None = None) -> SignedCheckpoint | None:
        """Give the newest checkpoint, or the one of a size; None where none was signed."""
        found = self._tables.checkpoint(self._instance_id, size)
        return None if found is None else SignedCheckpoint(*found)

    def checkpoints(self) -> Iterator[SignedCheckpoint]:
        """Give every checkpoint that was signed, the smallest first."""
        after = 0
        while found := self._tables.checkpoints(self._instance_id, after, _TILE):
            yield from (SignedCheckpoint(*each) for each in found)
            after = found[-1][0]

    def inclusion(self, entry_id: int) -> Inclusion | None:
        """Give the proof that an entry is under the newest checkpoint; None while it is not."""
        checkpoint = self.checkpoint()
        position = self._tables.position(self._instance_id, entry_id)
        if checkpoint is None or position is None or position.sequence >= checkpoint.size:
            return None
        proof = prove_inclusion(position.sequence, checkpoint.size, self.subtree_hashes())
        return Inclusion(position.sequence, position.leaf_hash, proof, checkpoint)

    def consistency(self, first: int, second: int) -> list[bytes]:
        """Give the proof that the log of the second size grew from that of the first.

        Raises `ValueError` unless `0 < first <= second`; the log has to have reached the second.
        """
        return prove_consistency(first, second, self.subtree_hashes())

    def subtree_hashes(self) -> SubtreeHash:
        """Give the hashes of complete subtrees, read a run of 256 at a time and each run once."""
        tiles: dict[tuple[int, int], list[bytes]] = {}

        def subtree_hash(level: int, place: int) -> bytes:
            above = level % TILE_LEVELS
            kept, first = level - above, place << above
            number = first // _TILE
            if (kept, number) not in tiles:
                tiles[kept, number] = self._tables.hashes(
                    self._instance_id, kept, number * _TILE, (number + 1) * _TILE
                )
            start = first % _TILE
            return root(tiles[kept, number][start : start + (1 << above)])

        return subtree_hash

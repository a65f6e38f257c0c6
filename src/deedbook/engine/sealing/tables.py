"""What sealing and proving ask of a database: statements written by hand for each."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, NamedTuple, Protocol

from deedbook.engine.sealing.rollups import ActorCount, DayCount

# Hashes of complete subtrees are kept of every eighth level: one row per 256 leaves, and a proof reads
# at most two runs of 256 hashes a level. The tiles of c2sp.org/tlog-tiles have the same height.
TILE_LEVELS: Final = 8


class Lease(NamedTuple):
    """Who may seal: `epoch` names the holder, `beats` grows with each of its transactions."""

    epoch: int
    beats: int
    held: bool


class Waiting(NamedTuple):
    """An entry that waits for its position; `sealed` when it has one already."""

    entry_id: int
    record: bytes
    kind: int
    actor_id: str | None
    sealed: bool


class Unposted(NamedTuple):
    """What is kept of a sealed entry that has no postings yet, after the number of its tree."""

    tree: int
    sequence: int
    entry_id: int
    record: bytes | None
    personal: bytes | None


class Tree(NamedTuple):
    """The end of a tree: its size and the hashes of its frontier, end to end."""

    size: int
    frontier: bytes


class Position(NamedTuple):
    """An entry's place in the sequence of its instance, and the hash of its record as a leaf."""

    sequence: int
    entry_id: int
    leaf_hash: bytes


@dataclass(frozen=True, slots=True)
class Batch:
    """What one transaction that seals writes, each row after the instance that it is of."""

    positions: list[tuple[str, int, int, bytes]] = field(default_factory=list)
    subtrees: list[tuple[str, int, int, bytes]] = field(default_factory=list)
    trees: list[tuple[str, int, bytes]] = field(default_factory=list)
    taken: list[tuple[str, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PostingBatch:
    """What one transaction that posts writes: postings, each after the number of the tree that it is of.

    `ends` is up to which position the tree of each instance has them.
    """

    record: list[tuple[int, int, str, int]] = field(default_factory=list)
    personal: list[tuple[int, int, str, int]] = field(default_factory=list)
    ends: list[tuple[str, int]] = field(default_factory=list)


class TreeTables(Protocol):
    """The statements of one database on a host's connection; none begins or commits.

    `batch` is how many entries are best sealed in one transaction, and `posting_batch` posted.
    """

    batch: int
    posting_batch: int

    def lease(self) -> Lease:
        """Give the lease as it stands."""

    def take_lease(self, seen: Lease) -> bool:
        """Begin the epoch after the one seen; False when the lease moved since."""

    def release_lease(self, epoch: int) -> None:
        """Let go of a lease that is still of this epoch."""

    def beat(self, epoch: int) -> bool:
        """Hold the lease until the end of the transaction; False when it is of another epoch."""

    def waiting_instances(self, after: str, limit: int) -> list[str]:
        """Give instances with entries that wait, in the order of their ids."""

    def waiting(self, instance_id: str, limit: int) -> list[Waiting]:
        """Give entries of an instance that wait, the oldest ids first."""

    def oldest_waiting(self, instance_id: str | None = None) -> int | None:
        """Give the id of the oldest entry that waits, of an instance or of all; None where none waits."""

    def tree(self, instance_id: str) -> Tree:
        """Give the end of an instance's tree; of a new one it is empty."""

    def write(self, batch: Batch) -> None:
        """Write positions, the subtrees that they complete, and the new ends of the trees.

        What is taken leaves the list of those that wait.
        """

    def posted(self, instance_id: str) -> int:
        """Give the position below which the entries of an instance have their postings."""

    def unposted_instances(self, after: str, limit: int) -> list[str]:
        """Give instances with sealed entries that have no postings, in the order of their ids."""

    def unposted(self, instance_id: str, limit: int) -> list[Unposted]:
        """Give the first sealed entries of an instance that have no postings."""

    def write_postings(self, batch: PostingBatch) -> None:
        """Write postings, and how far they reach."""

    def count(self, days: list[DayCount], actors: list[ActorCount]) -> None:
        """Add to the rollups; a number of entries may be negative."""

    def unsigned_instances(self) -> list[str]:
        """Give the instances whose tree is larger than their newest checkpoint."""

    def insert_checkpoint(self, instance_id: str, size: int, note: str) -> None:
        """Keep a checkpoint."""

    def checkpoint(self, instance_id: str, size: int | None = None) -> tuple[int, str] | None:
        """Give size and note of the checkpoint of a size, or of the newest."""

    def checkpoints(self, instance_id: str, after: int, limit: int) -> list[tuple[int, str]]:
        """Give size and note of checkpoints of more than `after` entries, the smallest first."""

    def position(self, instance_id: str, entry_id: int) -> Position | None:
        """Give the position of an entry, once it has one."""

    def hashes(self, instance_id: str, level: int, first: int, end: int) -> list[bytes]:
        """Give the hashes of the subtrees of a level that is kept, from `first` up to `end`."""

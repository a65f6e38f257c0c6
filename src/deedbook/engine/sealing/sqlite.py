"""Sealing and proving in SQLite."""

from __future__ import annotations

import sqlite3
from typing import Any, Final

from deedbook.engine.encoding import unpacked
from deedbook.engine.sealing.rollups import ActorCount, DayCount
from deedbook.engine.sealing.tables import (
    Batch,
    Lease,
    Position,
    PostingBatch,
    Tree,
    Unposted,
    Waiting,
)

_LEASE: Final = "SELECT epoch, beats, held FROM deedbook_lease WHERE name = 'sealer'"
_TAKE_LEASE: Final = """
UPDATE deedbook_lease SET epoch = epoch + 1, beats = beats + 1, held = 1
WHERE name = 'sealer' AND epoch = ? AND beats = ?
"""
_RELEASE_LEASE: Final = "UPDATE deedbook_lease SET held = 0 WHERE name = 'sealer' AND epoch = ?"
_BEAT: Final = "UPDATE deedbook_lease SET beats = beats + 1 WHERE name = 'sealer' AND epoch = ?"
# From one instance to the next: SQLite would walk every row that waits to find them distinct.
_WAITING_INSTANCES: Final = """
WITH RECURSIVE instance (id) AS (
    SELECT min(instance_id) FROM deedbook_pending WHERE instance_id > :after
    UNION ALL
    SELECT (SELECT min(instance_id) FROM deedbook_pending WHERE instance_id > instance.id)
    FROM instance WHERE instance.id IS NOT NULL
)
SELECT id FROM instance WHERE id IS NOT NULL LIMIT :limit
"""
_OLDEST_WAITING: Final = "SELECT min(entry_id) FROM deedbook_pending WHERE instance_id = ?"
_OLDEST_OF_ALL: Final = """
WITH RECURSIVE instance (id) AS (
    SELECT min(instance_id) FROM deedbook_pending
    UNION ALL
    SELECT (SELECT min(instance_id) FROM deedbook_pending WHERE instance_id > instance.id)
    FROM instance WHERE instance.id IS NOT NULL
)
SELECT min((SELECT min(entry_id) FROM deedbook_pending WHERE instance_id = instance.id))
FROM instance WHERE id IS NOT NULL
"""
_WAITING: Final = """
SELECT waiting.entry_id, entry.encoding, entry.record, entry.kind, entry.actor_id,
    position.entry_id IS NOT NULL
FROM deedbook_pending AS waiting
JOIN deedbook_entry AS entry ON entry.id = waiting.entry_id
LEFT JOIN deedbook_position AS position ON position.entry_id = waiting.entry_id
WHERE waiting.instance_id = ? ORDER BY waiting.entry_id LIMIT ?
"""
_TREE: Final = "SELECT size, frontier FROM deedbook_tree WHERE instance_id = ?"
_INSERT_POSITION: Final = """
INSERT INTO deedbook_position (instance_id, sequence, entry_id, leaf_hash) VALUES (?, ?, ?, ?)
"""
_INSERT_SUBTREE: Final = """
INSERT INTO deedbook_subtree (instance_id, level, place, hash) VALUES (?, ?, ?, ?)
"""
_MOVE_TREE: Final = """
INSERT INTO deedbook_tree (instance_id, size, frontier, number)
VALUES (?, ?, ?, (SELECT coalesce(max(number), 0) + 1 FROM deedbook_tree))
ON CONFLICT (instance_id) DO UPDATE SET size = excluded.size, frontier = excluded.frontier
"""
_INSERT_POSTING: Final = """
INSERT INTO deedbook_posting (tree, field, value, entry_id) VALUES (?, ?, ?, ?)
"""
_INSERT_PERSONAL_POSTING: Final = """
INSERT INTO deedbook_personal_posting (tree, field, value, entry_id) VALUES (?, ?, ?, ?)
"""
_POSTED: Final = "SELECT posted FROM deedbook_tree WHERE instance_id = ?"
_UNPOSTED_INSTANCES: Final = """
SELECT instance_id FROM deedbook_tree WHERE posted < size AND instance_id > ?
ORDER BY instance_id LIMIT ?
"""
_UNPOSTED: Final = """
SELECT number, sequence, entry_id, encoding, record, personal FROM deedbook_tree AS tree
JOIN deedbook_position AS position
    ON position.instance_id = tree.instance_id AND position.sequence >= tree.posted
LEFT JOIN deedbook_entry AS entry ON entry.id = position.entry_id
WHERE tree.instance_id = ? ORDER BY sequence LIMIT ?
"""
_MOVE_POSTED: Final = "UPDATE deedbook_tree SET posted = ?2 WHERE instance_id = ?1"
_FORGET_WAITING: Final = "DELETE FROM deedbook_pending WHERE instance_id = ? AND entry_id = ?"
_COUNT_DAY: Final = """
INSERT INTO deedbook_day_count (instance_id, day, kind, entries) VALUES (?, ?, ?, ?)
ON CONFLICT (instance_id, day, kind) DO UPDATE SET entries = entries + excluded.entries
"""
_COUNT_ACTOR: Final = """
INSERT INTO deedbook_actor_count (instance_id, kind, actor_id, entries) VALUES (?, ?, ?, ?)
ON CONFLICT (instance_id, kind, actor_id) DO UPDATE SET entries = entries + excluded.entries
"""
_UNSIGNED: Final = """
SELECT instance_id FROM deedbook_tree AS tree WHERE size > coalesce(
    (SELECT max(size) FROM deedbook_checkpoint WHERE instance_id = tree.instance_id), 0
)
"""
_INSERT_CHECKPOINT: Final = """
INSERT INTO deedbook_checkpoint (instance_id, size, note) VALUES (?, ?, ?)
"""
_CHECKPOINT: Final = "SELECT size, note FROM deedbook_checkpoint WHERE instance_id = ? AND size = ?"
_NEWEST_CHECKPOINT: Final = """
SELECT size, note FROM deedbook_checkpoint WHERE instance_id = ? ORDER BY size DESC LIMIT 1
"""
_CHECKPOINTS: Final = """
SELECT size, note FROM deedbook_checkpoint WHERE instance_id = ? AND size > ? ORDER BY size LIMIT ?
"""
_POSITION: Final = """
SELECT sequence, entry_id, leaf_hash FROM deedbook_position WHERE instance_id = ? AND entry_id = ?
"""
_LEAVES: Final = """
SELECT leaf_hash FROM deedbook_position
WHERE instance_id = ? AND sequence >= ? AND sequence < ? ORDER BY sequence
"""
_SUBTREES: Final = """
SELECT hash FROM deedbook_subtree
WHERE instance_id = ? AND level = ? AND place >= ? AND place < ? ORDER BY place
"""


class SQLiteTrees:
    """The statements on a connection of `sqlite3`."""

    # Some tens of milliseconds, for which a writer has to wait.
    batch = 500
    posting_batch = 500

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._cursor = connection.cursor()
        # The host's connection may carry a row factory of its own.
        self._cursor.row_factory = None

    def lease(self) -> Lease:
        """Give the lease as it stands."""
        epoch, beats, held = self._fetch(_LEASE)[0]
        return Lease(epoch, beats, bool(held))

    def take_lease(self, seen: Lease) -> bool:
        """Begin the epoch after the one seen."""
        return self._cursor.execute(_TAKE_LEASE, (seen.epoch, seen.beats)).rowcount == 1

    def release_lease(self, epoch: int) -> None:
        """Let go of a lease."""
        self._cursor.execute(_RELEASE_LEASE, (epoch,))

    def beat(self, epoch: int) -> bool:
        """Hold the lease until the end of the transaction."""
        return self._cursor.execute(_BEAT, (epoch,)).rowcount == 1

    def waiting_instances(self, after: str, limit: int) -> list[str]:
        """Give instances with entries that wait."""
        rows = self._cursor.execute(_WAITING_INSTANCES, {"after": after, "limit": limit})
        return [row[0] for row in rows]

    def waiting(self, instance_id: str, limit: int) -> list[Waiting]:
        """Give entries of an instance that wait."""
        rows = self._fetch(_WAITING, instance_id, limit)
        return [Waiting(*row) for row in unpacked(rows, 1, strings=1)]

    def oldest_waiting(self, instance_id: str | None = None) -> int | None:
        """Give the id of the oldest entry that waits."""
        if instance_id is None:
            rows = self._fetch(_OLDEST_OF_ALL)
        else:
            rows = self._fetch(_OLDEST_WAITING, instance_id)
        oldest: int | None = rows[0][0]
        return oldest

    def tree(self, instance_id: str) -> Tree:
        """Give the end of an instance's tree."""
        rows = self._fetch(_TREE, instance_id)
        return Tree(*rows[0]) if rows else Tree(0, b"")

    def write(self, batch: Batch) -> None:
        """Write a batch."""
        self._cursor.executemany(_INSERT_POSITION, batch.positions)
        self._cursor.executemany(_INSERT_SUBTREE, batch.subtrees)
        self._cursor.executemany(_MOVE_TREE, batch.trees)
        self._cursor.executemany(_FORGET_WAITING, batch.taken)

    def posted(self, instance_id: str) -> int:
        """Give how far the postings reach."""
        rows = self._fetch(_POSTED, instance_id)
        return rows[0][0] if rows else 0

    def unposted_instances(self, after: str, limit: int) -> list[str]:
        """Give instances whose postings are behind."""
        return [row[0] for row in self._fetch(_UNPOSTED_INSTANCES, after, limit)]

    def unposted(self, instance_id: str, limit: int) -> list[Unposted]:
        """Give sealed entries without postings."""
        return [Unposted(*row) for row in unpacked(self._fetch(_UNPOSTED, instance_id, limit), 3)]

    def write_postings(self, batch: PostingBatch) -> None:
        """Write postings."""
        # In the order of the index, so that each of its pages is looked up once.
        self._cursor.executemany(_INSERT_POSTING, sorted(batch.record))
        self._cursor.executemany(_INSERT_PERSONAL_POSTING, sorted(batch.personal))
        self._cursor.executemany(_MOVE_POSTED, batch.ends)

    def count(self, days: list[DayCount], actors: list[ActorCount]) -> None:
        """Add to the rollups."""
        self._cursor.executemany(_COUNT_DAY, days)
        self._cursor.executemany(_COUNT_ACTOR, actors)

    def unsigned_instances(self) -> list[str]:
        """Give the instances whose tree is larger than their newest checkpoint."""
        return [row[0] for row in self._fetch(_UNSIGNED)]

    def insert_checkpoint(self, instance_id: str, size: int, note: str) -> None:
        """Keep a checkpoint."""
        self._cursor.execute(_INSERT_CHECKPOINT, (instance_id, size, note))

    def checkpoint(self, instance_id: str, size: int | None = None) -> tuple[int, str] | None:
        """Give size and note of a checkpoint."""
        if size is None:
            rows = self._fetch(_NEWEST_CHECKPOINT, instance_id)
        else:
            rows = self._fetch(_CHECKPOINT, instance_id, size)
        return rows[0] if rows else None

    def checkpoints(self, instance_id: str, after: int, limit: int) -> list[tuple[int, str]]:
        """Give size and note of checkpoints."""
        return self._fetch(_CHECKPOINTS, instance_id, after, limit)

    def position(self, instance_id: str, entry_id: int) -> Position | None:
        """Give the position of an entry."""
        rows = self._fetch(_POSITION, instance_id, entry_id)
        return Position(*rows[0]) if rows else None

    def hashes(self, instance_id: str, level: int, first: int, end: int) -> list[bytes]:
        """Give the hashes of the subtrees of a level."""
        if level == 0:
            rows = self._fetch(_LEAVES, instance_id, first, end)
        else:
            rows = self._fetch(_SUBTREES, instance_id, level, first, end)
        return [row[0] for row in rows]

    def _fetch(self, sql: str, *values: object) -> list[Any]:
        return self._cursor.execute(sql, values).fetchall()

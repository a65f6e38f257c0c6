"""Sealing and proving in PostgreSQL. No lock is taken that a writer of entries waits for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, LiteralString

import psycopg
from psycopg.rows import tuple_row

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
UPDATE deedbook_lease SET epoch = epoch + 1, beats = beats + 1, held = true
WHERE name = 'sealer' AND epoch = %s AND beats = %s
"""
_RELEASE_LEASE: Final = (
    "UPDATE deedbook_lease SET held = false WHERE name = 'sealer' AND epoch = %s"
)
_BEAT: Final = "UPDATE deedbook_lease SET beats = beats + 1 WHERE name = 'sealer' AND epoch = %s"
# A sealer that is stopped in the midst of a transaction must not keep the next one out for ever.
_LIMIT_IDLING: Final = "SET LOCAL idle_in_transaction_session_timeout = '10s'"
# From one instance to the next: DISTINCT would walk every row that waits.
_WAITING_INSTANCES: Final = """
WITH RECURSIVE instance (id) AS (
    (SELECT instance_id FROM deedbook_pending WHERE instance_id > %s ORDER BY instance_id LIMIT 1)
    UNION ALL
    SELECT (SELECT instance_id FROM deedbook_pending WHERE instance_id > instance.id
            ORDER BY instance_id LIMIT 1)
    FROM instance WHERE instance.id IS NOT NULL
)
SELECT id FROM instance WHERE id IS NOT NULL LIMIT %s
"""
_OLDEST_WAITING: Final = "SELECT min(entry_id) FROM deedbook_pending WHERE instance_id = %s"
_OLDEST_OF_ALL: Final = """
WITH RECURSIVE instance (id) AS (
    (SELECT instance_id FROM deedbook_pending ORDER BY instance_id LIMIT 1)
    UNION ALL
    SELECT (SELECT instance_id FROM deedbook_pending WHERE instance_id > instance.id
            ORDER BY instance_id LIMIT 1)
    FROM instance WHERE instance.id IS NOT NULL
)
SELECT min((SELECT min(entry_id) FROM deedbook_pending WHERE instance_id = instance.id))
FROM instance WHERE id IS NOT NULL
"""
_WAITING: Final = """
SELECT waiting.entry_id, entry.encoding, entry.record, entry.kind, entry.actor_id,
    position.entry_id IS NOT NULL
FROM (
    SELECT instance_id, entry_id FROM deedbook_pending
    WHERE instance_id = %s ORDER BY entry_id LIMIT %s
) AS waiting
JOIN deedbook_entry AS entry
    ON entry.instance_id = waiting.instance_id AND entry.id = waiting.entry_id
LEFT JOIN deedbook_position AS position
    ON position.instance_id = waiting.instance_id AND position.entry_id = waiting.entry_id
ORDER BY waiting.entry_id
"""
_TREE: Final = "SELECT size, frontier FROM deedbook_tree WHERE instance_id = %s"
_INSERT_SUBTREES: Final = """
INSERT INTO deedbook_subtree (instance_id, level, place, hash)
SELECT * FROM unnest(%b::text[], %b::smallint[], %b::bigint[], %b::bytea[])
"""
# The sealer is alone here, by its lease: nobody else takes the next number.
_MOVE_TREES: Final = """
INSERT INTO deedbook_tree (instance_id, size, frontier, number)
SELECT instance_id, size, frontier, place + coalesce((SELECT max(number) FROM deedbook_tree), 0)
FROM unnest(%b::text[], %b::bigint[], %b::bytea[])
    WITH ORDINALITY AS moved (instance_id, size, frontier, place)
ON CONFLICT (instance_id) DO UPDATE SET size = excluded.size, frontier = excluded.frontier
"""
# The rows of a batch are thousands: COPY takes them at a third of what they cost as arrays.
_COPY_POSITIONS: Final = (
    "COPY deedbook_position (instance_id, sequence, entry_id, leaf_hash) FROM STDIN"
)
_COPY_POSTINGS: Final = "COPY deedbook_posting (tree, field, value, entry_id) FROM STDIN"
_COPY_PERSONAL_POSTINGS: Final = (
    "COPY deedbook_personal_posting (tree, field, value, entry_id) FROM STDIN"
)
_POSTED: Final = "SELECT posted FROM deedbook_tree WHERE instance_id = %s"
_UNPOSTED_INSTANCES: Final = """
SELECT instance_id FROM deedbook_tree WHERE posted < size AND instance_id > %s
ORDER BY instance_id LIMIT %s
"""
# LATERAL begins where the postings end: a join may go through all positions to get there.
_UNPOSTED: Final = """
SELECT number, sequence, entry_id, encoding, record, personal FROM deedbook_tree AS tree
CROSS JOIN LATERAL (
    SELECT instance_id, sequence, entry_id FROM deedbook_position
    WHERE instance_id = tree.instance_id AND sequence >= tree.posted ORDER BY sequence LIMIT %s
) AS position
LEFT JOIN deedbook_entry AS entry
    ON entry.instance_id = position.instance_id AND entry.id = position.entry_id
WHERE tree.instance_id = %s ORDER BY sequence
"""
_MOVE_POSTED: Final = """
UPDATE deedbook_tree AS tree SET posted = moved.posted
FROM unnest(%b::text[], %b::bigint[]) AS moved (instance_id, posted)
WHERE tree.instance_id = moved.instance_id
"""
_FORGET_WAITING: Final = """
DELETE FROM deedbook_pending AS waiting
USING unnest(%b::text[], %b::bigint[]) AS taken (instance_id, entry_id)
WHERE waiting.instance_id = taken.instance_id AND waiting.entry_id = taken.entry_id
"""
_COUNT_DAYS: Final = """
INSERT INTO deedbook_day_count AS counted (instance_id, day, kind, entries)
SELECT * FROM unnest(%b::text[], %b::integer[], %b::integer[], %b::bigint[])
ON CONFLICT (instance_id, day, kind) DO UPDATE SET entries = counted.entries + excluded.entries
"""
_COUNT_ACTORS: Final = """
INSERT INTO deedbook_actor_count AS counted (instance_id, kind, actor_id, entries)
SELECT * FROM unnest(%b::text[], %b::integer[], %b::text[], %b::bigint[])
ON CONFLICT (instance_id, kind, actor_id) DO UPDATE SET entries = counted.entries + excluded.entries
"""
_UNSIGNED: Final = """
SELECT instance_id FROM deedbook_tree AS tree WHERE size > coalesce(
    (SELECT max(size) FROM deedbook_checkpoint WHERE instance_id = tree.instance_id), 0
)
"""
_INSERT_CHECKPOINT: Final = """
INSERT INTO deedbook_checkpoint (instance_id, size, note) VALUES (%s, %s, %s)
"""
_CHECKPOINT: Final = (
    "SELECT size, note FROM deedbook_checkpoint WHERE instance_id = %s AND size = %s"
)
_NEWEST_CHECKPOINT: Final = """
SELECT size, note FROM deedbook_checkpoint WHERE instance_id = %s ORDER BY size DESC LIMIT 1
"""
_CHECKPOINTS: Final = """
SELECT size, note FROM deedbook_checkpoint
WHERE instance_id = %s AND size > %s ORDER BY size LIMIT %s
"""
_POSITION: Final = """
SELECT sequence, entry_id, leaf_hash FROM deedbook_position
WHERE instance_id = %s AND entry_id = %s
"""
_LEAVES: Final = """
SELECT leaf_hash FROM deedbook_position
WHERE instance_id = %s AND sequence >= %s AND sequence < %s ORDER BY sequence
"""
_SUBTREES: Final = """
SELECT hash FROM deedbook_subtree
WHERE instance_id = %s AND level = %s AND place >= %s AND place < %s ORDER BY place
"""


class PostgresTrees:
    """The statements on a connection of psycopg."""

    # Nobody waits for it, and what many entries share is paid once.
    batch = 2_000
    posting_batch = 2_000

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection

    def lease(self) -> Lease:
        """Give the lease as it stands."""
        return Lease(*self._fetch(_LEASE)[0])

    def take_lease(self, seen: Lease) -> bool:
        """Begin the epoch after the one seen."""
        return self._run(_TAKE_LEASE, seen.epoch, seen.beats) == 1

    def release_lease(self, epoch: int) -> None:
        """Let go of a lease."""
        self._run(_RELEASE_LEASE, epoch)

    def beat(self, epoch: int) -> bool:
        """Hold the lease until the end of the transaction."""
        self._run(_LIMIT_IDLING)
        return self._run(_BEAT, epoch) == 1

    def waiting_instances(self, after: str, limit: int) -> list[str]:
        """Give instances with entries that wait."""
        return [row[0] for row in self._fetch(_WAITING_INSTANCES, after, limit)]

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
        self._copy(_COPY_POSITIONS, batch.positions)
        self._run_all(_INSERT_SUBTREES, batch.subtrees)
        self._run_all(_MOVE_TREES, batch.trees)
        self._run_all(_FORGET_WAITING, batch.taken)

    def posted(self, instance_id: str) -> int:
        """Give how far the postings reach."""
        rows = self._fetch(_POSTED, instance_id)
        return rows[0][0] if rows else 0

    def unposted_instances(self, after: str, limit: int) -> list[str]:
        """Give instances whose postings are behind."""
        return [row[0] for row in self._fetch(_UNPOSTED_INSTANCES, after, limit)]

    def unposted(self, instance_id: str, limit: int) -> list[Unposted]:
        """Give sealed entries without postings."""
        return [Unposted(*row) for row in unpacked(self._fetch(_UNPOSTED, limit, instance_id), 3)]

    def write_postings(self, batch: PostingBatch) -> None:
        """Write postings."""
        # In the order of the index, so that each of its pages is looked up once.
        self._copy(_COPY_POSTINGS, sorted(batch.record))
        self._copy(_COPY_PERSONAL_POSTINGS, sorted(batch.personal))
        self._run_all(_MOVE_POSTED, batch.ends)

    def count(self, days: list[DayCount], actors: list[ActorCount]) -> None:
        """Add to the rollups."""
        self._run_all(_COUNT_DAYS, days)
        self._run_all(_COUNT_ACTORS, actors)

    def unsigned_instances(self) -> list[str]:
        """Give the instances whose tree is larger than their newest checkpoint."""
        return [row[0] for row in self._fetch(_UNSIGNED)]

    def insert_checkpoint(self, instance_id: str, size: int, note: str) -> None:
        """Keep a checkpoint."""
        self._run(_INSERT_CHECKPOINT, instance_id, size, note)

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

    def _run(self, sql: str, *values: object) -> int:
        return self._connection.cursor().execute(sql, values).rowcount

    def _run_all(self, sql: str, rows: Sequence[tuple[object, ...]]) -> None:
        if rows:
            self._run(sql, *(list(column) for column in zip(*rows, strict=True)))

    def _copy(self, statement: LiteralString, rows: Sequence[tuple[object, ...]]) -> None:
        with self._connection.cursor().copy(statement) as copy:
            for row in rows:
                copy.write_row(row)

    def _fetch(self, sql: str, *values: object) -> list[Any]:
        cursor = self._connection.cursor(binary=True, row_factory=tuple_row)
        return cursor.execute(sql, values).fetchall()

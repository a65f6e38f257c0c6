"""The log in SQLite (3.35 or later, with foreign keys on)."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from importlib import resources
from typing import Any

from deedbook.engine.encoding import unpacked
from deedbook.engine.entry import Entry, NewEntry
from deedbook.engine.evidence import KeptEvidence
from deedbook.engine.filters import Selection
from deedbook.engine.ids import COUNTER_BITS
from deedbook.engine.postings import Lookup
from deedbook.engine.sealing.rollups import DAY_MS, IDS_OF_A_DAY
from deedbook.engine.store.path import Path
from deedbook.engine.store.sqlite_posted import ids_posted, words_posted
from deedbook.engine.store.sqlite_selecting import ids_by_path, ids_in_order, ids_near, where
from deedbook.engine.store.tables import (
    Body,
    BucketCount,
    Days,
    KindCount,
    Reach,
    RolledUp,
    Sealed,
)

_INSERT = """
INSERT INTO deedbook_entry
    (id, instance_id, kind, actor_id, entity_id, encoding, record, personal, salt, evidence)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_INSERT_PENDING = "INSERT INTO deedbook_pending (instance_id, entry_id, covers) VALUES (?, ?, ?)"
_ARE_TAKEN = "SELECT id FROM deedbook_entry WHERE id IN (SELECT value FROM json_each(:ids))"
_IS_TAKEN = "SELECT 1 FROM deedbook_entry WHERE id = :id"
_SELECT_ENTRIES = """
SELECT id, encoding, record, personal, sequence, coalesce(sequence < (
    SELECT max(before_sequence) FROM deedbook_decree WHERE instance_id = :instance_id
), 0)
FROM deedbook_entry AS entry
LEFT JOIN deedbook_position AS position ON position.entry_id = entry.id
WHERE entry.instance_id = :instance_id AND id IN (SELECT value FROM json_each(:ids))
AND record IS NOT NULL
"""

# In one statement: an entry that is sealed meanwhile is in one place or the other.
_SELECT_UNPOSTED = """
SELECT * FROM (
    SELECT entry_id FROM deedbook_pending
    WHERE instance_id = :instance_id ORDER BY entry_id DESC LIMIT :limit
)
UNION
SELECT * FROM (
    SELECT entry_id FROM deedbook_tree AS tree JOIN deedbook_position AS position
        ON position.instance_id = tree.instance_id AND position.sequence >= tree.posted
    WHERE tree.instance_id = :instance_id ORDER BY sequence DESC LIMIT :limit
)
ORDER BY entry_id DESC LIMIT :limit
"""
_SELECT_BODIES = """
SELECT sequence, entry_id, leaf_hash, encoding, record, personal, salt, evidence
FROM deedbook_position AS position LEFT JOIN deedbook_entry AS entry ON entry.id = position.entry_id
WHERE position.instance_id = :instance_id AND sequence >= :first AND sequence < :end
ORDER BY sequence
"""
_COUNT_WAITING = """
SELECT count(waiting.entry_id), count(*) - count(waiting.entry_id) FROM deedbook_entry AS entry
LEFT JOIN deedbook_pending AS waiting
    ON waiting.instance_id = entry.instance_id AND waiting.entry_id = entry.id
WHERE entry.instance_id = :instance_id
AND NOT EXISTS (SELECT 1 FROM deedbook_position WHERE entry_id = entry.id)
"""
_SELECT_EVIDENCE = """
SELECT encoding, record, salt, evidence FROM deedbook_entry
WHERE instance_id = :instance_id AND id = :id AND record IS NOT NULL
"""

_COLUMNS_OF_TREE = "SELECT name FROM pragma_table_info('deedbook_tree')"
_NUMBER_TREES = """
UPDATE deedbook_tree SET posted = 0, number = numbered.number
FROM (
    SELECT instance_id, row_number() OVER (ORDER BY instance_id) AS number FROM deedbook_tree
) AS numbered
WHERE deedbook_tree.instance_id = numbered.instance_id
"""
_RECORD_STAYS = (
    "SELECT 1 FROM pragma_table_info('deedbook_entry') WHERE name = 'record' AND \"notnull\""
)
_LET_RECORDS_GO = """
UPDATE sqlite_schema SET sql = replace(sql, 'record BLOB NOT NULL', 'record BLOB')
WHERE type = 'table' AND name = 'deedbook_entry'
"""


# In one statement: an entry that is sealed meanwhile is counted in one place or the other.
_ROLLED_UP_ACTORS = """
SELECT sealed, 0, kind, nullif(actor_id, ''), sum(entries) FROM (
    SELECT 1 AS sealed, kind, actor_id, entries FROM deedbook_actor_count
    WHERE instance_id = :instance_id
    UNION ALL
    SELECT 0, kind, coalesce(actor_id, ''), 1 FROM (
        SELECT kind, actor_id FROM deedbook_pending AS waiting
        JOIN deedbook_entry AS entry ON entry.id = waiting.entry_id
        WHERE waiting.instance_id = :instance_id ORDER BY waiting.entry_id DESC LIMIT :cap
    )
)
WHERE :kinds IS NULL OR kind IN (SELECT value FROM json_each(:kinds))
GROUP BY sealed, kind, actor_id HAVING sum(entries) <> 0
"""
_ROLLED_UP_DAYS = f"""
SELECT sealed, (day * {DAY_MS} - :first) / :width, kind, NULL, sum(entries) FROM (
    SELECT 1 AS sealed, day, kind, entries FROM deedbook_day_count
    WHERE instance_id = :instance_id AND day >= :first_day AND day < :end_day
    UNION ALL
    SELECT 0, entry_id / {IDS_OF_A_DAY}, kind, 1 FROM (
        SELECT waiting.entry_id, kind FROM deedbook_pending AS waiting
        JOIN deedbook_entry AS entry ON entry.id = waiting.entry_id
        WHERE waiting.instance_id = :instance_id
        AND waiting.entry_id / {IDS_OF_A_DAY} >= :first_day
        AND waiting.entry_id / {IDS_OF_A_DAY} < :end_day
        ORDER BY waiting.entry_id DESC LIMIT :cap
    )
)
WHERE :kinds IS NULL OR kind IN (SELECT value FROM json_each(:kinds))
GROUP BY 1, 2, 3 HAVING sum(entries) <> 0
"""


class SQLiteTables:
    """The statements of the log on a connection of `sqlite3`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def insert(self, entry: NewEntry) -> bool:
        """Write the entry and its pending row."""
        try:
            self._connection.execute(_INSERT, entry[:-1])
        except sqlite3.IntegrityError:
            if self._fetch(_IS_TAKEN, {"id": entry.id}):
                return False
            raise
        self._connection.execute(_INSERT_PENDING, _pending(entry))
        return True

    def insert_all(self, entries: Sequence[NewEntry]) -> Sequence[int]:
        """Write the entries whose ids are free: there is one writer, so that they stay so."""
        ids = json.dumps([entry.id for entry in entries])
        taken = [row[0] for row in self._fetch(_ARE_TAKEN, {"ids": ids})]
        free = [entry for entry in entries if entry.id not in taken]
        self._connection.executemany(_INSERT, [entry[:-1] for entry in free])
        self._connection.executemany(_INSERT_PENDING, map(_pending, free))
        return taken

    def select_ids(
        self, instance_id: str, selection: Selection, reach: Reach, path: Path | None
    ) -> list[int]:
        """Give the ids of a selection in the order asked for."""
        if path is None:
            query = ids_in_order(instance_id, selection, reach)
        else:
            query = ids_by_path(instance_id, selection, reach, path)
        return [row[0] for row in self._fetch(*query)]

    def select_near(
        self, instance_id: str, selection: Selection, reach: Reach, *, among: int
    ) -> list[int]:
        """Give the ids of a selection that lie among so many."""
        return [row[0] for row in self._fetch(*ids_near(instance_id, selection, reach, among))]

    def select_posted(
        self, instance_id: str, lookup: Lookup, within: Selection, reach: Reach
    ) -> list[int]:
        """Give the ids that a look-up finds."""
        return [row[0] for row in self._fetch(*ids_posted(instance_id, lookup, within, reach))]

    def select_words(self, instance_id: str, lookup: Lookup, *, limit: int) -> list[str]:
        """Give the texts that begin as is looked for."""
        return [row[0] for row in self._fetch(*words_posted(instance_id, lookup, limit))]

    def select_entries(self, instance_id: str, entry_ids: Sequence[int]) -> dict[int, Entry]:
        """Give entries by id."""
        parameters = {"instance_id": instance_id, "ids": json.dumps(list(entry_ids))}
        rows = self._fetch(_SELECT_ENTRIES, parameters)
        return {row[0]: Entry(*row) for row in unpacked(rows, 1)}

    def select_evidence(self, instance_id: str, entry_id: int) -> KeptEvidence | None:
        """Give an entry's evidence."""
        found = self._fetch(_SELECT_EVIDENCE, {"instance_id": instance_id, "id": entry_id})
        return next((KeptEvidence(*row) for row in unpacked(found, 0, strings=1)), None)

    def select_sealed(
        self, instance_id: str, selection: Selection, *, first: int, end: int, limit: int
    ) -> list[Sealed]:
        """Give the positions of a selection in the order of the sequence."""
        condition, parameters = where(instance_id, selection)
        sql = f"""
            SELECT sequence, entry_id FROM deedbook_position AS position
            WHERE position.instance_id = :instance_id AND sequence >= :first AND sequence < :end
            AND EXISTS (SELECT 1 FROM deedbook_entry WHERE id = position.entry_id AND {condition})
            ORDER BY sequence LIMIT :limit
        """
        parameters |= {"first": first, "end": end, "limit": limit}
        return [Sealed(*row) for row in self._fetch(sql, parameters)]

    def select_bodies(self, instance_id: str, first: int, end: int) -> list[Body]:
        """Give what is kept at some positions."""
        parameters = {"instance_id": instance_id, "first": first, "end": end}
        return [Body(*row) for row in unpacked(self._fetch(_SELECT_BODIES, parameters), 3)]

    def select_unposted(self, instance_id: str, *, limit: int) -> list[int]:
        """Give the ids of the newest entries that have no postings."""
        parameters = {"instance_id": instance_id, "limit": limit}
        return [row[0] for row in self._fetch(_SELECT_UNPOSTED, parameters)]

    def count_waiting(self, instance_id: str) -> tuple[int, int]:
        """Count the entries without a position."""
        waiting, unlisted = self._fetch(_COUNT_WAITING, {"instance_id": instance_id})[0]
        return waiting, unlisted

    def count_kinds(self, instance_id: str, selection: Selection, *, cap: int) -> list[KindCount]:
        """Count by kind and actor."""
        condition, parameters = where(instance_id, selection)
        sql = f"""
            SELECT kind, actor_id, count(*) FROM (
                SELECT kind, actor_id FROM deedbook_entry WHERE {condition} ORDER BY id DESC LIMIT :cap
            ) GROUP BY kind, actor_id
        """
        return [KindCount(*row) for row in self._fetch(sql, parameters | {"cap": cap})]

    def count_buckets(
        self, instance_id: str, selection: Selection, *, first_ms: int, width_ms: int, cap: int
    ) -> list[BucketCount]:
        """Count by bucket of time and kind."""
        condition, parameters = where(instance_id, selection)
        sql = f"""
            SELECT ((id >> {COUNTER_BITS}) - :first) / :width, kind, count(*) FROM (
                SELECT id, kind FROM deedbook_entry WHERE {condition} ORDER BY id DESC LIMIT :cap
            ) GROUP BY 1, 2
        """
        parameters |= {"cap": cap, "first": first_ms, "width": width_ms}
        return [BucketCount(*row) for row in self._fetch(sql, parameters)]

    def rolled_up_actors(
        self, instance_id: str, kinds: frozenset[int] | None, *, cap: int
    ) -> list[RolledUp]:
        """Count by kind and actor."""
        parameters = {"instance_id": instance_id, "cap": cap, "kinds": _json(kinds)}
        return [RolledUp(*row) for row in self._fetch(_ROLLED_UP_ACTORS, parameters)]

    def rolled_up_days(
        self, instance_id: str, days: Days, *, first_ms: int, width_ms: int, cap: int
    ) -> list[RolledUp]:
        """Count by bucket of time and kind."""
        parameters = {
            "instance_id": instance_id,
            "cap": cap,
            "kinds": _json(days.kinds),
            "first_day": days.first,
            "end_day": days.end,
            "first": first_ms,
            "width": width_ms,
        }
        return [RolledUp(*row) for row in self._fetch(_ROLLED_UP_DAYS, parameters)]

    def _fetch(self, sql: str, parameters: Mapping[str, object]) -> list[Any]:
        cursor = self._connection.cursor()
        # The host's connection may carry a row factory of its own.
        cursor.row_factory = None
        return cursor.execute(sql, parameters).fetchall()


def _json(values: frozenset[int] | None) -> str | None:
    return None if values is None else json.dumps(sorted(values))


def _pending(entry: NewEntry) -> tuple[str, int, str]:
    return entry.instance_id, entry.id, json.dumps(sorted(entry.covers)) if entry.covers else "[]"


def create_log(connection: sqlite3.Connection) -> None:
    """Make the tables of the log and the triggers that keep it append-only, where they are missing."""
    _number_trees(connection)
    for statement in _statements(resources.files(__package__).joinpath("sqlite.sql").read_text()):
        connection.execute(statement)
    _let_records_go(connection)


def _number_trees(connection: sqlite3.Connection) -> None:
    """Number the trees of a database from before, whose postings named the instance: all are made again."""
    cursor = connection.cursor()
    cursor.row_factory = None
    columns = [row[0] for row in cursor.execute(_COLUMNS_OF_TREE)]
    if not columns or "number" in columns:
        return
    # With zeros where they lay, that no erasure to come would reach.
    cursor.execute("PRAGMA secure_delete = ON").fetchall()
    for table in ("deedbook_posting", "deedbook_personal_posting"):
        cursor.execute(f"DROP TABLE {table}")
    for column in {"posted", "number"}.difference(columns):
        cursor.execute(f"ALTER TABLE deedbook_tree ADD COLUMN {column} INTEGER NOT NULL DEFAULT 0")
    cursor.execute(_NUMBER_TREES)


def _let_records_go(connection: sqlite3.Connection) -> None:
    """Take the NOT NULL off the record of a database from before retention.

    SQLite has no ALTER for it; this is the way of its documentation (lang_altertable.html, §7), which
    touches no row.
    """
    cursor = connection.cursor()
    cursor.row_factory = None
    if not cursor.execute(_RECORD_STAYS).fetchone():
        return
    (version,) = cursor.execute("PRAGMA schema_version").fetchone()
    cursor.execute("PRAGMA writable_schema = ON")
    cursor.execute(_LET_RECORDS_GO)
    cursor.execute(f"PRAGMA schema_version = {version + 1}")
    cursor.execute("PRAGMA writable_schema = OFF")


def _statements(script: str) -> Iterable[str]:
    """Split a script; `executescript` would commit the host's transaction."""
    collected = ""
    for line in script.splitlines(keepends=True):
        collected += line
        if sqlite3.complete_statement(collected):
            yield collected
            collected = ""

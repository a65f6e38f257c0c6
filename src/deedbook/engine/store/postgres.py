"""The log in PostgreSQL (14 or later), over psycopg 3."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from importlib import resources
from typing import Any, Final, LiteralString

import psycopg
from psycopg.errors import UniqueViolation
from psycopg.rows import tuple_row

from deedbook.engine.encoding import unpacked
from deedbook.engine.entry import Entry, NewEntry
from deedbook.engine.evidence import KeptEvidence
from deedbook.engine.filters import Selection
from deedbook.engine.ids import COUNTER_BITS
from deedbook.engine.postings import Lookup
from deedbook.engine.sealing.rollups import DAY_MS, IDS_OF_A_DAY
from deedbook.engine.store.path import Path
from deedbook.engine.store.postgres_posted import ids_posted, words_posted
from deedbook.engine.store.postgres_selecting import ids_by_path, ids_in_order, ids_near, where
from deedbook.engine.store.tables import (
    Body,
    BucketCount,
    Days,
    KindCount,
    Reach,
    RolledUp,
    Sealed,
)

# From so many entries on COPY, which takes several round trips, is sooner done.
_MANY: Final = 100
_COPY_ENTRIES: Final = """
COPY deedbook_entry
    (id, instance_id, kind, actor_id, entity_id, encoding, record, personal, salt, evidence)
FROM STDIN (FORMAT binary)
"""
_ENTRY_TYPES: Final = (
    *("int8", "text", "int4", "text", "text", "int2"),
    *("bytea", "bytea", "bytea", "bytea"),
)
_COPY_PENDING: Final = (
    "COPY deedbook_pending (instance_id, entry_id, covers) FROM STDIN (FORMAT binary)"
)
_PENDING_TYPES: Final = ("text", "int8", "text[]")
# One round trip: the entry, and with it the pending row that the sealer drains and the guards ask for.
_INSERT = """
WITH written AS (
    INSERT INTO deedbook_entry
        (instance_id, id, kind, actor_id, entity_id, encoding, record, personal, salt, evidence)
    VALUES
        (%(instance_id)s, %(id)s, %(kind)s, %(actor_id)s, %(entity_id)s, %(encoding)s,
         %(record)s, %(personal)s, %(salt)s, %(evidence)s)
    ON CONFLICT DO NOTHING
    RETURNING instance_id, id
)
INSERT INTO deedbook_pending (instance_id, entry_id, covers)
SELECT instance_id, id, %(covers)s::text[] FROM written
"""
# An array of arrays is a rectangle in PostgreSQL, so what each entry covers comes as JSON.
_INSERT_FREE = """
WITH given AS (
    SELECT * FROM unnest(
        %(instance_id)b::text[], %(id)b::bigint[], %(kind)b::integer[], %(actor_id)b::text[],
        %(entity_id)b::text[], %(encoding)b::smallint[], %(record)b::bytea[],
        %(personal)b::bytea[], %(salt)b::bytea[], %(evidence)b::bytea[], %(covers)b::text[]
    ) AS given (instance_id, id, kind, actor_id, entity_id, encoding, record, personal, salt,
                evidence, covers)
), written AS (
    INSERT INTO deedbook_entry
        (instance_id, id, kind, actor_id, entity_id, encoding, record, personal, salt, evidence)
    SELECT instance_id, id, kind, actor_id, entity_id, encoding, record, personal, salt, evidence
    FROM given
    ON CONFLICT DO NOTHING
    RETURNING instance_id, id
)
INSERT INTO deedbook_pending (instance_id, entry_id, covers)
SELECT instance_id, id, ARRAY(SELECT jsonb_array_elements_text(covers::jsonb))
FROM written JOIN given USING (instance_id, id)
RETURNING entry_id
"""
# OFFSET keeps it to one look-up an entry: how many there are cannot be told from statistics.
_SELECT_ENTRIES = """
SELECT id, encoding, record, personal, sequence, coalesce(sequence < (
    SELECT max(before_sequence) FROM deedbook_decree WHERE instance_id = %(instance_id)s
), false)
FROM deedbook_entry AS entry
LEFT JOIN LATERAL (
    SELECT sequence FROM deedbook_position
    WHERE instance_id = entry.instance_id AND entry_id = entry.id OFFSET 0
) AS position ON true
WHERE entry.instance_id = %(instance_id)s AND id = ANY(%(ids)s::bigint[]) AND record IS NOT NULL
"""

# In one statement: an entry that is sealed meanwhile is in one place or the other.
_SELECT_UNPOSTED = """
(
    SELECT entry_id FROM deedbook_pending
    WHERE instance_id = %(instance_id)s ORDER BY entry_id DESC LIMIT %(limit)s
)
UNION
(
    SELECT entry_id FROM deedbook_position
    WHERE instance_id = %(instance_id)s
    AND sequence >= (SELECT posted FROM deedbook_tree WHERE instance_id = %(instance_id)s)
    ORDER BY sequence DESC LIMIT %(limit)s
)
ORDER BY entry_id DESC LIMIT %(limit)s
"""
_SELECT_BODIES = """
SELECT sequence, entry_id, leaf_hash, encoding, record, personal, salt, evidence
FROM deedbook_position AS position LEFT JOIN deedbook_entry AS entry
    ON entry.instance_id = position.instance_id AND entry.id = position.entry_id
WHERE position.instance_id = %(instance_id)s AND sequence >= %(first)s AND sequence < %(end)s
ORDER BY sequence
"""
_COUNT_WAITING = """
SELECT count(waiting.entry_id), count(*) - count(waiting.entry_id) FROM deedbook_entry AS entry
LEFT JOIN deedbook_pending AS waiting
    ON waiting.instance_id = entry.instance_id AND waiting.entry_id = entry.id
WHERE entry.instance_id = %(instance_id)s AND NOT EXISTS (
    SELECT 1 FROM deedbook_position AS position
    WHERE position.instance_id = entry.instance_id AND position.entry_id = entry.id
)
"""
_SELECT_EVIDENCE = """
SELECT encoding, record, salt, evidence FROM deedbook_entry
WHERE instance_id = %(instance_id)s AND id = %(id)s AND record IS NOT NULL
"""


# In one statement: an entry that is sealed meanwhile is counted in one place or the other.
_ROLLED_UP_ACTORS = """
SELECT sealed, 0, kind, nullif(actor_id, ''), sum(entries)::bigint FROM (
    SELECT true AS sealed, kind, actor_id, entries FROM deedbook_actor_count
    WHERE instance_id = %(instance_id)s
    UNION ALL
    SELECT false, kind, coalesce(actor_id, ''), 1 FROM (
        SELECT kind, actor_id FROM deedbook_pending AS waiting
        JOIN deedbook_entry AS entry
            ON entry.instance_id = waiting.instance_id AND entry.id = waiting.entry_id
        WHERE waiting.instance_id = %(instance_id)s ORDER BY waiting.entry_id DESC LIMIT %(cap)s
    ) AS newest
) AS counted
WHERE %(kinds)s::integer[] IS NULL OR kind = ANY(%(kinds)s::integer[])
GROUP BY sealed, kind, actor_id HAVING sum(entries) <> 0
"""
_ROLLED_UP_DAYS = f"""
SELECT sealed, (day * {DAY_MS}::bigint - %(first)s::bigint) / %(width)s::bigint, kind, NULL,
    sum(entries)::bigint
FROM (
    SELECT true AS sealed, day, kind, entries FROM deedbook_day_count
    WHERE instance_id = %(instance_id)s AND day >= %(first_day)s AND day < %(end_day)s
    UNION ALL
    SELECT false, entry_id / {IDS_OF_A_DAY}, kind, 1 FROM (
        SELECT waiting.entry_id, kind FROM deedbook_pending AS waiting
        JOIN deedbook_entry AS entry
            ON entry.instance_id = waiting.instance_id AND entry.id = waiting.entry_id
        WHERE waiting.instance_id = %(instance_id)s
        AND waiting.entry_id / {IDS_OF_A_DAY} >= %(first_day)s
        AND waiting.entry_id / {IDS_OF_A_DAY} < %(end_day)s
        ORDER BY waiting.entry_id DESC LIMIT %(cap)s
    ) AS newest
) AS counted
WHERE %(kinds)s::integer[] IS NULL OR kind = ANY(%(kinds)s::integer[])
GROUP BY 1, 2, 3 HAVING sum(entries) <> 0
"""


class PostgresTables:
    """The statements of the log on a connection of psycopg."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection

    def insert(self, entry: NewEntry) -> bool:
        """Write the entry and its pending row in one statement."""
        row = entry._asdict() | {"covers": sorted(entry.covers)}
        return self._connection.cursor().execute(_INSERT, row).rowcount == 1

    def insert_all(self, entries: Sequence[NewEntry]) -> Sequence[int]:
        """Write the entries: many by COPY, which takes all or, where an id is taken, none."""
        if len(entries) < _MANY:
            return self._insert_free(entries)
        try:
            with self._connection.transaction():
                self._copy(_COPY_ENTRIES, _ENTRY_TYPES, (entry[:-1] for entry in entries))
                self._copy(
                    _COPY_PENDING,
                    _PENDING_TYPES,
                    ((each.instance_id, each.id, sorted(each.covers)) for each in entries),
                )
        except UniqueViolation:
            return self._insert_free(entries)
        return ()

    def _copy(
        self, statement: LiteralString, types: Sequence[str], rows: Iterable[tuple[object, ...]]
    ) -> None:
        with self._connection.cursor().copy(statement) as copy:
            copy.set_types(types)
            for row in rows:
                copy.write_row(row)

    def _insert_free(self, entries: Sequence[NewEntry]) -> Sequence[int]:
        """Write those whose ids are free in one statement, with a row of it for each."""
        columns = dict(zip(NewEntry._fields, map(list, zip(*entries, strict=True)), strict=False))
        columns["covers"] = [json.dumps(sorted(entry.covers)) for entry in entries]
        written = {row[0] for row in self._fetch(_INSERT_FREE, columns)} if entries else set()
        return [entry.id for entry in entries if entry.id not in written]

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
        parameters = {"instance_id": instance_id, "ids": list(entry_ids)}
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
        # OFFSET keeps it to one look-up an entry: before there are statistics, PostgreSQL would rather
        # go through an index for each.
        sql = f"""
            SELECT sequence, entry_id FROM deedbook_position AS position
            WHERE position.instance_id = %(instance_id)s
            AND sequence >= %(first)s AND sequence < %(end)s
            AND EXISTS (
                SELECT 1 FROM (
                    SELECT instance_id, id, kind, actor_id, entity_id FROM deedbook_entry
                    WHERE instance_id = %(instance_id)s AND id = position.entry_id OFFSET 0
                ) AS deedbook_entry
                WHERE {condition}
            )
            ORDER BY sequence LIMIT %(limit)s
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
                SELECT kind, actor_id FROM deedbook_entry WHERE {condition} ORDER BY id DESC LIMIT %(cap)s
            ) AS newest GROUP BY kind, actor_id
        """
        return [KindCount(*row) for row in self._fetch(sql, parameters | {"cap": cap})]

    def count_buckets(
        self, instance_id: str, selection: Selection, *, first_ms: int, width_ms: int, cap: int
    ) -> list[BucketCount]:
        """Count by bucket of time and kind."""
        condition, parameters = where(instance_id, selection)
        sql = f"""
            SELECT ((id >> {COUNTER_BITS}) - %(first)s::bigint) / %(width)s::bigint, kind, count(*)
            FROM (
                SELECT id, kind FROM deedbook_entry WHERE {condition} ORDER BY id DESC LIMIT %(cap)s
            ) AS newest GROUP BY 1, 2
        """
        parameters |= {"cap": cap, "first": first_ms, "width": width_ms}
        return [BucketCount(*row) for row in self._fetch(sql, parameters)]

    def rolled_up_actors(
        self, instance_id: str, kinds: frozenset[int] | None, *, cap: int
    ) -> list[RolledUp]:
        """Count by kind and actor."""
        parameters = {"instance_id": instance_id, "cap": cap, "kinds": _list(kinds)}
        return [RolledUp(*row) for row in self._fetch(_ROLLED_UP_ACTORS, parameters)]

    def rolled_up_days(
        self, instance_id: str, days: Days, *, first_ms: int, width_ms: int, cap: int
    ) -> list[RolledUp]:
        """Count by bucket of time and kind."""
        parameters = {
            "instance_id": instance_id,
            "cap": cap,
            "kinds": _list(days.kinds),
            "first_day": days.first,
            "end_day": days.end,
            "first": first_ms,
            "width": width_ms,
        }
        return [RolledUp(*row) for row in self._fetch(_ROLLED_UP_DAYS, parameters)]

    def _fetch(self, sql: str, parameters: Mapping[str, object]) -> list[Any]:
        # Binary results: bytea as text would cost twice the bytes.
        cursor = self._connection.cursor(binary=True, row_factory=tuple_row)
        return cursor.execute(sql, parameters).fetchall()


def _list(values: frozenset[int] | None) -> list[int] | None:
    return None if values is None else sorted(values)


def create_log(connection: psycopg.Connection[Any]) -> None:
    """Make the tables of the log and the triggers that keep it append-only, where they are missing."""
    script = resources.files(__package__).joinpath("postgres.sql").read_text()
    connection.cursor().execute(script)

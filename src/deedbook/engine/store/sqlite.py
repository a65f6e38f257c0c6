"""The log in SQLite (3.35 or later, with foreign keys on)."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from importlib import resources
from typing import Any

from deedbook.engine.entry import Entry, NewEntry
from deedbook.engine.evidence import KeptEvidence
from deedbook.engine.filters import Selection
from deedbook.engine.ids import COUNTER_BITS
from deedbook.engine.postings import Lookup, PostedField
from deedbook.engine.store.path import path_to
from deedbook.engine.store.tables import Body, BucketCount, KindCount, Sealed, tables_of

_INSERT = """
INSERT INTO deedbook_entry
    (id, instance_id, kind, actor_id, entity_id, encoding, record, personal, salt, evidence)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_INSERT_PENDING = "INSERT INTO deedbook_pending (instance_id, entry_id, covers) VALUES (?, ?, ?)"
_ARE_TAKEN = "SELECT id FROM deedbook_entry WHERE id IN (SELECT value FROM json_each(:ids))"
_IS_TAKEN = "SELECT 1 FROM deedbook_entry WHERE id = :id"
_SELECT_ENTRIES = """
SELECT id, record, personal, sequence FROM deedbook_entry AS entry
LEFT JOIN deedbook_position AS position ON position.entry_id = entry.id
WHERE entry.instance_id = :instance_id AND id IN (SELECT value FROM json_each(:ids))
"""

_SELECT_UNSEALED = """
SELECT id, record, personal FROM deedbook_pending AS waiting
JOIN deedbook_entry AS entry ON entry.id = waiting.entry_id
WHERE waiting.instance_id = :instance_id ORDER BY waiting.entry_id DESC LIMIT :limit
"""
_SELECT_BODIES = """
SELECT sequence, entry_id, leaf_hash, record, personal, salt, evidence
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
SELECT record, salt, evidence FROM deedbook_entry WHERE instance_id = :instance_id AND id = :id
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
        self, instance_id: str, selection: Selection, *, newest_first: bool, limit: int, offset: int
    ) -> list[int]:
        """Give the ids of a selection in the order asked for."""
        direction = "DESC" if newest_first else "ASC"
        order = f"ORDER BY deedbook_entry.id {direction}"
        path = path_to(selection)
        where, parameters = _where(instance_id, selection, driven=path.columns if path else ())
        # A look-up gives ids: no index of the entries then serves better than those.
        by_id = "" if selection.lookups == frozenset() else "NOT INDEXED"
        sql = f"""
            SELECT id FROM deedbook_entry {by_id} WHERE {where} {order} LIMIT :limit OFFSET :offset
        """
        if path is not None:
            # CROSS JOIN keeps the order of loops: for each value, a walk of its own.
            values = " CROSS JOIN ".join(
                f"json_each(:{each}) AS each_{each}" for each in path.columns
            )
            sql = f"""
                SELECT found.id FROM {values} CROSS JOIN deedbook_entry AS found ON found.id IN (
                    SELECT id FROM deedbook_entry INDEXED BY {path.index}
                    WHERE {where} {order} LIMIT :limit + :offset
                )
                ORDER BY found.id {direction} LIMIT :limit OFFSET :offset
            """
        return [row[0] for row in self._fetch(sql, parameters | {"limit": limit, "offset": offset})]

    def select_entries(self, instance_id: str, entry_ids: Sequence[int]) -> dict[int, Entry]:
        """Give entries by id."""
        parameters = {"instance_id": instance_id, "ids": json.dumps(list(entry_ids))}
        return {row[0]: Entry(*row) for row in self._fetch(_SELECT_ENTRIES, parameters)}

    def select_evidence(self, instance_id: str, entry_id: int) -> KeptEvidence | None:
        """Give an entry's evidence."""
        found = self._fetch(_SELECT_EVIDENCE, {"instance_id": instance_id, "id": entry_id})
        return KeptEvidence(*found[0]) if found else None

    def select_sealed(
        self, instance_id: str, selection: Selection, *, first: int, end: int, limit: int
    ) -> list[Sealed]:
        """Give the positions of a selection in the order of the sequence."""
        where, parameters = _where(instance_id, selection)
        sql = f"""
            SELECT sequence, entry_id FROM deedbook_position AS position
            WHERE position.instance_id = :instance_id AND sequence >= :first AND sequence < :end
            AND EXISTS (SELECT 1 FROM deedbook_entry WHERE id = position.entry_id AND {where})
            ORDER BY sequence LIMIT :limit
        """
        parameters |= {"first": first, "end": end, "limit": limit}
        return [Sealed(*row) for row in self._fetch(sql, parameters)]

    def select_bodies(self, instance_id: str, first: int, end: int) -> list[Body]:
        """Give what is kept at some positions."""
        parameters = {"instance_id": instance_id, "first": first, "end": end}
        return [Body(*row) for row in self._fetch(_SELECT_BODIES, parameters)]

    def select_unsealed(self, instance_id: str, *, limit: int) -> list[Entry]:
        """Give the newest entries that wait for their position."""
        parameters = {"instance_id": instance_id, "limit": limit}
        return [Entry(*row) for row in self._fetch(_SELECT_UNSEALED, parameters)]

    def count_waiting(self, instance_id: str) -> tuple[int, int]:
        """Count the entries without a position."""
        waiting, unlisted = self._fetch(_COUNT_WAITING, {"instance_id": instance_id})[0]
        return waiting, unlisted

    def count_kinds(self, instance_id: str, selection: Selection, *, cap: int) -> list[KindCount]:
        """Count by kind and actor."""
        where, parameters = _where(instance_id, selection)
        sql = f"""
            SELECT kind, actor_id, count(*) FROM (
                SELECT kind, actor_id FROM deedbook_entry WHERE {where} ORDER BY id DESC LIMIT :cap
            ) GROUP BY kind, actor_id
        """
        return [KindCount(*row) for row in self._fetch(sql, parameters | {"cap": cap})]

    def count_buckets(
        self, instance_id: str, selection: Selection, *, first_ms: int, width_ms: int, cap: int
    ) -> list[BucketCount]:
        """Count by bucket of time and kind."""
        where, parameters = _where(instance_id, selection)
        sql = f"""
            SELECT ((id >> {COUNTER_BITS}) - :first) / :width, kind, count(*) FROM (
                SELECT id, kind FROM deedbook_entry WHERE {where} ORDER BY id DESC LIMIT :cap
            ) GROUP BY 1, 2
        """
        parameters |= {"cap": cap, "first": first_ms, "width": width_ms}
        return [BucketCount(*row) for row in self._fetch(sql, parameters)]

    def _fetch(self, sql: str, parameters: Mapping[str, object]) -> list[Any]:
        cursor = self._connection.cursor()
        # The host's connection may carry a row factory of its own.
        cursor.row_factory = None
        return cursor.execute(sql, parameters).fetchall()


def _pending(entry: NewEntry) -> tuple[str, int, str]:
    return entry.instance_id, entry.id, json.dumps(sorted(entry.covers)) if entry.covers else "[]"


def create_log(connection: sqlite3.Connection) -> None:
    """Make the tables of the log and the triggers that keep it append-only, where they are missing."""
    for statement in _statements(resources.files(__package__).joinpath("sqlite.sql").read_text()):
        connection.execute(statement)


def _statements(script: str) -> Iterable[str]:
    """Split a script; `executescript` would commit the host's transaction."""
    collected = ""
    for line in script.splitlines(keepends=True):
        collected += line
        if sqlite3.complete_statement(collected):
            yield collected
            collected = ""


def _where(
    instance_id: str, selection: Selection, *, driven: tuple[str, ...] = ()
) -> tuple[str, dict[str, object]]:
    """Give the condition of a selection; driven columns equal a value of `each_COLUMN`."""
    terms = ["instance_id = :instance_id", "id >= :first_id", "id < :end_id"]
    parameters: dict[str, object] = {
        "instance_id": instance_id,
        "first_id": selection.first_id,
        "end_id": selection.end_id,
    }

    def among(column: str, name: str, values: Iterable[object], *, negated: bool = False) -> str:
        parameters[name] = json.dumps(sorted(values, key=str))
        if name in driven:
            return f"{column} = each_{column}.value"
        return f"{column} {'NOT ' if negated else ''}IN (SELECT value FROM json_each(:{name}))"

    if selection.kinds is not None:
        terms.append(among("kind", "kind", selection.kinds))
    if selection.actor_ids:
        terms.append(among("actor_id", "actor_id", selection.actor_ids))
    for number, (actor_ids, kinds) in enumerate(selection.other_actors):
        actors = among("actor_id", f"not_actor_ids_{number}", actor_ids, negated=True)
        others = among("kind", f"not_kinds_{number}", kinds, negated=True)
        terms.append(f"({others} OR {actors})")
    if selection.entity_ids.any_of:
        terms.append(among("entity_id", "entity_id", selection.entity_ids.any_of))
    if selection.entity_ids.none_of:
        terms.append(
            among("entity_id", "not_entity_ids", selection.entity_ids.none_of, negated=True)
        )
    if selection.among is not None:
        terms.append(among("id", "among", selection.among))
    terms += [f"id IN ({_looked_up(each, parameters)})" for each in selection.lookups]
    return " AND ".join(terms), parameters


def _looked_up(lookup: Lookup, parameters: dict[str, object]) -> str:
    """Give the query for the ids of the entries that a look-up finds."""
    name = f"posted_{lookup.field.name.lower()}"
    parameters[name] = json.dumps(sorted(lookup.values))
    matches = "posted.value = sought.value"
    if lookup.field is PostedField.TEXT:
        # The last character that there is ends whatever begins so.
        matches = "posted.value >= sought.value AND posted.value < sought.value || char(1114111)"
    return " UNION ALL ".join(
        f"""
            SELECT entry_id FROM json_each(:{name}) AS sought CROSS JOIN {table} AS posted
            WHERE posted.instance_id = :instance_id AND posted.field = {lookup.field:d}
            AND {matches} AND posted.entry_id >= :first_id AND posted.entry_id < :end_id
        """
        for table in tables_of(lookup.field)
    )

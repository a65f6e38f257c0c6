"""Forgetting in SQLite."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import Any, Final

from deedbook.engine.encoding import unpacked
from deedbook.engine.forgetting.tables import OpenDecree, Posted, Standing
from deedbook.engine.kinds import EXPIRED_KIND

_INSERT: Final = "INSERT INTO deedbook_decree (instance_id, entry_id, effect) VALUES (?, ?, ?)"
_OPEN_INSTANCES: Final = (
    "SELECT DISTINCT instance_id FROM deedbook_decree WHERE NOT done ORDER BY 1"
)
_UNDONE: Final = """
SELECT entry_id, effect, reached FROM deedbook_decree WHERE instance_id = ? AND NOT done
ORDER BY entry_id
"""
_IN_FORCE: Final = """
SELECT entry_id, effect, reached FROM deedbook_decree_in_force AS decree
WHERE instance_id = ? AND NOT EXISTS (
    SELECT 1 FROM deedbook_pending AS waiting
    WHERE waiting.instance_id = decree.instance_id AND waiting.entry_id < decree.entry_id
) AND NOT EXISTS (
    SELECT 1 FROM deedbook_tree AS tree JOIN deedbook_position AS position
        ON position.instance_id = tree.instance_id AND position.sequence >= tree.posted
    WHERE tree.instance_id = decree.instance_id AND position.entry_id <= decree.entry_id
)
ORDER BY entry_id
"""
_LOCK: Final = """
SELECT entry_id, effect, reached FROM deedbook_decree
WHERE instance_id = ? AND entry_id = ? AND NOT done
"""
_ADVANCE: Final = """
UPDATE deedbook_decree SET reached = ?, done = ? WHERE instance_id = ? AND entry_id = ?
"""
_ERASE: Final = """
UPDATE deedbook_entry SET personal = NULL, salt = NULL, evidence = NULL
WHERE instance_id = ? AND id IN (SELECT value FROM json_each(?))
"""
_EXPIRE: Final = f"""
UPDATE deedbook_entry
SET kind = {EXPIRED_KIND}, actor_id = NULL, entity_id = '', record = NULL, personal = NULL,
    salt = NULL, evidence = NULL
WHERE instance_id = ? AND id IN (SELECT value FROM json_each(?))
"""
_UNPOST: Final = """
DELETE FROM deedbook_posting
WHERE tree = (SELECT number FROM deedbook_tree WHERE instance_id = ?)
AND field = ? AND value = ? AND entry_id = ?
"""
_UNPOST_PERSONAL: Final = _UNPOST.replace("deedbook_posting", "deedbook_personal_posting")
_STANDING: Final = """
SELECT sequence, entry_id, kind, actor_id, encoding, record, personal
FROM deedbook_position AS position
JOIN deedbook_entry AS entry ON entry.id = position.entry_id
WHERE position.instance_id = ? AND sequence >= ? AND sequence < ? AND record IS NOT NULL
ORDER BY sequence LIMIT ?
"""
_IS_EXPIRED: Final = """
SELECT 1 FROM deedbook_entry WHERE instance_id = ? AND id = ? AND record IS NULL
"""
_HORIZON: Final = """
SELECT coalesce(max(before_sequence), 0) FROM deedbook_decree WHERE instance_id = ?
"""
_FIRST_SINCE: Final = """
SELECT sequence FROM deedbook_position WHERE instance_id = ? AND sequence >= ? AND entry_id >= ?
ORDER BY sequence LIMIT 1
"""


class SQLiteDecrees:
    """The statements on a connection of `sqlite3`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._cursor = connection.cursor()
        # The host's connection may carry a row factory of its own.
        self._cursor.row_factory = None

    def insert(self, instance_id: str, entry_id: int, effect: str) -> None:
        """Note what an entry decrees."""
        self._cursor.execute(_INSERT, (instance_id, entry_id, effect))

    def open_instances(self) -> list[str]:
        """Give the instances with decrees that are not carried out."""
        return [row[0] for row in self._fetch(_OPEN_INSTANCES)]

    def undone(self, instance_id: str) -> list[OpenDecree]:
        """Give the decrees that are not carried out."""
        return [OpenDecree(*row) for row in self._fetch(_UNDONE, instance_id)]

    def in_force(self, instance_id: str) -> list[OpenDecree]:
        """Give those of them whose entry, and every entry before it, has its position."""
        return [OpenDecree(*row) for row in self._fetch(_IN_FORCE, instance_id)]

    def lock(self, instance_id: str, entry_id: int) -> OpenDecree | None:
        """Give a decree that is not carried out; who writes is alone here."""
        # What is overwritten is overwritten with zeros from here on, on this connection.
        self._cursor.execute("PRAGMA secure_delete = ON").fetchall()
        rows = self._fetch(_LOCK, instance_id, entry_id)
        return OpenDecree(*rows[0]) if rows else None

    def advance(self, instance_id: str, entry_id: int, *, reached: int, done: bool) -> None:
        """Note how far a decree is carried out."""
        self._cursor.execute(_ADVANCE, (reached, done, instance_id, entry_id))

    def erase(self, instance_id: str, entry_ids: Sequence[int]) -> None:
        """Take the personal part of entries."""
        self._cursor.execute(_ERASE, (instance_id, json.dumps(entry_ids)))

    def expire(self, instance_id: str, entry_ids: Sequence[int]) -> None:
        """Take entries but for their ids."""
        self._cursor.execute(_EXPIRE, (instance_id, json.dumps(entry_ids)))

    def unpost(
        self, instance_id: str, *, record: Sequence[Posted], personal: Sequence[Posted]
    ) -> None:
        """Take postings."""
        for statement, rows in ((_UNPOST, record), (_UNPOST_PERSONAL, personal)):
            values = [(instance_id, *posting, entry_id) for entry_id, posting in rows]
            self._cursor.executemany(statement, values)

    def standing(self, instance_id: str, first: int, end: int, limit: int) -> list[Standing]:
        """Give the positions whose record is there."""
        rows = self._fetch(_STANDING, instance_id, first, end, limit)
        return [Standing(*row) for row in unpacked(rows, 4)]

    def is_expired(self, instance_id: str, entry_id: int) -> bool:
        """Tell whether an entry was here and has expired."""
        return bool(self._fetch(_IS_EXPIRED, instance_id, entry_id))

    def horizon(self, instance_id: str) -> int:
        """Give the position below which all is decreed to expire."""
        horizon: int = self._fetch(_HORIZON, instance_id)[0][0]
        return horizon

    def first_since(self, instance_id: str, first: int, entry_id: int) -> int | None:
        """Give the first position of an entry with this id or a greater one."""
        rows = self._fetch(_FIRST_SINCE, instance_id, first, entry_id)
        return rows[0][0] if rows else None

    def _fetch(self, sql: str, *values: object) -> list[Any]:
        return self._cursor.execute(sql, values).fetchall()

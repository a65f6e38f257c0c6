"""Forgetting in PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import psycopg
from psycopg.rows import tuple_row

from deedbook.engine.encoding import unpacked
from deedbook.engine.forgetting.tables import OpenDecree, Posted, Standing
from deedbook.engine.kinds import EXPIRED_KIND

_INSERT: Final = "INSERT INTO deedbook_decree (instance_id, entry_id, effect) VALUES (%s, %s, %s)"
_OPEN_INSTANCES: Final = (
    "SELECT DISTINCT instance_id FROM deedbook_decree WHERE NOT done ORDER BY 1"
)
_UNDONE: Final = """
SELECT entry_id, effect, reached FROM deedbook_decree WHERE instance_id = %s AND NOT done
ORDER BY entry_id
"""
_IN_FORCE: Final = """
SELECT entry_id, effect, reached FROM deedbook_decree_in_force AS decree
WHERE instance_id = %s AND NOT EXISTS (
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
WHERE instance_id = %s AND entry_id = %s AND NOT done FOR UPDATE
"""
_ADVANCE: Final = """
UPDATE deedbook_decree SET reached = %s, done = %s WHERE instance_id = %s AND entry_id = %s
"""
_ERASE: Final = """
UPDATE deedbook_entry SET personal = NULL, salt = NULL, evidence = NULL
WHERE instance_id = %s AND id = ANY(%s::bigint[])
"""
_EXPIRE: Final = f"""
UPDATE deedbook_entry
SET kind = {EXPIRED_KIND}, actor_id = NULL, entity_id = '', record = NULL, personal = NULL,
    salt = NULL, evidence = NULL
WHERE instance_id = %s AND id = ANY(%s::bigint[])
"""
_UNPOST: Final = """
DELETE FROM deedbook_posting AS posted
USING unnest(%s::smallint[], %s::text[], %s::bigint[]) AS gone (field, value, entry_id)
WHERE posted.tree = (SELECT number FROM deedbook_tree WHERE instance_id = %s)
    AND posted.field = gone.field AND posted.value = gone.value AND posted.entry_id = gone.entry_id
"""
_UNPOST_PERSONAL: Final = _UNPOST.replace("deedbook_posting", "deedbook_personal_posting")
_STANDING: Final = """
SELECT sequence, entry_id, kind, actor_id, encoding, record, personal
FROM deedbook_position AS position
JOIN deedbook_entry AS entry
    ON entry.instance_id = position.instance_id AND entry.id = position.entry_id
WHERE position.instance_id = %s AND sequence >= %s AND sequence < %s AND record IS NOT NULL
ORDER BY sequence LIMIT %s
"""
_IS_EXPIRED: Final = """
SELECT 1 FROM deedbook_entry WHERE instance_id = %s AND id = %s AND record IS NULL
"""
_HORIZON: Final = """
SELECT coalesce(max(before_sequence), 0) FROM deedbook_decree WHERE instance_id = %s
"""
_FIRST_SINCE: Final = """
SELECT sequence FROM deedbook_position WHERE instance_id = %s AND sequence >= %s AND entry_id >= %s
ORDER BY sequence LIMIT 1
"""


class PostgresDecrees:
    """The statements on a connection of psycopg."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection

    def insert(self, instance_id: str, entry_id: int, effect: str) -> None:
        """Note what an entry decrees."""
        self._run(_INSERT, instance_id, entry_id, effect)

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
        """Give a decree that is not carried out, and keep others from it."""
        rows = self._fetch(_LOCK, instance_id, entry_id)
        return OpenDecree(*rows[0]) if rows else None

    def advance(self, instance_id: str, entry_id: int, *, reached: int, done: bool) -> None:
        """Note how far a decree is carried out."""
        self._run(_ADVANCE, reached, done, instance_id, entry_id)

    def erase(self, instance_id: str, entry_ids: Sequence[int]) -> None:
        """Take the personal part of entries."""
        self._run(_ERASE, instance_id, list(entry_ids))

    def expire(self, instance_id: str, entry_ids: Sequence[int]) -> None:
        """Take entries but for their ids."""
        self._run(_EXPIRE, instance_id, list(entry_ids))

    def unpost(
        self, instance_id: str, *, record: Sequence[Posted], personal: Sequence[Posted]
    ) -> None:
        """Take postings."""
        for statement, rows in ((_UNPOST, record), (_UNPOST_PERSONAL, personal)):
            self._run(
                statement,
                [field for _, (field, _) in rows],
                [value for _, (_, value) in rows],
                [entry_id for entry_id, _ in rows],
                instance_id,
            )

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

    def _run(self, sql: str, *values: object) -> None:
        self._connection.cursor().execute(sql, values)

    def _fetch(self, sql: str, *values: object) -> list[Any]:
        cursor = self._connection.cursor(binary=True, row_factory=tuple_row)
        return cursor.execute(sql, values).fetchall()

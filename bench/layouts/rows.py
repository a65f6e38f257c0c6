"""Rows of the table of entries, of real deeds: what an id is stored as changes, the rest is what ships."""

from __future__ import annotations

import base64
import hashlib
import itertools
import random
import time
import uuid
from collections import Counter
from typing import Any, Final, NamedTuple

from deedbook.engine import EntryIds, ids, write_down
from deedbook.platform.recorded import recorded_where
from deedbook.seeding.deeds import deeds_of

# The columns in the order of `NewEntry`.
COLUMNS: Final = (
    *("id", "instance_id", "kind", "actor_id", "entity_id"),
    *("encoding", "record", "personal", "salt", "evidence"),
)
ID, INSTANCE, KIND, ACTOR, ENTITY = range(5)
Row = tuple[Any, ...]

_INSTANCES: Final = 20
_YEAR_MS: Final = 365 * 86_400_000
_HOT: Final = "cu_000000000000"
_HOT_EVERY: Final = 20


class Rows(NamedTuple):
    """Rows of a year, in the order of their ids, and what is looked for in the biggest instance."""

    rows: list[Row]
    instance_id: str
    # Every twentieth row is of this entity, and none of these of the actor, who has many others.
    hot_entity_id: str
    absent_actor_id: str


def make(entries: int) -> Rows:
    """Give so many rows of twenty instances, the biggest of which has a quarter of them."""
    chance, where = random.Random(1), recorded_where()  # noqa: S311 (no secret)
    names = [f"in_{number:012d}" for number in range(_INSTANCES)]
    deeds = [deeds_of(name, random.Random(name), where) for name in names]  # noqa: S311 (no secret)
    weights = [1 / (1 + place) for place in range(_INSTANCES)]
    first_ms = time.time_ns() // 1_000_000 - _YEAR_MS
    times = itertools.count(first_ms, _YEAR_MS // entries)
    entry_ids = EntryIds(lambda: next(times))
    rows: list[Row] = [
        write_down(next(each), entry_ids.take())[: len(COLUMNS)]
        for each in chance.choices(deeds, weights, k=entries)
    ]
    biggest = [row for row in rows if row[INSTANCE] == names[0]]
    (actor_id, _), *_ = Counter(row[ACTOR] for row in biggest).most_common(1)
    heated = [_heated(row, actor_id) if not n % _HOT_EVERY else row for n, row in enumerate(rows)]
    return Rows(heated, names[0], _HOT, actor_id)


def _heated(row: Row, but: str) -> Row:
    """Give the row as one of the hot entity, unless the actor is the one who never touched it."""
    return row if row[ACTOR] == but else (*row[:ENTITY], _HOT, *row[ENTITY + 1 :])


def as_uuid(entry_id: int) -> uuid.UUID:
    """Give a UUID of version 7 (RFC 9562, section 5.7) of an id's millisecond."""
    by_chance = hashlib.blake2b(entry_id.to_bytes(8, "big"), digest_size=10).digest()
    head = ids.unix_ms_of(entry_id).to_bytes(6, "big")
    value = int.from_bytes(head + by_chance, "big")
    version, variant = 0xF << 76, 0x3 << 62
    return uuid.UUID(int=value & ~version & ~variant | 0x7 << 76 | 0x2 << 62)


def as_bytes(entry_id: int) -> bytes:
    """Give the 16 bytes of that UUID."""
    return as_uuid(entry_id).bytes


def as_text(entry_id: int) -> str:
    """Give the same in 26 characters that sort as it does (base32hex, RFC 4648, section 7)."""
    return base64.b32hexencode(as_bytes(entry_id)).decode().rstrip("=")

"""The tables to be compared: what ships, read from its own file, and what is another about it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from importlib import resources
from itertools import pairwise
from typing import Final, NamedTuple

from bench.layouts.rows import ID, Row, as_bytes, as_text, as_uuid

_MONTHS: Final = 12
_OF_ENTRIES: Final = re.compile(
    r"^CREATE (?:TABLE|INDEX) IF NOT EXISTS deedbook_entry\w*\s[^;]*;", re.MULTILINE
)
_WITHOUT_ROWID: Final = (
    "\n) STRICT",
    ",\n    PRIMARY KEY (instance_id, id)\n) STRICT, WITHOUT ROWID",
)


class Layout(NamedTuple):
    """A table of entries with its indexes, and how it holds an id."""

    name: str
    tables: str
    stored_id: Callable[[int], object] = int
    # After how many pages SQLite writes its log into the file; None as it ships.
    checkpoint_pages: int | None = None


def ids_on_sqlite() -> list[Layout]:
    """Give the rowid, and what has a key of its own: instead of a rowid, and beside it."""
    ships = _shipped("sqlite")
    key = ("id INTEGER PRIMARY KEY", "id {} NOT NULL")
    # The key leads with the instance: it is that index too.
    by_key = _but(ships, _WITHOUT_ROWID, (_index(ships, "of_instance"), ""))
    beside = _but(
        ships,
        (key[0], "id BLOB NOT NULL"),
        ("INDEX IF NOT EXISTS deedbook_entry_of_inst", "UNIQUE INDEX deedbook_entry_of_inst"),
    )
    return [
        Layout("INTEGER PRIMARY KEY (ships)", ships),
        Layout("16 bytes, WITHOUT ROWID", _but(by_key, (key[0], key[1].format("BLOB"))), as_bytes),
        Layout(
            "26 characters, WITHOUT ROWID", _but(by_key, (key[0], key[1].format("TEXT"))), as_text
        ),
        Layout("16 bytes, unique beside the rowid", _ending_in_id(beside), as_bytes),
    ]


def ids_on_postgres() -> list[Layout]:
    """Give the number, the UUID and the text."""
    ships = _shipped("postgres")
    return [
        Layout("bigint (ships)", ships),
        Layout("uuid", _but(ships, ("    id bigint", "    id uuid")), as_uuid),
        Layout("26 characters", _but(ships, ("    id bigint", '    id text COLLATE "C"')), as_text),
    ]


def covering_on_sqlite() -> list[Layout]:
    """Give the index of entities with kind and actor in it, and without."""
    ships = _shipped("sqlite")
    bare = _but(ships, ("entity_id, id, kind, actor_id)", "entity_id, id)"))
    return [Layout("with kind and actor (ships)", ships), Layout("without", bare)]


def covering_on_postgres() -> list[Layout]:
    """Give the same of PostgreSQL."""
    ships = _shipped("postgres")
    bare = _but(ships, (" INCLUDE (kind, actor_id)", ""))
    return [Layout("with kind and actor (ships)", ships), Layout("without", bare)]


def checkpoints(pages: Sequence[int]) -> list[Layout]:
    """Give SQLite's table as it ships, each with its log of writes of so many pages."""
    ships = _shipped("sqlite")
    return [Layout(f"{each:,}", ships, checkpoint_pages=each) for each in pages]


def partitions(rows: Sequence[Row]) -> list[Layout]:
    """Give one table, and one for each month."""
    ships = _shipped("postgres")
    months = _but(
        ships,
        (
            "PRIMARY KEY (instance_id, id)\n)",
            "PRIMARY KEY (instance_id, id)\n) PARTITION BY RANGE (id)",
        ),
    )
    begins = [rows[len(rows) * month // _MONTHS][ID] for month in range(1, _MONTHS)]
    bounds = ["MINVALUE", *map(str, begins), "MAXVALUE"]
    parts = "".join(
        f"CREATE TABLE month_{place} PARTITION OF deedbook_entry FOR VALUES FROM ({begin}) TO ({end});\n"
        for place, (begin, end) in enumerate(pairwise(bounds))
    )
    return [Layout("one table (ships)", ships), Layout("a partition a month", months + parts)]


def _shipped(database: str) -> str:
    sql = resources.files("deedbook.engine.store").joinpath(f"{database}.sql").read_text()
    return "\n".join(_OF_ENTRIES.findall(sql)) + "\n"


def _index(tables: str, name: str) -> str:
    found = re.search(rf"CREATE INDEX IF NOT EXISTS deedbook_entry_{name}\b[^;]*;", tables)
    assert found is not None
    return found[0]


def _ending_in_id(tables: str) -> str:
    """Name the id in every index: SQLite ends them in the rowid by itself, and that is not it here."""
    return re.sub(
        r"(ON deedbook_entry \((?:(?!\bid\b)[^)])*)\)", lambda found: f"{found[1]}, id)", tables
    )


def _but(tables: str, *others: tuple[str, str]) -> str:
    for old, new in others:
        assert old in tables, old
        tables = tables.replace(old, new)
    return tables

"""What the benchmark says of the log beside others is what the log does."""

from __future__ import annotations

from bench import captured
from bench.change import open_engine
from bench.changes import CHANGES

from databases import Database

EVERYTHING = ["who", "how", "where", "request"]


def test_no_change_that_is_not_refused_is_missed(database: Database) -> None:
    engine = open_engine(database.url, 2)
    try:
        found = captured.by_deedbook(engine)
    finally:
        engine.dispose()
    for name, rows in CHANGES.items():
        if "refused" in found[name]:
            assert found[name]["facts"] == 0
        else:
            assert found[name] == {"facts": rows, "tells": EVERYTHING if rows else []}
    refused = {name: each["refused"] for name, each in found.items() if "refused" in each}
    assert refused == {
        "a row is saved by who never thought of the log": "by the unit of work",
        "bulk_create": "by the unit of work",
        "queryset.update": "by the unit of work",
        "queryset.delete": "by the unit of work",
        "bulk_update": "by the database",
        "raw INSERT": "by the database",
        "raw UPDATE": "by the database",
        "raw DELETE": "by the database",
        "raw UPDATE by another program": "by the database",
    }

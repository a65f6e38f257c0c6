"""What the benchmark says of the log beside others is what the log does."""

from __future__ import annotations

from pathlib import Path

from bench import captured
from bench.change import open_engine
from bench.changes import CHANGES
from bench.layouts import looks, shipped
from bench.layouts.filling import Filling
from bench.layouts.looks import Look
from bench.layouts.rows import Row, Rows, make
from bench.layouts.stores import PostgresStore, SQLiteStore, Store

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


def test_every_layout_that_is_compared_holds_and_finds_the_same(
    database: Database, tmp_path: Path
) -> None:
    made = make(2_000)
    stores: list[Store]
    if database.is_sqlite:
        layouts = [*shipped.ids_on_sqlite(), *shipped.covering_on_sqlite()]
        stores = [SQLiteStore(tmp_path / f"{place}", of) for place, of in enumerate(layouts)]
    else:
        layouts = [*shipped.ids_on_postgres(), *shipped.covering_on_postgres()]
        layouts += shipped.partitions(made.rows)
        stores = [PostgresStore(database.url, f"s{place}", of) for place, of in enumerate(layouts)]
    asked = looks.pages(made) | looks.of_hot_entity(made) | looks.of_kinds(made)
    answers = []
    for store in stores:
        filling = Filling(store, made.rows)
        filling.insert(1_900, 1_000)
        filling.insert(100, 1)
        answers.append({name: _found(store, look, made) for name, look in asked.items()})
        store.remove()
    assert all(each == answers[0] for each in answers)
    lengths = {name: [len(page) for page in found] for name, found in answers[0].items()}
    assert lengths["first page"] == [50]
    assert lengths["hot entity"] > [0]
    assert lengths["hot entity, absent actor"] == lengths["absent kind"] == [0]


def _found(store: Store, look: Look, made: Rows) -> list[list[Row]]:
    stored_id = store.layout.stored_id
    ids = {stored_id(row[0]): row[0] for row in made.rows}
    return [
        [
            (ids[row[0]], *row[1:])
            for row in store.read(look.sql, {**each, "last": stored_id(each["last"])})
        ]
        for each in look.values
    ]

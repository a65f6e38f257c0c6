"""The plans of the queries that people wait for: by which index, and nothing gone through or sorted.

The database itself says how it would answer (EXPLAIN), over twenty thousand entries of two instances. A lost
index is a failed test; the last test loses one on purpose.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from itertools import combinations, pairwise
from typing import Any, Final

import pytest

from databases import Database, RawConnection
from deedbook.engine import EntryStore, Filters, Page, create_log, open_store, read_filters
from deedbook.engine.filters import resolve
from deedbook.engine.ids import COUNTER_BITS
from deedbook.engine.store.postgres import PostgresTables
from deedbook.engine.store.sqlite import SQLiteTables
from deedbook.platform.catalogue import CATALOGUE

INSTANCE: Final = "in_000000000001"
KINDS: Final = sorted(CATALOGUE.kinds)
# The filters that the log is asked by, each with the index that answers it.
BY_INSTANCE, BY_KIND, BY_ACTOR, BY_ENTITY = "instance", "kind", "actor", "entity"
FILTERS: Final = {
    "feature=payout": BY_KIND,
    # Of more kinds than a few the newest entries are gone through first.
    "operation=delete": BY_INSTANCE,
    "entity_type=payout": BY_KIND,
    "actor_type=user": BY_INSTANCE,
    "user_id=us_000000000001": BY_ACTOR,
    "api_key_id=ap_000000000001": BY_ACTOR,
    "entity_id=e_7": BY_ENTITY,
    "start_date=2020-01-01&end_date=2020-01-10": BY_INSTANCE,
}
# Of two filters, the index of the one that tells more.
ORDER: Final = (BY_INSTANCE, BY_KIND, BY_ACTOR, BY_ENTITY)
POSTED: Final = (
    *("ref_id=e_7", "request_id=e_7", "session_id=e_7"),
    *("ip_address=192.0.2.7", "country=BR", "q=e_7"),
)
NAMES: Final = {
    "sqlite": {name: f"deedbook_entry_of_{name}" for name in ORDER},
    "postgres": {name: f"deedbook_entry_by_{name}" for name in ORDER}
    | {BY_INSTANCE: "deedbook_entry_pkey"},
}

_NUMBERS: Final = (
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) "
)
_FILL: Final = (
    (
        "INSERT INTO deedbook_entry"
        " (instance_id, id, kind, actor_id, entity_id, encoding, record, personal)"
        f" {_NUMBERS} SELECT CASE i % 2 WHEN 0 THEN 'in_other' ELSE '{INSTANCE}' END,"
        " CAST(i AS bigint) * {step}, {kind},"
        " 'us_00000000000' || (i % 7), 'e_' || (i % 5000), 0, {empty}, {empty} FROM n"
    ),
    (
        "INSERT INTO deedbook_position (instance_id, sequence, entry_id, leaf_hash)"
        " SELECT instance_id, id / {step}, id, {empty} FROM deedbook_entry"
    ),
    (
        "INSERT INTO deedbook_tree (instance_id, size, frontier, posted, number)"
        " SELECT instance_id, count(*), {empty}, count(*), length(instance_id) FROM deedbook_entry"
        " GROUP BY instance_id"
    ),
    (
        "INSERT INTO deedbook_posting (tree, field, value, entry_id)"
        " SELECT length(instance_id), 1, entity_id, id FROM deedbook_entry"
    ),
    (
        "INSERT INTO deedbook_personal_posting (tree, field, value, entry_id)"
        " SELECT length(instance_id), 6, entity_id, id FROM deedbook_entry"
    ),
    (
        "INSERT INTO deedbook_pending (instance_id, entry_id, covers)"
        " SELECT instance_id, id, {covers} FROM deedbook_entry ORDER BY id DESC LIMIT 100"
    ),
    (
        "INSERT INTO deedbook_day_count (instance_id, day, kind, entries)"
        " SELECT instance_id, id / {day}, kind, count(*) FROM deedbook_entry GROUP BY 1, 2, 3"
    ),
    "ANALYZE",
)


@pytest.fixture
def connection(database: Database) -> Iterator[RawConnection]:
    with database.connection() as opened:
        create_log(opened)
        sqlite = database.is_sqlite
        few = KINDS[:40]
        kind = " ".join(f"WHEN {place} THEN {number}" for place, number in enumerate(few))
        values = {
            "kind": f"CASE i % {len(few)} {kind} END",
            "empty": "x''" if sqlite else "''::bytea",
            "covers": "'[]'" if sqlite else "'{}'::text[]",
            "step": 60_000 << COUNTER_BITS,
            "day": 86_400_000 << COUNTER_BITS,
        }
        for statement in _FILL:
            # SQLite is asked as it is used: its planner has no statistics.
            if not (sqlite and statement == "ANALYZE"):
                opened.cursor().execute(statement.format(**values))
        yield opened
        opened.rollback()


@pytest.fixture
def store(connection: RawConnection) -> EntryStore:
    return open_store(connection, INSTANCE, CATALOGUE)


def plans(connection: RawConnection, ask: Callable[[], object]) -> list[str]:
    """Give the plan of each query that an act asks the database."""
    asked: list[tuple[str, Any]] = []
    kind: Any = SQLiteTables if isinstance(connection, sqlite3.Connection) else PostgresTables
    fetch = kind._fetch

    def noting(self: Any, sql: str, parameters: Any) -> Any:
        asked.append((sql, parameters))
        return fetch(self, sql, parameters)

    kind._fetch = noting
    try:
        ask()
    finally:
        kind._fetch = fetch
    assert asked
    explain = "EXPLAIN QUERY PLAN" if kind is SQLiteTables else "EXPLAIN"
    return [
        "\n".join(str(row[-1]) for row in connection.cursor().execute(f"{explain} {sql}", values))
        for sql, values in asked
    ]


def gone_through(plan: str) -> list[str]:
    """Give the tables that PostgreSQL would go through; those of few rows it may read as they lie."""
    few = ("deedbook_pending", "deedbook_decree", "deedbook_tree")
    return [
        line
        for line in plan.splitlines()
        if "Seq Scan on deedbook" in line and not any(name in line for name in few)
    ]


def problems(connection: RawConnection, plan: str, index: str) -> list[str]:
    """Give what is wrong with a plan that should walk an index."""
    sqlite = isinstance(connection, sqlite3.Connection)
    name = NAMES["sqlite" if sqlite else "postgres"][index]
    lines = plan.splitlines()
    found = [] if name in plan else [f"{name} is not used"]
    found += gone_through(plan)
    found += [line for line in lines if line.startswith("SCAN deedbook")]
    # One walk is in order; several that are merged sort what they found, a page each.
    if index == BY_INSTANCE:
        found += [line for line in lines if "Sort" in line or "TEMP B-TREE FOR ORDER" in line]
    return found


def filters_of(query: str) -> Filters:
    pairs = [tuple(each.split("=", 1)) for each in query.split("&") if each]
    return read_filters(pairs, CATALOGUE)  # type: ignore[arg-type]


def expected(*queries: str) -> str:
    return max((FILTERS[query] for query in queries), key=ORDER.index)


QUERIES: Final = (("",), *((each,) for each in FILTERS), *combinations(FILTERS, 2))


def test_a_page_walks_the_index_of_its_filters(
    connection: RawConnection, store: EntryStore
) -> None:
    for queries in QUERIES:
        filters = filters_of("&".join(queries))
        index = BY_INSTANCE if queries == ("",) else expected(*queries)
        if not resolve(filters, CATALOGUE).kinds:
            # No user is a key: the database is not asked.
            continue
        for page in (Page(), Page(after=700_000_000 << COUNTER_BITS)):
            plan = plans(connection, lambda f=filters, p=page: store.find(f, p))[0]  # type: ignore[misc]
            assert not problems(connection, plan, index), (queries, plan)


@pytest.mark.parametrize("query", ["operation=delete", "actor_type=user", "not_feature=payout"])
@pytest.mark.parametrize("after", [4, 6])
def test_what_is_not_near_is_walked_kind_by_kind(
    connection: RawConnection, store: EntryStore, query: str, after: int
) -> None:
    page = Page(after=(60_000 * after) << COUNTER_BITS)
    near, walked, *_ = plans(connection, lambda: store.find(filters_of(query), page))
    assert not problems(connection, near, BY_INSTANCE), near
    assert not problems(connection, walked, BY_KIND), walked
    # The kinds that there are, by a look-up each; nothing goes through all entries of a kind.
    assert "present" in walked


def test_kinds_that_cannot_be_are_not_asked_for(
    connection: RawConnection, store: EntryStore
) -> None:
    filters = filters_of("feature=payin&operation=delete")
    with pytest.raises(AssertionError):
        plans(connection, lambda: store.find(filters, Page()))


@pytest.mark.parametrize("also", ["operation=delete", "api_key_id=ap_000000000001"])
def test_what_an_entity_never_had_is_told_by_its_index(
    connection: RawConnection, store: EntryStore, also: str
) -> None:
    plan = plans(connection, lambda: store.find(filters_of(f"entity_id=e_7&{also}"), Page()))[0]
    assert not problems(connection, plan, BY_ENTITY)
    if isinstance(connection, sqlite3.Connection):
        assert plan.count("USING COVERING INDEX deedbook_entry_of_entity") == 2
    else:
        defined = connection.execute(
            "SELECT indexdef FROM pg_indexes WHERE indexname = 'deedbook_entry_by_entity'"
        ).fetchall()
        assert all("INCLUDE (kind, actor_id)" in row[0] for row in defined)


@pytest.mark.parametrize("query", POSTED)
def test_a_look_up_goes_by_the_keys_of_the_postings(
    connection: RawConnection, store: EntryStore, query: str
) -> None:
    seen = "\n".join(plans(connection, lambda: store.find(filters_of(query), Page())))
    assert not gone_through(seen), seen
    assert "SCAN deedbook" not in seen, seen
    assert "SCAN posted" not in seen, seen
    # The number of the tree is looked up once, and not for each row.
    if isinstance(connection, sqlite3.Connection):
        assert "(tree=? AND field=? AND value" in seen
        lines = seen.splitlines()
        asking = [above for above, line in pairwise(lines) if "SEARCH deedbook_tree" in line]
        assert asking
        assert all(each.startswith("SCALAR SUBQUERY") for each in asking), seen
    else:
        assert "posting_pkey" in seen
        assert re.search(r"Index Cond: \(\(tree = [^=]*\) AND \(field = \d\) AND \(value ", seen), (
            seen
        )
        assert "InitPlan" in seen


def test_an_entry_is_found_by_its_key(connection: RawConnection, store: EntryStore) -> None:
    plan = plans(connection, lambda: store.get(60_000 << COUNTER_BITS))[0]
    assert not problems(connection, plan, BY_INSTANCE)
    assert "deedbook_position_by_entry" in plan
    assert "SCAN" not in plan.replace("SCAN json_each", "")


def test_the_feed_walks_positions(connection: RawConnection, store: EntryStore) -> None:
    plan = plans(connection, lambda: store.follow(Filters(), 100, 50))[0]
    sqlite = isinstance(connection, sqlite3.Connection)
    assert ("SEARCH position USING PRIMARY KEY" if sqlite else "deedbook_position_pkey") in plan
    assert "Seq Scan on deedbook" not in plan
    assert "TEMP B-TREE FOR ORDER" not in plan


def test_a_histogram_of_days_reads_days(connection: RawConnection, store: EntryStore) -> None:
    filters = Filters(start_ms=1_577_836_800_000, include=CATALOGUE.on_request)
    seen = plans(connection, lambda: store.histogram(filters, now_ms=1_579_000_000_000, buckets=15))
    assert "deedbook_day_count" in seen[0]
    assert "Seq Scan on deedbook_entry" not in seen[0]
    assert not any("count" not in each and "SCAN deedbook" in each for each in seen)


@pytest.mark.parametrize(
    ("query", "index"), [("feature=payout", BY_KIND), ("entity_id=e_7", BY_ENTITY)]
)
def test_a_lost_index_is_noticed(
    connection: RawConnection, store: EntryStore, query: str, index: str
) -> None:
    def seen() -> list[str]:
        plan = plans(connection, lambda: store.find(filters_of(query), Page()))[0]
        return problems(connection, plan, index)

    assert not seen()
    sqlite = isinstance(connection, sqlite3.Connection)
    connection.cursor().execute(f"DROP INDEX {NAMES['sqlite' if sqlite else 'postgres'][index]}")
    try:
        assert seen()
    except sqlite3.OperationalError as error:
        # SQLite is told which index to walk, and says that there is none.
        assert "no such index" in str(error)  # noqa: PT017 (one of two ways to fail)

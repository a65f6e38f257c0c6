"""Counts from the sealer's rollups and from what waits, against a naive reading. Both databases."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, Final

import pytest

from databases import Database, RawConnection
from deedbook.engine import EntryIds, EntryStore, Filters, Page, ids, open_store, read_filters
from deedbook.engine.sealing import rollups, tree_tables
from deedbook.engine.sealing.rollups import Countable
from deedbook.engine.store import counting
from sample.catalogue import ADA, CATALOGUE, CLOCK, INSTANCE, KEY, RETURNED, deed_of, lent
from sample.sealing import rows, seal_all, transaction

START: Final = datetime(2026, 3, 1, 5, tzinfo=UTC)
# More than a week, an entry in five hours; the last ones are not sealed.
ENTRIES: Final = 40
WAITING: Final = 4
EVERYTHING: Final = Filters(include=CATALOGUE.on_request)
NOW_MS: Final = int((START + timedelta(days=9)).timestamp() * 1000)
DATES: Final = (
    "",
    "start_date=2026-03-01",
    "start_date=2026-03-02&end_date=2026-03-05",
    "start_date=2026-03-02T05:00:00Z",
    "start_date=2026-03-02T05:30:00Z&end_date=2026-03-04T04:00:00Z",
    "start_date=2026-03-02T05:30:00Z&end_date=2026-03-02T20:00:00Z",
    "start_date=2026-03-03T00:00:00Z&end_date=2026-03-04T00:00:00Z",
    "end_date=2026-03-06T12:00:00Z",
    "start_date=2027-01-01",
)
KINDS: Final = ("", "operation=create", "actor_type=api_key&operation=delete", "not_feature=loan")


def filters_of(query: str) -> Filters:
    pairs = [tuple(each.split("=", 1)) for each in query.split("&") if each]
    return read_filters(pairs, CATALOGUE, everything=True)  # type: ignore[arg-type]


@pytest.fixture
def store(connection: RawConnection, database: Database) -> EntryStore:
    clock = count(int(START.timestamp() * 1000), 5 * 3_600_000).__next__
    store = open_store(connection, INSTANCE, CATALOGUE, EntryIds(clock))
    deeds = [
        lent(actor=ADA) if number % 3 else deed_of(RETURNED, actor=(KEY, CLOCK)[number % 2])
        for number in range(ENTRIES)
    ]
    with transaction(connection):
        store.append_all(deeds[:-WAITING])
    seal_all(database)
    with transaction(connection):
        store.append_all(deeds[-WAITING:])
    return store


def read(store: EntryStore, filters: Filters) -> list[dict[str, Any]]:
    found = store.find(filters, Page(limit=1000)).entries
    return [json.loads(entry.wire()) for entry in found]


@pytest.mark.parametrize("kinds", KINDS)
def test_rollups_count_what_a_scan_could_not(
    store: EntryStore, monkeypatch: pytest.MonkeyPatch, kinds: str
) -> None:
    # No more than this is gone through: of a day that dates cut, and of what waits.
    monkeypatch.setattr(counting, "COUNT_CAP", 5)
    for dates in DATES:
        filters = filters_of(f"{dates}&{kinds}")
        entries = read(store, filters)
        tally = store.count(filters)
        for name in ("action", "operation", "actor_type"):
            assert tally.counts[name] == Counter(entry[name] for entry in entries), dates
        if not dates:
            users = Counter(entry["user_id"] for entry in entries if entry["user_id"])
            assert tally.counts["user_id"] == users
            assert not tally.approximate
        histogram = store.histogram(filters, now_ms=NOW_MS, buckets=12)
        if histogram.width_ms % rollups.DAY_MS == 0:
            assert not histogram.approximate
            counted = sum((Counter(each.counts) for each in histogram.buckets), Counter())
            assert counted == Counter(entry["operation"] for entry in entries), dates


def test_a_day_of_the_histogram_has_the_entries_of_that_day(store: EntryStore) -> None:
    histogram = store.histogram(EVERYTHING, now_ms=NOW_MS, buckets=12)
    assert histogram.width_ms == rollups.DAY_MS
    days = {
        datetime.fromtimestamp(bucket.start_ms / 1000, UTC).date().isoformat(): sum(
            bucket.counts.values()
        )
        for bucket in histogram.buckets
        if bucket.counts
    }
    assert days == Counter(entry["created_at"][:10] for entry in read(store, EVERYTHING))


def test_what_rollups_do_not_know_is_counted_up_to_a_cap_which_the_answer_says(
    store: EntryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "COUNT_CAP", 5)
    monkeypatch.setattr(counting, "LOOKED_UP_CAP", 5)
    for query in (f"user_id={ADA.id}", "entity_id=lo_000000000001", "q=middlemarch"):
        assert store.count(filters_of(query)).approximate, query
        histogram = store.histogram(filters_of(query), now_ms=NOW_MS, buckets=12)
        assert histogram.approximate, query
    assert store.histogram(EVERYTHING, now_ms=NOW_MS, buckets=200).approximate
    monkeypatch.setattr(counting, "COUNT_CAP", WAITING - 1)
    assert store.count(EVERYTHING).approximate


def test_each_instance_is_counted_by_itself(
    store: EntryStore, connection: RawConnection, database: Database
) -> None:
    before = store.count(EVERYTHING)
    other = open_store(connection, "in_other", CATALOGUE)
    other.append(lent(instance_id="in_other"))
    assert other.count(EVERYTHING).counts["operation"] == {"create": 1}
    seal_all(database)
    assert other.count(EVERYTHING).counts["operation"] == {"create": 1}
    assert store.count(EVERYTHING) == before


def test_what_is_taken_away_is_taken_off_the_counts(
    store: EntryStore, connection: RawConnection, database: Database
) -> None:
    seal_all(database)
    gone = [
        Countable(*row)
        for row in rows(
            connection,
            "SELECT id, kind, actor_id FROM deedbook_entry WHERE instance_id = ? ORDER BY id LIMIT 10",
            INSTANCE,
        )
    ]
    with transaction(connection):
        rollups.remove(tree_tables(connection), INSTANCE, gone)
    left = [
        entry for entry in read(store, EVERYTHING) if (ids.read(entry["id"]) or 0) > gone[-1][0]
    ]
    assert len(left) == ENTRIES - 10
    tally = store.count(EVERYTHING)
    assert tally.counts["action"] == Counter(entry["action"] for entry in left)
    histogram = store.histogram(
        replace(EVERYTHING, start_ms=int(START.timestamp() * 1000) - rollups.DAY_MS),
        now_ms=NOW_MS,
        buckets=12,
    )
    counted = sum((Counter(each.counts) for each in histogram.buckets), Counter[str]())
    assert counted == Counter(entry["operation"] for entry in left)

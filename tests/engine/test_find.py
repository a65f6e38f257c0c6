"""Finding, counting and walking pages, against a naive reading of the same entries. Both databases."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import count, pairwise
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from databases import Database, RawConnection
from deedbook.engine import (
    Actor,
    ActorType,
    Catalogue,
    Deed,
    EntryIds,
    EntryStore,
    Filters,
    Page,
    create_log,
    open_store,
    read_filters,
    read_page,
)
from deedbook.engine.filters import EXCLUDE, FIELDS
from deedbook.engine.store import counting
from sample.catalogue import LENT, RETURNED, SHELVED, WITHDRAWN, deed_of

# Two types of actor share a field, and both fields share ids: as awkward as a host may have it.
MEMBER = ActorType("member", "user_id", r"[a-c]", has_passkeys=True)
LIBRARIAN = ActorType("librarian", "user_id", r"[a-c]")
MACHINE = ActorType("machine", "api_key_id", r"[a-c]")
NIGHT = ActorType("night", None, only_on_request=True)
CATALOGUE = Catalogue(
    [LENT, RETURNED, SHELVED, WITHDRAWN], actor_types=(MEMBER, LIBRARIAN, MACHINE, NIGHT)
)
START_MS: Final = int(datetime(2026, 3, 14, 23, 59, 59, 990_000, tzinfo=UTC).timestamp() * 1000)
HIDDEN: Final = "denied,night"
EVERYTHING: Final = Filters(include=frozenset({"denied", "night"}))

Pairs = list[tuple[str, str]]


@st.composite
def actors(draw: st.DrawFn) -> Actor:
    kind = draw(st.sampled_from([MEMBER, LIBRARIAN, MACHINE, NIGHT]))
    return Actor(
        type=kind,
        id=None if kind.id_field is None else draw(st.sampled_from("abc")),
        role="any",
        auth_method="any",
        has_passkey=kind.has_passkeys and draw(st.booleans()),
    )


@st.composite
def deeds(draw: st.DrawFn) -> Deed:
    action = draw(st.sampled_from([LENT, RETURNED, SHELVED, WITHDRAWN]))
    return deed_of(
        action,
        operation=draw(st.sampled_from(action.operations)),
        actor=draw(actors()),
        outcome=draw(st.sampled_from(["success", "success", "success", "denied"])),
        entity_id=draw(st.sampled_from(["1", "2", "x", "ø"])),
    )


VALUES: Final = {
    "feature": ["loan", "book"],
    "operation": ["create", "update", "delete"],
    "action": ["loan.lent", "loan.returned", "book.shelved", "book.withdrawn"],
    "entity_type": ["loan", "book", "copy"],
    "actor_type": ["member", "librarian", "machine", "night"],
    "outcome": ["success", "denied"],
    "has_passkey": ["true", "false", "null"],
    "user_id": ["a", "b", "c"],
    "api_key_id": ["a", "b", "c"],
    "entity_id": ["1", "2", "x", "ø", "nothing"],
}
MOMENTS: Final = [
    "2026-03-14",
    "2026-03-15",
    "2026-03-14T23:59:59.995Z",
    "2026-03-15T00:00:00Z",
    "2026-03-15T02:00:00.005+02:00",
]


@st.composite
def queries(draw: st.DrawFn) -> Pairs:
    pairs: Pairs = []
    for field in draw(st.lists(st.sampled_from(FIELDS), max_size=3, unique=True)):
        prefix = draw(st.sampled_from(["", EXCLUDE]))
        values = draw(st.lists(st.sampled_from(VALUES[field]), min_size=1, max_size=3, unique=True))
        pairs += [(prefix + field, value) for value in values]
    for name in draw(st.sampled_from([(), ("start_date",), ("end_date",)])):
        pairs.append((name, draw(st.sampled_from(MOMENTS))))
    hidden = {"night", "denied"} & {value for name, value in pairs if not name.startswith(EXCLUDE)}
    if draw(st.booleans()) or hidden:
        pairs.append(("include", HIDDEN))
    return pairs


def passes(entry: dict[str, Any], pairs: Pairs) -> bool:
    """The naive filter: reads the served entry and the query, knows nothing of kinds or columns."""
    asked = dict(pairs)
    if "include" not in asked and (entry["outcome"] == "denied" or entry["actor_type"] == "night"):
        return False
    created_at = datetime.fromisoformat(entry["created_at"])
    if "start_date" in asked and created_at < moment(asked["start_date"], end=False):
        return False
    if "end_date" in asked and created_at >= moment(asked["end_date"], end=True):
        return False
    for field in FIELDS:
        shown = json.dumps(entry[field]) if field == "has_passkey" else entry[field]
        wanted = {given for name, given in pairs if name == field}
        unwanted = {given for name, given in pairs if name == EXCLUDE + field}
        if (wanted and shown not in wanted) or shown in unwanted:
            return False
    return True


def moment(text: str, *, end: bool) -> datetime:
    found = datetime.fromisoformat(text)
    if len(text) == len("2026-03-14"):
        return found.replace(day=found.day + (1 if end else 0), tzinfo=UTC)
    return found


@dataclass
class Log:
    """Writes logs of fresh instances into one transaction that is never committed."""

    connection: RawConnection

    def of(self, written: list[Deed]) -> EntryStore:
        """Give the log of these deeds, one to a millisecond, around a midnight."""
        instance_id = f"in_{next(_INSTANCES)}"
        clock = count(START_MS).__next__
        store = open_store(self.connection, instance_id, CATALOGUE, EntryIds(clock))
        for deed in written:
            store.append(replace(deed, instance_id=instance_id))
        return store


_INSTANCES = count()


@pytest.fixture
def log(database: Database) -> Iterator[Log]:
    with database.connection() as connection:
        create_log(connection)
        yield Log(connection)


def served(store: EntryStore) -> list[dict[str, Any]]:
    """Give the whole log as the wire has it, newest first."""
    return [json.loads(entry.wire()) for entry in store.find(EVERYTHING, Page(limit=1000)).entries]


on_one_database = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60
)
LOGS = st.lists(deeds(), max_size=20)


# Filters


@on_one_database
@given(written=LOGS, pairs=queries())
def test_a_filter_finds_what_a_naive_reading_finds(
    log: Log, written: list[Deed], pairs: Pairs
) -> None:
    store = log.of(written)
    found = store.find(read_filters(pairs, CATALOGUE), Page(limit=1000)).entries
    expected = [entry["id"] for entry in served(store) if passes(entry, pairs)]
    assert [entry.shown_id for entry in found] == expected


@pytest.mark.parametrize("prefix", ["", EXCLUDE])
@pytest.mark.parametrize("field", FIELDS)
def test_each_field_alone_finds_what_a_naive_reading_finds(
    log: Log, field: str, prefix: str
) -> None:
    everything = [
        deed_of(action, actor=actor, outcome=outcome, entity_id=entity_id)
        for action in CATALOGUE.actions.values()
        for actor in _one_of_each()
        for outcome in ("success", "denied")
        for entity_id in ("1", "ø")
    ]
    store = log.of(everything)
    all_served = served(store)
    assert len(all_served) == len(everything)
    for value in VALUES[field]:
        pairs = [(prefix + field, value), ("include", HIDDEN)]
        found = store.find(read_filters(pairs, CATALOGUE), Page(limit=1000)).entries
        expected = [entry["id"] for entry in all_served if passes(entry, pairs)]
        assert [entry.shown_id for entry in found] == expected


def _one_of_each() -> list[Actor]:
    return [
        Actor(
            type=kind,
            id=None if kind.id_field is None else actor_id,
            role="any",
            auth_method="any",
            has_passkey=has_passkey,
        )
        for kind in (MEMBER, LIBRARIAN, MACHINE, NIGHT)
        for has_passkey in ((True, False) if kind.has_passkeys else (False,))
        for actor_id in "ab"
    ]


def test_without_a_filter_successes_by_people_and_keys_are_found(log: Log) -> None:
    night, member = _one_of_each()[-1], _one_of_each()[0]
    store = log.of(
        [
            deed_of(LENT, actor=member),
            deed_of(RETURNED, actor=member, outcome="denied"),
            deed_of(SHELVED, actor=night),
        ]
    )

    def actions(*pairs: tuple[str, str]) -> list[str]:
        found = store.find(read_filters(pairs, CATALOGUE), Page())
        return [json.loads(entry.record)["action"] for entry in found.entries]

    assert actions() == ["loan.lent"]
    assert actions(("include", "denied")) == ["loan.returned", "loan.lent"]
    assert actions(("include", "night")) == ["book.shelved", "loan.lent"]


# Pages


def walk(store: EntryStore, filters: Filters, cursor: str, limits: Callable[[], int]) -> list[str]:
    """Walk to the end as a client does, checking each page, and give the ids newest first."""
    forward = cursor == "starting_after"
    seen: list[str] = []
    at = None if forward else "al_000000000000"
    while True:
        asked = [("limit", str(limit := limits()))]
        page = store.find(filters, read_page(asked if at is None else [*asked, (cursor, at)]))
        ids = [entry.shown_id for entry in page.entries]
        assert len(ids) <= limit
        assert ids == sorted(ids, reverse=True)
        # The end that the walk came from: nothing was there before its first page.
        came_from = page.prev_page if forward else page.next_page
        assert came_from == ((ids[0] if forward else ids[-1]) if seen and ids else None)
        seen = [*seen, *ids] if forward else [*ids, *seen]
        at = page.next_page if forward else page.prev_page
        assert page.has_more == (at is not None)
        if at is None:
            return seen
        assert at == (ids[-1] if forward else ids[0])


@on_one_database
@given(
    written=LOGS,
    pairs=queries(),
    cursor=st.sampled_from(["starting_after", "ending_before"]),
    data=st.data(),
)
def test_a_walk_sees_each_matching_entry_once(
    log: Log, written: list[Deed], pairs: Pairs, cursor: str, data: st.DataObject
) -> None:
    store = log.of(written)
    filters = read_filters(pairs, CATALOGUE)
    seen = walk(store, filters, cursor, lambda: data.draw(st.integers(1, 6)))
    assert seen == [entry["id"] for entry in served(store) if passes(entry, pairs)]


@on_one_database
@given(written=LOGS, offset=st.integers(0, 25), limit=st.integers(1, 25))
def test_an_offset_skips_that_many(log: Log, written: list[Deed], offset: int, limit: int) -> None:
    store = log.of(written)
    everything = [entry["id"] for entry in served(store)]
    page = store.find(EVERYTHING, Page(limit=limit, offset=offset))
    shown = [entry.shown_id for entry in page.entries]
    assert shown == everything[offset : offset + limit]
    assert page.has_more == (len(everything) > offset + limit)
    assert page.next_page == (shown[-1] if page.has_more and shown else None)
    assert page.prev_page == (shown[0] if offset and shown else None)


@on_one_database
@given(written=st.lists(deeds(), min_size=1, max_size=20), data=st.data())
def test_any_id_is_a_cursor_and_both_ways_part_the_log_at_it(
    log: Log, written: list[Deed], data: st.DataObject
) -> None:
    store = log.of(written)
    everything = [entry["id"] for entry in served(store)]
    at = data.draw(st.integers(0, len(everything) - 1))
    cursor = everything[at]
    older = store.find(EVERYTHING, read_page([("starting_after", cursor)])).entries
    newer = store.find(EVERYTHING, read_page([("ending_before", cursor)])).entries
    assert [entry.shown_id for entry in older] == everything[at + 1 :]
    assert [entry.shown_id for entry in newer] == everything[:at]


def test_the_page_above_an_id_is_the_nearest_one(log: Log) -> None:
    store = log.of([deed_of(LENT, actor=_one_of_each()[0]) for _ in range(5)])
    newest_first = [entry["id"] for entry in served(store)]
    page = store.find(EVERYTHING, read_page([("ending_before", newest_first[4]), ("limit", "2")]))
    assert [entry.shown_id for entry in page.entries] == newest_first[2:4]
    assert page.has_more


def test_an_empty_log_has_one_empty_page(log: Log) -> None:
    page = log.of([]).find(EVERYTHING, Page())
    assert (page.entries, page.has_more, page.next_page, page.prev_page) == ((), False, None, None)


# Counts


@on_one_database
@given(written=LOGS, pairs=queries())
def test_counts_are_those_of_a_naive_reading(log: Log, written: list[Deed], pairs: Pairs) -> None:
    store = log.of(written)
    tally = store.count(read_filters(pairs, CATALOGUE))
    matching = [entry for entry in served(store) if passes(entry, pairs)]
    for field in FIELDS:
        if field == "entity_id":
            continue
        values = [entry[field] for entry in matching]
        if field == "has_passkey":
            values = [json.dumps(value) for value in values]
        assert tally.counts[field] == Counter(value for value in values if value is not None)
    assert not tally.approximate


@on_one_database
@given(written=LOGS, pairs=queries(), buckets=st.integers(1, 60), wait_ms=st.integers(0, 10**9))
def test_a_histogram_counts_each_matching_entry_in_its_time(
    log: Log, written: list[Deed], pairs: Pairs, buckets: int, wait_ms: int
) -> None:
    store = log.of(written)
    filters = read_filters(pairs, CATALOGUE)
    histogram = store.histogram(filters, now_ms=START_MS + 1000 + wait_ms, buckets=buckets)
    matching = [entry for entry in served(store) if passes(entry, pairs)]
    expected = Counter(
        (created_ms - created_ms % histogram.width_ms, entry["operation"])
        for entry in matching
        for created_ms in [_ms(entry["created_at"])]
    )
    counted = Counter(
        {
            (bucket.start_ms, operation): entries
            for bucket in histogram.buckets
            for operation, entries in bucket.counts.items()
        }
    )
    assert counted == expected
    starts = [bucket.start_ms for bucket in histogram.buckets]
    assert {later - start for start, later in pairwise(starts)} <= {histogram.width_ms}
    # A stretch that crosses the edge of a bucket needs two, even when one was asked for.
    assert len(starts) <= max(buckets, 2)


def _ms(created_at: str) -> int:
    return round(datetime.fromisoformat(created_at).timestamp() * 1000)


def test_a_histogram_spans_what_was_asked_for(log: Log) -> None:
    store = log.of([deed_of(LENT, actor=_one_of_each()[0])])
    day = read_filters([("start_date", "2026-03-14"), ("end_date", "2026-03-15")], CATALOGUE)
    histogram = store.histogram(day, now_ms=0, buckets=49)
    assert histogram.width_ms == 3_600_000
    assert len(histogram.buckets) == 48
    assert [bucket.counts for bucket in histogram.buckets if bucket.counts] == [{"create": 1}]


def test_counting_stops_at_its_cap_and_says_so(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    store = log.of([deed_of(LENT, actor=_one_of_each()[0]) for _ in range(5)])
    for cap, approximate in ((5, False), (4, True)):
        monkeypatch.setattr(counting, "COUNT_CAP", cap)
        assert store.count(EVERYTHING).approximate is approximate
        assert store.histogram(EVERYTHING, now_ms=START_MS, buckets=5).approximate is approximate


def test_an_action_that_left_the_catalogue_is_still_counted(log: Log) -> None:
    store = log.of([deed_of(LENT, actor=_one_of_each()[0])])
    without = Catalogue([RETURNED], actor_types=(MEMBER,))
    later = open_store(log.connection, store.instance_id, without)
    found = later.find(Filters(include=frozenset({"denied"})), Page()).entries
    assert len(found) == 1
    histogram = later.histogram(
        Filters(include=frozenset({"denied"})), now_ms=START_MS + 1000, buckets=5
    )
    assert sum(bucket.counts.get("other", 0) for bucket in histogram.buckets) == 1

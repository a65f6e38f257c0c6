"""Finding entries by what the sealer posts, sealed or not. On both databases."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from itertools import count
from typing import Any, Final

import pytest

from databases import Database
from deedbook.engine import (
    Deed,
    EntryIds,
    EntryStore,
    InvalidParameters,
    Ref,
    ids,
    open_store,
    read_filters,
    read_page,
)
from deedbook.engine.postings import MAX_CHARACTERS, postings_of
from deedbook.engine.store import entry_store, path, walking
from sample.catalogue import (
    ADA,
    CATALOGUE,
    DESK,
    INSTANCE,
    KEY,
    OTHER_INSTANCE,
    RETURNED,
    LoanMetadata,
    deed_of,
    lent,
)
from sample.sealing import autocommitting, make_log, rows, seal_all, seal_unposted

FAR: Final = replace(DESK, ip_address="2001:db8::7", country="JP", request_id="f" * 32)
NOWHERE: Final = replace(DESK, ip_address=None, country=None, request_id=None)
# Each is told from the others by its entity.
DEEDS: Final[tuple[Deed, ...]] = (
    lent(entity_id="lo_0"),
    lent(entity_id="lo_1", origin=FAR, refs=(Ref("book", "bo_X"), Ref("member", "bo_X"))),
    deed_of(RETURNED, entity_id="bo_X", origin=NOWHERE, actor=KEY, entity_label="Straße 9"),
    lent(
        entity_id="lo_3",
        actor=replace(ADA, session_id="0ther"),
        entity_label=None,
        metadata=LoanMetadata(book="Ulysses 100%_'", borrower="Nora", fee=None),
    ),
    lent(entity_id="nul\0" + "x" * 5000, entity_label="\0\ud800 " + "y" * 9000, refs=()),
)
FOUND: Final[tuple[tuple[str, list[int]], ...]] = (
    ("ref_id=bo_X", [2, 1]),
    ("ref_id=bo_X&ref_id=lo_0", [2, 1, 0]),
    ("ref_id=me_000000000001", [3, 0]),
    ("ref_id=bo_", []),
    ("ref_id=nul\0" + "x" * 5000, [4]),
    ("ip_address=2001:DB8:0::7", [1]),
    ("ip_address=203.0.113.7", [4, 3, 0]),
    ("country=JP", [1]),
    ("country=JP&country=NO", [4, 3, 1, 0]),
    ("country=BR", []),
    (f"request_id={'f' * 32}", [1]),
    ("session_id=0ther", [3]),
    ("session_id=5e55", [4, 1, 0]),
    ("q=middle", [4, 1, 0]),
    ("q=MIDDLEMARCH, for", [1, 0]),
    ("q=  Charles ", [1, 0]),
    ("q=harles", []),
    ("q=strasse", [2]),
    ("q=9", [2]),
    ("q=ulysses 100%_'", [3]),
    ("q=%", []),
    ("q=u", [3]),
    ("q=nora", []),
    ("q=u&q=strasse 9", [3, 2]),
    ("q=" + "Y" * 9000, []),
    ("q=charles&country=JP", [1]),
    ("q=charles&country=JP&action=loan.returned", []),
    ("ref_id=bo_X&not_action=loan.lent", [2]),
    ("ref_id=bo_X&api_key_id=ap_00000000000K", [2]),
    ("session_id=5e55&not_entity_id=lo_0", [4, 1]),
)


@pytest.fixture
def store(database: Database) -> Iterator[EntryStore]:
    make_log(database)
    with closing(autocommitting(database)) as connection:
        yield open_store(
            connection, INSTANCE, CATALOGUE, EntryIds(count(1_800_000_000_000).__next__)
        )


def found(store: EntryStore, query: str, **page: Any) -> list[int]:
    entities = [deed.entity_id for deed in DEEDS]
    pairs = [tuple(each.split("=", 1)) for each in query.split("&")]
    filters = read_filters(pairs, CATALOGUE)  # type: ignore[arg-type]
    asked = read_page([(name, str(value)) for name, value in page.items()])
    return [entities.index(_entity(entry.record)) for entry in store.find(filters, asked).entries]


def _entity(record: bytes) -> str:
    entity: str = json.loads(record)["entity_id"]
    return entity


@pytest.mark.parametrize(("posted", "sealed"), [(0, 0), (2, 2), (5, 5), (0, 3), (2, 4), (0, 5)])
def test_an_entry_is_found_by_what_it_says_sealed_and_posted_or_not(
    posted: int, sealed: int, store: EntryStore, database: Database
) -> None:
    for number, deed in enumerate(DEEDS, 1):
        store.append(deed)
        if number == posted:
            seal_all(database)
        if number == sealed > posted:
            seal_unposted(database)
    assert store.proofs.size() == sealed
    for query, expected in FOUND:
        assert found(store, query) == expected, query
        for limit in (1, 2):
            assert found(store, query, limit=limit) == expected[:limit], query
            assert found(store, query, limit=limit, offset=1) == expected[1 : limit + 1], query


def test_pages_of_a_look_up_go_through_what_is_sealed_and_what_is_not(
    store: EntryStore, database: Database
) -> None:
    entries = []
    for number in range(12):
        if number == 7:
            seal_all(database)
        entries.append(store.append(lent()))
        store.append(deed_of(RETURNED, entity_label="else", refs=()))
    filters = read_filters([("q", "charles")], CATALOGUE)
    for limit in (1, 5):
        page, seen = store.find(filters, read_page([("limit", str(limit))])), []
        while True:
            seen += [each.id for each in page.entries]
            if page.next_page is None:
                break
            after = [("limit", str(limit)), ("starting_after", page.next_page)]
            page = store.find(filters, read_page(after))
        assert seen == [each.id for each in reversed(entries)]
    tally = store.count(filters)
    assert tally.counts["action"] == {"loan.lent": 12}
    counted = store.histogram(filters, now_ms=1_800_000_001_000, buckets=5)
    assert sum(sum(each.counts.values()) for each in counted.buckets) == 12


@pytest.mark.parametrize("words", [0, 64])
@pytest.mark.parametrize("kinds", [0, 1000])
def test_whichever_way_is_walked_finds_the_same(
    store: EntryStore, database: Database, monkeypatch: pytest.MonkeyPatch, words: int, kinds: int
) -> None:
    monkeypatch.setattr(walking, "MAX_WORDS", words)
    monkeypatch.setattr(walking, "LEAST_NEAR", 1)
    monkeypatch.setattr(walking, "SELDOM", 1)
    monkeypatch.setattr(path, "FEW_KINDS", kinds)
    store.append_all(DEEDS)
    seal_all(database)
    ids_of = {
        number: store_id for store_id, number in zip(_ids(store), range(4, -1, -1), strict=True)
    }
    by_column = [
        ("user_id=us_00000000000A", [4, 3, 1, 0]),
        ("not_user_id=us_00000000000A", [2]),
        ("actor_type=api_key", [2]),
        ("action=loan.returned&has_passkey=null", [2]),
        ("entity_id=lo_1&actor_type=api_key", []),
        ("not_action=loan.lent", [2]),
        ("country=JP&country=NO&entity_id=lo_1", [1]),
        ("country=JP&country=NO&user_id=us_00000000000A", [4, 3, 1, 0]),
        ("country=JP&country=NO&api_key_id=ap_00000000000K", []),
    ]
    for query, expected in (*FOUND, *by_column):
        assert found(store, query) == expected, query
        walked = [n for n in expected[:1] for n in _onwards(store, query, n, ids_of)]
        assert walked == expected[1:], query
        back = [n for n in expected[-1:] for n in _backwards(store, query, n, ids_of)]
        assert back == expected[-2::-1], query


@pytest.mark.parametrize("sought", ["country=NO", "q=middle", "q=middle&country=NO"])
def test_what_lies_deep_among_what_is_posted_is_found(
    store: EntryStore, database: Database, sought: str
) -> None:
    def page(**asked: str) -> list[int]:
        filters = read_filters(
            [("action", "loan.returned"), *(tuple(each.split("=")) for each in sought.split("&"))],  # type: ignore[list-item]
            CATALOGUE,
        )
        return [each.id for each in store.find(filters, read_page(asked.items())).entries]

    deep = deed_of(RETURNED, entity_label="Middlemarch")
    oldest = store.append(deep).id
    store.append_all(lent() for _ in range(40))
    newest = store.append(deep).id
    seal_all(database)
    assert page(limit="1") == [newest]
    assert page(limit="1", offset="1") == [oldest]
    assert page(limit="1", starting_after=ids.show(newest)) == [oldest]
    assert page(limit="1", ending_before=ids.show(oldest)) == [newest]


@pytest.mark.parametrize("sealed", [False, True])
def test_the_memory_of_a_look_up_does_not_grow_with_what_is_not_posted(
    store: EntryStore, database: Database, monkeypatch: pytest.MonkeyPatch, *, sealed: bool
) -> None:
    monkeypatch.setattr(entry_store, "PORTION", 10)
    label = "Of many words. " * 1000
    wanted = [
        each.id for each in (store.append(lent()), store.append(lent(entity_label="Charles")))
    ]
    store.append_all(lent(entity_label=label) for _ in range(300))
    if sealed:
        seal_unposted(database)
    filters = read_filters([("q", "charles")], CATALOGUE)
    tracemalloc.start()
    try:
        page = store.find(filters, read_page([]))
        followed = store.follow(filters, -1, 10) if sealed else None
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert [each.id for each in page.entries] == wanted[::-1]
    assert followed is None or [each.id for each in followed.entries] == wanted
    assert peak < len(label) * 100


def _ids(store: EntryStore) -> list[str]:
    return [
        each.shown_id for each in store.find(read_filters([], CATALOGUE), read_page([])).entries
    ]


def _onwards(store: EntryStore, query: str, number: int, ids_of: dict[int, str]) -> Iterator[int]:
    while page := found(store, query, limit=1, starting_after=ids_of[number]):
        yield (number := page[0])


def _backwards(store: EntryStore, query: str, number: int, ids_of: dict[int, str]) -> Iterator[int]:
    while page := found(store, query, limit=1, ending_before=ids_of[number]):
        yield (number := page[0])


def test_a_look_up_finds_nothing_of_another_instance(store: EntryStore, database: Database) -> None:
    with closing(autocommitting(database)) as connection:
        other = open_store(connection, OTHER_INSTANCE, CATALOGUE)
        for _ in range(2):
            other.append(lent(instance_id=OTHER_INSTANCE))
            assert found(store, "q=charles") == []
            assert found(store, "ref_id=bo_000000000001") == []
            seal_all(database)


def test_a_follower_asks_for_the_same(store: EntryStore, database: Database) -> None:
    filters = read_filters([("q", "charles")], CATALOGUE, everything=True)
    for seal in (seal_all, seal_unposted):
        for deed in DEEDS:
            store.append(deed)
        seal(database)
    followed = store.follow(filters, -1, 10)
    assert [each.sequence for each in followed.entries] == [0, 1, 5, 6]
    assert followed.cursor == 9
    assert [each.sequence for each in store.follow(filters, 0, 2).entries] == [1, 5]
    assert [each.sequence for each in store.follow(filters, 5, 1).entries] == [6]
    assert store.positions(filters, 1, 6) == {1, 5}


def test_what_can_identify_a_person_is_posted_apart(store: EntryStore, database: Database) -> None:
    for deed in DEEDS:
        store.append(deed)
    seal_all(database)
    with closing(autocommitting(database)) as connection:
        kept = {value for (value,) in rows(connection, "SELECT value FROM deedbook_posting")}
        apart = {
            value for (value,) in rows(connection, "SELECT value FROM deedbook_personal_posting")
        }
    assert {"middlemarch", "bo_X"} <= kept
    assert {"charles", "203.0.113.7", "NO", "strasse 9"} <= apart
    assert not kept & {"charles", "203.0.113.7", "NO", "strasse 9"}
    assert all(len(value) <= MAX_CHARACTERS for value in apart if value.startswith("y"))


def test_what_is_no_entry_is_found_by_nothing() -> None:
    for record in (b"", b"null", b"{}", b'{"action":1}', b"\xff"):
        assert postings_of(record, b"{}", CATALOGUE) == (set(), set())


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("q=", "q: is empty"),
        ("q=  ", "q: is empty"),
        ("ref_id=", "ref_id: is empty"),
        ("ip_address=1.2.3", "ip_address: '1.2.3' does not appear to be an IPv4 or IPv6 address"),
        ("country=no", "country: must be a country code (ISO 3166-1: two capitals)"),
        ("not_country=NO", "not_country: unknown parameter"),
    ],
)
def test_a_look_up_that_cannot_be_is_refused(query: str, problem: str) -> None:
    name, _, value = query.partition("=")
    with pytest.raises(InvalidParameters) as refused:
        read_filters([(name, value)], CATALOGUE)
    assert refused.value.problems == [problem]

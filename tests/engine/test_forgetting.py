"""Forgetting: what a decree takes, what stays, and what the databases refuse. On both."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any, Final

import psycopg
import pytest

from databases import Database, RawConnection
from deedbook.engine import (
    Actor,
    EntryIds,
    EntryStore,
    Filters,
    InvalidDeed,
    Page,
    Ref,
    create_log,
    ids,
    open_store,
    read_filters,
)
from deedbook.engine.decree import Erasure, Expiry, Selector, decree_of, effect_of
from deedbook.engine.encoding import NEWEST, PLAIN
from deedbook.engine.entry import ERASED_PERSONAL
from deedbook.engine.integrity.merkle import leaf_hash, verify_inclusion
from sample.catalogue import (
    ADA,
    CATALOGUE,
    DESK,
    INSTANCE,
    KEY,
    OTHER_INSTANCE,
    RETURNED,
    deed_of,
    lent,
)
from sample.encoding import stored_in
from sample.forgetting import erasing, expiring, forget_all, opened_forgetter
from sample.sealing import autocommitting, checkpoint_of, make_log, rows, seal_all, seal_unposted

REFUSALS: Final = (sqlite3.IntegrityError, psycopg.IntegrityError)
EVERYTHING: Final = Filters(include=frozenset({"denied", "system"}))
BOB: Final = replace(ADA, id="us_00000000000B", name="Bob", email="bob@example.com")
NOW: Final = 1_800_000_000_000


@pytest.fixture
def store(connection: RawConnection) -> EntryStore:
    return open_store(connection, INSTANCE, CATALOGUE, EntryIds(count(NOW).__next__))


def states(store: EntryStore) -> list[str]:
    """Give what is left of the personal part of each entry that is listed, oldest first."""
    found = store.find(EVERYTHING, Page(limit=100)).entries
    return [json.loads(entry.wire())["personal_state"] for entry in reversed(found)]


def run(connection: RawConnection, sql: str) -> None:
    """Run a statement in a transaction of its own."""
    bytes_type = "BLOB" if isinstance(connection, sqlite3.Connection) else "bytea"
    sql = sql.replace("<bytes>", f"CAST('some' AS {bytes_type})")
    connection.execute("BEGIN")
    try:
        connection.execute(sql)
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


# Erasure


@pytest.mark.parametrize(
    ("facts", "erased"),
    [
        ({"entry_id": "second"}, [1]),
        ({"user_id": "us_00000000000A"}, [0, 3]),
        ({"api_key_id": "ap_00000000000K"}, [2]),
        ({"api_key_id": "us_00000000000A"}, []),
        ({"entity_type": "loan", "entity_id": "lo_X"}, [0, 2]),
        ({"entity_type": "book", "entity_id": "lo_X"}, []),
        ({"entity_type": "member", "entity_id": "me_X"}, [1, 3]),
    ],
)
def test_an_erasure_takes_what_its_selector_selects(
    database: Database, store: EntryStore, facts: dict[str, str], erased: list[int]
) -> None:
    refs = (Ref("member", "me_X"),)
    deeds = [
        lent(entity_id="lo_X"),
        lent(actor=BOB, refs=refs),
        deed_of(RETURNED, entity_id="lo_X", actor=KEY),
        lent(refs=refs),
    ]
    entries = [store.append(each) for each in deeds]
    if "entry_id" in facts:
        facts = {"entry_id": entries[1].shown_id}
    store.append(erasing(**facts))
    store.append(lent(entity_id="lo_X", refs=refs))
    seal_all(database)
    forget_all(database, batch=1)
    expected = ["erased" if number in erased else "present" for number in range(len(deeds))]
    # What came after the decision is none of it.
    assert states(store) == [*expected, "present", "present"]
    for number, before in enumerate(entries):
        after = store.get(before.id)
        assert after is not None
        assert after.record == before.record
        if number in erased:
            part = before.record[:-1] + b"," + ERASED_PERSONAL[1:-1]
            assert after.wire().startswith(part)
            kept = store.evidence(before.id)
            assert kept is not None
            assert (kept.salt, kept.evidence) == (None, None)


def test_nothing_is_forgotten_before_it_has_its_postings(
    database: Database, store: EntryStore
) -> None:
    store.append(lent(entity_id="lo_X"))
    store.append(erasing(entity_type="loan", entity_id="lo_X"))
    seal_unposted(database)
    assert forget_all(database) == 0
    seal_all(database)
    assert forget_all(database) == 1
    assert states(store)[0] == "erased"
    assert store.find(read_filters([("q", "charles")], CATALOGUE), Page()).entries == ()


def test_what_is_erased_is_not_found_by_it_and_is_found_by_what_stays(
    database: Database, store: EntryStore
) -> None:
    erased = store.append(lent(entity_id="lo_X"))
    other = store.append(lent(origin=replace(DESK, ip_address="198.51.100.1", country="SE")))
    store.append(erasing(entity_type="loan", entity_id="lo_X"))
    seal_all(database)
    forget_all(database)
    for query, expected in {
        "q=charles": [other.id],
        "ip_address=203.0.113.7": [],
        "country=NO": [],
        "country=SE": [other.id],
        "q=middlemarch": [other.id, erased.id],
        "ref_id=bo_000000000001": [other.id, erased.id],
        "user_id=us_00000000000A": [other.id, erased.id],
    }.items():
        name, value = query.split("=")
        found = store.find(read_filters([(name, value)], CATALOGUE), Page()).entries
        assert [entry.id for entry in found] == expected, query


def test_a_decree_waits_for_its_place_and_for_those_who_took_an_id_before(
    database: Database, connection: RawConnection, store: EntryStore
) -> None:
    store.append(lent())
    decided = store.append(erasing(user_id="us_00000000000A"))
    assert forget_all(database) == 0
    seal_all(database)
    settled = ids.unix_ms_of(decided.id) + 60_000
    for now_ms, batches in ((settled - 1, 0), (settled, 1)):
        options: dict[str, Any] = {"settling_ms": 60_000, "clock_ms": partial(int, now_ms)}
        # Whoever committed late is sealed after the decision, and erased all the same.
        if batches:
            early = EntryIds(lambda: NOW - 5)
            open_store(connection, INSTANCE, CATALOGUE, early).append(lent())
            assert forget_all(database, **options) == 0
            seal_all(database)
        assert forget_all(database, **options) == batches
    assert states(store) == ["erased", "erased", "present"]
    assert store.decrees.undone() == []


def test_a_hold_stops_an_erasure_that_would_touch_what_it_holds(
    database: Database, store: EntryStore
) -> None:
    store.append(lent(entity_id="lo_X"))
    store.append(lent(entity_id="lo_Y"))
    selector = Selector(user_id="us_00000000000A")
    store.append(erasing(**selector.facts()))
    seal_all(database)
    for hold in (
        Selector(entity_type="loan", entity_id="lo_Y"),
        Selector(user_id="us_00000000000A"),
        Selector(entity_type="book", entity_id="bo_000000000001"),
    ):
        assert forget_all(database, [hold]) == 0, hold
    assert store.decrees.undone() == [Erasure(selector)]
    for hold in (Selector(user_id="us_00000000000B"), Selector(entity_type="x", entity_id="y")):
        assert not store.decrees.touches(selector, hold)
    forget_all(database, [hold])
    assert states(store) == ["erased", "erased", "present"]


def test_an_erasure_leaves_other_instances_alone(
    database: Database, connection: RawConnection, store: EntryStore
) -> None:
    theirs = open_store(connection, OTHER_INSTANCE, CATALOGUE)
    theirs.append(lent(instance_id=OTHER_INSTANCE))
    store.append(lent())
    store.append(erasing(user_id="us_00000000000A"))
    store.append(expiring(1))
    seal_all(database)
    forget_all(database)
    assert states(theirs) == ["present"]


# Retention


def test_what_expires_is_gone_from_everywhere_but_its_place(
    database: Database, store: EntryStore
) -> None:
    old = [store.append(lent(entity_id=f"lo_{number}")) for number in range(5)]
    new = [store.append(lent(actor=KEY)), store.append(lent())]
    decided = store.append(expiring(5))
    seal_all(database)
    assert store.decrees.horizon() == 5
    forget_all(database, batch=2)
    kept = [decided.id, new[1].id, new[0].id]
    found = store.find(EVERYTHING, Page()).entries
    assert [entry.id for entry in found] == kept
    for entry in old:
        assert store.get(entry.id) is None
        assert store.decrees.is_expired(entry.id)
        assert store.evidence(entry.id) is None
    assert not store.decrees.is_expired(new[0].id)
    assert not store.decrees.is_expired(old[0].id - 1)
    for query in ("q=middle", "ref_id=lo_0", "entity_id=lo_0", "country=NO", "action=loan.lent"):
        name, value = query.split("=")
        filters = read_filters([(name, value)], CATALOGUE)
        expected = [] if value == "lo_0" else [new[1].id, new[0].id]
        assert [each.id for each in store.find(filters, Page()).entries] == expected, query
        counted = store.count(filters).counts["action"]
        assert counted == ({"loan.lent": 2} if expected else {}), query
    assert store.count(EVERYTHING).counts["user_id"] == {"us_00000000000A": 1}
    buckets = store.histogram(EVERYTHING, now_ms=NOW + 1000, buckets=5).buckets
    assert sum(sum(each.counts.values()) for each in buckets) == 3
    followed = store.follow(EVERYTHING, -1, 100)
    assert [entry.sequence for entry in followed.entries] == [5, 6, 7]
    assert store.find(EVERYTHING, Page(after=new[0].id)).entries == ()


def test_an_expired_entry_is_proved_as_before(database: Database, store: EntryStore) -> None:
    entries = [store.append(lent()) for _ in range(5)]
    store.append(expiring(3))
    seal_all(database)
    forget_all(database)
    for entry in entries:
        proved = store.proofs.inclusion(entry.id)
        assert proved is not None
        assert proved.leaf_hash == leaf_hash(entry.record)
        checkpoint = checkpoint_of(proved.checkpoint.note)
        assert verify_inclusion(
            proved.leaf_hash, proved.sequence, checkpoint.size, proved.proof, checkpoint.root
        )


def test_an_act_on_the_log_keeps_its_record_for_ever(database: Database, store: EntryStore) -> None:
    store.append(lent())
    erased = store.append(erasing(user_id="us_00000000000B"))
    store.append(lent())
    store.append(expiring(3))
    seal_all(database)
    forget_all(database)
    assert states(store) == ["expired", "present"]
    kept = store.get(erased.id)
    assert kept is not None
    assert (kept.record, kept.personal) == (erased.record, None)


def test_what_is_held_outlasts_retention_until_the_next_time_after_the_hold(
    database: Database, store: EntryStore
) -> None:
    held = store.append(lent(entity_id="lo_X"))
    store.append(lent())
    store.append(expiring(2))
    seal_all(database)
    hold = Selector(entity_type="loan", entity_id="lo_X")
    forget_all(database, [hold])
    assert store.get(held.id) == replace(held, sequence=0, past_retention=True)
    assert states(store) == ["present", "present"]
    store.append(expiring(2))
    seal_all(database)
    forget_all(database)
    assert store.get(held.id) is None


def test_the_horizon_of_an_instant_has_nothing_newer_below_it(
    database: Database, connection: RawConnection
) -> None:
    moments = [5, 1, 2, 9, 3, 10]
    for moment in moments:
        store = open_store(connection, INSTANCE, CATALOGUE, EntryIds(partial(int, NOW + moment)))
        store.append(lent())
        seal_all(database)
    horizons = [
        store.decrees.horizon_at(NOW + moment, len(moments)) for moment in (5, 6, 9, 10, 11)
    ]
    assert horizons == [0, 3, 3, 5, 6]
    store.append(expiring(3))
    assert store.decrees.horizon_at(NOW, 7) == 3


# What is decreed


@pytest.mark.parametrize(
    "effect",
    [
        {"kind": "personal_erased"},
        {"kind": "personal_erased", "selector": {}},
        {"kind": "personal_erased", "selector": {"user_id": "us_1", "entry_id": "al_000000000001"}},
        {"kind": "personal_erased", "selector": {"entity_id": "lo_1"}},
        {"kind": "personal_erased", "selector": {"entry_id": "nonsense"}},
        {"kind": "personal_erased", "selector": {"user_id": "us_\0"}},
        {"kind": "personal_erased", "selector": {"name": "Charles"}},
        {"kind": "personal_erased", "selector": {"user_id": "us_1"}, "more": 1},
        {"kind": "entries_expired", "before_sequence": -1},
        {"kind": "entries_expired", "before_sequence": "7"},
        {"kind": "entries_expired"},
    ],
)
def test_an_effect_that_decrees_nothing_is_refused(
    store: EntryStore, effect: dict[str, object]
) -> None:
    with pytest.raises(InvalidDeed):
        store.append(lent(effect=effect))


def test_an_effect_of_another_kind_is_no_decree(store: EntryStore) -> None:
    for effect in ({"kind": "key_rotated"}, {"cause": "al_000000000001"}, {}):
        store.append(lent(effect=effect))
        store.append_all([lent(effect=effect)])
    store.append_all([lent(), expiring(0)])
    assert store.decrees.undone() == [Expiry(0)]


def test_an_effect_says_what_it_decrees() -> None:
    for decree in (Erasure(Selector(entity_type="loan", entity_id="lo_1")), Expiry(7)):
        assert decree_of(effect_of(decree)) == decree


# What the databases refuse

_ERASE: Final = "UPDATE deedbook_entry SET personal = NULL, salt = NULL, evidence = NULL"
_EXPIRE: Final = (
    "UPDATE deedbook_entry SET record = NULL, personal = NULL, salt = NULL, evidence = NULL,"
    " kind = 0, actor_id = NULL, entity_id = ''"
)
_FIRST: Final = " WHERE id = (SELECT min(id) FROM deedbook_entry)"
_LAST: Final = " WHERE id = (SELECT max(id) FROM deedbook_entry)"


def prepared(database: Database, store: EntryStore, *decrees: Any) -> None:
    """Have two entries, and decrees that nobody has carried out."""
    store.append(lent(evidence=b"proof"))
    store.append(lent())
    for each in decrees:
        store.append(each)
    seal_all(database)


@pytest.mark.parametrize(
    "sql",
    [
        f"{_ERASE}, kind = kind + 1{_FIRST}",
        f"{_ERASE}, actor_id = 'us_00000000000B'{_FIRST}",
        f"{_ERASE}, actor_id = NULL{_FIRST}",
        f"{_ERASE}, entity_id = ''{_FIRST}",
        f"{_ERASE}, encoding = 0{_FIRST}",
        f"{_ERASE}, instance_id = 'in_000000000002'{_FIRST}",
        f"{_ERASE}, id = id - 1{_FIRST}",
        f"{_ERASE}, record = <bytes>{_FIRST}",
        f"UPDATE deedbook_entry SET personal = NULL{_FIRST}",
        f"UPDATE deedbook_entry SET personal = NULL, salt = NULL{_FIRST}",
        f"UPDATE deedbook_entry SET evidence = NULL{_FIRST}",
        f"UPDATE deedbook_entry SET personal = <bytes>, salt = NULL, evidence = NULL{_FIRST}",
        f"{_ERASE}{_LAST}",
        _EXPIRE + _FIRST,
        f"{_ERASE}, record = NULL{_FIRST}",
    ],
)
def test_an_erasure_changes_nothing_but_the_personal_part(
    database: Database, connection: RawConnection, store: EntryStore, sql: str
) -> None:
    prepared(database, store, erasing(user_id="us_00000000000A"))
    before = rows(connection, "SELECT * FROM deedbook_entry ORDER BY id")
    with pytest.raises(REFUSALS, match="deedbook: "):
        run(connection, sql)
    assert rows(connection, "SELECT * FROM deedbook_entry ORDER BY id") == before
    run(connection, _ERASE + _FIRST)


@pytest.mark.parametrize(
    "sql",
    [
        f"{_EXPIRE} WHERE id = (SELECT entry_id FROM deedbook_position WHERE sequence = 1)",
        f"{_EXPIRE}, encoding = 0{_FIRST}",
        f"{_EXPIRE}, instance_id = 'in_000000000002'{_FIRST}",
        _EXPIRE.replace("kind = 0", "kind = 1") + _FIRST,
        _EXPIRE.replace("entity_id = ''", "entity_id = 'lo_1'") + _FIRST,
        _EXPIRE.replace("actor_id = NULL", "actor_id = 'us_1'") + _FIRST,
        _EXPIRE.replace("salt = NULL", "salt = salt") + _FIRST,
        f"UPDATE deedbook_entry SET record = NULL{_FIRST}",
        _EXPIRE + _LAST,
    ],
)
def test_retention_takes_all_of_an_entry_below_its_horizon_and_no_other(
    database: Database, connection: RawConnection, store: EntryStore, sql: str
) -> None:
    prepared(database, store, expiring(1))
    before = rows(connection, "SELECT * FROM deedbook_entry ORDER BY id")
    with pytest.raises(REFUSALS, match="deedbook: "):
        run(connection, sql)
    assert rows(connection, "SELECT * FROM deedbook_entry ORDER BY id") == before
    run(connection, _EXPIRE + _FIRST)


def test_retention_cannot_take_the_record_of_an_act_on_the_log(
    database: Database, connection: RawConnection, store: EntryStore
) -> None:
    store.append(erasing(user_id="us_00000000000B"))
    prepared(database, store, expiring(2))
    with pytest.raises(REFUSALS, match="deedbook: "):
        run(connection, _EXPIRE + _FIRST)
    run(connection, _ERASE + _FIRST)


def test_without_a_decree_of_its_own_log_that_has_its_place_nothing_goes(
    database: Database, connection: RawConnection, store: EntryStore
) -> None:
    later = EntryIds(count(NOW + 10**6).__next__)
    theirs = open_store(connection, OTHER_INSTANCE, CATALOGUE, later)
    prepared(database, store)
    theirs.append(replace(erasing(user_id="us_00000000000A"), instance_id=OTHER_INSTANCE))
    theirs.append(replace(expiring(9), instance_id=OTHER_INSTANCE))
    seal_all(database)
    ours = f" WHERE instance_id = '{INSTANCE}'"
    for sql in (_ERASE, _EXPIRE):
        with pytest.raises(REFUSALS, match="deedbook: "):
            run(connection, sql + ours)
    store.append(erasing(user_id="us_00000000000A"))
    for sql in (_ERASE, _EXPIRE):
        with pytest.raises(REFUSALS, match="deedbook: "):
            run(connection, sql + _FIRST)
    seal_all(database)
    run(connection, _ERASE + _FIRST)


def test_what_has_no_place_yet_stays(
    database: Database, connection: RawConnection, store: EntryStore
) -> None:
    prepared(database, store, erasing(user_id="us_00000000000A"))
    early = open_store(connection, INSTANCE, CATALOGUE, EntryIds(lambda: NOW - 5))
    early.append(lent())
    with pytest.raises(REFUSALS, match="deedbook: "):
        run(connection, _ERASE + _FIRST)


def test_a_decree_that_is_carried_out_is_over(
    database: Database, connection: RawConnection, store: EntryStore
) -> None:
    prepared(database, store, erasing(user_id="us_00000000000B"), expiring(0))
    forget_all(database)
    for sql in (_ERASE, _EXPIRE):
        with pytest.raises(REFUSALS, match="deedbook: "):
            run(connection, sql + _FIRST)


@pytest.mark.parametrize(
    "back",
    [
        "personal = <bytes>",
        "personal = <bytes>, salt = <bytes>",
        "salt = <bytes>",
        "evidence = <bytes>",
        "record = <bytes>",
        "kind = 1",
        "actor_id = 'us_00000000000A'",
        "entity_id = 'lo_000000000001'",
    ],
)
def test_what_is_forgotten_never_comes_back(
    database: Database, connection: RawConnection, store: EntryStore, back: str
) -> None:
    prepared(database, store, erasing(user_id="us_00000000000A"), expiring(1))
    run(connection, _EXPIRE + _FIRST)
    with pytest.raises(REFUSALS, match="deedbook: "):
        run(connection, f"UPDATE deedbook_entry SET {back}{_FIRST}")


_INSERT: Final = "INSERT INTO deedbook_decree (instance_id, entry_id, effect"


@pytest.mark.parametrize(
    "sql",
    [
        f'{_INSERT}) SELECT instance_id, id, \'{{"kind":"made_up"}}\' FROM deedbook_entry',
        f"{_INSERT}) SELECT instance_id, id, 'null' FROM deedbook_entry",
        f"{_INSERT}) SELECT instance_id, id + 1, <effect> FROM deedbook_entry{_LAST}",
        f"{_INSERT}) SELECT 'in_000000000002', id, <effect> FROM deedbook_entry{_LAST}",
        f"{_INSERT}) SELECT instance_id, id, <effect> FROM deedbook_entry{_FIRST}",
        "UPDATE deedbook_decree SET effect = replace(effect, '1', '2')",
        "UPDATE deedbook_decree SET entry_id = entry_id + 1",
        "UPDATE deedbook_decree SET instance_id = 'in_000000000002'",
        "UPDATE deedbook_decree SET reached = -1",
        "DELETE FROM deedbook_decree",
    ],
)
def test_a_decree_is_what_its_entry_says(
    database: Database, connection: RawConnection, store: EntryStore, sql: str
) -> None:
    prepared(database, store, expiring(1))
    before = rows(connection, "SELECT * FROM deedbook_decree")
    sql = sql.replace("<effect>", "(SELECT effect FROM deedbook_decree)")
    with pytest.raises(REFUSALS, match="deedbook: "):
        run(connection, sql)
    assert rows(connection, "SELECT * FROM deedbook_decree") == before


def test_a_decree_that_is_over_is_never_taken_up_again(
    database: Database, connection: RawConnection, store: EntryStore
) -> None:
    prepared(database, store, expiring(1))
    forget_all(database)
    for change in ("done = (1 = 0)", "reached = 0", "reached = 10"):
        with pytest.raises(REFUSALS, match="deedbook: "):
            run(connection, f"UPDATE deedbook_decree SET {change}")


def test_sqlite_refuses_to_replace_a_decree(sqlite_database: Database) -> None:
    make_log(sqlite_database)
    with closing(autocommitting(sqlite_database)) as connection:
        store = open_store(connection, INSTANCE, CATALOGUE)
        prepared(sqlite_database, store, expiring(1))
        forget_all(sqlite_database)
        for pragma in ("ON", "OFF"):
            connection.execute(f"PRAGMA recursive_triggers = {pragma}")
            with pytest.raises(sqlite3.IntegrityError, match="deedbook: "):
                run(
                    connection,
                    f"{_INSERT.replace('INSERT', 'INSERT OR REPLACE')})"
                    " SELECT instance_id, entry_id, effect FROM deedbook_decree",
                )


def test_postgresql_refuses_to_truncate_decrees_and_to_believe_a_temporary_table(
    postgres_database: Database,
) -> None:
    make_log(postgres_database)
    with closing(autocommitting(postgres_database)) as connection:
        store = open_store(connection, INSTANCE, CATALOGUE)
        prepared(postgres_database, store)
        with pytest.raises(psycopg.IntegrityError):
            run(connection, "TRUNCATE deedbook_decree")
        connection.execute(
            "CREATE TEMP VIEW deedbook_decree_in_force AS SELECT 'in_000000000001' AS instance_id,"
            " 9223372036854775807 AS entry_id, NULL::bigint AS before_sequence"
        )
        with pytest.raises(psycopg.IntegrityError):
            run(connection, _ERASE + _FIRST)


# The bytes themselves

SECRET: Final = "Zephyrine Quackenbush"


@pytest.mark.parametrize("encoding", [PLAIN, NEWEST])
def test_the_file_of_sqlite_does_not_hold_an_erased_name(
    sqlite_database: Database, encoding: int
) -> None:
    make_log(sqlite_database)
    entry_ids = EntryIds()
    with closing(autocommitting(sqlite_database)) as connection:
        store = open_store(connection, INSTANCE, CATALOGUE, entry_ids)
        actor = Actor(
            type=ADA.type, id="us_00000000000Z", name=SECRET, role="owner", auth_method=""
        )
        # At this length no reorganisation of a page left a copy behind (docs/forgetting.md).
        for number in range(340):
            label = f"{number} books, for {SECRET}"
            deed = lent(actor=actor, entity_label=label) if number % 7 == 0 else lent()
            store.append_written([stored_in(encoding, deed, entry_ids.take())])
            if number % 20 == 0:
                seal_all(sqlite_database)
        store.append(erasing(user_id="us_00000000000Z"))
        seal_all(sqlite_database)
        folder = Path(sqlite_database.path).parent
        stored = rows(
            connection, "SELECT personal FROM deedbook_entry WHERE actor_id = 'us_00000000000Z'"
        )
        names = [SECRET.lower().encode(), b"quackenbush"]
        # Small, a name does not show: then it is the bytes that hold it which have to go.
        personal = [bytes(part).lower() for (part,) in stored]
        assert occurrences(folder, names) > 40
        assert occurrences(folder, personal) >= len(personal) == 49
        forget_all(sqlite_database, batch=10)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        assert occurrences(folder, names + personal) == 0


def occurrences(folder: Path, sought: list[bytes]) -> int:
    contents = [file.read_bytes().lower() for file in folder.iterdir()]
    return sum(content.count(each) for content in contents for each in sought)


def test_a_database_from_before_retention_lets_records_go(sqlite_database: Database) -> None:
    """The table of that time had its records NOT NULL, and a trigger that refused every change."""
    with sqlite_database.connection() as connection:
        connection.execute(
            "CREATE TABLE deedbook_entry (id INTEGER PRIMARY KEY, instance_id TEXT NOT NULL,"
            " kind INTEGER NOT NULL, actor_id TEXT, entity_id TEXT NOT NULL,"
            " encoding INTEGER NOT NULL,\n    record BLOB NOT NULL,\n    personal BLOB, salt BLOB,"
            " evidence BLOB) STRICT"
        )
        connection.execute(
            "CREATE TRIGGER deedbook_entry_no_update BEFORE UPDATE ON deedbook_entry BEGIN"
            " SELECT RAISE(ABORT, 'deedbook: an entry of the audit log cannot be changed'); END"
        )
        create_log(connection)
        connection.commit()
        open_store(connection, INSTANCE, CATALOGUE).append(lent())
        open_store(connection, INSTANCE, CATALOGUE).append(expiring(1))
        connection.commit()
    seal_all(sqlite_database)
    forget_all(sqlite_database)
    with sqlite_database.connection() as connection:
        assert rows(connection, "SELECT count(*) FROM deedbook_entry WHERE record IS NULL") == [
            (1,)
        ]
        assert rows(connection, "PRAGMA integrity_check") == [("ok",)]


def test_a_log_with_nothing_to_forget_is_only_read(database: Database, store: EntryStore) -> None:
    store.append(lent())

    def refuse() -> Any:
        raise AssertionError("a transaction that writes")

    with opened_forgetter(database) as forgetter:
        forgetter._writing = refuse
        assert not forgetter.run_once()

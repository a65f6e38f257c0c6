"""Appending: what is written, what is served, and what the log refuses. On both databases."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from databases import Database, RawConnection, run
from deedbook.engine import (
    Action,
    Actor,
    Changes,
    EntryIds,
    EntryStore,
    Filters,
    InvalidDeed,
    NoMetadata,
    Origin,
    Outcome,
    Page,
    append,
    create_log,
    ids,
    open_store,
)
from deedbook.engine.canonical import encode
from deedbook.engine.encoding import NEWEST, unpack
from deedbook.engine.entry import ERASED_PERSONAL, Entry
from deedbook.engine.errors import UnsupportedConnection
from deedbook.engine.origin.header import clean_header
from sample.catalogue import (
    ADA,
    CATALOGUE,
    CLOCK,
    INSTANCE,
    KEY,
    LENT,
    OTHER_INSTANCE,
    LoanMetadata,
    deed_of,
    lent,
)

REFUSALS = (sqlite3.IntegrityError, psycopg.IntegrityError)
EVERYTHING = Filters(include=frozenset({"denied", "system"}))

RECORD_FIELDS = {
    *("v", "id", "instance_id", "created_at", "actor_type", "user_id", "api_key_id", "role"),
    *("auth_method", "has_passkey", "session_id", "feature", "operation", "action", "outcome"),
    *("entity_type", "entity_id", "refs", "metadata", "changes", "effect", "request_id", "method"),
    *("route", "evidence_hash", "personal_hash"),
}
PERSONAL_FIELDS = {
    *("actor", "entity_label", "ip_address", "peer_ip", "forwarded_for", "country"),
    *("country_source", "user_agent", "personal"),
}
ENVELOPE = {"sequence", "personal_state"}
# The required keys of AuditLogOut and of its actor in the platform's contract.
CONTRACT = {
    *("id", "instance_id", "actor_type", "user_id", "api_key_id", "role", "feature", "operation"),
    *("entity_type", "entity_id", "metadata", "ip_address", "user_agent", "country"),
    *("has_passkey", "request_id", "created_at", "actor"),
}
CONTRACT_ACTOR = {"id", "name", "email", "image_url"}


@pytest.fixture
def connection(database: Database) -> Iterator[RawConnection]:
    with database.connection() as opened:
        create_log(opened)
        opened.commit()
        yield opened


def newest(store: EntryStore) -> dict[str, Any]:
    found = store.find(EVERYTHING, Page(limit=1)).entries[0]
    return json.loads(found.wire())  # type: ignore[no-any-return]


# What is written


def test_an_entry_has_every_field_and_nothing_else(store: EntryStore) -> None:
    entry = store.append(lent())
    assert set(json.loads(entry.record)) == RECORD_FIELDS
    assert entry.personal is not None
    assert set(json.loads(entry.personal)) == PERSONAL_FIELDS
    served = json.loads(entry.wire())
    assert set(served) == RECORD_FIELDS | PERSONAL_FIELDS | ENVELOPE
    assert set(served) >= CONTRACT
    assert set(served["actor"]) >= CONTRACT_ACTOR


def test_an_entry_says_who_did_what_how_and_from_where(store: EntryStore) -> None:
    deed = lent(
        changes=Changes(
            kept={"shelf": {"from": "A", "to": "B"}}, personal={"note": {"from": None, "to": "x"}}
        ),
        effect={"kind": "test"},
    )
    before = datetime.now(UTC)
    store.append(deed)
    served = newest(store)
    created_at = datetime.fromisoformat(served.pop("created_at"))
    assert before - timedelta(milliseconds=1) <= created_at <= datetime.now(UTC)
    assert ids.created_at_of(ids.read(served.pop("id")) or 0) == created_at.isoformat(
        timespec="milliseconds"
    ).replace("+00:00", "Z")
    served.pop("personal_hash")
    assert served == {
        "v": 1,
        "instance_id": INSTANCE,
        "actor_type": "user",
        "user_id": "us_00000000000A",
        "api_key_id": None,
        "role": "owner",
        "auth_method": "passkey_session",
        "has_passkey": True,
        "session_id": "5e55",
        "feature": "loan",
        "operation": "create",
        "action": "loan.lent",
        "outcome": "success",
        "entity_type": "loan",
        "entity_id": "lo_000000000001",
        "refs": [
            {"type": "book", "id": "bo_000000000001"},
            {"type": "member", "id": "me_000000000001"},
        ],
        "metadata": {"book": "Middlemarch", "fee": "1.50"},
        "changes": {"shelf": {"from": "A", "to": "B"}},
        "effect": {"kind": "test"},
        "request_id": "0123456789abcdef0123456789abcdef",
        "method": "POST",
        "route": "/v1/loans",
        "evidence_hash": None,
        "actor": {
            "id": "us_00000000000A",
            "name": "Ada Lovelace",
            "email": "ada@example.com",
            "image_url": "https://example.com/ada.png",
            "key_prefix": None,
            "created_by": None,
        },
        "entity_label": "Middlemarch, for Charles",
        "ip_address": "203.0.113.7",
        "peer_ip": "10.0.0.1",
        "forwarded_for": "203.0.113.7, 10.0.0.1",
        "country": "NO",
        "country_source": "iptocc 2026-10",
        "user_agent": "Desk/1.0",
        "personal": {
            "metadata": {"borrower": "Charles"},
            "changes": {"note": {"from": None, "to": "x"}},
        },
        "sequence": None,
        "personal_state": "present",
    }


def test_an_entry_of_an_api_key_names_the_key_and_its_maker(store: EntryStore) -> None:
    store.append(lent(actor=KEY))
    served = newest(store)
    assert (served["actor_type"], served["user_id"], served["api_key_id"]) == (
        "api_key",
        None,
        "ap_00000000000K",
    )
    assert served["has_passkey"] is None
    assert served["actor"] == {
        "id": "ap_00000000000K",
        "name": "Returns desk",
        "email": None,
        "image_url": None,
        "key_prefix": "lib_live_4f",
        "created_by": {"id": "us_00000000000A", "name": "Ada Lovelace"},
    }


def test_an_entry_of_the_system_names_nobody(store: EntryStore) -> None:
    store.append(lent(actor=CLOCK, origin=Origin()))
    served = newest(store)
    assert (served["actor_type"], served["role"]) == ("system", "system")
    assert served["user_id"] is served["api_key_id"] is served["has_passkey"] is None
    assert served["actor"]["id"] is served["ip_address"] is None


@pytest.mark.parametrize("outcome", Outcome)
def test_a_denied_act_says_so(store: EntryStore, outcome: Outcome) -> None:
    store.append(lent(outcome=outcome))
    assert newest(store)["outcome"] == outcome.value


def test_nothing_that_names_a_person_is_in_the_record(store: EntryStore) -> None:
    record = store.append(lent(changes=Changes(personal={"name": {"from": "X", "to": "Zelda"}})))
    # By whole values where they are short: the id is random, and may hold any letters.
    for name in (
        b'"Ada',
        b"ada@",
        b"Charles",
        b"203.0.",
        b"Desk/",
        b'"NO"',
        b"Zelda",
        b"example.com",
    ):
        assert name not in record.record


def test_what_is_read_are_the_bytes_that_were_written(store: EntryStore) -> None:
    written = store.append(lent())
    read = store.get(written.id)
    assert read == written
    assert store.find(EVERYTHING, Page()).entries == (written,)
    assert written.personal is not None
    assert encode(json.loads(written.record)) == written.record
    assert encode(json.loads(written.personal)) == written.personal


def test_a_reply_is_record_personal_and_envelope_laid_end_to_end(store: EntryStore) -> None:
    entry = store.append(lent())
    assert entry.personal is not None
    envelope = b'"sequence":null,"personal_state":"present"}'
    assert entry.wire() == entry.record[:-1] + b"," + entry.personal[1:-1] + b"," + envelope
    # Whoever gets the reply can take it apart again, and has the bytes that were hashed.
    served = json.loads(entry.wire())
    assert encode({name: served[name] for name in RECORD_FIELDS}) == entry.record
    assert encode({name: served[name] for name in PERSONAL_FIELDS}) == entry.personal


def test_the_record_binds_the_personal_part_by_its_hash(
    connection: RawConnection, store: EntryStore
) -> None:
    written = [store.append(lent(evidence=b"assertion")) for _ in range(2)]
    salts = []
    for entry in written:
        [(record, personal, salt, evidence)] = run(
            connection,
            "SELECT record, personal, salt, evidence FROM deedbook_entry WHERE id = ?",
            entry.id,
        )
        record, personal = (unpack(NEWEST, bytes(each)) for each in (record, personal))
        bound = json.loads(record)
        assert bound["personal_hash"] == hashlib.sha256(salt + personal).hexdigest()
        assert bound["evidence_hash"] == hashlib.sha256(salt + evidence).hexdigest()
        assert evidence == b"assertion"
        assert len(salt) >= 16
        salts.append(bytes(salt))
    # Without a salt of its own, equal details would show as equal hashes.
    assert salts[0] != salts[1]


def test_an_erased_personal_part_is_served_as_fixed_bytes() -> None:
    record = b'{"id":"al_000000000001"}'
    served = Entry(1, record, None).wire()
    assert served.startswith(record[:-1] + b"," + ERASED_PERSONAL[1:-1])
    erased = json.loads(served)
    assert erased["personal_state"] == "erased"
    assert set(erased) >= PERSONAL_FIELDS
    assert set(erased["actor"]) >= CONTRACT_ACTOR
    assert erased["personal"] == {"metadata": {}, "changes": {}}


# Whatever comes from outside


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.text(st.characters(), min_size=1), number=st.integers())
@pytest.mark.parametrize("place", ["entity_id", "entity_label", "user_agent", "name", "book"])
def test_any_text_can_be_recorded_and_is_found_again(
    store: EntryStore, place: str, text: str, number: int
) -> None:
    """NUL, lone surrogates, control and bidi characters: a poisoned header stops no loan."""
    sides: dict[str, dict[str, Any]] = {
        "entity_id": {"entity_id": text},
        "entity_label": {"entity_label": text},
        "user_agent": {"origin": Origin(user_agent=text)},
        "name": {"actor": Actor(type=ADA.type, id=ADA.id, role="owner", auth_method="", name=text)},
        "book": {"metadata": LoanMetadata(text, text, Decimal(number))},
    }
    entry = store.append(lent(**sides[place]))
    served = json.loads(entry.wire())
    storable = "".join("\ufffd" if "\ud800" <= each <= "\udfff" else each for each in text)
    shown = {
        "entity_id": served["entity_id"],
        "entity_label": served["entity_label"],
        "user_agent": served["user_agent"],
        "name": served["actor"]["name"],
        "book": served["metadata"]["book"],
    }
    assert shown[place] == storable
    assert store.get(entry.id) == entry


@pytest.mark.parametrize("entity_id", ["nul\0inside", "lone \ud800 surrogate", "'; DROP TABLE x"])
def test_an_odd_entity_id_is_found_by_itself(store: EntryStore, entity_id: str) -> None:
    from deedbook.engine import read_filters

    entry = store.append(lent(entity_id=entity_id))
    store.append(lent())
    filters = read_filters([("entity_id", entity_id)], CATALOGUE)
    assert store.find(filters, Page()).entries == (entry,)
    others = read_filters([("not_entity_id", entity_id)], CATALOGUE)
    assert entry not in store.find(others, Page()).entries


def test_an_odd_actor_id_is_recorded(store: EntryStore) -> None:
    odd = Actor(type=ADA.type, id="nul\0 and \ud800", role="owner", auth_method="")
    entry = store.append(lent(actor=odd))
    assert store.get(entry.id) == entry


def test_a_user_agent_of_ten_kilobytes_is_cut_and_says_so(store: EntryStore) -> None:
    store.append(lent(origin=Origin(user_agent=clean_header("x" * 10_000))))
    assert newest(store)["user_agent"] == "x" * 1024 + "… (cut from 10000 characters)"


# In the host's transaction


def test_append_neither_commits_nor_begins_anything_that_outlives_a_rollback(
    database: Database, connection: RawConnection, store: EntryStore
) -> None:
    store.append(lent())
    with database.connection() as neighbour:
        assert run(neighbour, "SELECT count(*) FROM deedbook_entry") == [(0,)]
    connection.rollback()
    for table in ("deedbook_entry", "deedbook_pending"):
        assert run(connection, f"SELECT count(*) FROM {table}") == [(0,)]
    store.append(lent())
    connection.commit()
    with database.connection() as neighbour:
        assert run(neighbour, "SELECT count(*) FROM deedbook_entry") == [(1,)]


def test_an_entry_is_pending_for_the_sealer_from_its_own_transaction_on(
    connection: RawConnection,
) -> None:
    written = append(connection, lent(covers=frozenset({"loans:1"})), CATALOGUE)
    found = run(connection, "SELECT instance_id, entry_id FROM deedbook_pending")
    assert found == [(INSTANCE, written.id)]


def test_the_log_is_made_as_often_as_one_likes_and_within_the_transaction(
    database: Database,
) -> None:
    with database.connection() as opened:
        for _ in range(2):
            create_log(opened)
        append(opened, lent(), CATALOGUE)
        create_log(opened)
        opened.commit()
        assert run(opened, "SELECT count(*) FROM deedbook_entry") == [(1,)]


def test_a_connection_of_anything_else_is_refused() -> None:
    with pytest.raises(UnsupportedConnection, match="sqlite3 or psycopg 3"):
        open_store(object(), INSTANCE, CATALOGUE)
    with pytest.raises(UnsupportedConnection):
        create_log(object())


def test_a_row_factory_of_the_host_does_not_disturb_the_log(
    connection: RawConnection, store: EntryStore
) -> None:
    from psycopg.rows import dict_row

    if isinstance(connection, sqlite3.Connection):
        connection.row_factory = sqlite3.Row
    else:
        connection.row_factory = dict_row
    entry = store.append(lent())
    assert store.find(EVERYTHING, Page()).entries == (entry,)
    assert store.count(EVERYTHING).counts["action"] == {"loan.lent": 1}


# Whose entries, and whose ids


def test_a_deed_of_another_instance_is_refused(store: EntryStore) -> None:
    with pytest.raises(InvalidDeed, match=f"a deed of {OTHER_INSTANCE} in the log of {INSTANCE}"):
        store.append(lent(instance_id=OTHER_INSTANCE))


def test_an_action_outside_the_catalogue_is_refused(store: EntryStore) -> None:
    stray = Action(
        name="loan.lent",
        feature=LENT.feature,
        operations=("create",),
        metadata=NoMetadata,
        says="lent",
        entity_type="loan",
        title="Lent",
    )
    with pytest.raises(InvalidDeed, match=r"loan\.lent is not in the catalogue"):
        store.append(deed_of(stray))


def test_another_instances_entries_are_never_seen(
    connection: RawConnection, store: EntryStore
) -> None:
    theirs = open_store(connection, OTHER_INSTANCE, CATALOGUE).append(
        lent(instance_id=OTHER_INSTANCE)
    )
    assert store.get(theirs.id) is None
    assert store.find(EVERYTHING, Page()).entries == ()
    assert store.find(EVERYTHING, Page(before=theirs.id - 1)).entries == ()
    assert store.find(EVERYTHING, Page(after=theirs.id + 1)).entries == ()
    assert not any(store.count(EVERYTHING).counts.values())
    assert not any(
        bucket.counts for bucket in store.histogram(EVERYTHING, now_ms=0, buckets=5).buckets
    )


@pytest.mark.parametrize("others", [INSTANCE, OTHER_INSTANCE])
def test_an_id_that_is_taken_makes_it_take_the_next(connection: RawConnection, others: str) -> None:
    def fixed() -> EntryIds:
        entry_ids = EntryIds(lambda: 1_790_000_000_000)
        entry_ids._last = ids.first_id_at(1_790_000_000_000)
        return entry_ids

    first = open_store(connection, others, CATALOGUE, fixed()).append(lent(instance_id=others))
    store = open_store(connection, INSTANCE, CATALOGUE, fixed())
    second, third = store.append(lent()), store.append(lent())
    assert second.shown_id == json.loads(second.record)["id"]
    assert store.find(EVERYTHING, Page(limit=2)).entries == (third, second)
    if others == INSTANCE:
        assert len({first.id, second.id, third.id}) == 3
        assert len(store.find(EVERYTHING, Page()).entries) == 3


def test_many_deeds_are_written_as_one_is(connection: RawConnection) -> None:
    deeds = [
        lent(entity_id=f"lo_{number}", covers=frozenset(["b", "a"][:number])) for number in range(3)
    ]
    open_store(connection, INSTANCE, CATALOGUE).append_all([])
    for append_them in (
        lambda store: [store.append(each) for each in deeds],
        lambda store: store.append_all(deeds),
    ):
        append_them(open_store(connection, INSTANCE, CATALOGUE))
    rows = run(
        connection,
        "SELECT kind, actor_id, entity_id, encoding, evidence, covers, record, personal, salt"
        " FROM deedbook_entry AS e JOIN deedbook_pending AS p ON p.entry_id = e.id ORDER BY e.id",
    )
    singly, together = rows[:3], rows[3:]
    assert [row[:6] for row in singly] == [row[:6] for row in together]
    for one, other in zip(singly, together, strict=True):
        own = {"id", "created_at", "personal_hash"}
        records = [json.loads(unpack(row[3], bytes(row[6]))) for row in (one, other)]
        assert len({json.dumps({k: v for k, v in r.items() if k not in own}) for r in records}) == 1
        assert one[7] == other[7]
        bound = hashlib.sha256(other[8] + unpack(other[3], bytes(other[7]))).hexdigest()
        assert records[1]["personal_hash"] == bound


@pytest.mark.parametrize("others", [INSTANCE, OTHER_INSTANCE])
@pytest.mark.parametrize("many", [3, 150])
def test_many_deeds_of_which_one_has_an_id_that_is_taken_are_all_written(
    connection: RawConnection, others: str, many: int
) -> None:
    def fixed() -> EntryIds:
        entry_ids = EntryIds(lambda: 1_790_000_000_000)
        entry_ids._last = ids.first_id_at(1_790_000_000_000)
        return entry_ids

    open_store(connection, others, CATALOGUE, fixed()).append(lent(instance_id=others))
    store = open_store(connection, INSTANCE, CATALOGUE, fixed())
    entities = [f"lo_{number}" for number in range(many)]
    store.append_all([lent(entity_id=each, covers=frozenset({each})) for each in entities])
    kept = run(
        connection,
        "SELECT entity_id, covers FROM deedbook_entry AS entry JOIN deedbook_pending AS waiting"
        " ON waiting.instance_id = entry.instance_id AND waiting.entry_id = entry.id",
    )
    covered = {
        entity: json.loads(covers) if isinstance(covers, str) else covers for entity, covers in kept
    }
    assert [covered[each] for each in entities] == [[each] for each in entities]
    assert len(kept) == many + 1


def test_many_deeds_of_which_one_is_of_another_instance_are_refused(store: EntryStore) -> None:
    with pytest.raises(InvalidDeed):
        store.append_all([lent(), lent(instance_id=OTHER_INSTANCE)])
    assert store.find(EVERYTHING, Page()).entries == ()


# The log is append-only

ENTRY = "deedbook_entry (id, instance_id, kind, entity_id, encoding, record)"


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE deedbook_entry SET record = record",
        "UPDATE deedbook_entry SET personal = NULL, salt = NULL",
        "UPDATE deedbook_entry SET kind = 1",
        "DELETE FROM deedbook_entry",
        (
            f"INSERT INTO {ENTRY} SELECT id, instance_id, 1, '', 0, record FROM deedbook_entry"
            " WHERE true ON CONFLICT (<key>) DO UPDATE SET entity_id = 'changed'"
        ),
    ],
)
def test_an_entry_cannot_be_changed_or_deleted(
    database: Database, connection: RawConnection, store: EntryStore, sql: str
) -> None:
    entry = store.append(lent())
    connection.commit()
    key = "id" if database.is_sqlite else "instance_id, id"
    with pytest.raises(REFUSALS, match="deedbook: "):
        run(connection, sql.replace("<key>", key))
    connection.rollback()
    assert store.find(EVERYTHING, Page()).entries == (entry,)
    assert run(connection, "SELECT entity_id FROM deedbook_entry") == [("lo_000000000001",)]


@pytest.mark.parametrize("pragma", ["recursive_triggers = OFF", "foreign_keys = OFF", None])
@pytest.mark.parametrize(
    "sql",
    [
        (
            f"INSERT OR REPLACE INTO {ENTRY} SELECT id, instance_id, 1, '', 0, x'00'"
            " FROM deedbook_entry"
        ),
        "REPLACE INTO deedbook_entry SELECT * FROM deedbook_entry",
        "UPDATE OR REPLACE deedbook_entry SET id = id + 1",
    ],
)
def test_sqlite_refuses_to_replace_an_entry(
    sqlite_database: Database, sql: str, pragma: str | None
) -> None:
    with sqlite_database.connection() as connection:
        create_log(connection)
        entry = append(connection, lent(), CATALOGUE)
        connection.commit()
        if pragma is not None:
            run(connection, f"PRAGMA {pragma}")
        with pytest.raises(sqlite3.IntegrityError, match="deedbook: an entry of the audit log"):
            run(connection, sql)
        assert open_store(connection, INSTANCE, CATALOGUE).get(entry.id) == entry


@pytest.mark.parametrize("sql", ["TRUNCATE deedbook_entry", "TRUNCATE deedbook_entry CASCADE"])
def test_postgresql_refuses_to_truncate_the_log(postgres_database: Database, sql: str) -> None:
    with postgres_database.connection() as connection:
        create_log(connection)
        entry = append(connection, lent(), CATALOGUE)
        run(connection, "DELETE FROM deedbook_pending")  # as the sealer will
        connection.commit()
        with pytest.raises((psycopg.IntegrityError, psycopg.errors.FeatureNotSupported)):
            run(connection, sql)
        connection.rollback()
        assert open_store(connection, INSTANCE, CATALOGUE).get(entry.id) == entry


def test_what_keeps_the_log_append_only_stands_again_after_the_next_start(
    database: Database, connection: RawConnection, store: EntryStore
) -> None:
    store.append(lent())
    if database.is_sqlite:
        run(connection, "DROP TRIGGER deedbook_entry_no_delete")
    else:
        run(connection, "ALTER TABLE deedbook_entry DISABLE TRIGGER ALL")
    create_log(connection)
    connection.commit()
    with pytest.raises(REFUSALS, match="deedbook: "):
        run(connection, "DELETE FROM deedbook_entry")


def test_who_has_sqlite_does_without_the_other_driver() -> None:
    program = (
        "import sqlite3, sys, deedbook.app\n"
        "from deedbook.engine import create_log\n"
        "create_log(sqlite3.connect(':memory:'))\n"
        "assert 'psycopg' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)  # noqa: S603 (our own modules)

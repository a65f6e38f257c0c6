"""Writing bundles. On both databases."""

from __future__ import annotations

import sqlite3

import pytest

from databases import Database, RawConnection
from deedbook.engine import Deed, EntryStore, Filters, InvalidParameters, NoMetadata, open_store
from deedbook.engine.errors import DamagedLog
from deedbook.engine.export import bundle as bundle_module
from deedbook.engine.export.bundle import NotSealedYet, write_bundle
from deedbook.engine.export.parameters import parameters_of
from deedbook.engine.integrity.note import Signer
from sample.bundles import (
    ACTORS,
    ERASED,
    EVERYTHING,
    FILTERS,
    LOG_CATALOGUE,
    disarm,
    filters_of,
    verified,
)
from sample.catalogue import CLOCK, INSTANCE, RETURNED, SHELVED, deed_of, lent
from sample.sealing import SIGNER, seal_all


@pytest.fixture
def store(connection: RawConnection) -> EntryStore:
    return open_store(connection, INSTANCE, LOG_CATALOGUE)


def erasing() -> Deed:
    return lent(
        action=ERASED,
        operation="update",
        actor=CLOCK,
        metadata=NoMetadata(),
        refs=(),
        effect={"kind": "personal_erased", "selector": {"user_id": "us_00000000000A"}},
    )


def written(store: EntryStore, filters: Filters = EVERYTHING) -> bytes:
    return b"".join(write_bundle(store, filters, SIGNER))


def test_every_filter_shows_what_it_finds_and_is_verified(
    database: Database, store: EntryStore
) -> None:
    for number in range(24):
        sides = {"actor": ACTORS[number % 4], "entity_id": f"lo_00000000000{number % 3}"}
        store.append(
            lent(**sides) if number % 2 else deed_of((RETURNED, SHELVED)[number % 3 % 2], **sides)
        )
    store.append(erasing())
    seal_all(database)
    for asked in FILTERS:
        filters = filters_of(asked)
        bundle = written(store, filters)
        assert verified(bundle).status == 0, asked
        assert bundle.count(b"\npersonal ") == len(store.positions(filters, 0, 25)), asked
        assert bundle.count(b"\nrecord ") == 25


def test_a_long_log_comes_in_chunks_of_whole_lines(database: Database, store: EntryStore) -> None:
    store.append_all(lent() for _ in range(1100))
    seal_all(database)
    chunks = list(write_bundle(store, EVERYTHING, SIGNER))
    assert all(each.endswith(b"\n") for each in chunks)
    assert [each.count(b"\nrecord ") + each.startswith(b"record ") for each in chunks] == [
        *(0, 500, 500, 100, 0, 0),
    ]
    assert verified(b"".join(chunks)).status == 0


def test_before_the_first_checkpoint_there_is_none(database: Database, store: EntryStore) -> None:
    with pytest.raises(NotSealedYet):
        write_bundle(store, EVERYTHING, SIGNER)
    store.append(lent())
    with pytest.raises(NotSealedYet, match="try again in a second"):
        write_bundle(store, EVERYTHING, SIGNER)
    seal_all(database)
    assert verified(written(store)).status == 0


def test_what_waits_is_not_in_it(database: Database, store: EntryStore) -> None:
    store.append(lent())
    seal_all(database)
    store.append(lent())
    assert b'"counts' not in written(store)
    assert b'counts {"entries":1,' in written(store)


def test_what_was_decided_has_to_be_under_the_checkpoint(
    database: Database, store: EntryStore
) -> None:
    store.append(lent())
    seal_all(database)
    store.append(erasing())
    with pytest.raises(NotSealedYet):
        write_bundle(store, EVERYTHING, SIGNER)
    seal_all(database)
    assert verified(written(store)).status == 0


def test_a_new_key_has_to_have_signed_a_checkpoint(database: Database, store: EntryStore) -> None:
    store.append(lent())
    seal_all(database)
    with pytest.raises(NotSealedYet):
        write_bundle(store, EVERYTHING, Signer("deedbook", b"n" * 32))


@pytest.mark.parametrize("positions", [range(4), range(-1, 2), range(2, 1), range(0, 2, 2)])
def test_a_range_that_is_not_there_is_refused(
    database: Database, store: EntryStore, positions: range
) -> None:
    store.append_all([lent(), lent()])
    seal_all(database)
    with pytest.raises(InvalidParameters, match="positions"):
        write_bundle(store, EVERYTHING, SIGNER, positions=positions)


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("DELETE FROM deedbook_position WHERE sequence = 1", "not all are there"),
        ("UPDATE deedbook_entry SET record = '{\n}'", "is no entry"),
        ("UPDATE deedbook_entry SET personal = '{\n}'", "is no entry"),
    ],
)
def test_what_cannot_be_written_ends_the_bundle(
    database: Database, store: EntryStore, connection: RawConnection, sql: str, told: str
) -> None:
    store.append_all([lent(), lent()])
    seal_all(database)
    if isinstance(connection, sqlite3.Connection):
        disarm(connection)
        connection.execute(sql.replace("'{\n}'", "x'7b0a7d'"))
    else:
        for table in ("position", "entry"):
            connection.execute(f"ALTER TABLE deedbook_{table} DISABLE TRIGGER USER".encode())
        connection.execute(sql.encode())
    chunks = write_bundle(store, EVERYTHING, SIGNER)
    assert next(chunks).startswith(b"deedbook bundle 1\n")
    with pytest.raises(DamagedLog, match=told):
        list(chunks)


def test_parameters_are_told_in_one_form() -> None:
    told = parameters_of(
        filters_of("not_feature=loan action=loan.lent start_date=2026-03-01"), LOG_CATALOGUE
    )
    assert told == [
        ("action", "loan.lent"),
        ("not_feature", "loan"),
        ("start_date", "2026-03-01T00:00:00.000Z"),
    ]
    assert parameters_of(Filters(), LOG_CATALOGUE) == [
        ("not_actor_type", "system"),
        ("not_outcome", "denied"),
    ]
    years = filters_of("start_date=0001-01-01 end_date=9999-12-31")
    assert [value[:4] for _, value in parameters_of(years, LOG_CATALOGUE)] == ["2159", "2020"]


def test_all_that_was_decided_is_found_beside_the_range(
    database: Database, store: EntryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundle_module, "MAX_LIMIT", 2)
    for _ in range(5):
        store.append_all([lent(), erasing()])
    seal_all(database)
    bundle = b"".join(write_bundle(store, EVERYTHING, SIGNER, positions=range(4, 5)))
    assert bundle.count(b"personal_erased") == 10
    assert verified(bundle).status == 0

"""Sealing: positions, trees, checkpoints, and who may seal. On both databases."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from databases import Database, RawConnection
from deedbook.engine import Entry, EntryStore, Filters, Page, open_store
from deedbook.engine.integrity.merkle import leaf_hash, root, verify_consistency, verify_inclusion
from deedbook.engine.integrity.note import Signer
from deedbook.engine.sealing import Sealer
from deedbook.engine.sealing import sealer as sealer_module
from deedbook.engine.sealing.lease import PATIENCE
from sample.catalogue import CATALOGUE, INSTANCE, OTHER_INSTANCE, lent
from sample.sealing import (
    assert_sealed,
    autocommitting,
    checkpoint_of,
    opened_sealer,
    rows,
    seal_all,
    transaction,
)

REFUSALS = (sqlite3.IntegrityError, psycopg.IntegrityError)


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def sealer(store: EntryStore, database: Database) -> Iterator[Sealer]:
    assert store.proofs.size() == 0
    with opened_sealer(database, batch=7) as opened:
        yield opened


def written(store: EntryStore, number: int) -> list[Entry]:
    return [store.append(lent(instance_id=store.instance_id)) for _ in range(number)]


def drain(sealer: Sealer) -> None:
    while sealer.run_once():
        pass
    sealer.run_once()


def test_every_entry_gets_its_position_and_shows_it(store: EntryStore, sealer: Sealer) -> None:
    entries = written(store, 20)
    assert [json.loads(each.wire())["sequence"] for each in entries] == [None] * 20
    drain(sealer)
    listed = store.find(Filters(), Page()).entries
    assert [json.loads(each.wire())["sequence"] for each in reversed(listed)] == list(range(20))
    found = store.get(entries[5].id)
    assert found is not None
    assert json.loads(found.wire())["sequence"] == 5
    assert found.record == entries[5].record


def test_a_batch_is_bounded(store: EntryStore, sealer: Sealer) -> None:
    written(store, 20)
    assert [sealer.run_once() for _ in range(6)] == [7, 7, 6, 7, 6, 0]


def test_a_queue_gets_its_positions_before_any_of_it_is_posted(
    connection: RawConnection, store: EntryStore, sealer: Sealer
) -> None:
    written(store, 16)
    reached = []
    while sealer.run_once():
        reached += rows(connection, "SELECT size, posted FROM deedbook_tree")
    assert reached == [(7, 0), (14, 0), (16, 7), (16, 14), (16, 16)]


def test_each_instance_has_a_sequence_and_a_tree_of_its_own(
    connection: RawConnection, store: EntryStore, sealer: Sealer
) -> None:
    other = open_store(connection, OTHER_INSTANCE, CATALOGUE)
    mine, theirs = [], []
    for number in range(30):
        mine += written(store, 1)
        theirs += written(other, number % 3)
    drain(sealer)
    assert_sealed(connection, INSTANCE, {each.id for each in mine})
    assert_sealed(connection, OTHER_INSTANCE, {each.id for each in theirs})


def test_a_long_queue_leaves_the_others_their_share(
    connection: RawConnection, database: Database, store: EntryStore
) -> None:
    written(store, 300)
    quiet = [open_store(connection, f"in_quiet{number}", CATALOGUE) for number in range(40)]
    for each in quiet:
        written(each, 1)
    with opened_sealer(database, batch=50) as sealer:
        assert [sealer.run_once() for _ in range(3)] == [50, 16, 9]
    assert all(each.proofs.size() == 1 for each in quiet)


def test_what_commits_late_comes_later_and_is_not_missed(
    database: Database, connection: RawConnection, store: EntryStore, sealer: Sealer
) -> None:
    if isinstance(connection, sqlite3.Connection):
        pytest.skip("on SQLite nobody commits late: one transaction writes at a time")
    late = autocommitting(database)
    try:
        with transaction(late):
            entry = open_store(late, INSTANCE, CATALOGUE).append(lent())
            later = written(store, 3)
            drain(sealer)
            assert store.proofs.size() == 3
    finally:
        late.close()
    drain(sealer)
    found = store.get(entry.id)
    assert found is not None
    assert found.id < later[0].id
    assert found.sequence == 3


def test_an_entry_that_is_rolled_back_leaves_no_gap(
    connection: RawConnection, store: EntryStore, sealer: Sealer
) -> None:
    kept = written(store, 2)
    with pytest.raises(RuntimeError, match="no"), transaction(connection):
        written(store, 2)
        raise RuntimeError("no")
    kept += written(store, 2)
    drain(sealer)
    assert_sealed(connection, INSTANCE, {each.id for each in kept})


def test_an_entry_that_is_listed_again_keeps_its_position(
    connection: RawConnection, store: EntryStore, sealer: Sealer
) -> None:
    entries = written(store, 3)
    drain(sealer)
    covers = "'[]'" if isinstance(connection, sqlite3.Connection) else "'{}'"
    connection.execute(
        "INSERT INTO deedbook_pending (instance_id, entry_id, covers)"
        f" VALUES ('{INSTANCE}', {entries[1].id}, {covers})"
    )
    entries += written(store, 1)
    drain(sealer)
    assert_sealed(connection, INSTANCE, {each.id for each in entries})


@pytest.mark.parametrize("table", ["position", "subtree", "checkpoint"])
def test_what_the_sealer_wrote_is_append_only(
    table: str, connection: RawConnection, store: EntryStore, sealer: Sealer
) -> None:
    written(store, 300)
    drain(sealer)
    before = rows(connection, f"SELECT * FROM deedbook_{table}")
    assert before
    statements = [
        f"UPDATE deedbook_{table} SET instance_id = 'x'",
        f"DELETE FROM deedbook_{table}",
    ]
    if isinstance(connection, sqlite3.Connection):
        statements += [
            f"INSERT OR REPLACE INTO deedbook_{table} SELECT * FROM deedbook_{table}",
            f"UPDATE OR REPLACE deedbook_{table} SET instance_id = 'x'",
        ]
    else:
        statements.append(f"TRUNCATE deedbook_{table}")
    for statement in statements:
        with pytest.raises(REFUSALS, match="deedbook"):
            connection.execute(statement)
    assert rows(connection, f"SELECT * FROM deedbook_{table}") == before


# Checkpoints and proofs


def test_a_checkpoint_says_what_the_log_was_and_when(store: EntryStore, sealer: Sealer) -> None:
    assert store.proofs.checkpoint() is None
    before = datetime.now(UTC) - timedelta(milliseconds=1)
    written(store, 5)
    drain(sealer)
    signed = store.proofs.checkpoint()
    assert signed is not None
    checkpoint = checkpoint_of(signed.note)
    assert (checkpoint.origin, checkpoint.size) == (f"deedbook/{INSTANCE}", 5)
    assert checkpoint.time is not None
    assert before <= checkpoint.time <= datetime.now(UTC)
    assert store.proofs.checkpoint(5) == signed
    assert store.proofs.checkpoint(4) is None


def test_an_origin_can_hold_any_instance(connection: RawConnection, sealer: Sealer) -> None:
    store = open_store(connection, "a b+ü\n/c", CATALOGUE)
    written(store, 1)
    drain(sealer)
    signed = store.proofs.checkpoint()
    assert signed is not None
    assert checkpoint_of(signed.note).origin == "deedbook/a%20b%2B%C3%BC%0A%2Fc"


def test_an_instance_is_signed_at_most_once_a_second_and_only_when_it_grew(
    connection: RawConnection, database: Database, store: EntryStore
) -> None:
    clock = Clock()
    with opened_sealer(database, clock=clock) as sealer:
        for _ in range(5):
            written(store, 1)
            sealer.run_once()
        assert store.proofs.checkpoint() is None
        clock.now += 1
        sealer.run_once()
        written(store, 1)
        sealer.run_once()
        clock.now += 0.9
        sealer.run_once()
        clock.now += 5
        sealer.run_once()
        clock.now += 5
        sealer.run_once()
    assert rows(connection, "SELECT size FROM deedbook_checkpoint ORDER BY size") == [(5,), (6,)]


def test_what_a_sealer_left_unsigned_the_next_one_signs(
    connection: RawConnection, database: Database, store: EntryStore
) -> None:
    entries = written(store, 3)
    with opened_sealer(database, clock=Clock()) as first:
        first.run_once()
        first.release()
    assert store.proofs.checkpoint() is None
    seal_all(database)
    assert_sealed(connection, INSTANCE, {each.id for each in entries})


def test_a_key_that_cannot_be_read_keeps_no_entry_from_its_position(
    connection: RawConnection, database: Database, store: EntryStore
) -> None:
    def no_key() -> Signer:
        raise FileNotFoundError("signing-key")

    entries = written(store, 10)
    sealer = Sealer(
        lambda: transaction(connection),
        lambda: transaction(connection),
        no_key,
        CATALOGUE,
        sign_every=0,
    )
    with pytest.raises(FileNotFoundError):
        sealer.run_once()
    assert store.proofs.size() == 10
    sealer.release()
    seal_all(database)
    assert_sealed(connection, INSTANCE, {each.id for each in entries})


@pytest.mark.parametrize("size", [1, 2, 255, 256, 257, 700])
def test_every_entry_is_proved_under_the_newest_checkpoint(
    size: int, store: EntryStore, database: Database, connection: RawConnection
) -> None:
    with transaction(connection):
        entries = written(store, size)
    seal_all(database)
    for entry in entries[:: max(size // 40, 1)]:
        proved = store.proofs.inclusion(entry.id)
        assert proved is not None
        checkpoint = checkpoint_of(proved.checkpoint.note)
        assert proved.leaf_hash == leaf_hash(entry.record)
        assert verify_inclusion(
            leaf_hash(entry.record), proved.sequence, size, proved.proof, checkpoint.root
        )


def test_an_entry_is_proved_only_once_a_checkpoint_covers_it(
    store: EntryStore, database: Database, connection: RawConnection
) -> None:
    clock = Clock()
    with opened_sealer(database, clock=clock) as sealer:
        first = written(store, 1)[0]
        assert store.proofs.inclusion(first.id) is None
        sealer.run_once()
        assert store.proofs.inclusion(first.id) is None
        clock.now += 1
        sealer.run_once()
        assert store.proofs.inclusion(first.id) is not None
        second = written(store, 1)[0]
        sealer.run_once()
        assert store.proofs.inclusion(second.id) is None
    other = open_store(connection, OTHER_INSTANCE, CATALOGUE)
    assert other.proofs.inclusion(first.id) is None


def test_a_proof_of_a_long_log_reads_few_rows(
    store: EntryStore, database: Database, connection: RawConnection
) -> None:
    with transaction(connection):
        entries = written(store, 1500)
    seal_all(database)
    asked: list[tuple[int, int]] = []
    tables = store.proofs._tables
    read = tables.hashes

    def counted(instance_id: str, level: int, first: int, end: int) -> list[bytes]:
        asked.append((first, end))
        return read(instance_id, level, first, end)

    tables.hashes = counted  # type: ignore[method-assign]
    store.proofs.inclusion(entries[700].id)
    store.proofs.consistency(700, 1500)
    assert len(asked) <= 8
    assert all(end - first == 256 for first, end in asked)


def test_growth_is_proved_between_any_two_sizes(
    store: EntryStore, database: Database, connection: RawConnection
) -> None:
    with transaction(connection):
        written(store, 600)
    seal_all(database)
    hashes = [
        bytes(row[0])
        for row in rows(connection, "SELECT leaf_hash FROM deedbook_position ORDER BY sequence")
    ]
    for first, second in ((1, 2), (1, 600), (255, 256), (256, 257), (300, 599), (512, 600)):
        proof = store.proofs.consistency(first, second)
        roots = (root(hashes[:first]), root(hashes[:second]))
        assert verify_consistency(first, second, proof, *roots)


# Who may seal


def test_a_second_sealer_waits_until_the_first_stands_still(
    database: Database, store: EntryStore
) -> None:
    clock = Clock()
    with (
        opened_sealer(database, clock=clock) as first,
        opened_sealer(database, clock=clock) as second,
    ):
        written(store, 1)
        assert first.run_once() == 1
        written(store, 1)
        assert second.run_once() == 0
        clock.now += PATIENCE - 0.1
        assert second.run_once() == 0
        assert first.run_once() == 1
        written(store, 1)
        clock.now += 0.2
        # The first has just been at work, which the second sees and waits anew.
        assert second.run_once() == 0
        clock.now += PATIENCE
        assert second.run_once() == 1
        written(store, 1)
        # The first finds that its time is over, and waits like any other.
        assert first.run_once() == 0
        assert first.run_once() == 0
        assert second.run_once() == 1


def test_an_idle_sealer_is_left_in_peace(database: Database, store: EntryStore) -> None:
    clock = Clock()
    with (
        opened_sealer(database, clock=clock) as first,
        opened_sealer(database, clock=clock) as second,
    ):
        written(store, 1)
        first.run_once()
        for _ in range(5):
            clock.now += PATIENCE
            assert second.run_once() == 0
        written(store, 1)
        assert second.run_once() == 0
        assert first.run_once() == 1


def test_a_sealer_that_lets_go_is_followed_at_once(database: Database, store: EntryStore) -> None:
    clock = Clock()
    with (
        opened_sealer(database, clock=clock) as first,
        opened_sealer(database, clock=clock) as second,
    ):
        written(store, 1)
        first.run_once()
        first.release()
        written(store, 1)
        assert second.run_once() == 1
        assert first.run_once() == 0


def test_an_epoch_that_was_not_committed_is_nobodys(
    database: Database, connection: RawConnection, store: EntryStore
) -> None:
    @contextmanager
    def failing() -> Iterator[RawConnection]:
        with transaction(connection):
            yield connection
            raise ConnectionError

    written(store, 1)
    unlucky = Sealer(
        failing, lambda: transaction(connection), lambda: Signer("x", bytes(32)), CATALOGUE
    )
    with pytest.raises(ConnectionError):
        unlucky.run_once()
    assert not unlucky._lease.held
    seal_all(database)
    assert store.proofs.size() == 1


def test_clocks_that_jump_do_no_harm(
    database: Database,
    connection: RawConnection,
    store: EntryStore,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Jumping(datetime):
        years = iter([2040, 1999, 2026, 2031])

        @classmethod
        def now(cls, _tz: object = None) -> datetime:  # type: ignore[override]
            return datetime(next(cls.years), 1, 1, tzinfo=UTC)

    monkeypatch.setattr(sealer_module, "datetime", Jumping)
    entries = []
    with opened_sealer(database) as sealer:
        for _ in range(4):
            entries += written(store, 2)
            sealer.run_once()
    checkpoints = assert_sealed(connection, INSTANCE, {each.id for each in entries})
    assert [each.time.year for each in checkpoints if each.time] == [2040, 1999, 2026, 2031]

"""A sealer over bare connections, and what a sealed log has to be."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from typing import Any, Final

import psycopg

from databases import Database, RawConnection
from deedbook.engine import create_log, open_store
from deedbook.engine.encoding import unpack
from deedbook.engine.integrity.checkpoint import Checkpoint, read_checkpoint
from deedbook.engine.integrity.merkle import Frontier, leaf_hash, verify_consistency
from deedbook.engine.integrity.note import Signer, open_note
from deedbook.engine.sealing import Sealer
from deedbook.engine.sealing.batch import seal
from deedbook.engine.sealing.open import tree_tables
from sample.catalogue import CATALOGUE

SIGNER: Final = Signer("deedbook", bytes(range(32)))


def autocommitting(database: Database) -> RawConnection:
    """Give a connection whose transactions are begun and committed by hand."""
    connection = database.connect()
    if isinstance(connection, sqlite3.Connection):
        connection.isolation_level = None
    else:
        connection.autocommit = True
    return connection


@contextmanager
def transaction(connection: RawConnection) -> Iterator[RawConnection]:
    """Give a connection inside a transaction that writes."""
    connection.execute("BEGIN IMMEDIATE" if isinstance(connection, sqlite3.Connection) else "BEGIN")
    try:
        yield connection
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


@contextmanager
def opened_sealer(database: Database, **options: Any) -> Iterator[Sealer]:
    """Give a sealer; its clock leaps, so that it waits for nothing, unless another is given."""
    connection = autocommitting(database)
    options.setdefault("clock", leaping_clock())
    try:
        yield Sealer(
            lambda: transaction(connection),
            lambda: transaction(connection),
            lambda: SIGNER,
            CATALOGUE,
            **options,
        )
    finally:
        connection.close()


def leaping_clock() -> Any:
    """Give a clock on which ten seconds pass between any two looks."""
    return count(0.0, 10.0).__next__


def make_log(database: Database) -> None:
    """Make the tables of the log."""
    with database.connection() as connection:
        if isinstance(connection, sqlite3.Connection):
            connection.execute("PRAGMA journal_mode = WAL")
        create_log(connection)
        connection.commit()


def seal_all(database: Database) -> None:
    """Seal and sign all that waits."""
    with opened_sealer(database) as sealer:
        while sealer.run_once():
            pass
        sealer.run_once()
        sealer.release()


def seal_unposted(database: Database) -> None:
    """Seal all that waits and post none of it, as a sealer does that is killed in between."""
    with closing(autocommitting(database)) as connection, transaction(connection):
        tables = tree_tables(connection)
        seal(tables, tables.waiting_instances("", 100), 100_000)


def rows(connection: RawConnection, sql: str, *values: object) -> list[tuple[Any, ...]]:
    """Give the rows of a query written with question marks."""
    if isinstance(connection, psycopg.Connection):
        sql = sql.replace("?", "%s")
    return connection.cursor().execute(sql, values).fetchall()


def checkpoint_of(note: str) -> Checkpoint:
    """Give the checkpoint of a note, whose signature has to fit."""
    return read_checkpoint(open_note(note, [SIGNER.verifier]).text)


def assert_sealed(
    connection: RawConnection, instance_id: str, entry_ids: set[int]
) -> list[Checkpoint]:
    """Hold the log of an instance to what sealing promises; gives its checkpoints, oldest first."""
    positions = rows(
        connection,
        "SELECT sequence, entry_id, leaf_hash FROM deedbook_position WHERE instance_id = ?"
        " ORDER BY sequence",
        instance_id,
    )
    assert [sequence for sequence, _, _ in positions] == list(range(len(entry_ids)))
    assert {entry_id for _, entry_id, _ in positions} == entry_ids
    records = {
        entry_id: unpack(encoding, bytes(record))
        for entry_id, encoding, record in rows(
            connection,
            "SELECT id, encoding, record FROM deedbook_entry WHERE instance_id = ?",
            instance_id,
        )
    }
    hashes = [bytes(hash_) for _, _, hash_ in positions]
    assert hashes == [leaf_hash(records[entry_id]) for _, entry_id, _ in positions]
    notes = rows(
        connection,
        "SELECT note FROM deedbook_checkpoint WHERE instance_id = ? ORDER BY size",
        instance_id,
    )
    checkpoints = [checkpoint_of(note) for (note,) in notes]
    assert checkpoints[-1].size == len(hashes)
    assert (
        rows(connection, "SELECT * FROM deedbook_pending WHERE instance_id = ?", instance_id) == []
    )
    assert rows(
        connection, "SELECT posted FROM deedbook_tree WHERE instance_id = ?", instance_id
    ) == [(len(hashes),)]
    proofs = open_store(connection, instance_id, CATALOGUE).proofs
    tree = Frontier()
    for place, later in enumerate(checkpoints):
        assert later.origin == f"deedbook/{instance_id}"
        for each in hashes[tree.size : later.size]:
            tree.append(each)
        assert (later.size, later.root) == (tree.size, tree.root())
        for earlier in checkpoints[max(place - 3, 0) : place]:
            proof = proofs.consistency(earlier.size, later.size)
            assert verify_consistency(earlier.size, later.size, proof, earlier.root, later.root)
    return checkpoints

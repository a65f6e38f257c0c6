"""What is wrong with a log where it lies. On both databases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from databases import Database, RawConnection, run
from deedbook.engine import EntryStore, open_store
from deedbook.engine.checking import check
from deedbook.engine.integrity.checkpoint import checkpoint_at
from deedbook.engine.integrity.note import Signer, sign
from sample.bundles import unguarded
from sample.catalogue import CATALOGUE, INSTANCE, lent
from sample.sealing import SIGNER, autocommitting, make_log, seal_all

SIZE = 300
STRANGER = Signer("deedbook", b"stranger" * 4)
FORGED = checkpoint_at(
    datetime(2026, 3, 1, tzinfo=UTC), origin=f"deedbook/{INSTANCE}", size=SIZE, root=b"r" * 32
)


@pytest.fixture
def connection(database: Database) -> Iterator[RawConnection]:
    make_log(database)
    opened = autocommitting(database)
    open_store(opened, INSTANCE, CATALOGUE).append_all(
        lent(evidence=b"assertion %d" % n) for n in range(SIZE)
    )
    seal_all(database)
    unguarded(opened)
    yield opened
    opened.close()


def problems(store: EntryStore) -> list[str]:
    return list(check(store, SIGNER.verifier))


def test_nothing_is_wrong_with_an_honest_log(store: EntryStore) -> None:
    told: list[tuple[int, int]] = []
    assert list(check(store, SIGNER.verifier, lambda *done: told.append(done))) == []
    assert told[-1] == (SIZE, SIZE)
    assert store.waiting() == (0, 0)


def test_what_waits_is_no_problem(store: EntryStore) -> None:
    store.append(lent())
    assert problems(store) == []
    assert store.waiting() == (1, 0)


@pytest.mark.parametrize(
    ("sql", "values", "told"),
    [
        (
            "UPDATE deedbook_entry SET record = ? WHERE id = (SELECT max(id) FROM deedbook_entry)",
            (b"{}",),
            "The record at position 299 is not the one that was sealed.",
        ),
        (
            """
            UPDATE deedbook_entry SET evidence = ?
            WHERE id = (SELECT entry_id FROM deedbook_position WHERE sequence = 7)
            """,
            (b"another",),
            "The evidence at position 7 is not the one that its record binds.",
        ),
        (
            "UPDATE deedbook_position SET leaf_hash = ? WHERE sequence = 8",
            (b"h" * 32,),
            "The record at position 8 is not the one that was sealed.",
        ),
        (
            "DELETE FROM deedbook_position WHERE sequence = 0",
            (),
            "Of the positions 0 to 299 not all are there.",
        ),
        (
            "DELETE FROM deedbook_position WHERE sequence = 299",
            (),
            "Of the positions 0 to 299 not all are there.",
        ),
        (
            "UPDATE deedbook_subtree SET hash = ?",
            (b"h" * 32,),
            "The subtrees of level 8 from 0 on are not those of the log.",
        ),
        (
            "DELETE FROM deedbook_subtree",
            (),
            "The subtrees of level 8 from 0 on are not those of the log.",
        ),
        (
            "UPDATE deedbook_tree SET frontier = ?",
            (b"h" * 32 * SIZE.bit_count(),),
            "The end of the tree is not that of its leaves.",
        ),
        (
            "UPDATE deedbook_checkpoint SET note = ?",
            (sign(FORGED.text(), SIGNER),),
            "The checkpoint of 300 entries is of another history than the log.",
        ),
        (
            "UPDATE deedbook_checkpoint SET note = ?",
            (sign(FORGED.text(), STRANGER),),
            "No key of this log signed the checkpoint of 300 entries.",
        ),
        (
            "UPDATE deedbook_checkpoint SET size = ?",
            (999,),
            "There is a checkpoint of 999 entries, and 300 have a position.",
        ),
    ],
)
def test_what_was_tampered_with_is_told(
    connection: RawConnection, store: EntryStore, sql: str, values: tuple[object, ...], told: str
) -> None:
    run(connection, sql, *values)
    assert told in problems(store)


def test_an_entry_that_nobody_listed_is_told(connection: RawConnection, store: EntryStore) -> None:
    store.append(lent())
    run(connection, "DELETE FROM deedbook_pending")
    assert problems(store) == ["1 entries have no position and do not wait for one."]

"""The sealer killed at every instruction, and followers that reconnect, while others write."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Final

import pytest

import deedbook
from databases import Database, RawConnection
from deedbook.engine import Entry, Filters, open_store
from deedbook.engine.sealing import Sealer, tree_tables
from deedbook.engine.sealing import sealer as sealer_module
from sample.catalogue import CATALOGUE, INSTANCE, OTHER_INSTANCE, lent
from sample.killing import Fuse, Fused, Killed, fatal_transaction
from sample.sealing import (
    SIGNER,
    assert_sealed,
    autocommitting,
    checkpoint_of,
    leaping_clock,
    make_log,
    opened_sealer,
    seal_all,
    transaction,
)

INSTANCES: Final = (INSTANCE, OTHER_INSTANCE)
WRITERS: Final = 3
KILLS: Final = 300
EVERYTHING: Final = Filters(include=frozenset({"denied", "system"}))


class Writers:
    """Threads that write into two instances until they are told to stop."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.committed: dict[str, set[int]] = {each: set() for each in INSTANCES}
        self.stop = threading.Event()

    def write(self, number: int, at_most: int) -> None:
        connection = autocommitting(self.database)
        chance = random.Random(number)  # noqa: S311 (no secret)
        try:
            for _ in range(at_most):
                instance_id = chance.choice(INSTANCES)
                store = open_store(connection, instance_id, CATALOGUE)
                with transaction(connection):
                    deeds = [lent(instance_id=instance_id)] * chance.randrange(1, 4)
                    entries = [store.append(deed) for deed in deeds]
                self.committed[instance_id].update(each.id for each in entries)
                if self.stop.wait(0.002):
                    return
        finally:
            connection.close()

    @contextmanager
    def writing(self, at_most: int = 100_000) -> Iterator[None]:
        with ThreadPoolExecutor(WRITERS) as threads:
            running = [threads.submit(self.write, number, at_most) for number in range(WRITERS)]
            try:
                yield
            finally:
                self.stop.set()
        for each in running:
            each.result()


def fused_sealer(connection: RawConnection, fuse: Fuse) -> Sealer:
    """Give a sealer that dies when the fuse has burnt, at a commit or right after it too."""

    def fatal() -> AbstractContextManager[RawConnection]:
        return fatal_transaction(connection, fuse)

    return Sealer(
        fatal, fatal, lambda: SIGNER, CATALOGUE, batch=10, sign_every=0, clock=leaping_clock()
    )


def test_a_sealer_killed_at_any_step_leaves_no_gap_and_no_double(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_log(database)
    writers = Writers(database)
    chance = random.Random()  # noqa: S311 (no secret)
    published: dict[str, dict[int, str]] = {each: {} for each in INSTANCES}
    killed = 0
    with writers.writing():
        while killed < KILLS:
            fuse = Fuse(chance.randrange(80))
            monkeypatch.setattr(
                sealer_module,
                "tree_tables",
                lambda connection, fuse=fuse: Fused(tree_tables(connection), fuse),
            )
            connection = autocommitting(database)
            sealer = fused_sealer(connection, fuse)
            try:
                while True:
                    sealer.run_once()
            except Killed:
                killed += 1
            for instance_id in INSTANCES:
                signed = open_store(connection, instance_id, CATALOGUE).proofs.checkpoint()
                if signed is not None:
                    published[instance_id][signed.size] = signed.note
            connection.close()
    monkeypatch.undo()
    seal_all(database)
    with database.connection() as connection:
        for instance_id in INSTANCES:
            kept = assert_sealed(connection, instance_id, writers.committed[instance_id])
            roots = {each.size: each for each in kept}
            seen = [checkpoint_of(note) for note in published[instance_id].values()]
            assert len(seen) > KILLS / 20
            assert all(roots[each.size] == each for each in seen)


def test_sealers_that_take_the_lease_from_each_other_do_no_harm(database: Database) -> None:
    make_log(database)
    writers = Writers(database)
    taken = [0, 0, 0]
    done = threading.Event()

    def run(number: int) -> None:
        # By this clock a holder has always stood still for long enough.
        with opened_sealer(database, batch=5, sign_every=0) as sealer:
            while not done.is_set():
                taken[number] += sealer.run_once()

    with ThreadPoolExecutor(len(taken)) as threads:
        rivals = [threads.submit(run, number) for number in range(len(taken))]
        try:
            with writers.writing(at_most=150):
                for each in rivals:
                    assert not each.done()
                while not writers.stop.is_set() and sum(taken) < 300:
                    if all(each.done() for each in rivals):
                        break
        finally:
            done.set()
        for each in rivals:
            each.result()
    assert sum(each > 0 for each in taken) > 1
    seal_all(database)
    with database.connection() as connection:
        for instance_id in INSTANCES:
            assert_sealed(connection, instance_id, writers.committed[instance_id])


# A process of its own, which is told when it has begun by what it prints.
PROCESS: Final = """
import sys
from databases import Database
from sample.sealing import opened_sealer
with opened_sealer(Database(sys.argv[1]), batch=3, sign_every=0) as sealer:
    sealer.run_once()
    print("sealing", flush=True)
    while True:
        sealer.run_once()
"""


def test_a_process_that_seals_can_be_killed(database: Database) -> None:
    make_log(database)
    writers = Writers(database)
    chance = random.Random()  # noqa: S311 (no secret)
    paths = [str(Path(deedbook.__file__).parent.parent), str(Path(__file__).parent.parent)]
    with writers.writing():
        for _ in range(6):
            before = sum(len(each) for each in writers.committed.values())
            with subprocess.Popen(  # noqa: S603 (our own code)
                [sys.executable, "-c", PROCESS, database.url],
                env={"PYTHONPATH": ":".join(paths)},
                stdout=subprocess.PIPE,
            ) as process:
                assert process.stdout is not None
                assert process.stdout.readline() == b"sealing\n"
                wanted = before + chance.randrange(10, 60)
                while sum(len(each) for each in writers.committed.values()) < wanted:
                    assert process.poll() is None
                process.send_signal(signal.SIGKILL)
    seal_all(database)
    with database.connection() as connection:
        for instance_id in INSTANCES:
            assert_sealed(connection, instance_id, writers.committed[instance_id])


def follow(database: Database, number: int, done: threading.Event) -> list[Entry]:
    """Follow the log over connections that break at random, until all is sealed and seen."""
    chance = random.Random(number)  # noqa: S311 (no secret)
    seen: list[Entry] = []
    cursor = -1
    while True:
        connection = autocommitting(database)
        try:
            store = open_store(connection, INSTANCE, CATALOGUE)
            for _ in range(chance.randrange(1, 10)):
                last = done.is_set()
                followed = store.follow(EVERYTHING, cursor, chance.randrange(1, 30))
                if chance.random() < 0.2:
                    # The answer was lost on the way: the follower asks again.
                    break
                seen += followed.entries
                cursor = followed.cursor
                if last and cursor == followed.size - 1:
                    return seen
        finally:
            connection.close()


def test_a_follower_that_reconnects_receives_every_entry_once_and_in_order(
    database: Database,
) -> None:
    make_log(database)
    writers = Writers(database)
    sealed = threading.Event()
    with ThreadPoolExecutor(3) as threads:
        followers = [threads.submit(follow, database, number, sealed) for number in range(3)]
        try:
            with writers.writing(), opened_sealer(database, batch=20) as sealer:
                while len(writers.committed[INSTANCE]) < 700:
                    sealer.run_once()
            seal_all(database)
        finally:
            sealed.set()
        for each in followers:
            entries = each.result()
            assert [entry.sequence for entry in entries] == list(range(len(entries)))
            assert {entry.id for entry in entries} == writers.committed[INSTANCE]

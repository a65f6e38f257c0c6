"""While twelve writers write ten thousand entries, no walk skips or repeats one. Both databases."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Final

import pytest

from databases import Database
from deedbook.engine import (
    Deed,
    EntryStore,
    Filters,
    create_log,
    open_store,
    read_filters,
    read_page,
)
from sample.catalogue import ADA, CATALOGUE, INSTANCE, KEY, RETURNED, WITHDRAWN, deed_of, lent
from sample.sealing import autocommitting

WRITERS: Final = 12
READERS: Final = 3
ENTRIES: Final = 10_000
BATCH: Final = 20
LIMIT: Final = 200

# What is written in turn, and which of it each reader asks for.
DEEDS: Final[tuple[Deed, ...]] = (
    lent(),
    lent(actor=KEY),
    deed_of(RETURNED),
    deed_of(WITHDRAWN, actor=replace(ADA, has_passkey=False)),
)
READ: Final[tuple[tuple[str, str, Callable[[int], bool]], ...]] = (
    ("starting_after", "", lambda _: True),
    ("starting_after", "feature=loan", lambda number: number % 4 != 3),
    ("ending_before", "user_id=us_00000000000A", lambda number: number % 4 != 1),
)


@dataclass
class Course:
    """What the threads of one run share."""

    database: Database
    committed: dict[str, int] = field(default_factory=dict)
    # Some writer has written half of its entries: readers may begin.
    under_way: threading.Event = field(default_factory=threading.Event)
    # Every writer has, and every reader is in the middle of a walk: now go on.
    halfway: threading.Barrier = field(
        default_factory=lambda: threading.Barrier(WRITERS + READERS, timeout=60)
    )
    written: threading.Event = field(default_factory=threading.Event)


def write(course: Course, numbers: range) -> None:
    connection = autocommitting(course.database)
    try:
        store = open_store(connection, INSTANCE, CATALOGUE)
        batches = [numbers[start : start + BATCH] for start in range(0, len(numbers), BATCH)]
        for place, batch in enumerate(batches):
            if place == len(batches) // 2:
                course.under_way.set()
                course.halfway.wait()
            connection.execute("BEGIN IMMEDIATE" if course.database.is_sqlite else "BEGIN")
            entries = [(store.append(DEEDS[n % 4]).shown_id, n) for n in batch]
            connection.execute("COMMIT")
            course.committed.update(entries)
    finally:
        connection.close()


def read(course: Course, cursor: str, query: str, wanted: Callable[[int], bool]) -> int:
    """Walk until all is written and once more; gives the number of walks."""
    connection = autocommitting(course.database)
    filters = read_filters([_pair(query)] if query else [], CATALOGUE)
    walks = 0
    try:
        store = open_store(connection, INSTANCE, CATALOGUE)
        assert course.under_way.wait(timeout=60)
        while True:
            last_walk = course.written.is_set()
            before = {shown for shown, n in course.committed.copy().items() if wanted(n)}
            seen: list[str] = []
            for page in _pages(store, filters, cursor):
                seen += page
                if walks == 0 and len(seen) == len(page):
                    course.halfway.wait()
            assert len(seen) == len(set(seen)), "an entry was seen twice"
            assert before <= set(seen), "an entry was skipped"
            walks += 1
            if last_walk:
                assert set(seen) == before
                return walks
    finally:
        connection.close()


def _pages(store: EntryStore, filters: Filters, cursor: str) -> Iterator[list[str]]:
    at = None if cursor == "starting_after" else "al_000000000000"
    while True:
        pairs = [("limit", str(LIMIT))]
        page = store.find(filters, read_page(pairs if at is None else [*pairs, (cursor, at)]))
        yield [entry.shown_id for entry in page.entries]
        at = page.next_page if cursor == "starting_after" else page.prev_page
        if at is None:
            return


def _pair(query: str) -> tuple[str, str]:
    name, _, value = query.partition("=")
    return name, value


@pytest.fixture
def course(database: Database) -> Course:
    with database.connection() as connection:
        if database.is_sqlite:
            connection.execute("PRAGMA journal_mode = WAL")
        create_log(connection)
        connection.commit()
    return Course(database)


def test_a_walk_skips_and_repeats_nothing_while_others_write(course: Course) -> None:
    with ThreadPoolExecutor(WRITERS + READERS) as threads:
        readers = [threads.submit(read, course, *each) for each in READ]
        numbers = range(ENTRIES)
        writers = [threads.submit(write, course, numbers[n::WRITERS]) for n in range(WRITERS)]
        try:
            for writer in writers:
                writer.result()
        except BaseException:
            course.under_way.set()
            course.halfway.abort()
            raise
        finally:
            course.written.set()
        assert all(reader.result() >= 2 for reader in readers)
    assert len(course.committed) == ENTRIES

"""Decrees of the library's log, and a forgetter that waits for nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from databases import Database, RawConnection
from deedbook.engine import Deed
from deedbook.engine.decree import Decree, Erasure, Expiry, Selector, effect_of
from deedbook.engine.forgetter import Forgetter, Holds
from sample.catalogue import CATALOGUE, CLOCK, SHELVED, deed_of
from sample.sealing import autocommitting, transaction


def decreeing(decree: Decree, **changed: Any) -> Deed:
    """Give a deed that decrees something; any action can."""
    return deed_of(SHELVED, actor=CLOCK, entity_id="log", effect=effect_of(decree), **changed)


def erasing(**facts: str) -> Deed:
    """Give a deed that decrees an erasure."""
    return decreeing(Erasure(Selector(**facts)))


def expiring(before_sequence: int, **changed: Any) -> Deed:
    """Give a deed that decrees that all below a position expires."""
    return decreeing(Expiry(before_sequence), **changed)


@contextmanager
def opened_forgetter(
    database: Database, holds: Sequence[Selector] = (), **options: Any
) -> Iterator[Forgetter]:
    """Give a forgetter to which every decree has settled."""
    connection = autocommitting(database)
    options.setdefault("settling_ms", -(10**12))

    @contextmanager
    def opened() -> Iterator[tuple[RawConnection, Holds]]:
        with transaction(connection):
            yield connection, lambda _instance_id: list(holds)

    try:
        yield Forgetter(opened, opened, CATALOGUE, **options)
    finally:
        connection.close()


def forget_all(database: Database, holds: Sequence[Selector] = (), **options: Any) -> int:
    """Carry out all that is decreed and can be; gives the number of batches."""
    with opened_forgetter(database, holds, **options) as forgetter:
        batches = 0
        while forgetter.run_once():
            batches += 1
        return batches

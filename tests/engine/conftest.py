"""What most tests of the engine begin with."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from databases import Database, RawConnection
from deedbook.engine import EntryStore, open_store
from sample.catalogue import CATALOGUE, INSTANCE
from sample.sealing import autocommitting, make_log


@pytest.fixture
def connection(database: Database) -> Iterator[RawConnection]:
    """Give a connection without transactions of its own to a database with an empty log."""
    make_log(database)
    opened = autocommitting(database)
    yield opened
    opened.close()


@pytest.fixture
def store(connection: RawConnection) -> EntryStore:
    """Give the log of an instance on that connection."""
    return open_store(connection, INSTANCE, CATALOGUE)

"""What most tests of the engine begin with."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from databases import Database, RawConnection
from sample.sealing import autocommitting, make_log


@pytest.fixture
def connection(database: Database) -> Iterator[RawConnection]:
    """Give a connection without transactions of its own to a database with an empty log."""
    make_log(database)
    opened = autocommitting(database)
    yield opened
    opened.close()

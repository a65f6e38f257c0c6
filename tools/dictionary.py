"""Train the dictionary of a new encoding (`deedbook/engine/encoding.py`) on made-up entries.

Nobody in them is real: they are of the seed and of the demo. There are many instances, so that what only
one of them has, its people and its ids, is not worth a place. Ids and salts are chance, so that no training
gives the bytes of another; what was shipped is kept, and not trained again.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections.abc import Iterator
from importlib import resources
from itertools import islice
from pathlib import Path

import zstandard
from sqlalchemy import select

from deedbook.cli.demo import make_demo
from deedbook.database.connect import Database
from deedbook.database.migrate import migrate
from deedbook.engine import Entry, EntryIds, Filters, Page, write_down
from deedbook.engine.encoding import DICTIONARIES, LEVEL
from deedbook.platform.catalogue import CATALOGUE
from deedbook.platform.identity.instances.models import Instance
from deedbook.platform.recorded import recorded_where
from deedbook.recording import open_log
from deedbook.seeding.chance import Chance
from deedbook.seeding.deeds import deeds_of
from deedbook.settings import Settings

_BYTES = 32_768
_SEEDED = range(100, 140)
_ENTRIES_OF_EACH = 400
_DEMOS = 5
# The years that seeded entries fall into, in Unix milliseconds.
_YEARS_MS = (1_600_000_000_000, 1_900_000_000_000)


def main() -> None:
    """Write it under the next number, and print what has to be pinned."""
    number = max(DICTIONARIES) + 1
    strings: list[bytes | bytearray | memoryview] = []
    for entry in _entries():
        strings += [part for part in (entry.record, entry.personal) if part is not None]
    trained = zstandard.train_dictionary(_BYTES, strings, level=LEVEL).as_bytes()
    path = Path(str(resources.files("deedbook.engine"))) / "dictionaries" / f"{number}.zdict"
    path.write_bytes(trained)
    sys.stdout.write(f"{path}: pin it in DICTIONARIES with its SHA-256, and write with it.\n")


def _entries() -> Iterator[Entry]:
    for random_seed in _SEEDED:
        yield from _seeded(random.Random(random_seed))  # noqa: S311 (no secret)
    for _ in range(_DEMOS):
        with tempfile.TemporaryDirectory() as home:
            yield from _of_the_demo(Path(home))


def _seeded(source: random.Random) -> Iterator[Entry]:
    at_ms, step_ms = source.randrange(*_YEARS_MS), source.randrange(1_000, 10_000_000)
    times = iter(range(at_ms, sys.maxsize, step_ms))
    entry_ids = EntryIds(lambda: next(times))
    deeds = deeds_of(Chance(source).id("in"), source, recorded_where())
    for deed in islice(deeds, _ENTRIES_OF_EACH):
        yield write_down(deed, entry_ids.take()).entry()


def _of_the_demo(home: Path) -> Iterator[Entry]:
    settings = Settings(home=home, database_url=f"sqlite:///{home}/demo.db")
    database = Database(settings.url(), connections=1)
    try:
        migrate(database)
        make_demo(settings)
        with database.read() as session:
            # any instance: the demo makes more than one
            for instance_id in session.scalars(select(Instance.id)).all():
                log = open_log(session, instance_id, CATALOGUE)
                everything = Filters(include=CATALOGUE.on_request)
                yield from log.find(everything, Page(limit=1000)).entries
    finally:
        database.close()


main()

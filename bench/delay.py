"""From commit to position: how long entries wait for the sealer while others are written."""

from __future__ import annotations

import random
import tempfile
import threading
import time
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from statistics import median, quantiles
from typing import Final

from bench.tables import table
from deedbook.database.connect import Database
from deedbook.database.migrate import migrate
from deedbook.engine import Deed
from deedbook.platform.catalogue import CATALOGUE
from deedbook.platform.recorded import recorded_where
from deedbook.platform.sealing import SealingJob
from deedbook.platform.signing import SigningKeys
from deedbook.recording import open_log, open_proofs
from deedbook.seeding.deeds import deeds_of

_INSTANCE: Final = "in_000000000001"
_A_SECOND: Final = 1_000
_WRITERS: Final = 4


@dataclass
class _Writing:
    """Entries written at a pace by some writers, each in its own transaction: when each was committed."""

    database: Database
    deeds: list[Deed]
    committed: list[float] = field(default_factory=list)

    def start(self) -> list[threading.Thread]:
        began = time.perf_counter()
        writers = [
            threading.Thread(target=self._write, args=(began, first)) for first in range(_WRITERS)
        ]
        for writer in writers:
            writer.start()
        return writers

    def _write(self, began: float, first: int) -> None:
        for number in range(first, len(self.deeds), _WRITERS):
            deed = self.deeds[number]
            time.sleep(max(0.0, began + number / _A_SECOND - time.perf_counter()))
            with self.database.write() as session:
                open_log(session, _INSTANCE, CATALOGUE).append(deed)
                session.commit()
            self.committed.append(time.perf_counter())


def measure(urls: dict[str, str], seconds: float) -> None:
    """Print how long entries waited that were written at a thousand a second for so many seconds."""
    table(
        (
            *("writing a thousand a second", "written a second"),
            *("commit to position (ms), p50", "p95", "the longest"),
        ),
        [[name, *_measure(url, seconds)] for name, url in urls.items()],
    )


def _measure(url: str, seconds: float) -> list[str]:
    database = Database(url)
    try:
        migrate(database)
        chance = random.Random(1)  # noqa: S311 (no secret)
        deeds = islice(deeds_of(_INSTANCE, chance, recorded_where()), int(seconds * _A_SECOND))
        writing = _Writing(database, list(deeds))
        with tempfile.TemporaryDirectory() as home:
            job = SealingJob(database, SigningKeys(Path(home) / "key"))
            waited = _sealed_beside(job, writing)
            job.close()
    finally:
        database.close()
    took = writing.committed[-1] - writing.committed[0]
    return [
        f"{len(waited) / took:,.0f}",
        *(f"{1000 * each:,.0f}" for each in (median(waited), quantiles(waited, n=20)[-1])),
        f"{1000 * max(waited):,.0f}",
    ]


def _sealed_beside(job: SealingJob, writing: _Writing) -> list[float]:
    """Seal while others write; gives how long each entry waited, in seconds."""
    writers = writing.start()
    waited: list[float] = []
    while any(writer.is_alive() for writer in writers) or len(waited) < len(writing.committed):
        if not job.run_once():
            time.sleep(job.pause_seconds)
        with writing.database.read() as session:
            sealed = open_proofs(session, _INSTANCE).size()
        now = time.perf_counter()
        # What is in the tree was committed, whether its writer came to note it or not.
        waited += [now - each for each in writing.committed[len(waited) : sealed]]
    return waited

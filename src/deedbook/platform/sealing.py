"""Sealing as a job beside the requests."""

from __future__ import annotations

import time
from typing import Final

from deedbook.database.connect import Database
from deedbook.platform.catalogue import CATALOGUE
from deedbook.platform.signing import SigningKeys
from deedbook.recording import open_sealer


class SealingJob:
    """Gives committed entries their positions, a batch at a time, and signs checkpoints."""

    name: Final = "sealer"
    pause_seconds: Final = 0.25

    def __init__(self, database: Database, keys: SigningKeys) -> None:
        self._sealer = open_sealer(database.writer, keys.current, CATALOGUE, reader=database.reader)
        self._leaves_turns = database.has_one_writer

    def run_once(self) -> bool:
        """Seal a batch; tell whether there was one."""
        begun = time.monotonic()
        taken = self._sealer.run_once()
        if taken and self._leaves_turns:
            # As long as it held the one write lock it now leaves it to those who wait for it.
            time.sleep(time.monotonic() - begun)
        return taken > 0

    def close(self) -> None:
        """Let the next sealer begin at once."""
        self._sealer.release()

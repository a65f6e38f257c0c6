"""Removing what a request left behind that did not come to its end."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Final

from deedbook.database.connect import Database
from deedbook.platform.payments.uploads.models import Upload

# Far longer than a request takes from its file to its row.
_OLD_SECONDS: Final = 24 * 3600.0


class UploadSweep:
    """Removes files that no row names: a request was killed, or its row could not be written."""

    name: Final = "upload sweep"
    pause_seconds: Final = 3600.0

    def __init__(self, database: Database, folder: Path) -> None:
        self._database = database
        self._folder = folder

    def run_once(self) -> bool:
        """Look through the folder."""
        self.sweep(older_than=time.time() - _OLD_SECONDS)
        return False

    def sweep(self, *, older_than: float) -> None:
        """Remove the files without a row that were last written before a moment (Unix time)."""
        if not self._folder.is_dir():
            return
        for file in self._folder.iterdir():
            if file.stat().st_mtime < older_than and not self._is_known(file.name):
                file.unlink(missing_ok=True)

    def _is_known(self, name: str) -> bool:
        # any instance: a file is nobody's when no row has its name
        with self._database.read() as session:
            return session.get(Upload, name) is not None

"""What a witness remembers: a folder with the newest checkpoint of each log, and with what it refused.

Files are plain text. `in_….checkpoint` is the signed note itself, `in_….refused-….txt` what was served
against it. A folder belongs to one witness.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Final
from urllib.parse import quote

from deedbook.engine.integrity.checkpoint import MalformedCheckpoint, read_checkpoint
from deedbook.engine.integrity.note import MalformedNote, read_note
from deedbook.on_disk import sync, sync_folder
from deedbook.witness.errors import CannotTell

_NAMED_BY: Final = 16


class Memory:
    """The folder of a witness, made at first use."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def note_of(self, instance_id: str) -> str | None:
        """Give the checkpoint that is remembered of a log. Raises `CannotTell` for a damaged file."""
        path = self._path(instance_id, "checkpoint")
        try:
            note = path.read_bytes().decode()
            read_checkpoint(read_note(note).text)
        except FileNotFoundError:
            return None
        except (OSError, UnicodeError, MalformedNote, MalformedCheckpoint):
            raise CannotTell(
                f"{path} holds no checkpoint any more; restore it from a copy, or delete it to begin anew"
            ) from None
        return note

    def remember(self, instance_id: str, note: str) -> None:
        """Put a checkpoint in the place of the one before, whole or not at all. Raises `CannotTell`."""
        self._write(self._path(instance_id, "checkpoint"), note)

    def keep_evidence(self, instance_id: str, text: str) -> Path:
        """Keep what contradicts the checkpoint that is remembered, once, and give the file."""
        known = (self.note_of(instance_id) or "").encode()
        name = hashlib.sha256(known).hexdigest()[:_NAMED_BY]
        path = self._path(instance_id, f"refused-{name}.txt")
        if not path.exists():
            self._write(path, text)
        return path

    def _path(self, instance_id: str, ending: str) -> Path:
        return self._folder / f"{quote(instance_id, safe='')}.{ending}"

    def _write(self, path: Path, text: str) -> None:
        fresh = path.with_name(f"{path.name}.{os.getpid()}.part")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with fresh.open("wb") as file:
                file.write(text.encode())
                sync(file)
            fresh.replace(path)
            sync_folder(self._folder)
        except OSError as error:
            raise CannotTell(f"{path} could not be written: {error.strerror}") from None

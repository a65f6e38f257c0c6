"""Checkpoints of C2SP (c2sp.org/tlog-checkpoint): what a log was at one moment, in three lines.

Ours have a fourth, an extension line that says when: `time 2026-03-15T09:30:00.000Z`. A checkpoint is
the text of a signed note (`note`).
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from deedbook.engine.errors import DeedbookError
from deedbook.engine.integrity.merkle import HASH_BYTES

MAX_SIZE: Final = 2**63 - 1
_SIZE: Final = re.compile(r"0|[1-9][0-9]{0,18}")
_TIME: Final = re.compile(
    r"time ([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z)"
)


class MalformedCheckpoint(DeedbookError):
    """This is no checkpoint of a log."""

    code = "CHECKPOINT_MALFORMED"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The size of a log and the root over its leaves. `origin` names the log.

    `extensions` are the lines after the root, which say nothing of the tree.
    """

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        lines = (self.origin, *self.extensions)
        if any(not line or "\n" in line for line in lines) or len(self.root) != HASH_BYTES:
            raise MalformedCheckpoint
        if not 0 <= self.size <= MAX_SIZE:
            raise MalformedCheckpoint

    def text(self) -> str:
        """Give the text that is signed."""
        root = base64.b64encode(self.root).decode()
        return "".join(
            f"{line}\n" for line in (self.origin, str(self.size), root, *self.extensions)
        )

    @property
    def time(self) -> datetime | None:
        """The instant that the first extension line tells, or None."""
        found = _TIME.fullmatch(self.extensions[0]) if self.extensions else None
        try:
            return None if found is None else datetime.fromisoformat(found[1])
        except ValueError:
            return None


def checkpoint_at(moment: datetime, *, origin: str, size: int, root: bytes) -> Checkpoint:
    """Give the checkpoint of a log at an instant, to the millisecond."""
    told = moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return Checkpoint(origin, size, root, (f"time {told}",))


def read_checkpoint(text: str) -> Checkpoint:
    """Read the text of a note as a checkpoint. Raises `MalformedCheckpoint`."""
    origin, *rest = text.split("\n")
    if len(rest) < 3 or rest.pop() != "":  # noqa: PLR2004 (size, root, and the end of the last line)
        raise MalformedCheckpoint
    size, root, *extensions = rest
    if _SIZE.fullmatch(size) is None:
        raise MalformedCheckpoint
    try:
        decoded = base64.b64decode(root, validate=True)
    except ValueError:
        raise MalformedCheckpoint from None
    checkpoint = Checkpoint(origin, int(size), decoded, tuple(extensions))
    # One tree has one text: whatever could be written otherwise is refused.
    if checkpoint.text() != text:
        raise MalformedCheckpoint
    return checkpoint

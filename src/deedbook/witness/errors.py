"""How a look at a log can end badly: it contradicts what is remembered, or nothing can be told."""

from __future__ import annotations

from deedbook.engine import DeedbookError


class CannotTell(DeedbookError):
    """The server gave nothing that can be checked."""

    code = "WITNESS_CANNOT_TELL"


class Contradiction(DeedbookError):
    """The log is not what is remembered of it."""

    code = "WITNESS_CONTRADICTION"

    def __init__(self, reason: str, served: str | None) -> None:
        super().__init__(reason)
        self.served = served

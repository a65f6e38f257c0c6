"""How many exports there may be at once, in this process."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from threading import Lock
from typing import ClassVar, Final

from deedbook.engine import DeedbookError

MOST: Final = 8
MOST_OF_ONE_INSTANCE: Final = 2


class TooManyExports(DeedbookError):
    """As many exports as can be are being made; try again when one has ended."""

    code = "AUDIT_LOGS_TOO_MANY_EXPORTS"
    status = 429
    headers: ClassVar[dict[str, str]] = {"Retry-After": "30"}


class Places:
    """Counts exports on their way: eight at the most, two of one instance."""

    def __init__(self) -> None:
        self._taken: Counter[str] = Counter()
        self._lock = Lock()

    def take(self, instance_id: str) -> Callable[[], None]:
        """Take a place, and give what lets go of it, once. Raises `TooManyExports`."""
        with self._lock:
            if self._taken[instance_id] >= MOST_OF_ONE_INSTANCE or self._taken.total() >= MOST:
                raise TooManyExports
            self._taken[instance_id] += 1
        held = [instance_id]

        def leave() -> None:
            with self._lock:
                while held:
                    self._taken.subtract([held.pop()])
                self._taken += Counter()

        return leave

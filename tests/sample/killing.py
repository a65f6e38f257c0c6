"""Work that is killed at any of its statements, and at a commit or right after it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from databases import RawConnection
from sample.sealing import transaction


class Killed(BaseException):
    """What no code of ours catches, as a kill."""


class Fuse:
    """Burns down step by step, and kills."""

    def __init__(self, steps: int) -> None:
        self.left = steps

    def burn(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise Killed


class Fused:
    """Statements on a fuse: it burns before each and after."""

    def __init__(self, tables: Any, fuse: Fuse) -> None:
        self._tables, self._fuse = tables, fuse

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def call(*values: Any, **named: Any) -> Any:
            self._fuse.burn()
            result = getattr(self._tables, name)(*values, **named)
            self._fuse.burn()
            return result

        return call


@contextmanager
def fatal_transaction(connection: RawConnection, fuse: Fuse) -> Iterator[RawConnection]:
    """Give a transaction whose fuse burns before the commit and after."""
    with transaction(connection):
        yield connection
        fuse.burn()
    fuse.burn()

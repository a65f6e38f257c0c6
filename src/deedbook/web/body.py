"""Reading the body of a request, within a limit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from fastapi import Request

from deedbook.engine import DeedbookError


class BodyTooLarge(DeedbookError):
    """The body of a request has at most 1 MiB."""

    code = "REQUEST_TOO_LARGE"
    status = 413


@dataclass(frozen=True, slots=True)
class BodyLimit:
    """How many bytes a body may have, and what is raised when it has more."""

    size: int
    error: type[DeedbookError]


USUAL_LIMIT: Final = BodyLimit(1024 * 1024, BodyTooLarge)


async def read_body(request: Request, limit: BodyLimit) -> bytes:
    """Read the body before any lock is taken: a slow client must hold up nobody."""
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced[:18]) > limit.size:
        raise limit.error
    received = bytearray()
    async for chunk in request.stream():
        received += chunk
        if len(received) > limit.size:
            raise limit.error
    # Where Starlette looks for a body that was read already.
    request._body = bytes(received)  # noqa: SLF001
    return request._body  # noqa: SLF001

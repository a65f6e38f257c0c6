"""Following one instance's log: each entry once, in the order of the sequence, as it is sealed."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack
from typing import Any, Final, NamedTuple

import anyio
from fastapi import APIRouter, Request, Response

from deedbook.engine import EntryStore, InvalidParameters, read_filters
from deedbook.engine.page import DEFAULT_LIMIT, MAX_LIMIT, whole_number
from deedbook.log_api.parameters import MAX_WAIT_SECONDS, Pairs, both, described, split
from deedbook.log_api.replies import entry_reply
from deedbook.log_api.schemas import AuditLogFeed
from deedbook.web.problems import ProblemRoute

_MAX_SEQUENCE: Final = 2**63 - 2
_LOOK_EVERY_SECONDS: Final = 0.25
# Where FastAPI keeps what it closes after a request, by the scope of the dependency.
_STACKS: Final = ("fastapi_inner_astack", "fastapi_function_astack")


class Feed(NamedTuple):
    """What a follower asks for."""

    after: int = -1
    limit: int = DEFAULT_LIMIT
    wait: int = 0


class NothingNew(Response):
    """The reply to a follower who has seen all there is."""


class WaitingRoute(ProblemRoute):
    """A route that looks again while there is nothing new, for as long as `wait` asks.

    Each look is the whole request again, who may read included, and what a look opens (a connection, a
    transaction) is closed before the wait: however many wait, they hold nothing.
    """

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Give the handler that looks until there is something."""
        look: Callable[[Request], Any] = super().get_route_handler()

        async def handler(request: Request) -> Response:
            asked = whole_number(request.query_params.get("wait", ""), 0, MAX_WAIT_SECONDS)
            until = time.monotonic() + (asked or 0)
            while True:
                response = await _closed_after(look, request)
                if not isinstance(response, NothingNew) or time.monotonic() >= until:
                    return response
                await anyio.sleep(_LOOK_EVERY_SECONDS)
                if await request.is_disconnected():
                    return response

        return handler


async def _closed_after(look: Callable[[Request], Any], request: Request) -> Response:
    """Give what a look answers, once all that it opened is closed."""
    outer = {name: request.scope[name] for name in _STACKS}
    try:
        async with AsyncExitStack() as opened:
            request.scope.update(dict.fromkeys(_STACKS, opened))
            response: Response = await look(request)
    finally:
        request.scope.update(outer)
    return response


def add_feed(router: APIRouter, reading: Any) -> None:  # noqa: ANN401 (a FastAPI dependency)
    """Add the feed to the routes of a log."""

    def follow_audit_logs(request: Request, store: EntryStore = reading) -> Response:
        """Give the entries past a position, denied ones and the system's included.

        Call again with `cursor` as `after`, also when `data` is empty. With `wait` the reply comes when
        there is something new, or after so many seconds.
        """
        pairs, rest = split(request, Feed._fields)
        filters, feed = both(
            lambda: read_filters(rest, store.catalogue, everything=True), lambda: read_feed(pairs)
        )
        followed = store.follow(filters, feed.after, feed.limit)
        checkpoint = store.proofs.checkpoint()
        data = b",".join(entry.wire() for entry in followed.entries)
        note = json.dumps(None if checkpoint is None else checkpoint.note)
        content = b'{"data":[%b],"cursor":%d,"checkpoint":%b}' % (
            data,
            followed.cursor,
            note.encode(),
        )
        return entry_reply(content, Response if followed.cursor > feed.after else NothingNew)

    router.add_api_route(
        "/feed",
        follow_audit_logs,
        route_class_override=WaitingRoute,
        response_class=Response,
        responses={200: {"model": AuditLogFeed}},
        openapi_extra=described("filters", "feed"),
    )


def read_feed(pairs: Pairs) -> Feed:
    """Read what a follower asks for. Raises `InvalidParameters`, which names what is wrong."""
    problems = [
        f"{name}: given twice"
        for name in Feed._fields
        if sum(given == name for given, _ in pairs) > 1
    ]
    values: dict[str, int] = {}
    for name, text in pairs:
        least, most = _BOUNDS[name]
        number = -1 if name == "after" and text == "-1" else whole_number(text, max(least, 0), most)
        if number is None:
            problems.append(f"{name}: must be a whole number from {least} to {most}")
        else:
            values[name] = number
    if problems:
        raise InvalidParameters(problems)
    return Feed(**values)


_BOUNDS: Final = {
    "after": (-1, _MAX_SEQUENCE),
    "limit": (1, MAX_LIMIT),
    "wait": (0, MAX_WAIT_SECONDS),
}

"""How many requests a credential and an address may send: token buckets in this process's memory.

They stand before everything else: what is over the limit reads no body, takes no connection and asks
no database. With several processes each has buckets of its own.
"""

from __future__ import annotations

import ipaddress
import math
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Final

from fastapi import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from deedbook.database.tokens import token_hash
from deedbook.engine import DeedbookError
from deedbook.web.cookies import shown_token
from deedbook.web.origin import OriginReader
from deedbook.web.problems import problem

_MOST_REMEMBERED: Final = 10_000
# How many seconds' worth may come at once.
_BURST_SECONDS: Final = 2
# Who has one IPv6 address has the 2^64 of its network (RFC 6177 §2).
_IPV6_NETWORK_BITS: Final = 64


class RateLimited(DeedbookError):
    """Too many requests; send them more slowly, and try again after the seconds of Retry-After."""

    code = "AUTH_RATE_LIMITED"
    status = 429

    def __init__(self, seconds: float = 1) -> None:
        super().__init__()
        # RFC 9110 §10.2.3: whole seconds.
        self.headers = {"Retry-After": str(math.ceil(seconds))}


class Buckets:
    """A token bucket for each key; two seconds' worth of requests may come at once.

    At most 10,000 are remembered, those asked for last; one that is forgotten starts full again.
    """

    def __init__(self, per_second: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_second = per_second
        self._most = per_second * _BURST_SECONDS
        self._clock = clock
        self._levels: OrderedDict[Hashable, tuple[float, float]] = OrderedDict()

    def wait(self, key: Hashable) -> float:
        """Take a token, or give the seconds until there is one. Zero per second is no limit."""
        if not self._per_second:
            return 0
        now = self._clock()
        level, since = self._levels.get(key, (self._most, now))
        level = min(self._most, level + (now - since) * self._per_second)
        admitted = level >= 1
        self._levels[key] = level - admitted, now
        self._levels.move_to_end(key)
        if len(self._levels) > _MOST_REMEMBERED:
            self._levels.popitem(last=False)
        return 0 if admitted else (1 - level) / self._per_second


class RateLimits:
    """Answers 429 to whoever sends more than their share."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        credentials: Buckets,
        addresses: Buckets,
        origins: OriginReader,
        secure_cookies: bool,
    ) -> None:
        self._app = app
        self._credentials = credentials
        self._addresses = addresses
        self._origins = origins
        self._secure_cookies = secure_cookies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request."""
        if scope["type"] == "http":
            request = Request(scope)
            if seconds := self._wait(request):
                reply = problem(RateLimited(seconds), request)
                await reply(scope, receive, send)
                return
        await self._app(scope, receive, send)

    def _wait(self, request: Request) -> float:
        seconds = self._addresses.wait(_network(self._origins.address(request).ip))
        token = shown_token(request, secure=self._secure_cookies)
        # Whether it is any good is found out later; here it only tells senders apart.
        return seconds or (self._credentials.wait(token_hash(token)) if token else 0)


def _network(address: str | None) -> str | None:
    if address is None or ":" not in address:
        return address
    return str(ipaddress.ip_network((address, _IPV6_NETWORK_BITS), strict=False))

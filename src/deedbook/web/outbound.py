"""Requests to addresses that tenants name: bounded in time and size, and to the public Internet only.

A name is looked up once a request; what comes back is checked, and the connection is made to the very
address that was checked, so that a name that changes its mind in between (DNS rebinding) gains nothing.
TLS still asks for the certificate of the name. Redirects are not followed, proxies not asked.
"""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Final, Self, TypeAlias
from urllib.parse import urlsplit

import httpcore2

from deedbook.engine import DeedbookError
from deedbook.web.public_addresses import is_public, may_be_public

_STEP_SECONDS: Final = 5.0
_TOTAL_SECONDS: Final = 15.0

_FAILURES: Final = (
    OSError,
    httpcore2.TimeoutException,
    httpcore2.NetworkError,
    httpcore2.ProtocolError,
)

Address: TypeAlias = IPv4Address | IPv6Address
Resolver: TypeAlias = Callable[[str, int], Sequence[Address]]


class UrlRefused(DeedbookError):
    """Requests go to https and to public addresses only."""

    code = "OUTBOUND_URL_REFUSED"
    status = 400


class NoAnswer(DeedbookError):
    """The request got no answer."""

    code = "OUTBOUND_NO_ANSWER"
    status = 502


def resolve(host: str, port: int) -> Sequence[Address]:
    """Give the addresses of a name from the system's resolver. Raises `OSError`."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    # An IPv6 address may come with a zone (RFC 4007), which is no part of it here.
    return [ip_address(str(each[4][0]).partition("%")[0]) for each in found]


class Outbound:
    """Sends requests where tenants want them sent.

    `private_addresses` lifts the rules, for development: http and any address will do.
    """

    def __init__(
        self,
        *,
        private_addresses: bool = False,
        resolver: Resolver = resolve,
        tls: ssl.SSLContext | None = None,
        total_seconds: float = _TOTAL_SECONDS,
    ) -> None:
        self._private_addresses = private_addresses
        self._resolver = resolver
        self._tls = tls or ssl.create_default_context()
        self._total_seconds = total_seconds

    def check(self, url: str) -> None:
        """Refuse a URL that can be seen to be out of bounds, without looking anything up.

        Raises `UrlRefused`.
        """
        parts = urlsplit(url)
        schemes = ("https", "http") if self._private_addresses else ("https",)
        if parts.scheme not in schemes or not parts.hostname:
            raise UrlRefused(f"it has to begin with {schemes[0]}:// and name a host")
        if parts.username or parts.password:
            raise UrlRefused("it must not hold a name or a password")
        if not self._private_addresses and not may_be_public(parts.hostname):
            raise UrlRefused("it has to lead to the public Internet")

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> int:
        """Send a request, and give the status of the answer; its body is not read.

        Raises `UrlRefused` for what is out of bounds, and `NoAnswer`, which says why.
        """
        self.check(url)
        with _Connector(self._addresses, self._total_seconds) as connector:
            try:
                return self._post(connector, url, body, headers)
            except _FAILURES as error:
                raise NoAnswer(_reason(error, timed_out=connector.over.is_set())) from None

    def _post(
        self, connector: _Connector, url: str, body: bytes, headers: Mapping[str, str]
    ) -> int:
        steps = dict.fromkeys(("connect", "read", "write", "pool"), _STEP_SECONDS)
        with (
            httpcore2.ConnectionPool(self._tls, network_backend=connector) as pool,
            pool.stream(
                "POST",
                url,
                headers=list(headers.items()),
                content=body,
                extensions={"timeout": steps},
            ) as response,
        ):
            return response.status

    def _addresses(self, host: str, port: int) -> Sequence[Address]:
        """Give the addresses of a host, all of them checked."""
        try:
            found = [ip_address(host)]
        except ValueError:
            found = list(self._resolver(host, port))
        if not self._private_addresses and not all(map(is_public, found)):
            raise UrlRefused("its name leads to an address that is not public")
        return found


class _Connector(httpcore2.NetworkBackend):
    """Connects one request to a checked address, and hangs up when its time is over.

    Timeouts of single steps do not bound a peer that sends a byte now and then, in the TLS handshake
    for one; so a second handle on the connection shuts it down from outside.
    """

    def __init__(self, addresses: Resolver, total_seconds: float) -> None:
        self.over = threading.Event()
        self._addresses = addresses
        self._handle: socket.socket | None = None
        self._timer = threading.Timer(total_seconds, self._hang_up)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        self._timer.join()
        if self._handle is not None:
            self._handle.close()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        """Connect to the first address that answers."""
        failure: Exception = httpcore2.ConnectError("the name has no address")
        for address in self._addresses(host, port):
            if self.over.is_set():
                break
            try:
                stream = httpcore2.SyncBackend().connect_tcp(
                    str(address), port, timeout, local_address, socket_options or ()
                )
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = error
            else:
                self._handle = stream.get_extra_info("socket").dup()
                if self.over.is_set():
                    self._hang_up()
                return stream
        raise failure

    def _hang_up(self) -> None:
        self.over.set()
        if self._handle is not None:
            # The peer may have hung up first.
            with suppress(OSError):
                self._handle.shutdown(socket.SHUT_RDWR)


def _reason(error: Exception, *, timed_out: bool) -> str:
    """Say in a few words of ours what went wrong: a peer's words are not ours to keep."""
    if timed_out or isinstance(error, httpcore2.TimeoutException):
        return "no answer in time"
    if isinstance(error, httpcore2.ProtocolError):
        return "what came back is no HTTP"
    cause = error if isinstance(error, OSError) else error.__context__
    if isinstance(cause, socket.gaierror):
        return "the name cannot be resolved"
    if isinstance(cause, ssl.SSLError):
        return "TLS failed: " + (
            getattr(cause, "verify_message", "") or "no agreement with the server"
        )
    return "the connection failed"

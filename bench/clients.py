"""Clients of a server on this machine: connections that are kept, each of which asks one thing after the other.

Bare sockets in one thread: on two cores whatever the client takes is taken from the server's database.
"""

from __future__ import annotations

import re
import selectors
import socket
import time
from collections.abc import Callable
from typing import Final, NamedTuple

OK: Final = 200
_PATIENCE_SECONDS: Final = 60
_LENGTH: Final = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


class Reply(NamedTuple):
    """What came back: 0 as its status where the server hung up."""

    status: int
    body: bytes
    milliseconds: float


class Asked(NamedTuple):
    """A request as it goes over the wire, and who is told its reply."""

    request: bytes
    told: Callable[[Reply], object]


def request(method: str, path: str, token: str, body: bytes = b"") -> bytes:
    """Give a request in HTTP/1.1 with a Bearer token."""
    head = f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n"
    if body:
        head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
    return head.encode() + b"\r\n" + body


def drive(port: int, ask: Callable[[], Asked | None], connections: int) -> float:
    """Ask until there is nothing more to ask, and give the seconds until the last reply was there.

    Raises `TimeoutError` when the server falls silent.
    """
    selector = selectors.DefaultSelector()
    began = time.perf_counter()
    for line in [_Line(port) for _ in range(connections)]:
        _next(selector, line, ask())
    while selector.get_map():
        ready = selector.select(_PATIENCE_SECONDS)
        if not ready:
            raise TimeoutError(f"no reply within {_PATIENCE_SECONDS} seconds")
        for key, _ in ready:
            line = key.data
            if line.receive():
                selector.unregister(key.fileobj)
                _next(selector, line, ask())
    return time.perf_counter() - began


def _next(selector: selectors.BaseSelector, line: _Line, asked: Asked | None) -> None:
    if asked is None:
        line.socket.close()
        return
    selector.register(line.socket, selectors.EVENT_READ, line)
    line.send(asked)


def rate(port: int, asked: bytes, *, connections: int, seconds: float) -> float:
    """Give how many replies a second come to the same request. Raises `RuntimeError` at a refusal."""
    done = 0
    end = time.perf_counter() + seconds

    def count(reply: Reply) -> None:
        nonlocal done
        refuse_refusal(reply)
        done += 1

    always = Asked(asked, count)
    took = drive(port, lambda: always if time.perf_counter() < end else None, connections)
    return done / took


def refuse_refusal(reply: Reply) -> None:
    """Raise `RuntimeError` unless what was asked for is there."""
    if reply.status != OK:
        raise RuntimeError(f"{reply.status}: {reply.body[:500]!r}")


def once(port: int, asked: bytes) -> Reply:
    """Give the reply to one request."""
    replies: list[Reply] = []
    wanted = [Asked(asked, replies.append)]
    drive(port, lambda: wanted.pop() if wanted else None, 1)
    return replies[0]


class _Line:
    """One connection, with at most one request on its way."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._connect()

    def _connect(self) -> None:
        self.socket = socket.create_connection(("127.0.0.1", self._port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._received = bytearray()
        self._whole = 0

    def send(self, asked: Asked) -> None:
        self._asked, self._sent = asked, time.perf_counter()
        self.socket.sendall(asked.request)

    def receive(self) -> bool:
        """Take what is there; tell whether the reply is whole, which is then told."""
        piece = self.socket.recv(1 << 18)
        if not piece:
            self.socket.close()
            self._connect()
            self._tell(0, b"")
            return True
        self._received += piece
        if not self._whole:
            self._whole = self._length()
        if not self._whole or len(self._received) < self._whole:
            return False
        status = int(self._received[9:12])
        body = bytes(self._received[self._body_at : self._whole])
        self._received, self._whole = bytearray(), 0
        self._tell(status, body)
        return True

    def _length(self) -> int:
        """Give the length of the reply once its head is there, and else 0."""
        end = self._received.find(b"\r\n\r\n")
        if end < 0:
            return 0
        found = _LENGTH.search(self._received, 0, end)
        if found is None:
            raise ValueError(f"a reply of no known length: {bytes(self._received[:end])!r}")
        self._body_at = end + 4
        return self._body_at + int(found[1])

    def _tell(self, status: int, body: bytes) -> None:
        took = 1000 * (time.perf_counter() - self._sent)
        self._asked.told(Reply(status, body, took))

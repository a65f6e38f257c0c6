"""Requests to an application in this process: the bytes of ASGI, without a socket."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from anyio.from_thread import BlockingPortal
from starlette.types import ASGIApp, Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A request from an address."""

    method: str
    path: str
    ip_address: str
    headers: Mapping[str, str]
    content: bytes = b""


@dataclass(slots=True)
class Answer:
    """What the application answered."""

    status: int = 0
    content: bytearray = field(default_factory=bytearray)

    def json(self) -> Any:  # noqa: ANN401 (whatever the route answers)
        """Give the body as JSON."""
        return json.loads(self.content)


def send(portal: BlockingPortal, app: ASGIApp, call: Call) -> Answer:
    """Send a request, and wait for the answer. The portal's loop may run in any thread."""
    answer = Answer()
    coming: list[Message] = [{"type": "http.request", "body": call.content, "more_body": False}]

    async def receive() -> Message:
        return coming.pop() if coming else {"type": "http.disconnect"}

    async def take(message: Message) -> None:
        if message["type"] == "http.response.start":
            answer.status = message["status"]
        answer.content += message.get("body", b"")

    portal.call(app, _scope(call), receive, take)
    return answer


def _scope(call: Call) -> dict[str, Any]:
    headers = {"content-type": "application/json", **call.headers}
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": call.method,
        "scheme": "http",
        "path": call.path,
        "raw_path": call.path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
        "client": (call.ip_address, 50_000),
        "server": ("localhost", 8000),
    }

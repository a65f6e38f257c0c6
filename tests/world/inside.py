"""An application in this process, asked as over HTTP, without a socket."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import anyio
import httpx2
from anyio.from_thread import BlockingPortal, start_blocking_portal
from fastapi import FastAPI
from httpx2 import Request, Response
from starlette.types import Message


class Inside(httpx2.BaseTransport):
    """Brings requests to an application by ASGI, and gives its replies when they are whole.

    A request takes one change of threads, and back. With Starlette's test client, which can stream a
    reply, it is eight of each, and they are most of what a small request costs.
    """

    def __init__(self, app: FastAPI, address: tuple[str, int]) -> None:
        self._app = app
        self._address = address
        self._portal: BlockingPortal | None = None

    @contextmanager
    def running(self) -> Iterator[None]:
        """Start the application, and stop it at the end."""
        lifespan = self._app.router.lifespan_context(self._app)
        with start_blocking_portal() as portal, portal.wrap_async_context_manager(lifespan):
            self._portal = portal
            try:
                yield
            finally:
                self._portal = None

    def handle_request(self, request: Request) -> Response:
        content = request.read()
        if self._portal is not None:
            return self._portal.call(self._answer, request, content)
        # Somebody else has started the application: a server.
        with start_blocking_portal() as portal:
            return portal.call(self._answer, request, content)

    async def _answer(self, request: Request, content: bytes) -> Response:
        asked, answered = iter([content]), anyio.Event()
        start: dict[str, Any] = {"status": 500, "headers": []}
        parts: list[bytes] = []

        async def receive() -> Message:
            for body in asked:
                return {"type": "http.request", "body": body}
            await answered.wait()
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
            else:
                parts.append(message["body"])
                if not message.get("more_body"):
                    answered.set()

        try:
            await self._app(self._scope(request), receive, send)
        except Exception:  # noqa: BLE001 (a server too gives what was sent, and goes on)
            answered.set()
        body = b"" if request.method == "HEAD" else b"".join(parts)
        return Response(start["status"], headers=start["headers"], content=body, request=request)

    def _scope(self, request: Request) -> dict[str, Any]:
        url = request.url
        return {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": request.method,
            "scheme": url.scheme,
            "path": url.path,
            "raw_path": url.raw_path.partition(b"?")[0],
            "root_path": "",
            "query_string": url.query,
            "headers": [(name.lower(), value) for name, value in request.headers.raw],
            "client": self._address,
            "server": (url.host, url.port or {"http": 80, "https": 443}[url.scheme]),
            "state": {},
        }

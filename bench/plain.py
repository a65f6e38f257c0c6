"""A server that gives the bytes of a file from memory: `python -m bench.plain asgi|fastapi FILE PORT`.

As bare ASGI, and as a route of the framework that does nothing else; served as `deedbook serve` is.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI, Response


def asgi(content: bytes) -> Any:  # noqa: ANN401 (an ASGI application)
    """Give an application that is nothing but its reply."""
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(content))]

    async def app(scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401 (ASGI)
        if scope["type"] == "lifespan":
            await receive()
            await send({"type": "lifespan.startup.complete"})
            await receive()
            await send({"type": "lifespan.shutdown.complete"})
            return
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": content})

    return app


def fastapi(content: bytes) -> FastAPI:
    """Give an application with one route, which does nothing."""
    app = FastAPI()

    @app.get("/v1/instances/{instance_id}/audit-logs")
    async def empty(instance_id: str) -> Response:  # noqa: ARG001 (an empty route)
        return Response(content, media_type="application/json")

    return app


if __name__ == "__main__":
    kind, file, port = sys.argv[1:]
    uvicorn.run(
        {"asgi": asgi, "fastapi": fastapi}[kind](Path(file).read_bytes()),
        port=int(port),
        proxy_headers=False,
        server_header=False,
        access_log=False,
    )

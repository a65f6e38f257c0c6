"""The dashboard: static files, built beforehand, and the headers that keep a browser safe."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path
from typing import Final

from fastapi import FastAPI
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_NOT_BUILT: Final = """<!doctype html><title>Deedbook</title>
<p>The dashboard is not built yet. Run <code>make install</code>, or
<code>npm ci && npm run build</code> in the folder <code>dashboard</code>.</p>"""
_INLINE_SCRIPT: Final = re.compile(rb"<script>(.*?)</script>", re.DOTALL)
_A_YEAR: Final = "public, max-age=31536000, immutable"


def add_dashboard(app: FastAPI, folder: Path, *, secure: bool) -> None:
    """Serve the dashboard under /dashboard/; every path in it is the one page."""
    # Known by name from the start: no path that is asked for ever reaches the file system.
    found = (file for file in folder.rglob("*") if file.is_file())
    files = {file.relative_to(folder).as_posix(): file for file in found}
    index = folder / "index.html"
    page = index.read_bytes() if index.exists() else _NOT_BUILT.encode()

    @app.get("/", include_in_schema=False)
    @app.get("/dashboard", include_in_schema=False)
    async def to_dashboard() -> RedirectResponse:
        return RedirectResponse("/dashboard/")

    @app.get("/dashboard/{path:path}", include_in_schema=False)
    def get_dashboard(path: str) -> Response:
        file = files.get(path)
        if file is not None:
            caching = _A_YEAR if path.startswith("assets/") else "no-cache"
            return FileResponse(file, headers={"Cache-Control": caching})
        return HTMLResponse(page, headers={"Cache-Control": "no-cache"})

    app.add_middleware(SecurityHeaders, script_hashes=_script_hashes(page), secure=secure)


def _script_hashes(page: bytes) -> str:
    """Give the CSP sources of the page's inline scripts (CSP Level 3 §2.3.1)."""
    digests = (hashlib.sha256(script).digest() for script in _INLINE_SCRIPT.findall(page))
    return " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


# What no page of ours asks of a browser; passkeys are for our own pages alone.
_PERMISSIONS: Final = (
    "camera=(), display-capture=(), geolocation=(), microphone=(), midi=(), payment=(), usb=(), "
    "publickey-credentials-create=(self), publickey-credentials-get=(self)"
)


class SecurityHeaders:
    """Adds to every reply what tells a browser to run and load nothing from elsewhere.

    Other sites can neither frame a page (CSP Level 3 §6.4.2), nor hold its window, nor load a reply.
    What says nothing of caching is kept nowhere: a reply may hold a token that is shown once.
    """

    def __init__(self, app: ASGIApp, *, script_hashes: str, secure: bool) -> None:
        self._app = app
        policy = (
            f"default-src 'none'; script-src 'self' {script_hashes}; style-src 'self'; "
            "img-src 'self'; font-src 'self'; connect-src 'self'; "
            "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
        )
        self._headers = [
            (b"content-security-policy", policy.encode()),
            (b"x-content-type-options", b"nosniff"),
            (b"x-frame-options", b"DENY"),
            (b"referrer-policy", b"same-origin"),
            (b"permissions-policy", _PERMISSIONS.encode()),
            (b"cross-origin-opener-policy", b"same-origin"),
            (b"cross-origin-resource-policy", b"same-origin"),
            *([(b"strict-transport-security", b"max-age=31536000")] if secure else []),
        ]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = [*message["headers"], *self._headers]
                if not any(name == b"cache-control" for name, _ in headers):
                    headers.append((b"cache-control", b"no-store"))
                message["headers"] = headers
            await send(message)

        await self._app(scope, receive, send_with_headers if scope["type"] == "http" else send)

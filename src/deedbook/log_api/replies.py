"""Replies that hold entries."""

from __future__ import annotations

from fastapi import Response


def entry_reply(content: bytes, response_class: type[Response] = Response) -> Response:
    """Give a reply of JSON that is for its reader alone: no cache in between keeps it."""
    return response_class(
        content, media_type="application/json", headers={"Cache-Control": "no-store"}
    )

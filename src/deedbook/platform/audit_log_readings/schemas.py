"""Readings of the log on the wire."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel

from deedbook.web.schemas import Moment


class ReaderOut(BaseModel):
    """Who read; the name is that of today, null where nobody has it any more."""

    type: Literal["user", "api_key"]
    id: str
    name: str | None


class ReadingOut(BaseModel):
    """A reading: `what` was read (`entries`, or the one `entry` of `entry_id`), with which filters."""

    id: str
    instance_id: str
    reader: ReaderOut
    role: str
    what: str
    entry_id: str | None
    filters: dict[str, list[str]]
    request_id: str | None
    created_at: Moment

"""Saved views on the wire."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, StringConstraints

from deedbook.web.schemas import Body, Moment, Success


class AuditLogViewIn(Body):
    """A name, and filters as the query of the page's address has them, percent-encoded."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=80)]
    query: Annotated[str, StringConstraints(max_length=2000, pattern=r"^[!-~]*$")]


class AuditLogViewCreatedOut(Success):
    """The view is kept."""

    id: str


class AuditLogViewOut(BaseModel):
    """A view of the caller's own."""

    id: str
    name: str
    query: str
    created_at: Moment

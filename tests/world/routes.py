"""The routes of an application and what each declares."""

from __future__ import annotations

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from deedbook.web.declarations import Declaration
from deedbook.web.routing import SliceRoute

Walked = list[tuple[str, str, Declaration | None]]


def walk(app: FastAPI) -> Walked:
    """Give method, path and declaration of each route, the included ones too."""
    return [
        (
            method,
            str(route.path),
            route.original_route.declaration
            if isinstance(route.original_route, SliceRoute)
            else None,
        )
        for route in iter_route_contexts(app.routes)
        for method in sorted(route.methods or ())
    ]

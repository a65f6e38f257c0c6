"""Routes of slices: declared, run through the pipeline, and given what they work with."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Request, Response
from fastapi.routing import APIRoute
from sqlalchemy.orm import Session

from deedbook.recording import UnitOfWork
from deedbook.web.body import USUAL_LIMIT
from deedbook.web.caller import UserCaller
from deedbook.web.declarations import SAFE_METHODS, Anyone, Declaration, declaration_of
from deedbook.web.idempotency import MAX_KEY_LENGTH
from deedbook.web.pipeline import Opened, Pipeline
from deedbook.web.problems import Error
from deedbook.web.schemas import storable


class SliceRoute(APIRoute):
    """A route that declares who may call it and what it records; without that it fails at import."""

    declaration: Declaration

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:  # noqa: ANN401
        methods = set(options.get("methods") or {"GET"})
        self.declaration = declaration_of(endpoint, methods)
        options["openapi_extra"] = _described(self.declaration, methods)
        super().__init__(path, endpoint, **options)

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Give the handler inside the pipeline."""
        handle = super().get_route_handler()

        async def handler(request: Request) -> Response:
            _make_storable(request)
            pipeline: Pipeline = request.app.state.pipeline
            return await pipeline.run(request, self.declaration, self.path, handle)

        return handler


def _make_storable(request: Request) -> None:
    """Make NUL, which no text of PostgreSQL can hold, U+FFFD in the path and the query."""
    request.scope["path_params"] = storable(request.path_params)
    query: bytes = request.scope["query_string"]
    request.scope["query_string"] = query.replace(b"%00", b"%EF%BF%BD")


_IDEMPOTENCY_KEY: Final = {
    "name": "Idempotency-Key",
    "in": "header",
    "schema": {"type": "string", "maxLength": MAX_KEY_LENGTH},
    "description": "Sent again with the same body, the first reply is given again, for a day.",
}


def _described(declaration: Declaration, methods: set[str]) -> dict[str, Any]:
    """Say in OpenAPI's terms who may call, what is recorded, and that a call may be repeated."""
    told: dict[str, Any] = {}
    if isinstance(declaration.permission, Anyone):
        told["security"] = []
    # A form with a file is not replayed, and only such a body is larger than usual.
    elif not methods <= SAFE_METHODS and declaration.body_limit is USUAL_LIMIT:
        told["parameters"] = [_IDEMPOTENCY_KEY]
    if declaration.records:
        told["x-records"] = [action.name for action in declaration.records]
    if declaration.silent:
        told["x-silent"] = declaration.silent
    return told


def slice_router(prefix: str, *, tag: str) -> APIRouter:
    """Give the router of a slice."""
    errors: dict[int | str, dict[str, Any]] = {
        status: {"model": Error} for status in (400, 401, 403, 404, 409, 422, 500)
    }
    return APIRouter(prefix=prefix, route_class=SliceRoute, tags=[tag], responses=errors)


# The dependencies below only hand on what the pipeline opened; as coroutines they cost no thread.


async def _opened(request: Request) -> Opened:
    opened: Opened = request.state.deedbook
    return opened


async def _work(request: Request) -> UnitOfWork:
    opened = await _opened(request)
    assert opened.work is not None
    return opened.work


async def _session(request: Request) -> Session:
    return (await _opened(request)).session


async def _person(request: Request) -> UserCaller:
    caller = (await _opened(request)).caller
    assert isinstance(caller, UserCaller)
    return caller


Work = Annotated[UnitOfWork, Depends(_work)]
Reading = Annotated[Session, Depends(_session)]
Person = Annotated[UserCaller, Depends(_person)]
RequestNow = Annotated[Opened, Depends(_opened)]

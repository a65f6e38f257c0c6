"""Routes of slices: declared, run through the pipeline, and given what they work with."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Request, Response
from fastapi.routing import APIRoute
from sqlalchemy.orm import Session

from deedbook.engine import CatalogueError
from deedbook.recording import UnitOfWork
from deedbook.web.body import USUAL_LIMIT
from deedbook.web.caller import UserCaller
from deedbook.web.declarations import (
    SAFE_METHODS,
    AnyCaller,
    Anyone,
    Declaration,
    Member,
    MemberOrPerson,
    Permission,
    SignedIn,
    declaration_of,
)
from deedbook.web.idempotency import MAX_KEY_LENGTH
from deedbook.web.pipeline import Opened, Pipeline
from deedbook.web.problems import Error
from deedbook.web.schemas import storable
from deedbook.web.verification import HEADER, is_protected

# By reference: as a model FastAPI would build it a validator, which nothing asks, for each status of each
# route. The component itself is described by the routes of the log, which are of any application.
_ERROR: Final = {"$ref": f"#/components/schemas/{Error.__name__}"}
_ERRORS: Final[dict[int | str, dict[str, Any]]] = {
    status: {"content": {"application/json": {"schema": _ERROR}}}
    for status in (400, 401, 403, 404, 409, 422, 500)
}


class SliceRoute(APIRoute):
    """A route that declares who may call it and what it records; without that it fails at import."""

    declaration: Declaration

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:  # noqa: ANN401
        methods = set(options.get("methods") or {"GET"})
        self.declaration = declaration_of(endpoint, methods)
        described = _described(self.declaration, methods)
        described["parameters"] = [
            *_unnamed_places(path, endpoint),
            *described["parameters"],
            *(options.get("openapi_extra") or {}).get("parameters", ()),
        ]
        options["openapi_extra"] = described
        super().__init__(path, _verified(endpoint), **options)

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

_ASSERTION: Final = {
    "name": HEADER,
    "in": "header",
    "schema": {"type": "string"},
    "description": "base64url of the JSON of an authenticator's assertion (WebAuthn Level 3, §5.1) for"
    " a challenge that was made for this method, path and body.",
}


def _described(declaration: Declaration, methods: set[str]) -> dict[str, Any]:
    """Say in OpenAPI's terms who may call, what is recorded, and that a call may be repeated."""
    told = {"parameters": [], **access_of(declaration.permission)}
    writes = any(declaration.writes(method) for method in methods)
    if writes and not isinstance(declaration.permission, Anyone):
        told["parameters"].append(_ASSERTION)
        # A read is not replayed, nor a form with a file; only such a body is larger than usual.
        if declaration.body_limit is USUAL_LIMIT and not methods <= SAFE_METHODS:
            told["parameters"].append(_IDEMPOTENCY_KEY)
    if is_protected(declaration):
        told["x-protected"] = True
    if declaration.records:
        told["x-records"] = [action.name for action in declaration.records]
    if declaration.unless:
        told["x-records-unless"] = declaration.unless
    if declaration.silent:
        told["x-silent"] = declaration.silent
    return told


def _unnamed_places(path: str, endpoint: Callable[..., Any]) -> list[dict[str, Any]]:
    """Describe the places of a path that the pipeline reads and the endpoint does not name."""
    named = inspect.signature(endpoint).parameters
    return [
        {"name": place, "in": "path", "required": True, "schema": {"type": "string"}}
        for place in re.findall(r"{(\w+)}", path)
        if place not in named
    ]


def access_of(permission: Permission | None) -> dict[str, Any]:
    """Say in OpenAPI's terms who may call: `x-access` names the row of the table of roles.

    Of a person's own matters, which need a session and no role, it says `{"session": true}`; of what
    any session or key may ask, `{"anyone_known": true}`.
    """
    match permission:
        case Member(area, access, people_only):
            words = {"area": area.name.lower(), "access": access.name.lower()}
            return {"x-access": {**words, "people_only": people_only}}
        case MemberOrPerson(area, access):
            words = {"area": area.name.lower(), "access": access.name.lower()}
            return {"x-access": {**words, "instance_in": "query"}}
        case AnyCaller():
            return {"x-access": {"anyone_known": True}}
        case SignedIn():
            return {"x-access": {"session": True}}
    return {"security": []}


def slice_router(prefix: str, *, tag: str) -> APIRouter:
    """Give the router of a slice."""
    return APIRouter(prefix=prefix, route_class=SliceRoute, tags=[tag], responses=_ERRORS)


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


async def _public_url(request: Request) -> str:
    public_url: str = request.app.state.public_url
    return public_url


async def _secret(request: Request) -> bytes:
    pipeline: Pipeline = request.app.state.pipeline
    return pipeline.secret


async def _person(request: Request) -> UserCaller:
    caller = (await _opened(request)).caller
    assert isinstance(caller, UserCaller)
    return caller


Work = Annotated[UnitOfWork, Depends(_work)]
Reading = Annotated[Session, Depends(_session)]
Person = Annotated[UserCaller, Depends(_person)]
RequestNow = Annotated[Opened, Depends(_opened)]
# The address at which people reach this server, without a slash at its end.
PublicUrl = Annotated[str, Depends(_public_url)]
ServerSecret = Annotated[bytes, Depends(_secret)]


def _verified(endpoint: Callable[..., Any]) -> Callable[..., Any]:
    """Give an endpoint that has the passkey verified first: what is called is valid by then."""
    if inspect.iscoroutinefunction(endpoint):
        raise CatalogueError(f"{endpoint.__qualname__} is a coroutine: transactions run in threads")

    @wraps(endpoint)
    def run(*, _opened_request: Opened, **values: Any) -> Any:  # noqa: ANN401
        _opened_request.verify()
        return endpoint(**values)

    signature = inspect.signature(endpoint)
    added = inspect.Parameter(
        "_opened_request", inspect.Parameter.KEYWORD_ONLY, annotation=RequestNow
    )
    run.__signature__ = signature.replace(  # type: ignore[attr-defined]
        parameters=[*signature.parameters.values(), added]
    )
    return run

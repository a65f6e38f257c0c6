"""Errors on the wire: one shape, stable codes, and a trace id that an entry and a log line share."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable, Coroutine, Mapping
from typing import Any, Final

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from deedbook.engine import DeedbookError

_log = logging.getLogger("deedbook")
TRACE_ID: Final = "deedbook.trace_id"


class Error(BaseModel):
    """What every refusal and failure answers.

    `code` never changes once published; `message` is its older, lower-case twin; `description` is for
    people; `errors` names each field or parameter that is wrong.
    """

    success: bool = False
    code: str
    message: str
    description: str
    errors: list[str] = []
    trace_id: str


class InvalidRequest(DeedbookError):
    """The request is not valid."""

    code = "VALIDATION_FAILED"
    status = 400

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


class NotFound(DeedbookError):
    """There is nothing here."""

    code = "NOT_FOUND"
    status = 404


class MethodNotAllowed(DeedbookError):
    """This path does not answer to this method."""

    code = "METHOD_NOT_ALLOWED"
    status = 405


def trace_id_of(request: Request) -> str:
    """Give the 32 hex characters that name this request, the same each time it is asked."""
    found: str = request.scope.setdefault(TRACE_ID, uuid.uuid4().hex)
    return found


class TraceIds:
    """Names every request before anything else sees it, and tells the name in `X-Request-Id`."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request."""
        trace_id = scope[TRACE_ID] = uuid.uuid4().hex

        async def send_with_id(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = [*message["headers"], (b"x-request-id", trace_id.encode())]
                message["headers"] = headers
            await send(message)

        await self._app(scope, receive, send_with_id)


class Failures:
    """Answers what nobody expected; added first, so that the reply gets every header there is."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request."""
        started = False

        async def noted_send(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, receive, noted_send)
        except Exception as error:
            if started or scope["type"] != "http":
                raise
            reply = await _unexpected(Request(scope), error)
            await reply(scope, receive, send)


def problem(error: DeedbookError, request: Request) -> JSONResponse:
    """Give the reply to an error."""
    body = Error(
        code=error.code,
        message=getattr(error, "machine_message", error.code.lower()),
        description=str(error),
        errors=getattr(error, "problems", []),
        trace_id=trace_id_of(request),
    )
    return JSONResponse(body.model_dump(), error.status, headers=getattr(error, "headers", None))


class ProblemRoute(APIRoute):
    """A route that answers a `DeedbookError` in the shape `Error`, in any application.

    A dependency does not see at its end that the route failed; `request.state.problem` tells it.
    """

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Give the handler with the errors caught."""
        handle: Callable[[Request], Any] = super().get_route_handler()

        async def handler(request: Request) -> Response:
            try:
                response: Response = await handle(request)
            except DeedbookError as error:
                if error.status >= 500:  # noqa: PLR2004 (RFC 9110 §15.6: the server's fault)
                    raise
                request.state.problem = error
                return problem(error, request)
            return response

        return handler


def add_problem_handlers(app: FastAPI) -> None:
    """Make an application answer every error in the shape `Error`."""
    app.add_exception_handler(DeedbookError, _deedbook_error)
    app.add_exception_handler(RequestValidationError, _validation_error)
    app.add_exception_handler(HTTPException, _http_exception)
    app.add_middleware(Failures)


async def _deedbook_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, DeedbookError)
    if error.status >= 500:  # noqa: PLR2004
        return await _unexpected(request, error)
    return problem(error, request)


async def _validation_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    problems = [f"{_place(each)}: {each['msg']}" for each in error.errors()]
    return problem(InvalidRequest(problems), request)


def _place(error: Mapping[str, Any]) -> str:
    location: tuple[int | str, ...] = error["loc"]
    # Of a body that is no JSON the second part is only how far it was read.
    if error["type"] == "json_invalid":
        return str(location[0])
    # The first part says body, query or path, which the name of the field makes plain.
    return ".".join(str(part) for part in location[1:]) or str(location[0])


async def _http_exception(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    known: dict[int, DeedbookError] = {404: NotFound(), 405: MethodNotAllowed()}
    # What is left is raised while a body is read: it is not UTF-8, or nested too deep.
    unreadable = InvalidRequest([f"body: {error.detail}"])
    return problem(known.get(error.status_code) or unreadable, request)


async def _unexpected(request: Request, error: Exception) -> Response:
    """Say nothing of the inside of the server to the world, and everything to its log."""
    _log.error("%s %s failed, trace %s", request.method, request.url.path, trace_id_of(request))
    _log.error("what went wrong", exc_info=error)
    failure = DeedbookError("Something went wrong on our side. Nothing was changed.")
    return problem(failure, request)

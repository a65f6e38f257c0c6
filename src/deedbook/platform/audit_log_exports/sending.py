"""Sending an export: nothing of the database is held while its reader is slow.

A table and lines are read a piece at a time. What is of one moment is first written into a nameless file
on the server's own disk, and goes out from there. A reader that stands still is cut off.
"""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, Final

import anyio
import anyio.from_thread
from fastapi import Request, Response
from sqlalchemy.orm import Session
from starlette.concurrency import iterate_in_threadpool
from starlette.responses import StreamingResponse
from starlette.types import Message, Receive, Scope, Send

from deedbook.engine import Actor, EntryStore
from deedbook.engine.export.walk import Result
from deedbook.engine.integrity.note import Signer
from deedbook.platform.audit_log_exports.schemas import Asked
from deedbook.platform.audit_log_exports.service import chunks_of, write_of_one_moment
from deedbook.recording import open_log
from deedbook.web.pipeline import Pipeline
from deedbook.web.routing import SliceRoute

_log = logging.getLogger("deedbook")
# How long a chunk may take to be read, which is some hundred kilobytes.
STALLED_SECONDS: Final = 60.0
_CHUNK_BYTES: Final = 256 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """What it takes to make an export after the request that asked for it is committed."""

    pipeline: Pipeline
    instance_id: str
    asked: Asked
    signer: Signer
    taken_by: Actor
    folder: Path
    leave: Callable[[], None]

    def look(self, read: Callable[[EntryStore], Result]) -> Result:
        """Open the log for one read, in turn with other readers; for a thread beside the event loop."""
        return anyio.from_thread.run(
            self.pipeline.read_aside, lambda session: read(self._open(session))
        )

    async def spool(self, file: BinaryIO) -> None:
        """Write what is of one moment into a file."""

        def write(session: Session) -> None:
            write_of_one_moment(file, self._open(session), self.asked, self.signer, self.taken_by)

        await self.pipeline.read_aside(write, still=True)

    def _open(self, session: Session) -> EntryStore:
        return open_log(session, self.instance_id, self.pipeline.catalogue)


class ExportResponse(StreamingResponse):
    """The reply that is an export. Its body is made when it is sent."""

    def __init__(self, sending: Sending, filename: str) -> None:
        super().__init__(
            iter(()),
            media_type=sending.asked.format.media_type,
            headers={
                "Cache-Control": "no-store",
                "Content-Disposition": f'attachment; filename="{filename}"',
            },
        )
        self._sending = sending

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Make the export and send it."""
        sending = self._sending
        try:
            if sending.asked.format.is_of_one_moment:
                with tempfile.TemporaryFile(dir=sending.folder) as file:
                    await sending.spool(file)
                    self.headers["Content-Length"] = str(file.tell())
                    file.seek(0)
                    await self._send(_read(file), scope, receive, send)
            else:
                catalogue = sending.pipeline.catalogue
                chunks = chunks_of(sending.look, sending.asked, catalogue)
                await self._send(chunks, scope, receive, send)
        finally:
            sending.leave()

    async def _send(
        self, chunks: Iterator[bytes], scope: Scope, receive: Receive, send: Send
    ) -> None:
        self.body_iterator = iterate_in_threadpool(chunks)

        async def send_in_time(message: Message) -> None:
            with anyio.fail_after(STALLED_SECONDS):
                await send(message)

        try:
            await super().__call__(scope, receive, send_in_time)
        except TimeoutError:
            # What is sent has no end then, by which its reader knows.
            _log.warning("an export was cut off: its reader stood still")


class ExportRoute(SliceRoute):
    """A route whose place among the exports is free again when nothing comes of the request."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Give the handler that lets go of the place on failure."""
        handle = super().get_route_handler()

        async def handler(request: Request) -> Response:
            try:
                return await handle(request)
            except BaseException:
                request.scope.get("deedbook.leave", lambda: None)()
                raise

        return handler


def _read(file: BinaryIO) -> Iterator[bytes]:
    return iter(partial(file.read, _CHUNK_BYTES), b"")

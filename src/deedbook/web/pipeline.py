"""The one order of a request: one transaction, committed before anything is sent.

Read the body, authenticate, authorise, look for a replay, validate, verify the passkey, do the work,
render the reply, keep it for replays, commit, send. Every route of a slice runs through here.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import Final, TypeVar

import anyio
import anyio.to_thread
from fastapi import Request, Response
from sqlalchemy.orm import Session

from deedbook.database.base import now
from deedbook.database.connect import Database
from deedbook.database.ids import is_id
from deedbook.engine import Actor, Catalogue, DeedbookError, EntryIds, Origin
from deedbook.recording import UnitOfWork, open_log
from deedbook.web.body import USUAL_LIMIT, read_body
from deedbook.web.caller import Caller, Forbidden, Identity, KeyCaller, Unauthorized, UserCaller
from deedbook.web.cookies import session_token
from deedbook.web.declarations import (
    SAFE_METHODS,
    Anyone,
    Declaration,
    Member,
    MemberOrPerson,
    SignedIn,
)
from deedbook.web.idempotency import Reply, ReplyKeeper
from deedbook.web.origin import OriginReader
from deedbook.web.refusals import Refusals, of_key, of_member, target_of
from deedbook.web.roles import Access, Area, Role, may
from deedbook.web.verification import (
    HEADER,
    Passkeys,
    Verification,
    act_of,
    is_protected,
    refuse_idle_assertion,
)

_log = logging.getLogger("deedbook")
USE_KEPT_TO: Final = timedelta(minutes=1)
INSTANCE: Final = "instance_id"
# Measured: three answer a fourth more pages a second than six, and a slow look leaves two.
_READERS_WITHIN: Final = 3
Result = TypeVar("Result")
Handler = Callable[[Request], Awaitable[Response]]


class UndeclaredEntry(DeedbookError):
    """A route recorded an action that it does not declare, or declared one and recorded none."""

    code = "ENTRY_UNDECLARED"


@dataclass(slots=True)
class Opened:
    """A request inside its transaction."""

    session: Session
    origin: Origin
    caller: Caller | None = None
    role: Role | None = None
    instance_id: str | None = None
    passkey_required: bool = False
    work: UnitOfWork | None = None
    keeper: ReplyKeeper | None = None
    replay: Reply | None = None
    verification: Verification | None = None

    def verify(self) -> None:
        """Check the passkey assertion that the request bears, or has to bear."""
        if self.verification is not None and self.work is not None:
            self.verification.check(self.caller, self.work)


class Pipeline:
    """Takes every request through the one order."""

    def __init__(
        self,
        *,
        database: Database,
        identity: Identity,
        passkeys: Passkeys,
        catalogue: Catalogue,
        origins: OriginReader,
        secret: bytes,
        capacity: int,
        secure_cookies: bool,
        entry_ids: EntryIds | None = None,
    ) -> None:
        self.database = database
        self.identity = identity
        self.passkeys = passkeys
        self.catalogue = catalogue
        self.origins = origins
        self.secret = secret
        self.secure_cookies = secure_cookies
        self.entry_ids = entry_ids
        self.refusals = Refusals()
        # No more requests inside a transaction than there are connections, and fewer than there are
        # threads: else those that wait for a lock could take every thread from the one that holds it.
        self._capacity = anyio.Semaphore(capacity)
        # Some of those places are never a reader's: however many read, who writes finds one.
        readers = max(1, capacity - max(1, capacity // 4))
        # SQLite reads in this process, where one thread at a time goes on: more keep each other waiting.
        readers = min(readers, _READERS_WITHIN) if database.has_one_writer else readers
        self._read_turns = anyio.Semaphore(readers)
        # Where one writes at a time, requests queue here, so that what waits for its turn takes no thread.
        self._write_turns = anyio.Semaphore(1 if database.has_one_writer else capacity)

    async def run(
        self, request: Request, declaration: Declaration, route: str, handle: Handler
    ) -> Response:
        """Answer a request; what it changed is committed when this returns, or nothing is."""
        if declaration.body_limit.size > USUAL_LIMIT.size:
            await self._ask_who_calls(request, declaration, route)
        body = await read_body(request, declaration.body_limit)
        async with self.opened(request, declaration, route, body) as opened:
            if opened.replay is not None:
                return _replayed(opened.replay)
            request.state.deedbook = opened
            response = await handle(request)
            if opened.work is not None:
                await _in_thread(lambda: _commit(opened, declaration, response))
            return response

    async def _ask_who_calls(self, request: Request, declaration: Declaration, route: str) -> None:
        """Refuse a stranger before a large body is received, which would fill the memory."""

        def ask() -> None:
            with self.database.read() as session:
                asked = Opened(session, self.origins.read(request, route))
                self._authenticate(request, declaration, asked)
                self._authorise(request, declaration, asked)

        async with self._turn(writes=False):
            await _in_thread(ask)

    @asynccontextmanager
    async def opened(
        self, request: Request, declaration: Declaration, route: str, body: bytes = b""
    ) -> AsyncIterator[Opened]:
        """Give a request that is authenticated and authorised, inside its transaction."""
        writes = declaration.writes(request.method)
        session = self.database.write() if writes else self.database.read()
        opened = Opened(session, self.origins.read(request, route))
        try:
            async with self._turn(writes=writes):
                try:
                    await _in_thread(lambda: self._open(request, declaration, body, opened))
                    yield opened
                finally:
                    # What was committed has given its connection back, and speaks to no database.
                    if session.in_transaction():
                        # A cancelled request still has to give it back.
                        with anyio.CancelScope(shield=True):
                            await _in_thread(session.close)
        except DeedbookError as refused:
            target = target_of(route, request.path_params)
            await self._keep_refusal(refused, declaration, target, opened)
            raise
        caller = opened.caller
        if caller is not None and _use_is_news(caller):
            await self.write_aside(lambda session: self.identity.used(session, caller))

    @asynccontextmanager
    async def _turn(self, *, writes: bool) -> AsyncIterator[None]:
        """Wait for a place among those that write, if need be, and among those that have a connection."""
        async with AsyncExitStack() as places:
            await places.enter_async_context(self._write_turns if writes else self._read_turns)
            await places.enter_async_context(self._capacity)
            yield

    def _open(
        self, request: Request, declaration: Declaration, body: bytes, opened: Opened
    ) -> None:
        self._authenticate(request, declaration, opened)
        self._authorise(request, declaration, opened)
        if declaration.writes(request.method):
            opened.work = UnitOfWork(
                opened.session,
                catalogue=self.catalogue,
                actor=_actor(opened),
                origin=opened.origin,
                instance_id=opened.instance_id,
                entry_ids=self.entry_ids,
            )
            self._look_for_replay(request, body, opened)
            opened.verification = Verification(
                self.passkeys,
                act_of(request, body),
                request.headers.get(HEADER),
                is_required=opened.passkey_required and is_protected(declaration),
            )
        else:
            refuse_idle_assertion(request)

    def _authenticate(self, request: Request, declaration: Declaration, opened: Opened) -> None:
        if isinstance(declaration.permission, Anyone):
            return
        token = session_token(
            request, secure=self.secure_cookies, writes=declaration.writes(request.method)
        )
        if token is None:
            raise Unauthorized
        opened.caller = self.identity.caller_of(opened.session, token, opened.origin.ip_address)

    def _authorise(self, request: Request, declaration: Declaration, opened: Opened) -> None:
        match declaration.permission:
            case SignedIn():
                _require_person(opened)
            case Member() as permission:
                opened.instance_id = request.path_params[INSTANCE]
                self._take_role(permission, opened)
            case MemberOrPerson(area, access):
                opened.instance_id = _instance_meant(request, opened)
                if opened.instance_id is None:
                    _require_person(opened)
                else:
                    self._take_role(Member(area, access), opened)

    def _take_role(self, permission: Member, opened: Opened) -> None:
        """Find the caller's role; every refusal is alike, whether the instance exists or not."""
        caller, instance_id = opened.caller, opened.instance_id
        if caller is None or instance_id is None or not is_id(instance_id):
            raise Forbidden
        reads_log = permission.area is Area.AUDIT_LOGS and permission.access is Access.READ
        if isinstance(caller, KeyCaller):
            if caller.instance_id != instance_id:
                raise Forbidden
            opened.role = caller.role
            allowed = not permission.people_only and (
                caller.reads_log
                if reads_log
                else may(caller.role, permission.area, permission.access)
            )
        else:
            standing = self.identity.standing(opened.session, caller, instance_id)
            if standing is None or (standing.instance_deleted and not reads_log):
                raise Forbidden
            opened.role = standing.role
            opened.passkey_required = standing.passkey_required
            allowed = may(standing.role, permission.area, permission.access)
        if not allowed:
            raise Forbidden

    def _look_for_replay(self, request: Request, body: bytes, opened: Opened) -> None:
        key = request.headers.get("idempotency-key")
        multipart = request.headers.get("content-type", "").startswith("multipart/")
        safe = request.method in SAFE_METHODS
        if key is None or opened.caller is None or multipart or safe:
            return
        described = f"{request.method} {request.url.path}\n".encode() + body
        opened.keeper = ReplyKeeper(
            self.secret, caller_id=opened.caller.id, key=key, request=described
        )
        opened.replay = opened.keeper.find(opened.session)

    async def _keep_refusal(
        self, refused: DeedbookError, declaration: Declaration, target: str, opened: Opened
    ) -> None:
        attempt = of_key(refused, self.identity.key_refused)
        # Who has no role in the instance does not belong to it, and leaves nothing in its log.
        if attempt is None and opened.role is not None:
            attempt = of_member(refused, declaration, _actor(opened), opened.instance_id, target)
        deed = None if attempt is None else self.refusals.deed_of(attempt, opened.origin, refused)
        if deed is not None:

            def keep(session: Session) -> None:
                log = open_log(session, deed.instance_id, self.catalogue, self.entry_ids)
                log.append(deed)

            self.refusals.failures += not await self.write_aside(keep)

    async def read_aside(self, read: Callable[[Session], Result], *, still: bool = False) -> Result:
        """Read in a transaction of its own, and in turn with the readers of requests.

        With `still` all that is read is of one moment.
        """

        def attempt() -> Result:
            with self.database.snapshot() if still else self.database.read() as session:
                return read(session)

        async with self._turn(writes=False):
            return await _in_thread(attempt)

    async def write_aside(self, write: Callable[[Session], object]) -> bool:
        """Write in a transaction of its own what a request stands without; tell whether it is there.

        What was asked for is done or refused by now, and the reply has to say so in any case.
        """

        def attempt() -> bool:
            try:
                with self.database.write() as session:
                    write(session)
                    session.commit()
            except Exception:  # noqa: BLE001 (the log is written on the driver's own connection)
                _log.warning("could not write what goes beside a request", exc_info=True)
                return False
            return True

        async with self._turn(writes=True):
            return await _in_thread(attempt)


def _require_person(opened: Opened) -> None:
    if not isinstance(opened.caller, UserCaller):
        raise Forbidden("This needs a person's session; an API key cannot do it.")


def _instance_meant(request: Request, opened: Opened) -> str | None:
    """Give the instance that the query names; a key can mean none but its own."""
    named = request.query_params.get(INSTANCE)
    if not named and isinstance(opened.caller, KeyCaller):
        return opened.caller.instance_id
    return named or None


def _actor(opened: Opened) -> Actor | None:
    if opened.caller is None:
        return None
    # Outside an instance nobody has a role; who founds or joins one says which as they record it.
    return opened.caller.actor(opened.role or "none")


def _use_is_news(caller: Caller) -> bool:
    """Last use is kept to the minute, so that reading seldom costs a write."""
    return caller.last_used_at is None or now() - caller.last_used_at > USE_KEPT_TO


def _commit(opened: Opened, declaration: Declaration, response: Response) -> None:
    """Commit what a handler did: to return is to commit, to raise is to take everything back."""
    assert opened.work is not None
    declared = {action.name for action in declaration.records}
    written = {deed.action.name for deed in opened.work.recorded}
    if not written <= declared or (declared and not written and not declaration.unless):
        opened.work.rollback()
        raise UndeclaredEntry(f"declared {sorted(declared)}, recorded {sorted(written)}")
    if opened.keeper is not None and response.status_code == HTTPStatus.OK:
        opened.keeper.keep(opened.session, Reply(response.status_code, bytes(response.body)))
    opened.work.commit()


def _replayed(reply: Reply) -> Response:
    headers = {"Idempotent-Replayed": "true"}
    return Response(reply.body, reply.status, headers=headers, media_type="application/json")


async def _in_thread(work: Callable[[], Result]) -> Result:
    return await anyio.to_thread.run_sync(work)

"""The world of a test: the application, what it answers, and what its database holds."""

from __future__ import annotations

import hashlib
import itertools
import json
import socket
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

import httpx2
import uvicorn
from fastapi import FastAPI
from httpx2 import Response
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from deedbook.app import create_app
from deedbook.cli.authenticator import SoftwareAuthenticator
from deedbook.database.base import Base
from deedbook.database.connect import Database
from deedbook.database.tokens import token_hash
from deedbook.engine import Actor, Filters, Maker, Outcome, Page, open_store
from deedbook.jobs import step_runner
from deedbook.platform.catalogue import CATALOGUE
from deedbook.platform.identity.api_keys.service import create_key
from deedbook.platform.identity.instances.service import create_instance
from deedbook.platform.identity.invites.service import accept_invite, create_invite
from deedbook.platform.identity.sessions.models import UserSession
from deedbook.platform.identity.sessions.service import SignedIn, open_session
from deedbook.platform.identity.users.models import User
from deedbook.platform.payments.terms_of_service.service import accept, initiate
from deedbook.platform.signing import SigningKeys
from deedbook.recording import UnitOfWork, open_sealer
from deedbook.settings import Settings
from deedbook.web.roles import Role
from world.contract import check_reply
from world.inside import Inside
from world.people import Caller, Team, person

Thing = TypeVar("Thing")

EVERYTHING = Filters(include=frozenset({"denied", *CATALOGUE.actor_types}))
ADDRESS = "8.8.8.8"
# What every request touches without changing anything that is meant by "nothing was changed".
_PASSING = frozenset({"sessions", "idempotency_replies", "audit_log_readings"})
_DENIED = ",".join(
    str(number) for number, kind in CATALOGUE.kinds.items() if kind.outcome is Outcome.DENIED
)
_DONE = text(f"SELECT count(*) FROM deedbook_entry WHERE kind NOT IN ({_DENIED})")
_numbers = itertools.count(1)


def unique(prefix: str) -> str:
    """Give a name that no other test uses."""
    return f"{prefix}-{next(_numbers)}"


@dataclass
class CapturingMailer:
    """Keeps what would have been sent."""

    sent: list[tuple[str, str]] = field(default_factory=list)
    _arrived: threading.Condition = field(default_factory=threading.Condition)

    def send(self, to: str, subject: str, text: str) -> None:  # noqa: ARG002 (the mailer's face)
        with self._arrived:
            self.sent.append((to.lower(), text))
            self._arrived.notify_all()

    def code_for(self, email: str) -> str:
        """Give the newest code that was sent to an address.

        Mail leaves after the reply: a browser may ask for the code before it is here.
        """
        with self._arrived:
            text = self._arrived.wait_for(lambda: self._newest(email.lower()), timeout=30)
        assert text is not None, f"nothing was sent to {email}"
        return text.split()[0]

    def _newest(self, email: str) -> str | None:
        return next((text for to, text in reversed(self.sent) if to == email), None)


class World:
    """An application on a migrated database of its own."""

    def __init__(self, url: str, home: Path, **settings: Any) -> None:
        # What the outside world answers comes when a test says so: `take_steps`.
        simulated = {"worker": "apart", "settlement_seconds": 0}
        # Tests send as fast as they can, all from one address.
        unlimited = {"requests_per_second": 0, "address_requests_per_second": 0}
        wanted = {**simulated, **unlimited, **settings}
        self.settings = Settings(home=home, database_url=url, **wanted)
        self.app: FastAPI = create_app(self.settings)
        self.mailer = CapturingMailer()
        self.app.state.mailer = self.mailer
        self.database: Database = self.app.state.pipeline.database
        self.steps = step_runner(self.database, self.app.state.outside)
        self._inside = Inside(self.app, (ADDRESS, 50_000))
        self.http: httpx2.Client = self.browser()

    @property
    def is_sqlite(self) -> bool:
        return self.settings.url().startswith("sqlite")

    def seal(self) -> None:
        """Give every entry its position, and sign."""
        keys: SigningKeys = self.app.state.signing_keys
        sealer = open_sealer(self.database.writer, keys.current, CATALOGUE, sign_every=0)
        while sealer.run_once():
            pass
        sealer.run_once()
        sealer.release()

    @contextmanager
    def running(self) -> Iterator[World]:
        """Start the application, and stop it and let go of the database at the end."""
        with self._inside.running(), self.http:
            yield self

    @contextmanager
    def serving(self) -> Iterator[World]:
        """Start a real server on a port of its own, for what needs requests at the same time."""
        with socket.create_server(("127.0.0.1", 0), backlog=128) as listener:
            server = uvicorn.Server(uvicorn.Config(self.app, log_config=None))
            thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
            thread.start()
            address = f"http://127.0.0.1:{listener.getsockname()[1]}"
            try:
                hooks = {"response": [check_reply]}
                with httpx2.Client(base_url=address, timeout=60, event_hooks=hooks) as self.http:
                    yield self
            finally:
                server.should_exit = True
                thread.join()

    def browser(self, base_url: str = "http://localhost:8000") -> httpx2.Client:
        """Give a client with a cookie jar of its own."""
        return httpx2.Client(
            transport=self._inside,
            base_url=base_url,
            headers={"User-Agent": "world/1.0"},
            event_hooks={"response": [check_reply]},
        )

    def call(
        self,
        caller: Caller | None,
        method: str,
        path: str,
        body: object = None,
        **options: Any,
    ) -> Response:
        """Send a request; a `body` goes as JSON unless it is bytes."""
        headers = {**(caller.headers if caller else {}), **options.pop("headers", {})}
        if isinstance(body, bytes):
            options["content"] = body
            headers.setdefault("Content-Type", "application/json")
        elif body is not None:
            options["json"] = body
        return self.http.request(method, path, headers=headers, **options)

    def get(self, caller: Caller | None, path: str, **options: Any) -> Any:
        """Give the JSON of a read that succeeds."""
        reply = self.call(caller, "GET", path, **options)
        assert reply.status_code == 200, reply.text
        return reply.json()

    def take_steps(self) -> None:
        """Let the outside world answer everything that it was asked."""
        while self.steps.run_once():
            pass

    @contextmanager
    def work(self, actor: Actor | None, instance_id: str | None = None) -> Iterator[UnitOfWork]:
        """Give a unit of work as a request would have it, committed at the end of the block."""
        with (
            self.database.write() as session,
            UnitOfWork(session, catalogue=CATALOGUE, actor=actor, instance_id=instance_id) as work,
        ):
            yield work

    # People, instances and keys

    def person(self, email: str | None = None, *, auth_method: str = "code_session") -> Caller:
        """Give a person in a session; a new address becomes a new person."""
        email = email or f"{unique('person')}@example.com"
        with self.work(None) as work:
            user = work.session.scalar(select(User).where(User.email == email.lower()))
            if user is None:
                local = email.partition("@")[0]
                user = work.add(
                    User(
                        email=email.lower(),
                        first_name=local,
                        last_name="Doe",
                        image_url=f"https://pictures.example/{local}.png",
                    )
                )
            token = open_session(work, SignedIn(user, auth_method)).token
        caller = person(
            id=user.id,
            name=user.name or "",
            email=user.email,
            image_url=user.image_url,
            token=token,
        )
        return replace(caller, actor=replace(caller.actor, auth_method=auth_method))

    def team(
        self,
        *,
        type: str = "development",  # noqa: A002 (the word of the wire)
        owner: Caller | None = None,
        full: bool = True,
    ) -> Team:
        """Found an instance; a full one has a member of every role and a key made by each."""
        owner = owner or self.person()
        with self.work(owner.actor) as work:
            user = work.session.get_one(User, owner.id)
            instance = create_instance(work, user, name=unique("Instance"), type=type)
        team = Team(instance_id=instance.id, members={Role.OWNER: owner})
        roles = [role for role in Role if role is not Role.OWNER] if full else []
        members = {Role.OWNER: owner} | {role: self.member(team, role) for role in roles}
        keys = {role: self.key(team, role, members[role]) for role in members} if full else {}
        return replace(team, members=members, keys=keys)

    def member(self, team: Team, role: Role, caller: Caller | None = None) -> Caller:
        """Make somebody a member, by an invite of the owner's that they accept."""
        caller = caller or self.person()
        inviter = replace(team.owner.actor, role=Role.OWNER)
        with self.work(inviter, team.instance_id) as work:
            invite = create_invite(work, email=caller.email, role=role)
        with self.work(caller.actor) as work:
            accept_invite(work, invite.id, work.session.get_one(User, caller.id))
        return caller

    def key(
        self,
        team: Team,
        role: Role,
        maker: Caller | None = None,
        ip_whitelist: tuple[str, ...] = (),
    ) -> Caller:
        """Make a key with a role's ceiling."""
        maker = maker or team.members[role]
        with self.work(replace(maker.actor, role=role), team.instance_id) as work:
            made, token = create_key(
                work, name=unique("Key"), ip_whitelist=list(ip_whitelist), role=role
            )
        actor = Actor(
            type=CATALOGUE.actor_types["api_key"],
            id=made.id,
            name=made.name,
            key_prefix=made.prefix,
            created_by=Maker(maker.id, maker.actor.name),
            role=role,
            auth_method="api_key",
        )
        return Caller(actor=actor, token=token)

    # Passkeys

    def passkey(self, caller: Caller, name: str = "Laptop") -> SoftwareAuthenticator:
        """Enrol a passkey for somebody, and give the authenticator that holds it."""
        key = SoftwareAuthenticator(origin=self.app.state.relying_party.origin)
        options = self.call(caller, "POST", "/v1/whoami/passkeys/options").json()
        body = {"name": name, "credential": key.create(options)}
        reply = self.call(caller, "POST", "/v1/whoami/passkeys", body)
        assert reply.status_code == 200, reply.text
        return key

    def challenge(
        self, caller: Caller, method: str, path: str, content: bytes = b""
    ) -> dict[str, Any]:
        """Give the options for confirming one request."""
        digest = hashlib.sha256(content).hexdigest()
        asked = {"method": method, "path": path, "body_sha256": digest}
        reply = self.call(caller, "POST", "/v1/whoami/passkeys/challenge", asked)
        assert reply.status_code == 200, reply.text
        options: dict[str, Any] = reply.json()
        return options

    def confirmed(
        self,
        caller: Caller,
        key: SoftwareAuthenticator,
        method: str,
        path: str,
        body: object = None,
        **options: Any,
    ) -> Response:
        """Send a request that its person confirms with a passkey."""
        content = b"" if body is None else json.dumps(body).encode()
        assertion = key.header(self.challenge(caller, method, path, content))
        headers = {"X-Passkey-Assertion": assertion, **options.pop("headers", {})}
        return self.call(
            caller, method, path, None if body is None else content, headers=headers, **options
        )

    def accepted_terms(self, instance_id: str) -> str:
        """Give the id of terms that a customer accepted."""
        with self.work(None) as work:
            token = initiate(
                work,
                instance_id,
                idempotency_key=unique("terms"),
                customer_id=None,
                redirect_url=None,
            )
            work.session.flush()
            return accept(work, token, customer_id=None).id

    def change_session(self, caller: Caller, **values: object) -> None:
        """Change the row of a caller's session, to move time."""
        with self.work(None) as work:
            row = _session_row(work.session, caller.token)
            for name, value in values.items():
                setattr(row, name, value)

    def session_row(self, caller: Caller | str) -> UserSession:
        """Give the row of a session, by who has it or by its token."""
        token = caller if isinstance(caller, str) else caller.token
        with self.database.read() as session:
            return _session_row(session, token)

    # What is kept

    def entries(self, instance_id: str) -> list[dict[str, Any]]:
        """Give the newest entries of an instance, newest first, without asking the API."""
        with self.database.read() as session:
            connection = session.connection().connection.driver_connection
            store = open_store(connection, instance_id, CATALOGUE)
            found = store.find(EVERYTHING, Page(limit=100)).entries
            return [json.loads(entry.wire()) for entry in found]

    def entry(self, instance_id: str) -> dict[str, Any]:
        """Give the newest entry."""
        return self.entries(instance_id)[0]

    def snapshot(self) -> Mapping[str, object]:
        """Give all that is kept, to compare: nothing was changed when two are equal.

        That somebody was refused changes nothing, so denied entries do not count. The rows are as the
        driver has them, on PostgreSQL as text: to make Python's values of them takes longer than all
        the rest.
        """
        with self.database.read() as session:
            rows: dict[str, object] = {"entries": session.scalar(_DONE)}
            driver: Any = session.connection().connection.driver_connection
            for table in Base.metadata.sorted_tables:
                if table.name not in _PASSING:
                    names = ", ".join(
                        f'"{c.name}"' for c in table.columns if c.name != "last_used_at"
                    )
                    if self.is_sqlite:
                        statement = f'SELECT {names} FROM "{table.name}" ORDER BY rowid'
                    else:
                        row = f"ROW({names})::text"
                        statement = f'SELECT {row} FROM "{table.name}" ORDER BY 1'
                    rows[table.name] = driver.execute(statement).fetchall()
            return rows

    def share(self, things: Sequence[Thing], number: int) -> Sequence[Thing]:
        """Give all of some things on SQLite, and on PostgreSQL an eighth, by a number another one.

        For what is tried many times and decided before the database is asked, or with the same
        questions to either: each thing is tried on both, by some number.
        """
        apart = 1 if self.is_sqlite else min(8, len(things) or 1)
        return things[number % apart :: apart]


def _session_row(session: Session, token: str) -> UserSession:
    found = select(UserSession).where(UserSession.token_hash == token_hash(token))
    return session.scalars(found).one()

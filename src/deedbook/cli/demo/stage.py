"""The stage: people and keys that send requests to the platform, at times in the past.

What they do goes the way of every request, so that who may do what, what is refused and what a passkey
confirms is for the platform to say. Only the clock of the log is turned back.
"""

from __future__ import annotations

import hashlib
import json
import random
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from anyio.from_thread import BlockingPortal, start_blocking_portal
from fastapi import FastAPI

from deedbook.app import create_app
from deedbook.cli.authenticator import SoftwareAuthenticator
from deedbook.cli.context import unit_of_work
from deedbook.cli.demo.calls import Answer, Call, send
from deedbook.cli.demo.people import Person, Place
from deedbook.database.connect import Database
from deedbook.engine import Actor, DeedbookError, EntryIds, Origin
from deedbook.engine.origin import CountryResolver
from deedbook.jobs import step_runner
from deedbook.platform.identity.sessions.service import SignedIn, open_session
from deedbook.platform.identity.users.service import user_for_email
from deedbook.platform.outside.steps import StepRunner
from deedbook.recording import UnitOfWork
from deedbook.settings import Settings

_DAY_MS: Final = 86_400_000
_MINUTE_MS: Final = 60_000
_OK: Final = 200
_REFUSED: Final = (401, 403)
# At once, and to nobody: what is made up is sent to no one.
_IN_PRIVATE: Final = {
    "worker": "apart",
    "review_seconds": 0,
    "settlement_seconds": 0,
    "requests_per_second": 0,
    "address_requests_per_second": 0,
    "trusted_proxies": [],
    "country_header": "",
}


class UnexpectedAnswer(DeedbookError):
    """The platform did not answer the demo as it should."""

    code = "DEMO_FAILED"


@dataclass(slots=True)
class Clock:
    """The time of the story: a chapter sets it, and every act moves it on by some minutes."""

    now_ms: int = field(default_factory=lambda: time.time_ns() // 1_000_000)
    at_ms: int = 0
    # Nobody acts on the minute; the same story takes the same time every time.
    _chance: random.Random = field(default_factory=lambda: random.Random(1))  # noqa: S311 (no secret)

    def turn_to(self, days_ago: float) -> None:
        """Begin a chapter."""
        self.at_ms = self.now_ms - int(days_ago * _DAY_MS)

    def move_on(self) -> None:
        """Let some minutes pass, but never beyond now."""
        passed = self._chance.randrange(2 * _MINUTE_MS, 17 * _MINUTE_MS)
        self.at_ms = min(self.at_ms + passed, self.now_ms)

    def read(self) -> int:
        """Give the time of the story in milliseconds (Unix time)."""
        return self.at_ms


@dataclass(frozen=True, slots=True)
class Key:
    """An API key, and from where it is used."""

    id: str
    token: str
    place: Place


@dataclass(frozen=True, slots=True)
class Member:
    """A person in a session, with the passkey that they hold, if they do."""

    id: str
    token: str
    place: Place
    passkey: SoftwareAuthenticator | None


@dataclass(slots=True)
class Stage:
    """Where requests are sent from."""

    app: FastAPI
    portal: BlockingPortal
    clock: Clock
    entry_ids: EntryIds
    members: dict[Person, Member] = field(default_factory=dict)

    @property
    def database(self) -> Database:
        """The platform's database."""
        database: Database = self.app.state.pipeline.database
        return database

    @property
    def steps(self) -> StepRunner:
        """What takes the answers of the outside world."""
        return step_runner(self.database, self.app.state.outside)

    def act(
        self,
        who: Person | Key,
        method: str,
        path: str,
        body: Mapping[str, object] | None = None,
        *,
        passkey: bool = False,
    ) -> Any:  # noqa: ANN401 (whatever the route answers)
        """Have somebody do something, some minutes later, and give the reply.

        With `passkey` they confirm this very request. Raises `UnexpectedAnswer` when it is refused.
        """
        self.clock.move_on()
        content = b"" if body is None else json.dumps(body).encode()
        confirmed = self._confirm(who, method, path, content) if passkey else {}
        return _answered(self._send(who, method, path, content, confirmed), method, path)

    def refused(
        self, who: Person | Key, method: str, path: str, body: Mapping[str, object] | None = None
    ) -> None:
        """Have somebody try what is not theirs to do."""
        self.clock.move_on()
        content = b"" if body is None else json.dumps(body).encode()
        answer = self._send(who, method, path, content, {})
        if answer.status not in _REFUSED:
            raise UnexpectedAnswer(f"{method} {path}: {answer.status}, and not refused")

    @contextmanager
    def work(
        self, actor: Actor | None = None, instance_id: str | None = None, place: Place | None = None
    ) -> Iterator[UnitOfWork]:
        """Give a unit of work at the time of the story, for what no request does."""
        self.clock.move_on()
        with unit_of_work(
            self.database,
            actor=actor,
            origin=None if place is None else _origin(place),
            instance_id=instance_id,
            entry_ids=self.entry_ids,
        ) as work:
            yield work

    def enter(self, person: Person) -> Member:
        """Have somebody sign in, and enrol the passkey that they hold."""
        with self.work(place=person.place) as work:
            user = user_for_email(work, person.email)
            user.first_name, user.last_name = person.first_name, person.last_name
            opened = open_session(work, SignedIn(user, "code_session"))
            self.members[person] = Member(user.id, opened.token, person.place, None)
        if person.has_passkey:
            key = SoftwareAuthenticator(origin=self.app.state.relying_party.origin)
            options = self.act(person, "POST", "/v1/whoami/passkeys/options")
            body = {"name": f"{person.first_name}'s laptop", "credential": key.create(options)}
            self.act(person, "POST", "/v1/whoami/passkeys", body)
            member = self.members[person]
            self.members[person] = Member(member.id, member.token, member.place, key)
        return self.members[person]

    def settle(self) -> None:
        """Let the outside world answer all that it was asked."""
        while self.steps.run_once():
            pass

    def leave(self) -> None:
        """Have everybody sign out, so that no session is left that nobody sits at."""
        for person in self.members:
            self.act(person, "DELETE", "/v1/sessions/current")

    def _confirm(
        self, who: Person | Key, method: str, path: str, content: bytes
    ) -> Mapping[str, str]:
        passkey = self.members[who].passkey if isinstance(who, Person) else None
        if passkey is None:
            raise UnexpectedAnswer(f"{method} {path}: whoever confirms this holds no passkey")
        asked = {
            "method": method,
            "path": path,
            "body_sha256": hashlib.sha256(content).hexdigest(),
        }
        challenge = "/v1/whoami/passkeys/challenge"
        answer = self._send(who, "POST", challenge, json.dumps(asked).encode(), {})
        return {"X-Passkey-Assertion": passkey.header(_answered(answer, "POST", challenge))}

    def _send(
        self,
        who: Person | Key,
        method: str,
        path: str,
        content: bytes,
        headers: Mapping[str, str],
    ) -> Answer:
        sender = self.members[who] if isinstance(who, Person) else who
        call = Call(
            method=method,
            path=path,
            ip_address=sender.place.ip_address,
            headers={
                "Authorization": f"Bearer {sender.token}",
                "User-Agent": sender.place.user_agent,
                **headers,
            },
            content=content,
        )
        return send(self.portal, self.app, call)


@contextmanager
def open_stage(settings: Settings) -> Iterator[Stage]:
    """Give a stage on a platform of its own, over the same database."""
    clock = Clock()
    entry_ids = EntryIds(clock.read)
    app = create_app(settings.model_copy(update=_IN_PRIVATE), entry_ids=entry_ids)
    with start_blocking_portal() as portal:
        try:
            yield Stage(app, portal, clock, entry_ids)
        finally:
            app.state.pipeline.database.close()


def _answered(answer: Answer, method: str, path: str) -> Any:  # noqa: ANN401 (what the route answers)
    if answer.status != _OK:
        raise UnexpectedAnswer(f"{method} {path}: {answer.status} {answer.content.decode()}")
    return answer.json()


def _origin(place: Place) -> Origin:
    country = CountryResolver().resolve(place.ip_address, None)
    return Origin(
        ip_address=place.ip_address,
        peer_ip=place.ip_address,
        country=country.code,
        country_source=country.source,
        user_agent=place.user_agent,
    )

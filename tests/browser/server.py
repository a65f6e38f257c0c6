"""A server on a port of its own, and the people who use it."""

from __future__ import annotations

import dataclasses
import itertools
import json
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import uvicorn
from httpx2 import Response

from deedbook.cli.context import migrate_with
from deedbook.engine import SYSTEM, Actor, Deed, Origin, open_store
from deedbook.platform.catalogue import CATALOGUE
from deedbook.platform.identity.sessions.service import SignedIn, issue_link, open_session
from deedbook.platform.identity.users.models import User
from deedbook.platform.payments.customers.audit import CREATED, CustomerMetadata
from deedbook.settings import Settings
from deedbook.web.roles import Role
from world import bodies, people
from world.people import Caller
from world.world import World

# In Brazil, by the table of countries; believed, as the tests come over a trusted proxy.
ADDRESS = "200.160.0.8"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0"
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Office:
    """An instance as its owner left it: one member of each role that was asked for, and a key."""

    instance_id: str
    owner: Caller
    members: Mapping[Role, Caller]
    key: Caller

    @property
    def path(self) -> str:
        """The API's address of the instance."""
        return f"/v1/instances/{self.instance_id}"


class Server:
    """A running server. What happens there happens by HTTP, as it would to anyone."""

    def __init__(self, world: World, url: str, http: httpx2.Client) -> None:
        self.world = world
        self.url = url
        self._http = http

    def call(
        self,
        caller: Caller | None,
        method: str,
        path: str,
        body: object = None,
        *,
        ip_address: str = ADDRESS,
        user_agent: str = FIREFOX,
    ) -> Response:
        """Send a request as if from an address."""
        headers = {"X-Forwarded-For": ip_address, "User-Agent": user_agent}
        if caller is not None:
            headers |= caller.headers
        if isinstance(body, bytes):
            headers["Content-Type"] = "application/json"
            return self._http.request(method, path, headers=headers, content=body)
        return self._http.request(method, path, headers=headers, json=body)

    def send(self, caller: Caller, method: str, path: str, body: object, **options: Any) -> Any:
        """Send a request that succeeds, and give the JSON of its answer."""
        reply = self.call(caller, method, path, body, **options)
        assert reply.status_code == 200, reply.text
        return reply.json()

    def person(self, first_name: str = "Ana", last_name: str = "Souza", email: str = "") -> Caller:
        """Make a person, in a session."""
        local = first_name.lower() if first_name.isascii() and first_name.isalpha() else "person"
        email = email or f"{local}.{next(_numbers)}@example.com"
        with self.world.work(None) as work:
            user = work.add(
                User(
                    email=email,
                    first_name=first_name,
                    last_name=last_name,
                    # Nothing may ever be fetched from there.
                    image_url="https://pictures.example/face.png",
                )
            )
            token = open_session(work, SignedIn(user, "code_session")).token
        return people.person(
            id=user.id, name=user.name or "", email=email, image_url=user.image_url, token=token
        )

    def office(
        self,
        *roles: Role,
        owner: Caller | None = None,
        name: str = "Acme Payments",
        key_name: str = "Production backend",
    ) -> Office:
        """Found an instance with a member of each of some roles, and a key of its owner's."""
        owner = owner or self.person()
        made = self.send(owner, "POST", "/v1/instances", {"name": name, "type": "development"})
        instance_id = made["id"]
        names = {
            Role.ADMIN: ("Ben", "Carter"),
            Role.DEVELOPER: ("Chi", "Nguyen"),
            Role.OPERATIONS: ("Dana", "Levi"),
        }
        members = {
            role: self.join(instance_id, owner, role, *names.get(role, ("Emre", "Kaya")))
            for role in roles
        }
        return Office(instance_id, owner, members, self.key(instance_id, owner, key_name))

    def key(self, instance_id: str, owner: Caller, name: str) -> Caller:
        """Make an API key of an instance's owner."""
        key = self.send(
            owner,
            "POST",
            f"/v1/instances/{instance_id}/api-keys",
            {"name": name, "permission": "full_access"},
        )
        actor = Actor(
            type=CATALOGUE.actor_types["api_key"],
            id=key["id"],
            name=name,
            role=Role.OWNER,
            auth_method="api_key",
        )
        return Caller(actor=actor, token=key["token"])

    def join(
        self, instance_id: str, owner: Caller, role: Role, first_name: str, last_name: str
    ) -> Caller:
        """Make a person, who accepts the owner's invite."""
        path = f"/v1/instances/{instance_id}/invites"
        member = self.person(first_name, last_name)
        invite = self.send(owner, "POST", path, {"email": member.email, "user_role": role})
        self.send(member, "POST", f"/v1/invites/{invite['id']}/accept", None)
        return dataclasses.replace(member, actor=dataclasses.replace(member.actor, role=role))

    def customer(self, office: Office, caller: Caller, body: Any = None, **options: Any) -> str:
        """Make a customer; `body` are fields by name, or all of it as bytes."""
        if not isinstance(body, bytes):
            terms = self.world.accepted_terms(office.instance_id)
            body = bodies.person_customer(terms, **(body or {}))
        made = self.send(caller, "POST", f"{office.path}/customers", body, **options)
        customer_id: str = made["id"]
        return customer_id

    def log(self, office: Office, query: str = "") -> list[dict[str, Any]]:
        """Give the entries that the API lists, newest first, all sorts of them included."""
        path = f"{office.path}/audit-logs?include=denied,system&limit=1000&{query}"
        entries: list[dict[str, Any]] = self.send(office.owner, "GET", path, None)["data"]
        return entries

    def team(self, office: Office) -> list[dict[str, Any]]:
        """Give the members of an instance."""
        members: list[dict[str, Any]] = self.send(
            office.owner, "GET", f"{office.path}/members", None
        )
        return members

    def append(self, office: Office, *, actor: Actor | None = None, **deed: Any) -> str:
        """Put an entry into the log that no request can make yet, and give its id."""
        system = Actor(type=SYSTEM, id=None, role="system", auth_method="system")
        with self.world.database.write() as session:
            connection = session.connection().connection.driver_connection
            store = open_store(connection, office.instance_id, CATALOGUE)
            entry = store.append(
                Deed(
                    **{
                        "instance_id": office.instance_id,
                        "action": CREATED,
                        "operation": "create",
                        "actor": actor or system,
                        "origin": Origin(),
                        "entity_id": "re_000000000001",
                        "entity_label": "Maria Silva",
                        "metadata": CustomerMetadata(
                            type="individual",
                            kyc_type="standard",
                            kyc_status="verifying",
                            country="BR",
                            name="Maria Silva",
                            email="maria@example.com",
                            external_id=None,
                        ),
                        **deed,
                    }
                )
            )
            session.commit()
        entry_id: str = json.loads(entry.wire())["id"]
        return entry_id

    def link(self, caller: Caller, auth_method: str = "operator") -> str:
        """Give an address that signs a person in once."""
        with self.world.work(None) as work:
            user = work.session.get_one(User, caller.id)
            token = issue_link(work, user, auth_method=auth_method)
        return f"{self.url}/dashboard/sign-in#link={token}"


@contextmanager
def serving(database_url: str, home: Path) -> Iterator[Server]:
    """Give a server on a free port of this machine, and stop it at the end."""
    with socket.create_server(("127.0.0.1", 0), backlog=128) as listener:
        url = f"http://localhost:{listener.getsockname()[1]}"
        settings: dict[str, Any] = {"public_url": url, "trusted_proxies": ["127.0.0.1"]}
        migrate_with(Settings(home=home, database_url=database_url, **settings))
        world = World(database_url, home, **settings)
        config = uvicorn.Config(
            world.app, log_config=None, proxy_headers=False, timeout_graceful_shutdown=5
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            # The port is open already: a first request waits until it is answered.
            with httpx2.Client(base_url=url, timeout=30) as http:
                assert http.get("/dashboard/").status_code == 200
                yield Server(world, url, http)
        finally:
            server.should_exit = True
            thread.join()

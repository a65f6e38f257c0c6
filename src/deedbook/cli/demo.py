"""The demo: an instance that has lived a little, through the platform's own rules."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from deedbook.cli.context import OPERATOR, operator_acts_as, unit_of_work
from deedbook.database.connect import Database
from deedbook.database.ids import new_id
from deedbook.engine import API_KEY, USER, Actor, EntryIds, Maker, Origin
from deedbook.engine.origin import CountryResolver
from deedbook.jobs import outside_of
from deedbook.platform.audit import SEEDED, SeededMetadata
from deedbook.platform.identity.api_keys.service import create_key, revoke_key
from deedbook.platform.identity.instances.service import (
    create_instance,
    instances_of,
    update_instance,
)
from deedbook.platform.identity.invites.service import accept_invite, create_invite, delete_invite
from deedbook.platform.identity.members.service import remove_member, update_role
from deedbook.platform.identity.sessions.service import issue_link
from deedbook.platform.identity.users.models import User
from deedbook.platform.identity.users.service import user_by_email, user_for_email
from deedbook.platform.outside.outside import Outside
from deedbook.platform.payments.customers.service import (
    create_customer,
    delete_customer,
    update_customer,
)
from deedbook.platform.payments.terms_of_service import service as terms_of_service
from deedbook.recording import UnitOfWork
from deedbook.settings import Settings
from deedbook.web.roles import Role

DEMO_OWNER: Final = "ana@demo.example"
_TEAM: Final = (
    (DEMO_OWNER, "Ana", "Souza", Role.OWNER),
    ("ben@demo.example", "Ben", "Carter", Role.ADMIN),
    ("chi@demo.example", "Chi", "Nguyen", Role.DEVELOPER),
    ("dana@demo.example", "Dana", "Levi", Role.OPERATIONS),
    ("emre@demo.example", "Emre", "Kaya", Role.VIEWER),
)
_CHROME: Final = (
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko)"
    " Chrome/126.0.0.0 Safari/537.36"
)
_FIREFOX: Final = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0"
_SAFARI: Final = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
    " Version/17.5 Mobile/15E148 Safari/604.1"
)
# Where each acts from: people from home, the key from a data centre.
_FROM: Final = {
    "ana@demo.example": ("200.160.0.8", _CHROME),
    "ben@demo.example": ("8.8.8.8", _FIREFOX),
    "chi@demo.example": ("2001:dc7::1", _CHROME),
    "dana@demo.example": ("193.0.6.139", _SAFARI),
    "emre@demo.example": ("85.111.0.1", _FIREFOX),
    "key": ("2600:1f18::1", "acme-python/3.0.0"),
}
_HOUR_MS: Final = 3_600_000
# How long all acts take together, so that the last one was just now.
_LASTS_MS: Final = 168 * _HOUR_MS


def make_demo(settings: Settings) -> str:
    """Make the demo instance, unless it is there already, and give its id."""
    database = Database(settings.url(), connections=2)
    try:
        return _existing(database) or _play(database, settings)
    finally:
        database.close()


def sign_in_link(settings: Settings, email: str) -> str:
    """Give a link that signs this person in once; the session it opens says `operator`."""
    database = Database(settings.url(), connections=1)
    try:
        with unit_of_work(database) as work:
            user = user_for_email(work, email)
            token = issue_link(work, user, auth_method=OPERATOR)
    finally:
        database.close()
    return f"{settings.public_url.rstrip('/')}/dashboard/sign-in#link={token}"


def _existing(database: Database) -> str | None:
    with database.read() as session:
        owner = user_by_email(session, DEMO_OWNER)
        found = [] if owner is None else instances_of(session, owner.id)
        return found[0].instance.id if found else None


@dataclass(slots=True)
class _Stage:
    """Plays one act after the other, each a while after the last."""

    database: Database
    instance_id: str
    people: dict[str, User]
    at_ms: int
    countries: CountryResolver
    outside: Outside
    acts: int = 0

    @contextmanager
    def act(
        self,
        who: str,
        *,
        hours: float,
        role: Role,
        route: str,
        method: str = "POST",
        key: Actor | None = None,
    ) -> Iterator[UnitOfWork]:
        """Give a unit of work in someone's name, from where they are, so many hours later."""
        self.acts += 1
        # Nobody acts on the minute.
        self.at_ms += int(hours * _HOUR_MS) + self.acts * 11_311
        actor = key or _person(self.people[who], role)
        with unit_of_work(
            self.database,
            actor=actor,
            origin=self._origin("key" if key else who, method, route),
            instance_id=self.instance_id,
            entry_ids=EntryIds(lambda: self.at_ms),
        ) as work:
            yield work

    def _origin(self, who: str, method: str, route: str) -> Origin:
        ip_address, user_agent = _FROM[who]
        country = self.countries.resolve(ip_address, None)
        return Origin(
            ip_address=ip_address,
            peer_ip=ip_address,
            country=country.code,
            country_source=country.source,
            user_agent=user_agent,
            request_id=uuid.uuid4().hex,
            method=method,
            route=f"/v1/instances/{{instance_id}}/{route}"
            if route
            else "/v1/instances/{instance_id}",
        )


def _play(database: Database, settings: Settings) -> str:
    stage = _Stage(
        database,
        new_id("in"),
        {},
        time.time_ns() // 1_000_000 - _LASTS_MS,
        CountryResolver(),
        outside_of(settings),
    )
    _found(stage)
    _gather_team(stage)
    key = _make_keys(stage)
    _serve_customers(stage, key)
    _tidy_up(stage)
    return stage.instance_id


def _found(stage: _Stage) -> None:
    """Make the people and the instance; its first entry says that all of it is made up."""
    with unit_of_work(stage.database) as work:
        for email, first_name, last_name, _ in _TEAM:
            user = user_for_email(work, email)
            user.first_name, user.last_name = first_name, last_name
            stage.people[email] = user
    owner = stage.people[DEMO_OWNER]
    with stage.act(DEMO_OWNER, hours=0, role=Role.OWNER, route="") as work:
        person, work.actor = work.actor, operator_acts_as(owner, Role.OWNER)
        work.record(
            SEEDED,
            None,
            SeededMetadata(entries=None, purpose="demo"),
            entity_id=stage.instance_id,
        )
        work.actor = person
        create_instance(
            work,
            owner,
            name="Acme Payments (demo)",
            type="development",
            instance_id=stage.instance_id,
        )


def _gather_team(stage: _Stage) -> None:
    for email, _, _, role in _TEAM[1:]:
        joined = Role.VIEWER if role is Role.OPERATIONS else role
        with stage.act(DEMO_OWNER, hours=0.4, role=Role.OWNER, route="invites") as work:
            invite = create_invite(work, email=email, role=joined)
        with stage.act(email, hours=1.3, role=joined, route="", method="POST") as work:
            accept_invite(work, invite.id, stage.people[email])
    with stage.act(
        DEMO_OWNER, hours=3, role=Role.OWNER, route="members/{user_id}", method="PUT"
    ) as work:
        update_role(work, stage.people["dana@demo.example"].id, Role.OPERATIONS)
    with stage.act("ben@demo.example", hours=2, role=Role.ADMIN, route="invites") as work:
        invite = create_invite(work, email="contractor@elsewhere.example", role=Role.FINANCE)
    with stage.act(
        DEMO_OWNER, hours=5, role=Role.OWNER, route="invites/{invite_id}", method="DELETE"
    ) as work:
        delete_invite(work, invite.id)


def _make_keys(stage: _Stage) -> Actor:
    """Make two keys, revoke one, and give the other as an actor."""
    with stage.act("chi@demo.example", hours=9, role=Role.DEVELOPER, route="api-keys") as work:
        trial, _ = create_key(work, name="Trial", ip_whitelist=[], role=Role.DEVELOPER)
    with stage.act("ben@demo.example", hours=4, role=Role.ADMIN, route="api-keys") as work:
        kept, _ = create_key(work, name="Backend", ip_whitelist=["2600:1f18::/32"], role=Role.ADMIN)
    with stage.act(
        "chi@demo.example",
        hours=20,
        role=Role.DEVELOPER,
        route="api-keys/{api_key_id}",
        method="DELETE",
    ) as work:
        revoke_key(work, trial.id)
    return Actor(
        type=API_KEY,
        id=kept.id,
        name=kept.name,
        key_prefix=kept.prefix,
        created_by=Maker(kept.created_by_id, kept.created_by_name),
        role=Role.ADMIN,
        auth_method="api_key",
    )


_CUSTOMERS: Final = (
    ("Maria", "Lima", "BR", 11.0),
    ("John", "Doe", "US", 2.5),
    ("Lucía", "Fernández", "MX", 6.0),
    ("Kwame", "Mensah", "GH", 17.0),
    ("Ola", "Nowak", "PL", 1.2),
    ("Yuki", "Tanaka", "JP", 8.0),
)


def _serve_customers(stage: _Stage, key: Actor) -> None:
    made = []
    for number, (first_name, last_name, country, hours) in enumerate(_CUSTOMERS):
        by_key = number % 2 == 0
        who, role = ("dana@demo.example", Role.OPERATIONS)
        with stage.act(
            who, hours=hours, role=role, route="customers", key=key if by_key else None
        ) as work:
            fields = _customer(work, stage.instance_id, first_name, last_name, country)
            made.append(create_customer(work, stage.outside, fields))
    with stage.act(
        "dana@demo.example",
        hours=3,
        role=Role.OPERATIONS,
        route="customers/{customer_id}",
        method="PUT",
    ) as work:
        changes = {
            "email": "maria.lima@example.com",
            "country": "BR",
            "phone_number": "+5511987654321",
        }
        update_customer(work, made[0].id, changes)
    with stage.act(
        "ben@demo.example",
        hours=26,
        role=Role.ADMIN,
        route="customers/{customer_id}",
        method="DELETE",
    ) as work:
        delete_customer(work, made[4].id)


def _customer(
    work: UnitOfWork, instance_id: str, first_name: str, last_name: str, country: str
) -> dict[str, object]:
    token = terms_of_service.initiate(
        work,
        instance_id,
        idempotency_key=str(uuid.uuid4()),
        customer_id=None,
        redirect_url=None,
    )
    terms = terms_of_service.accept(work, token, customer_id=None)
    work.session.flush()
    return {
        "type": "individual",
        "kyc_type": "standard",
        "email": f"{first_name.lower()}@example.com",
        "country": country,
        "first_name": first_name,
        "last_name": last_name,
        "tos_id": terms.id,
    }


def _tidy_up(stage: _Stage) -> None:
    with stage.act(DEMO_OWNER, hours=14, role=Role.OWNER, route="", method="PUT") as work:
        update_instance(
            work, {"name": "Acme Payments (demo)", "compliance_emails": ["risk@demo.example"]}
        )
    with stage.act(
        DEMO_OWNER, hours=20, role=Role.OWNER, route="members/{user_id}", method="PUT"
    ) as work:
        update_role(work, stage.people["chi@demo.example"].id, Role.ADMIN)
    with stage.act(
        "ben@demo.example", hours=7, role=Role.ADMIN, route="members/{user_id}", method="DELETE"
    ) as work:
        remove_member(work, stage.people["emre@demo.example"].id)


def _person(user: User, role: Role) -> Actor:
    return Actor(
        type=USER,
        id=user.id,
        name=user.name,
        email=user.email,
        role=role,
        auth_method="code_session",
    )

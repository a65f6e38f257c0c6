"""Made-up entries in any number, for trying the log at size."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Annotated, Any, Final, get_args, get_origin, get_type_hints

import typer

from deedbook.cli.context import AsJson, open_database, operator_acts_as, show
from deedbook.database.connect import Database
from deedbook.database.ids import new_id
from deedbook.engine import (
    API_KEY,
    USER,
    Action,
    Actor,
    Deed,
    EntryIds,
    Maker,
    Metadata,
    Origin,
    Outcome,
    Ref,
)
from deedbook.engine.base62 import ALPHABET
from deedbook.platform.audit import SEEDED, SeededMetadata
from deedbook.platform.catalogue import CATALOGUE
from deedbook.platform.identity.instances.audit import CREATED, InstanceMetadata
from deedbook.platform.identity.instances.models import Instance, Membership
from deedbook.platform.identity.users.models import User
from deedbook.recording import open_log
from deedbook.web.roles import Role

_BATCH: Final = 1_000
_PLACES: Final = (
    ("200.160.0.8", "BR"),
    ("8.8.8.8", "US"),
    ("2001:4860:4860::8888", "US"),
    ("193.0.6.139", "NL"),
    ("202.12.27.33", "JP"),
    ("41.0.0.1", "ZA"),
)
_CHROME: Final = (
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko)"
    " Chrome/126.0.0.0 Safari/537.36"
)
_AGENTS: Final = (
    _CHROME,
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0",
    "acme-python/3.0.0",
    "curl/8.5.0",
)
_NAMES: Final = ("Ana Souza", "Ben Carter", "Chi Nguyen", "Dana Levi", "Emre Kaya", "Fatou Diop")


def seed(
    entries: Annotated[
        int, typer.Option(min=0, max=100_000_000, help="How many entries.")
    ] = 10_000,
    days: Annotated[int, typer.Option(min=1, max=3650, help="Over how many past days.")] = 365,
    owner_email: Annotated[
        str, typer.Option(help="Who owns the new instance.")
    ] = "seed@deedbook.example",
    random_seed: Annotated[int, typer.Option(help="The same number gives the same deeds.")] = 1,
    *,
    as_json: AsJson = False,
) -> None:
    """Fill a new instance with made-up entries. Its first entry says so."""
    with open_database() as database:
        instance_id = seed_instance(
            database, entries=entries, days=days, owner_email=owner_email, random_seed=random_seed
        )
    if as_json:
        show({"instance_id": instance_id, "entries": entries})
    else:
        typer.echo(f"{entries:,} made-up entries in the new instance {instance_id}.")


def seed_instance(
    database: Database, *, entries: int, days: int, owner_email: str, random_seed: int
) -> str:
    """Make an instance with so many made-up entries, and give its id."""
    first_ms = time.time_ns() // 1_000_000 - days * 86_400_000
    clock = _Clock(first_ms, step_ms=days * 86_400_000 / max(entries, 1))
    entry_ids = EntryIds(clock.now_ms)
    instance_id = _found(database, owner_email, entries, entry_ids)
    deeds = _Deeds(instance_id, random.Random(random_seed)).take(entries)  # noqa: S311 (no secret)
    while batch := [deed for deed, _ in zip(deeds, range(_BATCH), strict=False)]:
        with database.write() as session:
            store = open_log(session, instance_id, CATALOGUE, entry_ids)
            for deed in batch:
                clock.tick()
                store.append(deed)
            session.commit()
    return instance_id


@dataclass(slots=True)
class _Clock:
    """Time that passes with every entry."""

    at_ms: float
    step_ms: float

    def now_ms(self) -> int:
        return int(self.at_ms)

    def tick(self) -> None:
        self.at_ms += self.step_ms


def _found(database: Database, owner_email: str, entries: int, entry_ids: EntryIds) -> str:
    """Make the instance and its owner; the entry that says what it is comes before any other."""
    with database.write() as session:
        owner = session.query(User).filter(User.email == owner_email.lower()).one_or_none()
        if owner is None:
            owner = User(email=owner_email.lower(), first_name="Seed", last_name="Owner")
            session.add(owner)
            session.flush()
        instance = Instance(id=new_id("in"), name=f"Seeded with {entries:,}", type="development")
        session.add_all(
            [instance, Membership(instance_id=instance.id, user_id=owner.id, role=Role.OWNER)]
        )
        session.flush()
        actor = operator_acts_as(owner, Role.OWNER)
        common: dict[str, Any] = {"instance_id": instance.id, "actor": actor, "origin": Origin()}
        store = open_log(session, instance.id, CATALOGUE, entry_ids)
        store.append(
            Deed(
                action=SEEDED,
                operation="create",
                entity_id=instance.id,
                metadata=SeededMetadata(entries, purpose="seed"),
                **common,
            )
        )
        store.append(
            Deed(
                action=CREATED,
                operation="create",
                entity_id=instance.id,
                entity_label=instance.name,
                metadata=InstanceMetadata(instance.name, instance.type),
                covers=frozenset(
                    {f"instances:{instance.id}", f"memberships:{instance.id}:{owner.id}"}
                ),
                **common,
            )
        )
        session.commit()
        return instance.id


class _Deeds:
    """Deeds of any action in the catalogue, by a few people and keys on many entities."""

    def __init__(self, instance_id: str, chance: random.Random) -> None:
        self._instance_id = instance_id
        self._chance = chance
        self._actors = [*self._people(50), *self._keys(5)]
        self._entities = [self._id() for _ in range(2_000)]
        self._actions = [
            action for action in CATALOGUE.actions.values() if action.feature.name != "audit_log"
        ]

    def take(self, count: int) -> Iterator[Deed]:
        """Give so many deeds."""
        for _ in range(count):
            yield self._deed()

    def _deed(self) -> Deed:
        action = self._frequent(self._actions)
        ip_address, country = self._frequent(_PLACES)
        denied = self._chance.random() < 0.01  # noqa: PLR2004 (one in a hundred)
        return Deed(
            instance_id=self._instance_id,
            action=action,
            operation=self._chance.choice(action.operations),
            actor=self._frequent(self._actors),
            origin=Origin(
                ip_address=ip_address,
                peer_ip=ip_address,
                country=country,
                country_source="made up",
                user_agent=self._frequent(_AGENTS),
                request_id=f"{self._chance.getrandbits(128):032x}",
            ),
            entity_id=self._frequent(self._entities),
            entity_label=self._frequent(_NAMES),
            metadata=self._metadata(action),
            refs=tuple(Ref(each, self._frequent(self._entities)) for each in action.refs),
            outcome=Outcome.DENIED if denied else Outcome.SUCCESS,
        )

    def _metadata(self, action: Action[Metadata]) -> Metadata:
        hints = get_type_hints(action.metadata)
        names = [field.name for field in fields(action.metadata)]  # type: ignore[arg-type]
        return action.metadata(**{name: self._value(name, hints[name]) for name in names})

    def _value(self, name: str, hint: Any) -> object:  # noqa: ANN401 (a type hint)
        if get_origin(hint) is list:
            return []
        options = {hint, *get_args(hint)}
        if bool in options:
            return self._chance.random() < 0.5  # noqa: PLR2004 (one in two)
        if int in options:
            return self._chance.randrange(1, 1_000_000)
        return (
            self._frequent(_NAMES)
            if name.endswith("name")
            else f"{name} {self._chance.randrange(100)}"
        )

    def _people(self, count: int) -> Iterator[Actor]:
        for number in range(count):
            name = _NAMES[number % len(_NAMES)]
            email = f"{name.split()[0].lower()}.{number}@example.com"
            role = self._chance.choice(list(Role))
            yield Actor(
                type=USER,
                id=f"us_{self._base62()}",
                name=name,
                email=email,
                role=role,
                auth_method="code_session",
            )

    def _keys(self, count: int) -> Iterator[Actor]:
        for number in range(count):
            yield Actor(
                type=API_KEY,
                id=f"ap_{self._base62()}",
                name=f"Key {number}",
                key_prefix=f"dk_test_{self._base62()[:4]}",
                created_by=Maker(f"us_{self._base62()}", self._chance.choice(_NAMES)),
                role=Role.ADMIN,
                auth_method="api_key",
            )

    def _id(self) -> str:
        return f"re_{self._base62()}"

    def _base62(self) -> str:
        return "".join(self._chance.choices(ALPHABET, k=12))

    def _frequent(self, values: Any) -> Any:  # noqa: ANN401 (any sequence)
        """Give one of some values; the first ones come up most, as in life (Pareto)."""
        place = int(self._chance.paretovariate(1)) - 1
        return values[place % len(values)]

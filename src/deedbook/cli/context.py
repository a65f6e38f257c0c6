"""What commands work with: settings, the database, and the operator as an actor."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Final

import typer
from pydantic import ValidationError

from deedbook.app import InvalidSettings
from deedbook.database.connect import Database
from deedbook.database.migrate import migrate
from deedbook.engine import SYSTEM, USER, Actor, EntryIds, InvalidParameters, Origin
from deedbook.platform.catalogue import CATALOGUE
from deedbook.platform.identity.users.models import User
from deedbook.recording import UnitOfWork
from deedbook.settings import Settings

OPERATOR: Final = "operator"
InstanceId = Annotated[str, typer.Option("--instance", help="The id of the instance (in_…).")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]


def load_settings() -> Settings:
    """Give the settings of the environment. Raises `InvalidSettings`, which names the variable."""
    try:
        return Settings()
    except ValidationError as error:
        problems = (
            f"DEEDBOOK_{str(each['loc'][0]).upper()}: {each['msg']}" for each in error.errors()
        )
        raise InvalidSettings("; ".join(problems)) from None


@contextmanager
def open_database() -> Iterator[Database]:
    """Give the database, migrated."""
    settings = load_settings()
    migrate_with(settings)
    database = Database(settings.url(), connections=2)
    try:
        yield database
    finally:
        database.close()


def migrate_with(settings: Settings) -> None:
    """Bring the database up to date, as its owner where that is another role."""
    owner = Database(settings.migration_url or settings.url(), connections=1)
    try:
        migrate(owner)
    finally:
        owner.close()


def operator_acts_as(user: User, role: str) -> Actor:
    """Give the actor of what the command line does in someone's name, marked as such."""
    return Actor(
        type=USER,
        id=user.id,
        name=user.name,
        email=user.email,
        image_url=user.image_url or None,
        role=role,
        auth_method=OPERATOR,
    )


def operator_alone() -> Actor:
    """Give the actor of what the command line does in nobody's name."""
    return Actor(type=SYSTEM, id=None, role="system", auth_method=OPERATOR)


@contextmanager
def unit_of_work(
    database: Database,
    *,
    actor: Actor | None = None,
    origin: Origin | None = None,
    instance_id: str | None = None,
    entry_ids: EntryIds | None = None,
) -> Iterator[UnitOfWork]:
    """Give a unit of work that commits at the end of the block."""
    with (
        database.write() as session,
        UnitOfWork(
            session,
            catalogue=CATALOGUE,
            actor=actor,
            origin=origin,
            instance_id=instance_id,
            entry_ids=entry_ids,
        ) as work,
    ):
        yield work


def pair(text: str) -> tuple[str, str]:
    """Give name and value of a filter as it is written on the command line."""
    name, equals, value = text.partition("=")
    if not equals:
        raise InvalidParameters([f"{text}: write it as name=value"])
    return name, value


def show(value: object) -> None:
    """Print one JSON document on one line, escaped where a character could steer a terminal."""
    text = json.dumps(value, ensure_ascii=False)
    # Only texts have such characters, and JSON has an escape for each (RFC 8259 §7).
    typer.echo("".join(each if each.isprintable() else json.dumps(each)[1:-1] for each in text))

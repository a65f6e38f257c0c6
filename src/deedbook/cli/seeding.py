"""Made-up entries in any number, for trying the log at size."""

from __future__ import annotations

import time
from typing import Annotated, Any, Final

import typer

from deedbook.cli.context import AsJson, open_database, operator_acts_as, show
from deedbook.database.connect import Database
from deedbook.database.ids import new_id
from deedbook.engine import Deed, EntryIds, Origin
from deedbook.platform.audit import SEEDED, SeededMetadata
from deedbook.platform.catalogue import CATALOGUE
from deedbook.platform.identity.instances.audit import CREATED, InstanceMetadata
from deedbook.platform.identity.instances.models import Instance, Membership
from deedbook.platform.identity.users.models import User
from deedbook.platform.recorded import recorded_where
from deedbook.recording import open_log
from deedbook.seeding.writing import Plan, written_batches
from deedbook.web.roles import Role

_DAY_MS: Final = 86_400_000


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
    first_ms = time.time_ns() // 1_000_000 - days * _DAY_MS
    instance_id = _found(database, owner_email, entries, EntryIds(lambda: first_ms - 1))
    plan = Plan(
        instance_id=instance_id,
        entries=entries,
        first_ms=first_ms,
        step_ms=days * _DAY_MS / max(entries, 1),
        random_seed=random_seed,
        where=recorded_where(),
    )
    with written_batches(plan) as batches:
        for batch in batches:
            with database.write() as session:
                open_log(session, instance_id, CATALOGUE).append_written(batch)
                session.commit()
    return instance_id


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

"""An instance with an API key, to send requests with."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select, text

from bench.growth import seal, settle
from deedbook.cli.context import operator_acts_as, unit_of_work
from deedbook.cli.seeding import seed_instance
from deedbook.database.connect import Database
from deedbook.database.migrate import migrate
from deedbook.engine.integrity.note import Signer
from deedbook.platform.catalogue import CATALOGUE
from deedbook.platform.identity.api_keys.service import create_key
from deedbook.platform.identity.instances.models import Membership
from deedbook.platform.identity.users.models import User
from deedbook.web.roles import Role

OWNER = "bench@deedbook.example"
_BIGGEST = "SELECT instance_id FROM deedbook_tree ORDER BY size DESC LIMIT 1"


@dataclass(frozen=True, slots=True)
class Tenant:
    """An instance, and the token of a key of its owner's."""

    instance_id: str
    token: str

    @property
    def path(self) -> str:
        """The API's address of the instance."""
        return f"/v1/instances/{self.instance_id}"


def new_tenant(url: str, entries: int, signer: Signer) -> Tenant:
    """Make a tenant with so many entries in a database, which is brought up to date first, and seal all."""
    database = Database(url, connections=2)
    try:
        migrate(database)
        instance_id = seed_instance(
            database, entries=entries, days=365, owner_email=OWNER, random_seed=2
        )
        tenant = _with_key(database, instance_id)
        seal(database.writer, CATALOGUE, signer)
        settle(database.writer)
    finally:
        database.close()
    return tenant


def biggest_tenant(url: str) -> Tenant:
    """Give the instance that has most entries, with a new key."""
    database = Database(url, connections=2)
    try:
        with database.read() as session:
            instance_id = session.execute(text(_BIGGEST)).scalar_one()
        return _with_key(database, instance_id)
    finally:
        database.close()


def _with_key(database: Database, instance_id: str) -> Tenant:
    with database.read() as session:
        # Its owner is its only member.
        owners = (
            select(User)
            .join(Membership, Membership.user_id == User.id)
            .where(Membership.instance_id == instance_id)
        )
        owner = session.scalars(owners).one()
    actor = operator_acts_as(owner, Role.OWNER)
    with unit_of_work(database, actor=actor, instance_id=instance_id) as work:
        key = create_key(work, name="Bench", ip_whitelist=[], role=Role.OWNER)
    return Tenant(instance_id, key.token)

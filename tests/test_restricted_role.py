"""The two roles of docs/postgresql.md: the server's can add to the log, and nothing else to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import ProgrammingError

from databases import Database as Sample
from deedbook.cli.context import migrate_with, operator_acts_as, unit_of_work
from deedbook.database.connect import Database
from deedbook.engine import create_log, open_store
from deedbook.engine.integrity.note import Signer
from deedbook.platform.catalogue import CATALOGUE
from deedbook.platform.identity.instances.service import create_instance
from deedbook.platform.identity.users.service import user_for_email
from deedbook.recording import open_sealer
from deedbook.settings import Settings
from sample.catalogue import ADA, lent
from sample.catalogue import CATALOGUE as LENDING
from sample.forgetting import erasing, expiring, forget_all
from sample.older import POSTINGS, unnumber_trees
from sample.sealing import seal_all

PAGE = Path(__file__).parent.parent / "docs" / "postgresql.md"
ROLE = "deedbook_server"


@pytest.fixture
def server_url(postgres_url: str) -> str:
    """The URL of the server's role, made as the page says."""
    migrate_with(Settings(database_url=postgres_url))
    (grants,) = re.findall(r"```sql\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE]).fetchone():
            connection.execute(f"CREATE ROLE {ROLE} LOGIN PASSWORD 'of-no-worth'")
        connection.execute(grants)
    url = make_url(postgres_url).set(username=ROLE, password="of-no-worth")
    return url.render_as_string(hide_password=False)


def test_the_servers_role_does_the_platforms_work(server_url: str, postgres_url: str) -> None:
    # What a server does at start, with the owner's URL beside its own.
    migrate_with(Settings(database_url=server_url, migration_url=postgres_url))
    database = Database(server_url, connections=1)
    with unit_of_work(database) as work:
        owner = user_for_email(work, "ana@example.com")
        work.session.flush()
        work.actor = operator_acts_as(owner, "owner")
        create_instance(work, owner, name="Acme", type="production")
    signer = Signer("deedbook", bytes(32))
    sealer = open_sealer(
        database.writer, lambda: signer, CATALOGUE, reader=database.reader, sign_every=0
    )
    assert sealer.run_once() == 1
    sealer.release()
    with database.read() as session:
        for table in ("entry", "position", "checkpoint"):
            assert session.scalar(text(f"SELECT count(*) FROM deedbook_{table}")) == 1
    database.close()


@pytest.fixture
def connection(server_url: str) -> Iterator[psycopg.Connection]:
    """A connection of the server's role, whose transactions are begun and committed by hand."""
    with psycopg.connect(server_url, autocommit=True) as connection:
        yield connection


def test_the_servers_role_forgets_by_decree_alone(
    server_url: str, connection: psycopg.Connection
) -> None:
    store = open_store(connection, "in_000000000001", LENDING)
    store.append(lent(instance_id="in_000000000001"))
    store.append(lent(instance_id="in_000000000001"))
    # Each of the two is refused, and then allowed.
    for decree, change in (
        (erasing(user_id=ADA.id or ""), "personal = NULL, salt = NULL, evidence = NULL"),
        (expiring(1), "record = NULL, kind = 0, actor_id = NULL, entity_id = ''"),
    ):
        with pytest.raises(psycopg.IntegrityError, match="by decree alone"):
            connection.execute(f"UPDATE deedbook_entry SET {change}")
        store.append(decree)
        database = Sample(server_url)
        seal_all(database)
        assert forget_all(database) > 0
    left = "SELECT record IS NULL, personal IS NULL FROM deedbook_entry ORDER BY id"
    assert connection.execute(left).fetchall() == [
        (True, True),
        (False, True),
        (False, False),
        (False, False),
    ]


def test_the_servers_role_keeps_its_rights_when_tables_are_made_anew(
    server_url: str, postgres_url: str, connection: psycopg.Connection
) -> None:
    with psycopg.connect(postgres_url) as owner:
        unnumber_trees(owner)
        create_log(owner)
    store = open_store(connection, "in_000000000001", LENDING)
    store.append(lent(instance_id="in_000000000001"))
    seal_all(Sample(server_url))
    for table in POSTINGS:
        assert connection.execute(f"DELETE FROM {table}".encode()).rowcount > 0


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE deedbook_entry SET id = 1",
        "UPDATE deedbook_entry SET encoding = 0",
        "DELETE FROM deedbook_decree",
        "DELETE FROM deedbook_entry",
        "TRUNCATE deedbook_entry",
        "UPDATE deedbook_position SET sequence = 7",
        "DELETE FROM deedbook_subtree",
        "DELETE FROM deedbook_checkpoint",
        "ALTER TABLE deedbook_entry DISABLE TRIGGER ALL",
        "ALTER TABLE customers DISABLE TRIGGER ALL",
        "SET session_replication_role = replica",
    ],
)
def test_the_servers_role_cannot_get_around_the_log(server_url: str, statement: str) -> None:
    database = Database(server_url, connections=1)
    with (
        database.write() as session,
        pytest.raises(ProgrammingError, match=r"permission denied|owner"),
    ):
        session.execute(text(statement))
    database.close()

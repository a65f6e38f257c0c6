"""Making a log of a size: how fast it is seeded and sealed, and what it takes on the disk."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Final, NamedTuple

from sqlalchemy import Engine, text

from bench.tables import table
from deedbook.cli.seeding import seed_instance
from deedbook.database.connect import Database
from deedbook.database.migrate import migrate
from deedbook.engine import Catalogue
from deedbook.engine.integrity.note import Signer
from deedbook.platform.catalogue import CATALOGUE
from deedbook.recording import open_log, open_sealer

_STRINGS: Final = "SELECT sum(length(record) + length(personal)) FROM deedbook_entry"
_WAITING: Final = "SELECT count(*) FROM deedbook_pending"
# What the strings are before they are compressed is told from so many entries.
_SOME: Final = 10_000


def measure(url: str, entries: int, signer: Signer) -> None:
    """Seed and seal so many entries, and print how that went."""
    database = Database(url)
    try:
        migrate(database)
        empty = _size(database)
        began = time.perf_counter()
        instance_id = seed_instance(
            database, entries=entries, days=365, owner_email="bench@deedbook.example", random_seed=1
        )
        seeded = time.perf_counter() - began
        sealed, sealing, posting = seal(database.writer, CATALOGUE, signer)
        settle(database.writer)
        with database.read() as session:
            stored = session.execute(text(_STRINGS)).scalar_one()
            some = open_log(session, instance_id, CATALOGUE).bodies(0, _SOME)
            strings = sum(len(each.record or b"") + len(each.personal or b"") for each in some)
        size = _size(database) - empty
    finally:
        database.close()
    table(
        ("figure", "value"),
        [
            ["seeded (made, written down, inserted), entries a second", f"{entries / seeded:,.0f}"],
            ["sealed when catching up, entries a second", f"{sealed / sealing:,.0f}"],
            ["posted behind that, entries a second", f"{sealed / posting:,.0f}"],
            ["record and personal, bytes an entry", f"{strings / len(some):,.0f}"],
            ["the two as they are stored, bytes an entry", f"{stored / sealed:,.0f}"],
            ["all that is stored for them, bytes an entry", f"{size / sealed:,.0f}"],
        ],
    )


class Sealing(NamedTuple):
    """How many entries were sealed, and in how many seconds they were that, and then posted."""

    entries: int
    sealing: float
    posting: float


def seal(engine: Engine, catalogue: Catalogue, signer: Signer) -> Sealing:
    """Seal and post all that waits, and sign every batch."""
    with engine.connect() as connection:
        waiting: int = connection.execute(text(_WAITING)).scalar_one()
    sealer = open_sealer(engine, lambda: signer, catalogue, sign_every=0)
    began, sealed = time.perf_counter(), 0
    while sealed < waiting:
        sealed += sealer.run_once()
    turned = time.perf_counter()
    while sealer.run_once():
        pass
    sealer.release()
    return Sealing(sealed, turned - began, time.perf_counter() - turned)


def settle(engine: Engine) -> None:
    """Do what autovacuum would within a minute: until then nothing is known of what there is."""
    if engine.dialect.name == "postgresql":
        with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            connection.exec_driver_sql("VACUUM (ANALYZE)")


def _size(database: Database) -> int:
    """Give the bytes of a database's files, once its log of what is to be written is empty."""
    if not database.has_one_writer:
        with database.read() as session:
            size: int = session.execute(
                text("SELECT pg_database_size(current_database())")
            ).scalar_one()
            return size
    with database.writer.connect() as connection:
        raw = connection.connection.driver_connection
        connection.rollback()
        assert raw is not None
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return Path(database.url.removeprefix("sqlite:///")).stat().st_size

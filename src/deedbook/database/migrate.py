"""Migrations: from any earlier state, an empty database included, to today's tables and guards."""

from __future__ import annotations

from importlib import resources
from typing import Final

from sqlalchemy import Connection, inspect, text

from deedbook.database.base import Base
from deedbook.database.connect import Database
from deedbook.recording import install_guards

# Any number will do, as long as every process that migrates uses the same.
_LOCK: Final = 4_733_205_871


def migrate(database: Database) -> None:
    """Bring the tables, the log and the guards up to date, in one transaction.

    Safe to run at every start and by several processes at once: one works, the others wait and find
    nothing left to do. A failure leaves the database as it was.
    """
    with database.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        if not _is_current(connection):
            _upgrade(connection)
        install_guards(connection, Base)


def _is_current(connection: Connection) -> bool:
    """Tell whether the newest migration, which its file's number names, was the last that was run."""
    versions = resources.files("deedbook.database") / "migrations" / "versions"
    newest = max(
        each.name.partition("_")[0] for each in versions.iterdir() if each.name[0].isdigit()
    )
    if not inspect(connection).has_table("alembic_version"):
        return False
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == newest


def _upgrade(connection: Connection) -> None:
    # A server whose database is up to date does without: it would take 10 MB for as long as it runs.
    from alembic import command  # noqa: PLC0415 (see above)
    from alembic.config import Config  # noqa: PLC0415 (see above)

    config = Config()
    config.set_main_option(
        "script_location", str(resources.files("deedbook.database") / "migrations")
    )
    config.attributes["connection"] = connection
    command.upgrade(config, "head")

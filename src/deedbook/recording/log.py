"""The log of an instance, over a session of SQLAlchemy."""

from __future__ import annotations

from sqlalchemy.orm import Session

from deedbook.engine import Catalogue, EntryIds, EntryStore, open_store


def open_log(
    session: Session, instance_id: str, catalogue: Catalogue, entry_ids: EntryIds | None = None
) -> EntryStore:
    """Give the entries of one instance, in the session's own transaction."""
    connection = session.connection().connection.driver_connection
    return open_store(connection, instance_id, catalogue, entry_ids)

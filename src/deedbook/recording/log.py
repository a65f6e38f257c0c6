"""The log of an instance, over a session of SQLAlchemy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from deedbook.engine import Catalogue, EntryIds, EntryStore, open_store
from deedbook.engine.integrity.note import Signer
from deedbook.engine.sealing import Proofs, Sealer, tree_tables, waits_since_ms
from deedbook.engine.sealing.tables import TreeTables


def open_log(
    session: Session, instance_id: str, catalogue: Catalogue, entry_ids: EntryIds | None = None
) -> EntryStore:
    """Give the entries of one instance, in the session's own transaction."""
    connection = session.connection().connection.driver_connection
    return open_store(connection, instance_id, catalogue, entry_ids)


def open_proofs(session: Session, instance_id: str) -> Proofs:
    """Give what can be proved of the log of one instance, in the session's own transaction."""
    return Proofs(_tree_tables(session), instance_id)


def oldest_unsealed_ms(session: Session) -> int | None:
    """Give when the oldest entry of the database without a position was written (Unix ms), or None."""
    return waits_since_ms(_tree_tables(session))


def _tree_tables(session: Session) -> TreeTables:
    return tree_tables(session.connection().connection.driver_connection)


def open_sealer(
    engine: Engine,
    signer: Callable[[], Signer],
    catalogue: Catalogue,
    *,
    reader: Engine | None = None,
    sign_every: float = 1.0,
) -> Sealer:
    """Give the sealer of a database, which signs every so many seconds with the key of the moment.

    It asks whether there is work over `reader`, which may be held to reading. Run it beside the writers:

        while True:
            if not sealer.run_once():
                time.sleep(0.25)
    """
    return Sealer(
        lambda: _transaction(engine),
        lambda: _transaction(reader or engine),
        signer,
        catalogue,
        sign_every=sign_every,
    )


@contextmanager
def _transaction(engine: Engine) -> Iterator[object]:
    with engine.begin() as connection:
        yield connection.connection.driver_connection

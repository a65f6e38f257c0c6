"""The log of an instance, over a session of SQLAlchemy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from deedbook.engine import Catalogue, EntryIds, EntryStore, open_store
from deedbook.engine.integrity.note import Signer
from deedbook.engine.sealing import Sealer


def open_log(
    session: Session, instance_id: str, catalogue: Catalogue, entry_ids: EntryIds | None = None
) -> EntryStore:
    """Give the entries of one instance, in the session's own transaction."""
    connection = session.connection().connection.driver_connection
    return open_store(connection, instance_id, catalogue, entry_ids)


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

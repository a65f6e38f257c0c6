"""The sealer: takes committed entries, fixes their order, and signs what the log has become.

What entries are found by beyond the indexes of their own it writes behind that.

It runs beside the writers, one per database: a lease says whose turn it is, and every transaction of the
sealer checks it. All that is known lies in the database, so it can be killed at any instruction.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Final
from urllib.parse import quote

from deedbook.engine.catalogue import Catalogue
from deedbook.engine.integrity.checkpoint import checkpoint_at
from deedbook.engine.integrity.note import Signer, sign
from deedbook.engine.sealing.batch import frontier_of, seal
from deedbook.engine.sealing.lease import SealerLease
from deedbook.engine.sealing.open import tree_tables
from deedbook.engine.sealing.posting import post
from deedbook.engine.sealing.tables import TreeTables

# How many instances share one transaction of the sealer.
_INSTANCES: Final = 16
_SIGNATURES: Final = 200

Transaction = Callable[[], AbstractContextManager[object]]


class Sealer:
    """Seals the log of a database, in bounded batches.

    `writing` and `reading` give a connection of `sqlite3` or psycopg inside a transaction, which commits
    at the end of the block and rolls back when the block fails; on SQLite `writing` begins with the write
    lock (BEGIN IMMEDIATE), on PostgreSQL it is READ COMMITTED. `signer` gives the key of the
    moment, and the catalogue says which values entries are searched by. A batch is of so many entries
    at most; how many are good for the database is known.
    """

    def __init__(
        self,
        writing: Transaction,
        reading: Transaction,
        signer: Callable[[], Signer],
        catalogue: Catalogue,
        *,
        batch: int | None = None,
        sign_every: float = 1.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._writing = writing
        self._reading = reading
        self._signer = signer
        self._catalogue = catalogue
        self._batch = batch
        self._sign_every = sign_every
        self._clock = clock
        self._lease = SealerLease(clock)
        self._unsigned: set[str] = set()
        self._last_signing = clock()
        self._sealed_after = ""
        self._posted_after = ""

    def run_once(self) -> int:
        """Seal a batch, and sign when it is time; gives how many entries were sealed, or else posted.

        Entries are posted when no full batch waits for its positions. 0 means that nothing is left to
        do, or that another sealer is at work. Whatever fails takes its transaction back, and the next
        call goes on.
        """
        with self._reading() as connection:
            tables = tree_tables(connection)
            waits = bool(tables.waiting_instances("", 1))
            behind = bool(tables.unposted_instances("", 1))
            full = self._batch or tables.batch
            may_take = self._lease.may_take(tables.lease(), waits=waits or behind)
        if not self._lease.held and not (may_take and self._take_lease()):
            return 0
        sealed = self._seal() if waits else 0
        posted = self._post() if sealed < full and (sealed or behind) else 0
        if self._clock() - self._last_signing >= self._sign_every:
            self._sign()
        return sealed or posted

    def release(self) -> None:
        """Let the next sealer begin at once, as at the end of a process."""
        if self._lease.held:
            with self._writing() as connection:
                self._lease.release(tree_tables(connection))

    def _take_lease(self) -> bool:
        with self._writing() as connection:
            tables = tree_tables(connection)
            epoch = self._lease.take(tables)
            unsigned = tables.unsigned_instances()
        if epoch is None:
            return False
        self._lease.begin(epoch)
        self._unsigned.update(unsigned)
        # The one before may have signed a moment ago.
        self._last_signing = self._clock()
        return True

    def _seal(self) -> int:
        with self._writing() as connection:
            tables = tree_tables(connection)
            if not self._lease.beat(tables):
                return 0
            instances = tables.waiting_instances(self._sealed_after, _INSTANCES)
            instances = instances or tables.waiting_instances("", _INSTANCES)
            self._sealed_after = instances[-1] if instances else ""
            # Before the commit: who is named here in vain costs one look at the next signing.
            self._unsigned.update(instances)
            return seal(tables, instances, self._batch or tables.batch)

    def _post(self) -> int:
        with self._writing() as connection:
            tables = tree_tables(connection)
            if not self._lease.beat(tables):
                return 0
            instances = tables.unposted_instances(self._posted_after, _INSTANCES)
            instances = instances or tables.unposted_instances("", _INSTANCES)
            self._posted_after = instances[-1] if instances else ""
            limit = self._batch or tables.posting_batch
            return post(tables, instances, limit, self._catalogue)

    def _sign(self) -> None:
        """Sign a checkpoint of each instance that grew since its last."""
        self._last_signing = self._clock()
        while self._unsigned:
            signing = sorted(self._unsigned)[:_SIGNATURES]
            with self._writing() as connection:
                tables = tree_tables(connection)
                if not self._lease.beat(tables):
                    return
                signer = self._signer()
                for instance_id in signing:
                    sign_checkpoint(tables, instance_id, signer)
            self._unsigned.difference_update(signing)


def sign_checkpoint(tables: TreeTables, instance_id: str, signer: Signer) -> None:
    """Sign what an instance's log is now, unless that was signed already."""
    tree, newest = tables.tree(instance_id), tables.checkpoint(instance_id)
    if tree.size == (0 if newest is None else newest[0]):
        return
    made = checkpoint_at(
        datetime.now(UTC),
        origin=origin_of(signer.name, instance_id),
        size=tree.size,
        root=frontier_of(tree).root(),
    )
    tables.insert_checkpoint(instance_id, tree.size, sign(made.text(), signer))


def origin_of(name: str, instance_id: str) -> str:
    """Give the origin of an instance's log: the key's name, a slash, and the id as in a URL."""
    return f"{name}/{quote(instance_id, safe='')}"

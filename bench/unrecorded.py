"""The platform as it would be without its log: `python -m bench.unrecorded PORT`.

The same application; but its unit of work collects no changes, checks nothing and writes no entry, and the
database has no guards (`drop_guards`). It exists to measure what the log costs a route, and nowhere else.
"""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Any, NamedTuple
from unittest.mock import patch

import uvicorn
from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from deedbook.app import create_app
from deedbook.cli.context import load_settings
from deedbook.engine import Action, Actor, Metadata
from deedbook.recording import UnitOfWork
from deedbook.web import pipeline


class _Said(NamedTuple):
    """What a route said it did, for the check that it declared it."""

    action: Action[Metadata]


class Unrecorded(UnitOfWork):
    """A transaction, and nothing else."""

    def __init__(
        self, session: Session, *, actor: Actor | None, instance_id: str | None, **_: object
    ) -> None:
        self.session = session
        self.actor = actor
        self.instance_id = instance_id
        self._said: list[_Said] = []

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Commit, or take everything back."""
        if error is None:
            self.commit()
        else:
            self.rollback()

    @property
    def recorded(self) -> Any:  # noqa: ANN401 (of a deed the pipeline asks the action alone)
        """What was said to have been done."""
        return self._said

    def record(self, action: Action[Any], *_: object, **__: object) -> None:
        """Flush, as the route relies on it, and write nothing."""
        self.session.flush()
        self._said.append(_Said(action))

    def commit(self) -> None:
        """Commit."""
        self.session.commit()

    def rollback(self) -> None:
        """Take everything back."""
        self.session.rollback()


def drop_guards(connection: Connection) -> None:
    """Take the guards off every table."""
    if connection.dialect.name == "sqlite":
        rows = connection.execute(
            text("SELECT name FROM sqlite_master WHERE name LIKE 'deedbook_guard_%'")
        )
        statements = [f'DROP TRIGGER "{row.name}"' for row in rows]
    else:
        rows = connection.execute(
            text(
                'SELECT tgname, tgrelid::regclass AS "table" FROM pg_trigger'
                " WHERE starts_with(tgname, 'deedbook_guard_')"
            )
        )
        statements = [f'DROP TRIGGER "{row.tgname}" ON {row.table}' for row in rows]
    for statement in statements:
        connection.exec_driver_sql(statement)


def main() -> None:
    """Serve as `deedbook serve` does."""
    with patch.object(pipeline, "UnitOfWork", Unrecorded):
        uvicorn.run(
            create_app(load_settings()),
            port=int(sys.argv[1]),
            proxy_headers=False,
            server_header=False,
            access_log=False,
        )


if __name__ == "__main__":
    main()

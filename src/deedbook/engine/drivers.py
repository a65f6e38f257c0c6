"""Which driver a connection of the host is of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeGuard

if TYPE_CHECKING:
    import psycopg


def is_of_psycopg(connection: object) -> TypeGuard[psycopg.Connection[Any]]:
    """Tell whether a connection is one of psycopg 3. Ask it of what is none of `sqlite3` only."""
    # Who has SQLite does without the other driver, which takes 9 MB for as long as the process runs.
    import psycopg  # noqa: PLC0415 (see above)

    return isinstance(connection, psycopg.Connection)

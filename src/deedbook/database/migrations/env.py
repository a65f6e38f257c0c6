"""Alembic's environment: it runs on the connection, and in the transaction, that `migrate` gives it."""

from typing import Literal

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext

from deedbook.database.base import Base, Instant


def render_item(kind: str, item: object, _: AutogenContext) -> str | Literal[False]:
    """Write types so that a migration stands still when the platform's own types move on."""
    if kind == "type" and isinstance(item, Instant):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, sa.JSON):
        return "JSON"
    return False


def is_ours(name: str | None, kind: str, _: object) -> bool:
    """Leave out the log's own tables, which the engine keeps."""
    return not (kind == "table" and name is not None and name.startswith("deedbook_"))


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    render_item=render_item,
    include_name=is_ours,
)
context.run_migrations()

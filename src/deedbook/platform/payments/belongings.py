"""What belongs to a customer or an account, and goes with it.

A table says so of itself, in its own slice; whoever deletes the owner asks here what goes along, so
that its entry covers those rows as well.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from deedbook.database.base import Base

Model = TypeVar("Model", bound=type[Base])
_BELONGINGS: Final[dict[type[Base], list[tuple[type[Base], str]]]] = {}


def belongs_to(owner: type[Base], column: str) -> Callable[[Model], Model]:
    """Mark a table whose rows are deleted with the owner whose id is in this column."""

    def mark(model: Model) -> Model:
        _BELONGINGS.setdefault(owner, []).append((model, column))
        return model

    return mark


def belongings(session: Session, owner: Base) -> list[Base]:
    """Give the rows that go with a row, what belongs to them first."""
    found: list[Base] = []
    for model, column in _BELONGINGS.get(type(owner), ()):
        rows = select(model).where(getattr(model, column) == owner.id)  # type: ignore[attr-defined]
        for row in session.scalars(rows.with_for_update()):
            found += [*belongings(session, row), row]
    return found

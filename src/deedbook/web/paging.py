"""Paged lists: newest first, walked by exclusive ids, by the same rule as the audit log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Generic, Protocol, TypeVar

from fastapi import Query
from pydantic import BaseModel
from sqlalchemy import Select, and_, or_
from sqlalchemy.orm import InstrumentedAttribute, Session

from deedbook.web.problems import InvalidRequest


class Listed(Protocol):
    """A row with what lists are ordered by: its creation, and its id where two share a moment."""

    @property
    def id(self) -> Any:  # noqa: ANN401 (a mapped attribute is a str in a row, an expression in a model)
        """The id of the row."""

    @property
    def created_at(self) -> Any:  # noqa: ANN401
        """When the row was created."""


Row = TypeVar("Row", bound=Listed)
Item = TypeVar("Item", bound=BaseModel)


class PageParams(BaseModel):
    """Which part of a list: after a row (older), before a row (newer), or from an offset."""

    limit: int = Query(50, ge=1, le=1000)
    offset: int | None = Query(None, ge=0, le=1000)
    starting_after: str | None = None
    ending_before: str | None = None


PageOf = Annotated[PageParams, Query()]


class Pagination(BaseModel):
    """How to go on: `next_page` goes into `starting_after`, `prev_page` into `ending_before`."""

    has_more: bool
    next_page: str | None
    prev_page: str | None


class Paged(BaseModel, Generic[Item]):
    """A page of a list, newest first."""

    data: list[Item]
    pagination: Pagination


@dataclass(frozen=True, slots=True)
class RowPage(Generic[Row]):
    """Rows and how to go on."""

    rows: list[Row]
    pagination: Pagination


def page_of(
    session: Session, rows: Select[Any], model: type[Row], page: PageParams
) -> RowPage[Row]:
    """Give a page of a query on one model. Raises `InvalidRequest` for a cursor that is no row."""
    cursors = {
        name: value
        for name in ("starting_after", "ending_before", "offset")
        if (value := getattr(page, name)) is not None
    }
    if len(cursors) > 1:
        raise InvalidRequest([f"{', '.join(cursors)}: only one of them can be given"])
    newest = (_column(model.created_at).desc(), _column(model.id).desc())
    oldest = (_column(model.created_at).asc(), _column(model.id).asc())
    if page.ending_before is not None:
        above = rows.where(_newer(model, _row(session, rows, model, page, "ending_before")))
        found: list[Row] = list(session.scalars(above.order_by(*oldest).limit(page.limit + 1)))
        kept = found[: page.limit][::-1]
        more = len(found) > page.limit
        older = bool(kept) and _any(session, rows.where(_older(model, kept[-1])))
        return _result(kept, has_more=more, newer=more, older=older)
    below = rows
    if page.starting_after is not None:
        below = rows.where(_older(model, _row(session, rows, model, page, "starting_after")))
    ordered = below.order_by(*newest).limit(page.limit + 1).offset(page.offset or 0)
    found = list(session.scalars(ordered))
    kept, more = found[: page.limit], len(found) > page.limit
    newer = bool(kept) and bool(cursors) and _any(session, rows.where(_newer(model, kept[0])))
    return _result(kept, has_more=more, newer=newer, older=more)


def _result(rows: list[Row], *, has_more: bool, newer: bool, older: bool) -> RowPage[Row]:
    pagination = Pagination(
        has_more=has_more,
        next_page=str(rows[-1].id) if rows and older else None,
        prev_page=str(rows[0].id) if rows and newer else None,
    )
    return RowPage(rows, pagination)


def _row(session: Session, rows: Select[Any], model: type[Row], page: PageParams, name: str) -> Row:
    found: Row | None = session.scalar(rows.where(_column(model.id) == getattr(page, name)))
    if found is None:
        raise InvalidRequest([f"{name}: is not in this list"])
    return found


def _any(session: Session, rows: Select[Any]) -> bool:
    return session.scalar(rows.limit(1)) is not None


def _older(model: type[Row], row: Row) -> Any:  # noqa: ANN401 (an SQL expression)
    created_at, row_id = _column(model.created_at), _column(model.id)
    return or_(created_at < row.created_at, and_(created_at == row.created_at, row_id < row.id))


def _newer(model: type[Row], row: Row) -> Any:  # noqa: ANN401
    created_at, row_id = _column(model.created_at), _column(model.id)
    return or_(created_at > row.created_at, and_(created_at == row.created_at, row_id > row.id))


def _column(attribute: Any) -> InstrumentedAttribute[Any]:  # noqa: ANN401
    found: InstrumentedAttribute[Any] = attribute
    return found

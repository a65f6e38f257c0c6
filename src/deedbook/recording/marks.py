"""Marks on tables and columns: what is audited, and what an entry may say of a changed column.

    class Loan(Base):
        __tablename__ = "loans"
        __audit__ = Audited()
        id: Mapped[int] = system(primary_key=True)
        book: Mapped[str] = tracked()
        borrower: Mapped[str] = personal()

With `require_marks` on the base, what has no mark fails at import.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from sqlalchemy import Column, Table, event
from sqlalchemy.orm import DeclarativeBase, MappedColumn, Mapper, mapped_column

from deedbook.engine import DeedbookError

_INFO_KEY: Final = "deedbook"


class UnmarkedModel(DeedbookError):
    """A table is neither Audited nor Unaudited, or a column of an audited table has no class."""

    code = "MODEL_UNMARKED"


class ColumnClass(Enum):
    """What becomes of a column's old and new value when an update is recorded."""

    TRACKED = "tracked"
    PERSONAL = "personal"
    MASKED = "masked"
    SECRET = "secret"  # noqa: S105 (the name of a class, no credential)
    SYSTEM = "system"


@dataclass(frozen=True)
class Audited:
    """Every change of a row needs an entry that covers its subject.

    The subject is the row itself, known by `key`; a child row names its parent's table in `of` and
    the columns that hold the parent's key. Key columns are watched whatever their class.
    """

    of: str | None = None
    key: tuple[str, ...] = ("id",)


@dataclass(frozen=True)
class Unaudited:
    """Changes of this table need no entry, for a reason that the next reader can judge."""

    reason: str


def tracked(*args: Any, **options: Any) -> MappedColumn[Any]:  # noqa: ANN401 (as mapped_column)
    """Declare a column whose changes are kept for ever, so it must not identify a person."""
    return _column(ColumnClass.TRACKED, args, options)


def personal(*args: Any, **options: Any) -> MappedColumn[Any]:  # noqa: ANN401
    """Declare a column that can identify a person: its changes can be erased."""
    return _column(ColumnClass.PERSONAL, args, options)


def masked(*args: Any, **options: Any) -> MappedColumn[Any]:  # noqa: ANN401
    """Declare a column of which an entry shows the last four characters (an account number)."""
    return _column(ColumnClass.MASKED, args, options)


def secret(*args: Any, **options: Any) -> MappedColumn[Any]:  # noqa: ANN401
    """Declare a column of which an entry says only that it changed."""
    return _column(ColumnClass.SECRET, args, options)


def system(*args: Any, **options: Any) -> MappedColumn[Any]:  # noqa: ANN401
    """Declare a column of the system's own: a change of it alone needs no entry."""
    return _column(ColumnClass.SYSTEM, args, options)


def _column(
    column_class: ColumnClass, args: tuple[Any, ...], options: dict[str, Any]
) -> MappedColumn[Any]:
    info = {**options.pop("info", {}), _INFO_KEY: column_class}
    # active_history: the value before a change is known even when it was never read.
    return mapped_column(*args, info=info, active_history=True, **options)


def require_marks(base: type[DeclarativeBase]) -> None:
    """From here on refuse, at import, every model of this base that is not fully marked."""
    event.listen(base, "after_mapper_constructed", _refuse_unmarked, propagate=True)


def _refuse_unmarked(mapper: Mapper[Any], model: type[Any]) -> None:
    mark_of(model, mapper)


def audited_models(base: type[DeclarativeBase]) -> Mapping[str, tuple[Mapper[Any], Audited]]:
    """Give the audited tables of a base by name. Raises `UnmarkedModel`, which names what is not."""
    marked = {}
    for mapper in base.registry.mappers:
        if isinstance(mark := mark_of(mapper.class_, mapper), Audited):
            marked[_table_name(mapper)] = (mapper, mark)
    return dict(sorted(marked.items()))


def mark_of(model: type[Any], mapper: Mapper[Any]) -> Audited | Unaudited:
    """Give a model's mark. Raises `UnmarkedModel` when it or one of its columns has none."""
    mark = getattr(model, "__audit__", None)
    if not isinstance(mark, Audited | Unaudited):
        raise UnmarkedModel(f"{model.__name__} says neither Audited() nor Unaudited(reason)")
    if isinstance(mark, Audited):
        columns = mapper.columns
        if unclassed := [column.key for column in columns if _INFO_KEY not in column.info]:
            raise UnmarkedModel(
                f"{model.__name__}: no class for {', '.join(unclassed)} "
                "(tracked, personal, masked, secret or system)"
            )
        if missing := set(mark.key) - {column.name for column in columns}:
            raise UnmarkedModel(f"{model.__name__}: no key column {', '.join(sorted(missing))}")
        if odd := [each.name for each in columns if each.name in mark.key and not _is_plain(each)]:
            raise UnmarkedModel(f"{model.__name__}: the key column {odd[0]} is no text or integer")
    elif not mark.reason.strip():
        raise UnmarkedModel(f"{model.__name__} is Unaudited without a reason")
    return mark


def _is_plain(column: Column[Any]) -> bool:
    """Tell whether Python and the database write a key alike: a cover is compared as text."""
    try:
        return column.type.python_type in (str, int)
    except NotImplementedError:  # a foreign key has its type from the column it points to
        return True


def is_audited(table: Table) -> bool:
    """Tell whether a table is audited, by the classes that its columns bear."""
    return any(_INFO_KEY in column.info for column in table.columns)


def class_of(column: Column[Any]) -> ColumnClass:
    """Give the class of a column of an audited table."""
    found: ColumnClass = column.info[_INFO_KEY]
    return found


def watched_columns(mapper: Mapper[Any], mark: Audited) -> list[Column[Any]]:
    """Give the columns whose change needs an entry: all but the system's own, and the key."""
    return [
        column
        for column in mapper.columns
        if class_of(column) is not ColumnClass.SYSTEM or column.name in mark.key
    ]


def subject_table(mapper: Mapper[Any], mark: Audited) -> str:
    """Give the table of the subject that an entry has to cover."""
    return mark.of or _table_name(mapper)


def cover_of(row: object, mapper: Mapper[Any], mark: Audited) -> str:
    """Give the name under which an entry covers a row: `table:key`."""
    attributes = {column.name: name for name, column in mapper.columns.items()}
    parts = (str(getattr(row, attributes[name])) for name in mark.key)
    return ":".join((subject_table(mapper, mark), *parts))


def _table_name(mapper: Mapper[Any]) -> str:
    return str(mapper.local_table.name)  # type: ignore[attr-defined]

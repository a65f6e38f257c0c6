"""What a unit of work changed: which audited rows, and the old and new values of their columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import ClauseElement, Column, inspect
from sqlalchemy.orm import InstanceState, Session

from deedbook.engine import Changes, InvalidDeed
from deedbook.recording.marks import (
    Audited,
    ColumnClass,
    class_of,
    cover_of,
    mark_of,
    watched_columns,
)

_SHOWN_CHARACTERS: Final = 4


@dataclass(slots=True)
class ColumnChange:
    """The first value before and the last value after, within one unit of work."""

    row: object
    column: Column[Any]
    before: object
    after: object


@dataclass(slots=True)
class ChangedRows:
    """Collects the audited rows that flushes touched, by cover."""

    covers: set[str] = field(default_factory=set)
    # The rows themselves are kept: the id of one that is gone could come to be another's.
    new: dict[int, object] = field(default_factory=dict)
    columns: dict[tuple[int, str], ColumnChange] = field(default_factory=dict)

    def refuse_untold(self, session: Session) -> None:
        """Refuse, before a flush, a change of which an entry could not say from what to what."""
        for row in session.dirty:
            if (audited := _audited(row)) is not None:
                state, mark = audited
                for column in watched_columns(state.mapper, mark):
                    if untold := _untold(state, column):
                        raise InvalidDeed(f"{column} has {untold}")

    def collect(self, session: Session) -> None:
        """Take in one flush; to be called when it has been emitted and history is still there."""
        self.new |= {id(row): row for row in session.new}
        for row in (*session.new, *session.deleted):
            if (audited := _audited(row)) is not None:
                self.covers.add(cover_of(row, audited[0].mapper, audited[1]))
        for row in session.dirty:
            if (audited := _audited(row)) is not None:
                self._collect_update(row, *audited)

    def copy(self) -> ChangedRows:
        """Give a copy to come back to when a savepoint is rolled back."""
        return ChangedRows(set(self.covers), dict(self.new), dict(self.columns))

    def changes_of(self, row: object) -> Changes:
        """Give the changes of a row by class, as an entry keeps them; a new row has none.

        The changes of its children, which its entry accounts for, come under `table.id.column`.
        """
        kept: dict[str, dict[str, object]] = {}
        personal: dict[str, dict[str, object]] = {}
        for change in self.columns.values():
            name = self._name_in_entry_of(row, change)
            if name is None or change.before == change.after:
                continue
            match class_of(change.column):
                case ColumnClass.PERSONAL:
                    personal[name] = {"from": change.before, "to": change.after}
                case ColumnClass.TRACKED:
                    kept[name] = {"from": change.before, "to": change.after}
                case ColumnClass.MASKED:
                    kept[name] = {"from": mask(change.before), "to": mask(change.after)}
                case ColumnClass.SECRET:
                    kept[name] = {"changed": True}
                case ColumnClass.SYSTEM:
                    pass
        return Changes(kept, personal)

    def _name_in_entry_of(self, row: object, change: ColumnChange) -> str | None:
        """Give the name of a changed column in the entry of a row, or None when it is not told there."""
        if id(change.row) in self.new:
            return None
        if change.row is row:
            return change.column.name
        parent, child = _audited(row), _audited(change.row)
        if parent is None or child is None or child[1].of is None:
            return None
        if cover_of(change.row, child[0].mapper, child[1]) != cover_of(
            row, parent[0].mapper, parent[1]
        ):
            return None
        identity = ".".join(str(part) for part in child[0].identity or ())
        return f"{change.column.table.name}.{identity}.{change.column.name}"

    def _collect_update(self, row: object, state: InstanceState[Any], mark: Audited) -> None:
        watched = set(watched_columns(state.mapper, mark))
        for name, column, before, after in _changed(state):
            first = self.columns.get((id(row), name))
            self.columns[id(row), name] = ColumnChange(
                row, column, before if first is None else first.before, after
            )
            if column in watched:
                self.covers.add(cover_of(row, state.mapper, mark))


def _audited(row: object) -> tuple[InstanceState[Any], Audited] | None:
    state: InstanceState[Any] = inspect(row)
    mark = mark_of(type(row), state.mapper)
    return (state, mark) if isinstance(mark, Audited) else None


def _changed(state: InstanceState[Any]) -> Iterator[tuple[str, Column[Any], object, object]]:
    for attribute in state.mapper.column_attrs:
        history = state.attrs[attribute.key].history
        if history.has_changes():
            before = history.deleted[0] if history.deleted else None
            after = history.added[0] if history.added else None
            if before != after:
                column = state.mapper.columns[attribute.key]
                yield column.name, column, before, after


def _untold(state: InstanceState[Any], column: Column[Any]) -> str | None:
    history = state.attrs[state.mapper.get_property_by_column(column).key].history
    if not history.has_changes():
        return None
    if not history.deleted:
        return "an old value that is not known: read it first, and assign instead of mutating"
    if history.added and isinstance(history.added[0], ClauseElement):
        return "an SQL expression as its new value: give it the value itself"
    return None


def mask(value: object) -> str | None:
    """Give `•••• 4821` for a long value; one so short that four characters would be it gives none."""
    if value is None:
        return None
    text = str(value)
    return f"•••• {text[-_SHOWN_CHARACTERS:]}" if len(text) > 2 * _SHOWN_CHARACTERS else "••••"

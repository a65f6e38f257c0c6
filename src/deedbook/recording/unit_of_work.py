"""The unit of work: the only thing that writes, and the only thing that records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from types import TracebackType
from typing import Self, TypeVar

from sqlalchemy import Delete, Insert, Table, Update, event, inspect
from sqlalchemy.orm import ORMExecuteState, Session

from deedbook.engine import (
    Action,
    Actor,
    Catalogue,
    Deed,
    DeedbookError,
    EntryIds,
    InvalidDeed,
    Metadata,
    Origin,
    Outcome,
    Ref,
)
from deedbook.recording.changes import ChangedRows
from deedbook.recording.log import open_log
from deedbook.recording.marks import Audited, cover_of, is_audited, mark_of

Model = TypeVar("Model", bound=Metadata)
Row = TypeVar("Row")


class UnrecordedChange(DeedbookError):
    """An audited row was changed and no entry covers it."""

    code = "CHANGE_UNRECORDED"


class UnitOfWork:
    """One transaction of changes and the entries that account for them; both commit or neither.

        with UnitOfWork(session, catalogue=…, actor=…, origin=…, instance_id=…) as work:
            loan = work.add(Loan(book=book))
            work.record(LENT, loan, LoanMetadata(book=book.title), label=book.title)

    `actor` is None while nobody is known (a sign-in); such a unit can record nothing.
    `entry_ids` is another source of ids than the process's, for entries of a made-up past.
    """

    def __init__(
        self,
        session: Session,
        *,
        catalogue: Catalogue,
        actor: Actor | None,
        origin: Origin | None = None,
        instance_id: str | None = None,
        entry_ids: EntryIds | None = None,
    ) -> None:
        self.session = session
        self.catalogue = catalogue
        self.actor = actor
        self.origin = origin or Origin()
        self.instance_id = instance_id
        self.evidence: bytes | None = None
        self._entry_ids = entry_ids
        self._changed = ChangedRows()
        self._recorded: list[tuple[Deed, object | None]] = []
        event.listen(session, "before_flush", self._before_flush)
        event.listen(session, "after_flush", self._after_flush)
        event.listen(session, "do_orm_execute", self._before_statement)

    def __enter__(self) -> Self:
        """Give the unit of work itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Commit, or roll everything back when the block failed; then the session is let go."""
        try:
            if error is None:
                self.commit()
            else:
                self.rollback()
        finally:
            event.remove(self.session, "before_flush", self._before_flush)
            event.remove(self.session, "after_flush", self._after_flush)
            event.remove(self.session, "do_orm_execute", self._before_statement)

    @property
    def recorded(self) -> tuple[Deed, ...]:
        """The deeds recorded so far."""
        return tuple(deed for deed, _ in self._recorded)

    def note_verified(self, evidence: bytes) -> None:
        """Have every deed from here on say that its person verified it with a passkey, and by what."""
        if self.actor is None:
            raise InvalidDeed("a passkey of nobody: this unit of work has no actor")
        self.actor = replace(self.actor, has_passkey=True)
        self.evidence = evidence

    def add(self, row: Row) -> Row:
        """Add a new row and give it back."""
        self.session.add(row)
        return row

    def delete(self, row: object) -> None:
        """Delete a row."""
        self.session.delete(row)

    def record(
        self,
        action: Action[Model],
        row: object | None,
        metadata: Model,
        *,
        entity_id: str | None = None,
        label: str | None = None,
        operation: str | None = None,
        refs: Sequence[Ref] = (),
        covers: Sequence[object] = (),
        instance_id: str | None = None,
        effect: dict[str, object] | None = None,
        role: str | None = None,
    ) -> None:
        """Say what was done to a row; the entry is written at commit, with what changed.

        `row` is the entity's (its `id` is the entity id unless one is given), `covers` the other rows
        that the act changes with it. `role` is the actor's where the act itself gives it. Raises
        `InvalidDeed` when the catalogue does not know it so.
        """
        self.session.flush()
        if self.actor is None:
            raise InvalidDeed(f"{action.name} by nobody: this unit of work has no actor")
        deed = Deed(
            instance_id=instance_id or self.instance_id or "",
            action=action,
            operation=operation or action.operations[0],
            actor=self.actor if role is None else replace(self.actor, role=role),
            origin=self.origin,
            entity_id=entity_id or str(getattr(row, "id", "")),
            entity_label=label,
            metadata=metadata,
            refs=tuple(refs),
            outcome=Outcome.SUCCESS,
            effect=effect,
            evidence=self.evidence if self.actor.has_passkey else None,
            covers=frozenset(_cover(each) for each in (row, *covers) if each is not None),
        )
        self._recorded.append((deed, row))

    def commit(self) -> None:
        """Write the entries and commit. Raises `UnrecordedChange`, and then nothing is changed."""
        try:
            self.session.flush()
            self._refuse_unrecorded()
            self._append_entries()
            self.session.commit()
        except BaseException:
            self.rollback()
            raise
        self._forget()

    def rollback(self) -> None:
        """Take everything back."""
        self.session.rollback()
        self._forget()

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Run a block that can fail on its own: its changes and its entries go together."""
        # What was changed so far is not the savepoint's, and stays when it goes.
        self.session.flush()
        changed, recorded = self._changed.copy(), list(self._recorded)
        try:
            with self.session.begin_nested():
                yield
        except BaseException:
            self._changed, self._recorded = changed, recorded
            raise

    def _append_entries(self) -> None:
        for deed, row in self._recorded:
            changes = deed.changes if row is None else self._changed.changes_of(row)
            log = open_log(self.session, deed.instance_id, self.catalogue, self._entry_ids)
            log.append(replace(deed, changes=changes))

    def _refuse_unrecorded(self) -> None:
        covered = frozenset[str]().union(*(deed.covers for deed, _ in self._recorded))
        if missing := sorted(self._changed.covers - covered):
            raise UnrecordedChange(f"changed without an entry: {', '.join(missing)}")

    def _forget(self) -> None:
        self._changed = ChangedRows()
        self._recorded = []

    def _before_flush(self, session: Session, _context: object, _instances: object) -> None:
        self._changed.refuse_untold(session)

    def _after_flush(self, session: Session, _context: object) -> None:
        self._changed.collect(session)

    def _before_statement(self, state: ORMExecuteState) -> None:
        """Refuse bulk statements on audited tables: they would change rows that nobody sees."""
        statement = state.statement
        if isinstance(statement, Insert | Update | Delete) and is_audited(_table(statement)):
            raise UnrecordedChange(
                f"a bulk statement on {_table(statement).name}, which is audited: "
                "load the rows and change them one by one"
            )


def _cover(row: object) -> str:
    mapper = inspect(row).mapper
    mark = mark_of(type(row), mapper)
    if not isinstance(mark, Audited):
        raise InvalidDeed(f"{type(row).__name__} is not audited: there is nothing to cover")
    return cover_of(row, mapper, mark)


def _table(statement: Insert | Update | Delete) -> Table:
    table = statement.table
    if not isinstance(table, Table):
        raise UnrecordedChange(f"a bulk statement on {table}, which is no plain table")
    return table

"""The unit of work: changes and their entries commit together, or neither does. Both databases."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import delete, event, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, aliased

from deedbook.engine import InvalidDeed, NoMetadata, Ref
from deedbook.recording import UnitOfWork, UnrecordedChange
from sample.catalogue import ADA, CATALOGUE, INSTANCE, LENT, RETURNED, SHELVED, LoanMetadata
from sample.lending import Library, middlemarch
from sample.models import Loan, LoanNote, Place, Visit

LENDING = LoanMetadata(book="Middlemarch", borrower="Charles")


def lend(library: Library, **changed: Any) -> Loan:
    """Commit a loan with its entry, and give it back as it is in the session."""
    with library.work() as work:
        loan = work.add(middlemarch(**changed))
        work.record(LENT, loan, LENDING, label="Middlemarch")
    return loan


# A change and its entry


def test_a_recorded_change_is_committed_with_its_entry(library: Library) -> None:
    with library.work() as work:
        loan = work.add(middlemarch())
        work.record(LENT, loan, LENDING, label="Middlemarch", refs=[Ref("book", "bo_1")])
        assert [deed.action for deed in work.recorded] == [LENT]
    assert library.rows("SELECT id, book FROM loans") == [(loan.id, "Middlemarch")]
    [entry] = library.entries()
    assert entry["action"] == "loan.lent"
    assert entry["entity_id"] == str(loan.id)
    assert entry["entity_label"] == "Middlemarch"
    assert entry["refs"] == [{"type": "book", "id": "bo_1"}]
    assert entry["user_id"] == ADA.id
    assert entry["ip_address"] == "203.0.113.7"
    assert work.recorded == ()


def test_an_id_that_the_database_gives_is_known_at_once(library: Library) -> None:
    ids = [lend(library).id for _ in range(2)]
    assert [entry["entity_id"] for entry in library.entries()] == [str(each) for each in ids]


@pytest.mark.parametrize("change", ["insert", "update", "delete"])
def test_a_change_that_nobody_recorded_is_refused(library: Library, change: str) -> None:
    loan = lend(library)
    before = library.rows("SELECT * FROM loans")
    refused = pytest.raises(UnrecordedChange, match=r"changed without an entry: loans:\d")
    with refused, library.work() as work:
        if change == "insert":
            work.add(middlemarch())
        elif change == "update":
            loan.book = "Emma"
        else:
            work.delete(loan)
    assert library.rows("SELECT * FROM loans") == before
    assert len(library.entries()) == 1


def test_an_entry_of_another_row_is_not_enough(library: Library) -> None:
    one, other = lend(library), lend(library)
    refused = pytest.raises(UnrecordedChange, match=f"changed without an entry: loans:{other.id}")
    with refused, library.work() as work:
        one.book = other.book = "Emma"
        work.record(RETURNED, one, NoMetadata())
    assert len(library.entries()) == 2


def test_covers_names_the_other_rows_that_an_act_changes(library: Library) -> None:
    one, other = lend(library), lend(library)
    with library.work() as work:
        one.book = other.book = "Emma"
        work.record(RETURNED, one, NoMetadata(), covers=[other])
    assert library.rows("SELECT DISTINCT book FROM loans") == [("Emma",)]
    assert len(library.entries()) == 3


def test_a_deleted_row_is_recorded_by_what_it_was(library: Library) -> None:
    loan = lend(library)
    loan_id = loan.id
    library.session.expire_all()
    with library.work() as work:
        work.delete(loan)
        work.record(RETURNED, loan, NoMetadata())
    assert library.rows("SELECT * FROM loans") == []
    assert library.entries()[-1]["entity_id"] == str(loan_id)


def test_a_change_of_the_systems_own_columns_needs_no_entry(library: Library) -> None:
    loan = lend(library)
    with library.work():
        loan.status = "overdue"
    assert library.rows("SELECT status FROM loans") == [("overdue",)]
    assert len(library.entries()) == 1


def test_a_change_that_changes_nothing_needs_no_entry(library: Library) -> None:
    loan = lend(library)
    with library.work():
        loan.book = "Middlemarch"
        loan.terms = {"weeks": 4}
    assert len(library.entries()) == 1


def test_an_unaudited_table_needs_no_entry(library: Library) -> None:
    with library.work() as work:
        visit = work.add(Visit(count=1))
    with library.work() as work:
        visit.count = 2
        library.session.execute(update(Visit).values(count=3))
    assert library.rows("SELECT count FROM visits") == [(3,)]


# Children, and keys of several columns


def test_a_child_is_covered_by_its_parent(library: Library) -> None:
    loan = lend(library)
    with library.work() as work:
        note = work.add(LoanNote(loan_id=loan.id, text="torn cover"))
        work.record(RETURNED, loan, NoMetadata())
    with library.work() as work:
        work.delete(note)
        work.session.flush()
        work.delete(loan)
        work.record(RETURNED, loan, NoMetadata())
    assert library.rows("SELECT * FROM loan_notes") == []


@pytest.mark.parametrize("change", ["insert", "update", "delete"])
def test_a_change_of_a_child_alone_is_a_change_of_its_parent(library: Library, change: str) -> None:
    loan = lend(library)
    with library.work() as work:
        note = work.add(LoanNote(loan_id=loan.id, text="torn cover"))
        work.record(RETURNED, loan, NoMetadata())
    refused = pytest.raises(UnrecordedChange, match=f"changed without an entry: loans:{loan.id}$")
    with refused, library.work() as work:
        if change == "insert":
            work.add(LoanNote(loan_id=loan.id, text="another"))
        elif change == "update":
            note.text = "mended"
        else:
            work.delete(note)
    assert library.rows("SELECT text FROM loan_notes") == [("torn cover",)]


def test_a_row_known_by_two_columns_is_covered_by_both(library: Library) -> None:
    with library.work() as work:
        one = work.add(Place(shelf_name="A", slot=1, book="Emma"))
        other = work.add(Place(shelf_name="A", slot=2))
        work.record(SHELVED, one, NoMetadata(), entity_id="A1", covers=[other])
    refused = pytest.raises(UnrecordedChange, match=r"changed without an entry: places:A:2$")
    with refused, library.work() as work:
        one.book, other.book = None, "Emma"
        work.record(SHELVED, one, NoMetadata(), entity_id="A1")
    with library.work() as work:
        one.book, other.book = None, "Emma"
        work.record(SHELVED, one, NoMetadata(), entity_id="A1", covers=[other])
    assert library.rows("SELECT slot, book FROM places ORDER BY slot") == [(1, None), (2, "Emma")]


# Bulk statements

BULK: dict[str, Callable[[Session], object]] = {
    "update of the class": lambda session: session.execute(update(Loan).values(book="x")),
    "update of the table": lambda session: session.execute(
        update(Loan.__table__).values(book="x")  # type: ignore[arg-type]
    ),
    "delete of the class": lambda session: session.execute(delete(Loan)),
    "delete of the table": lambda session: session.execute(delete(Loan.__table__)),  # type: ignore[arg-type]
    "insert of the class": lambda session: session.execute(insert(Loan), [{"book": "x"}]),
    "insert of the table": lambda session: session.execute(
        insert(Loan.__table__).values(book="x")  # type: ignore[arg-type]
    ),
    "insert from a select": lambda session: session.execute(
        insert(Loan).from_select(["book"], select(Loan.book))
    ),
    "update by a query": lambda session: session.query(Loan).update({"book": "x"}),
    "delete by a query": lambda session: session.query(Loan).delete(),
    "update of an alias": lambda session: session.execute(update(aliased(Loan)).values(book="x")),
    "update of the system's own": lambda session: session.execute(update(Loan).values(status="x")),
}


@pytest.mark.parametrize("statement", BULK)
def test_a_bulk_statement_on_an_audited_table_is_refused(library: Library, statement: str) -> None:
    loan = lend(library)
    before = library.rows("SELECT * FROM loans")
    with pytest.raises(UnrecordedChange, match="a bulk statement on"), library.work() as work:
        work.record(RETURNED, loan, NoMetadata())
        BULK[statement](library.session)
    assert library.rows("SELECT * FROM loans") == before
    assert len(library.entries()) == 1


PAST_THE_UNIT: dict[str, Callable[[Session], object]] = {
    "a statement on the connection": lambda session: session.connection().execute(
        update(Loan).values(book="x")
    ),
    "a change within a select": lambda session: session.execute(
        select(update(Loan).values(book="x").returning(Loan.id).cte("changed").c.id)
    ),
    "a bulk save": lambda session: session.bulk_save_objects([middlemarch()]),
    "a bulk update of mappings": lambda session: session.bulk_update_mappings(
        Loan.__mapper__, [{"id": 1, "book": "x"}]
    ),
}


@pytest.mark.parametrize("statement", PAST_THE_UNIT)
def test_what_gets_past_the_unit_of_work_is_refused_by_the_database(
    library: Library, statement: str
) -> None:
    if library.database.is_sqlite and statement == "a change within a select":
        pytest.skip("SQLite has no such statement")
    lend(library)
    before = library.rows("SELECT * FROM loans")
    with pytest.raises(IntegrityError), library.work():
        PAST_THE_UNIT[statement](library.session)
    assert library.rows("SELECT * FROM loans") == before


# When it fails


def test_a_block_that_fails_leaves_nothing(library: Library) -> None:
    with pytest.raises(ZeroDivisionError), library.work() as work:
        loan = work.add(middlemarch())
        work.record(LENT, loan, LENDING)
        _ = 1 / 0
    assert library.rows("SELECT * FROM loans") == []
    assert library.entries() == []


def test_a_commit_that_fails_leaves_nothing_and_the_session_goes_on(library: Library) -> None:
    work = library.work()
    loan = work.add(middlemarch())
    work.record(LENT, loan, LENDING)
    work.session.connection().execute(update(Loan).values(book="x", id=Loan.id + 100))
    with pytest.raises(IntegrityError):
        work.commit()
    assert library.rows("SELECT * FROM loans") == []
    assert library.entries() == []
    lend(library)
    assert len(library.entries()) == 1


def test_a_rollback_forgets_what_was_recorded(library: Library) -> None:
    work = library.work()
    work.record(LENT, work.add(middlemarch()), LENDING)
    work.rollback()
    assert work.recorded == ()
    work.commit()
    assert library.entries() == []


def test_an_entry_that_cannot_be_written_takes_the_change_with_it(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr("deedbook.engine.EntryStore.append", full)
    with pytest.raises(OSError, match="no space left"), library.work() as work:
        work.record(LENT, work.add(middlemarch()), LENDING)
    monkeypatch.undo()
    assert library.rows("SELECT * FROM loans") == []


# Savepoints


def test_a_savepoint_that_fails_takes_its_changes_and_entries_alone(library: Library) -> None:
    with library.work() as work:
        first = work.add(middlemarch())
        work.record(LENT, first, LENDING)
        with pytest.raises(ZeroDivisionError), work.savepoint():
            work.record(LENT, work.add(middlemarch()), LENDING)
            _ = 1 / 0
        with work.savepoint():
            last = work.add(middlemarch())
            work.record(LENT, last, LENDING)
    ids = [str(first.id), str(last.id)]
    assert [entry["entity_id"] for entry in library.entries()] == ids
    assert [str(row[0]) for row in library.rows("SELECT id FROM loans ORDER BY id")] == ids


def test_a_savepoint_keeps_in_mind_what_was_changed_before_it(library: Library) -> None:
    loan = lend(library)
    with library.work() as work:
        loan.book = "Emma"
        with pytest.raises(ZeroDivisionError), work.savepoint():
            _ = 1 / 0
        work.record(RETURNED, loan, NoMetadata())
    assert library.entries()[-1]["changes"] == {"book": {"from": "Middlemarch", "to": "Emma"}}


def test_a_change_before_a_savepoint_that_fails_still_needs_its_entry(library: Library) -> None:
    loan = lend(library)
    with pytest.raises(UnrecordedChange), library.work() as work:
        loan.book = "Emma"
        with pytest.raises(ZeroDivisionError), work.savepoint():
            _ = 1 / 0


def test_a_unit_of_work_may_begin_with_a_savepoint(library: Library) -> None:
    """The driver of SQLite would take the first savepoint for the transaction itself."""
    with library.work() as work:
        with work.savepoint():
            first = work.add(middlemarch())
            work.record(LENT, first, LENDING)
        with pytest.raises(ZeroDivisionError), work.savepoint():
            work.add(middlemarch())
            _ = 1 / 0
    assert library.rows("SELECT id FROM loans") == [(first.id,)]
    assert len(library.entries()) == 1


def test_what_a_first_savepoint_kept_is_not_committed_before_its_time(library: Library) -> None:
    work = library.work()
    with work.savepoint():
        work.add(Visit(count=1))
    work.rollback()
    assert library.rows("SELECT * FROM visits") == []


# Who may record, and what


def test_a_unit_of_work_of_nobody_can_record_nothing(library: Library) -> None:
    work = UnitOfWork(library.session, catalogue=CATALOGUE, actor=None, instance_id=INSTANCE)
    with pytest.raises(InvalidDeed, match="this unit of work has no actor"), work:
        work.record(LENT, work.add(middlemarch()), LENDING)
    assert library.rows("SELECT * FROM loans") == []


def test_an_unaudited_row_cannot_be_covered(library: Library) -> None:
    with pytest.raises(InvalidDeed, match="Visit is not audited"), library.work() as work:
        work.record(SHELVED, work.add(Visit(count=1)), NoMetadata())


def test_a_deed_without_a_row_names_its_entity(library: Library) -> None:
    with library.work() as work:
        work.record(SHELVED, None, NoMetadata(), entity_id="shelf A", operation="update")
    [entry] = library.entries()
    assert (entry["entity_id"], entry["operation"]) == ("shelf A", "update")
    with (
        pytest.raises(InvalidDeed, match="needs an instance and an entity"),
        library.work() as work,
    ):
        work.record(SHELVED, None, NoMetadata())


def test_units_of_work_on_one_session_do_not_disturb_each_other(library: Library) -> None:
    """What is over listens no more: a session that lives long would pile them up."""
    for _ in range(3):
        lend(library)
    heard: list[object] = []
    event.listen(library.session, "after_flush", lambda *_: heard.append(1))
    lend(library)
    assert heard
    gc.collect()
    assert [each for each in gc.get_objects() if type(each) is UnitOfWork] == []


def test_a_row_is_not_taken_for_one_that_is_gone(library: Library) -> None:
    """Rows that nobody holds on to are collected, and others come to lie in their place."""
    loans = [lend(library).id for _ in range(20)]
    library.session.expunge_all()
    with library.work() as work:
        first, *others = (work.add(middlemarch()) for _ in range(200))
        work.record(LENT, first, LENDING, covers=others)
        del others
        gc.collect()
        for loan_id in loans:
            loan = library.session.get_one(Loan, loan_id)
            loan.book = "Emma"
            work.record(RETURNED, loan, NoMetadata())
    changed = [entry["changes"] for entry in library.entries()[-20:]]
    assert changed == [{"book": {"from": "Middlemarch", "to": "Emma"}}] * 20


def test_reading_is_not_hindered(library: Library) -> None:
    lend(library)
    with library.work() as work:
        count = work.session.scalar(select(func.count()).select_from(Loan))
    assert count == 1


# Verified with a passkey


def test_what_follows_a_verification_says_so_and_keeps_what_proves_it(library: Library) -> None:
    with library.work() as work:
        work.actor = replace(ADA, has_passkey=False)
        loan = work.add(middlemarch())
        work.record(LENT, loan, LENDING)
        work.note_verified(b"signed")
        for _ in range(2):
            work.record(RETURNED, loan, NoMetadata())
    assert [entry["has_passkey"] for entry in library.entries()] == [False, True, True]
    rows = library.rows("SELECT evidence FROM deedbook_entry ORDER BY id")
    assert [None if row[0] is None else bytes(row[0]) for row in rows] == [
        None,
        b"signed",
        b"signed",
    ]


def test_nobody_has_no_passkey(library: Library) -> None:
    work = UnitOfWork(library.session, catalogue=CATALOGUE, actor=None)
    with pytest.raises(InvalidDeed, match="nobody"):
        work.note_verified(b"signed")

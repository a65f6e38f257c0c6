"""What an entry says of an update: old and new values, by the class of each column. Both databases."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import load_only

from deedbook.engine import InvalidDeed, NoMetadata
from deedbook.engine.encoding import unpack
from deedbook.recording.changes import mask
from sample.catalogue import LENT, RETURNED, LoanMetadata
from sample.lending import Library, middlemarch
from sample.models import Loan, LoanNote

LENDING = LoanMetadata(book="Middlemarch", borrower="Charles")


def lend(library: Library, **changed: Any) -> Loan:
    with library.work() as work:
        loan = work.add(middlemarch(**changed))
        work.record(LENT, loan, LENDING)
    return loan


def update(library: Library, loan: Loan, **values: object) -> dict[str, Any]:
    """Change a loan, record it, and give the entry."""
    with library.work() as work:
        for name, value in values.items():
            setattr(loan, name, value)
        work.record(RETURNED, loan, NoMetadata())
    return library.entries()[-1]


@pytest.mark.parametrize(
    ("values", "kept", "personal"),
    [
        ({"book": "Emma"}, {"book": {"from": "Middlemarch", "to": "Emma"}}, {}),
        ({"borrower": "Fanny"}, {}, {"borrower": {"from": "Charles", "to": "Fanny"}}),
        ({"note": None}, {}, {"note": {"from": "first floor", "to": None}}),
        (
            {"card": "5555555555554444"},
            {"card": {"from": "•••• 1881", "to": "•••• 4444"}},
            {},
        ),
        ({"pin": "1234"}, {"pin": {"changed": True}}, {}),
        ({"status": "late"}, {}, {}),
        ({"fee": Decimal("2.50")}, {"fee": {"from": None, "to": "2.50"}}, {}),
        ({"terms": {"weeks": 8}}, {"terms": {"from": {"weeks": 4}, "to": {"weeks": 8}}}, {}),
        ({"book": "Middlemarch"}, {}, {}),
    ],
)
def test_each_class_of_column_is_told_in_its_own_way(
    library: Library, values: dict[str, object], kept: Any, personal: Any
) -> None:
    entry = update(library, lend(library), **values)
    assert entry["changes"] == kept
    assert entry["personal"]["changes"] == personal


def test_no_secret_and_no_full_number_is_anywhere_in_an_entry(library: Library) -> None:
    loan = lend(library)
    update(library, loan, pin="8642", card="5555555555554444", borrower="Fanny")
    stored = library.rows("SELECT encoding, record, personal FROM deedbook_entry")
    for encoding, *parts in stored:
        record, personal = (unpack(encoding, bytes(part)) for part in parts)
        for hidden in (b"8642", b"7531", b"5555555555554444", b"4012888888881881"):
            assert hidden not in record + personal
        assert b"Fanny" not in record


def _expired(library: Library, loan: Loan) -> Loan:
    library.session.expire(loan)
    return loan


def _loaded_in_part(library: Library, loan: Loan) -> Loan:
    loan_id = loan.id
    library.session.expunge_all()
    return library.session.get_one(Loan, loan_id, options=[load_only(Loan.id)])


@pytest.mark.parametrize("unloaded", [_expired, _loaded_in_part])
def test_a_value_that_was_never_read_is_told_all_the_same(
    library: Library, unloaded: Callable[[Library, Loan], Loan]
) -> None:
    loan = unloaded(library, lend(library))
    entry = update(library, loan, note="second floor", book="Emma")
    assert entry["personal"]["changes"] == {"note": {"from": "first floor", "to": "second floor"}}
    assert entry["changes"] == {"book": {"from": "Middlemarch", "to": "Emma"}}


def test_several_changes_of_one_value_are_told_as_one(library: Library) -> None:
    loan = lend(library)
    with library.work() as work:
        for book in ("Emma", "Persuasion", "Villette"):
            loan.book = book
            work.session.flush()
        work.record(RETURNED, loan, NoMetadata())
    changes = library.entries()[-1]["changes"]
    assert changes == {"book": {"from": "Middlemarch", "to": "Villette"}}


def test_a_change_taken_back_is_no_change(library: Library) -> None:
    loan = lend(library)
    with library.work() as work:
        loan.book = "Emma"
        work.session.flush()
        loan.book = "Middlemarch"
        work.record(RETURNED, loan, NoMetadata())
    assert library.entries()[-1]["changes"] == {}


def test_a_change_after_it_was_recorded_is_still_told(library: Library) -> None:
    loan = lend(library)
    with library.work() as work:
        work.record(RETURNED, loan, NoMetadata())
        loan.book = "Emma"
    assert library.entries()[-1]["changes"] == {"book": {"from": "Middlemarch", "to": "Emma"}}


def test_a_new_row_has_no_changes(library: Library) -> None:
    with library.work() as work:
        loan = work.add(middlemarch())
        work.session.flush()
        loan.book = "Emma"
        work.record(LENT, loan, LENDING)
    [entry] = library.entries()
    assert entry["changes"] == entry["personal"]["changes"] == {}


def test_a_rolled_back_change_is_not_told(library: Library) -> None:
    loan = lend(library)
    work = library.work()
    loan.book = "Emma"
    work.session.flush()
    work.rollback()
    assert update(library, loan, borrower="Fanny")["changes"] == {}


def test_a_change_within_a_failed_savepoint_is_not_told(library: Library) -> None:
    loan = lend(library)
    with library.work() as work:
        with pytest.raises(ZeroDivisionError), work.savepoint():
            loan.book = "Emma"
            work.session.flush()
            _ = 1 / 0
        loan.borrower = "Fanny"
        work.record(RETURNED, loan, NoMetadata())
    entry = library.entries()[-1]
    assert entry["changes"] == {}
    assert entry["personal"]["changes"] == {"borrower": {"from": "Charles", "to": "Fanny"}}


def _in_place(loan: Loan) -> None:
    assert loan.terms is not None
    loan.terms["weeks"] = 8


def _unread(loan: Loan) -> None:
    loan.summary = "a novel"


@pytest.mark.parametrize("change", [_in_place, _unread])
def test_a_change_from_nobody_knows_what_is_refused(
    library: Library, change: Callable[[Loan], None]
) -> None:
    """Else the entry would say that there was nothing before."""
    loan = lend(library)
    refused = pytest.raises(InvalidDeed, match=r"loans\.\w+ has an old value that is not known")
    with refused, library.work() as work:
        change(loan)
        work.record(RETURNED, loan, NoMetadata())
    assert library.rows("SELECT summary FROM loans") == [("a study of provincial life",)]


def test_a_deferred_value_that_was_read_is_told(library: Library) -> None:
    loan = lend(library)
    before = loan.summary
    entry = update(library, loan, summary="a novel")
    assert entry["changes"] == {"summary": {"from": before, "to": "a novel"}}


def test_a_value_that_the_database_computes_is_refused_where_it_would_be_told(
    library: Library,
) -> None:
    """An entry has to say what the new value is."""
    loan = lend(library, fee=Decimal("1.00"))
    with pytest.raises(InvalidDeed, match=r"loans\.fee has an SQL expression"):
        update(library, loan, fee=Loan.fee + 1)
    assert library.rows("SELECT fee FROM loans")[0][0] == 1


def test_a_value_that_the_database_computes_passes_in_a_column_of_the_systems_own(
    library: Library,
) -> None:
    loan = lend(library)
    with library.work():
        loan.status = Loan.status + " again"
    assert library.rows("SELECT status FROM loans") == [("lent again",)]


@given(st.text())
def test_a_masked_value_shows_its_last_four_only_when_there_is_more_to_hide(value: str) -> None:
    shown = mask(value)
    assert shown == ("•••• " + value[-4:] if len(value) > 8 else "••••")


def test_no_value_is_masked_as_none() -> None:
    assert mask(None) is None
    assert mask(1234567890) == "•••• 7890"


def test_a_changed_child_is_told_in_its_parents_entry(library: Library) -> None:
    with library.work() as work:
        loan, other = work.add(middlemarch()), work.add(middlemarch())
        work.session.flush()
        note = work.add(LoanNote(loan_id=loan.id, text="dog-eared"))
        stranger = work.add(LoanNote(loan_id=other.id, text="fine"))
        work.record(LENT, loan, LENDING)
        work.record(LENT, other, LENDING)
    with library.work() as work:
        loan.book, note.text, stranger.text = "Emma", "torn", "stained"
        work.record(RETURNED, loan, NoMetadata())
        work.record(RETURNED, other, NoMetadata())
    of_loan, of_other = library.entries()[-2:]
    assert of_loan["changes"] == {
        "book": {"from": "Middlemarch", "to": "Emma"},
        f"loan_notes.{note.id}.text": {"from": "dog-eared", "to": "torn"},
    }
    assert of_other["changes"] == {
        f"loan_notes.{stranger.id}.text": {"from": "fine", "to": "stained"}
    }

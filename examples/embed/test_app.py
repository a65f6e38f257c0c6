"""What the library promises: nothing is lent, taken back or written off that is not in the log."""

from collections.abc import Iterator
from pathlib import Path

import app
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from deedbook.recording import UnrecordedChange, open_log
from deedbook.recording.testing import assert_recorded

PATRON = {"X-Card": "P-7"}
STAFF = {"X-Card": "S-1"}


@pytest.fixture
def library(tmp_path: Path) -> Iterator[TestClient]:
    app.open_library(f"sqlite:///{tmp_path / 'library.sqlite3'}")
    yield TestClient(app.app)
    app.open_session.kw["bind"].dispose()


def lend(library: TestClient) -> int:
    reply = library.post(
        "/loans", params={"book": "Middlemarch", "borrower": "Ada"}, headers=PATRON
    )
    return int(reply.raise_for_status().json())


def recorded(action: str, **expected: object) -> None:
    with app.open_session() as session:
        log = open_log(session, "main-street", app.CATALOGUE)
        assert_recorded(log, action, **expected)


def test_lending_is_recorded(library: TestClient) -> None:
    loan_id = lend(library)
    recorded("loan.lent", entity_id=str(loan_id), book="Middlemarch", borrower="Ada", user_id="P-7")


def test_taking_back_is_recorded_with_what_it_changed(library: TestClient) -> None:
    library.post(f"/loans/{lend(library)}/return", headers=STAFF).raise_for_status()
    recorded("loan.back", user_id="S-1", changes={"state": {"from": "lent", "to": "returned"}})


def test_what_the_night_shift_writes_off_is_recorded(library: TestClient) -> None:
    loan_id = lend(library)
    app.write_off()
    recorded("loan.lost", entity_id=str(loan_id), actor_type="system", operation="write_off")


def test_the_log_is_for_the_staff(library: TestClient) -> None:
    lend(library)
    assert library.get("/audit-logs", headers=PATRON).status_code == 403
    [entry] = library.get("/audit-logs?operation=lend", headers=STAFF).json()["data"]
    assert (entry["action"], entry["user_id"]) == ("loan.lent", "P-7")


def test_nothing_changes_unrecorded(library: TestClient) -> None:
    loan_id = lend(library)
    with app.open_session() as session:
        work = app.work_of(session, actor=app.CLOCK)
        session.get_one(app.Loan, loan_id).state = "stolen"
        with pytest.raises(UnrecordedChange):
            work.commit()
    with app.open_session() as session:
        session.execute(text("UPDATE loans SET state = 'stolen'"))
        with pytest.raises(IntegrityError):
            session.commit()

"""A lending library that keeps an audit log: who lent what to whom, and what was written off."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Annotated

from fastapi import Depends, FastAPI, Header, HTTPException, Request
from sqlalchemy import ForeignKey, create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, sessionmaker

from deedbook import engine, log_api, recording
from deedbook.recording import Audited, UnitOfWork, personal, system, tracked

@dataclass(frozen=True)
class Lending(engine.Metadata):
    book: str
    borrower: engine.Personal[str]  # can be erased, while the entry stays

LOANS = engine.Feature("loan", "Loans")
LENT = engine.Action("loan.lent", LOANS, ("lend",), Lending, "lent {book}", "loan", "Lent")
BACK = engine.Action("loan.back", LOANS, ("return",), Lending, "took {book}", "loan", "Back")
LOST = engine.Action("loan.lost", LOANS, ("write_off",), Lending, "lost {book}", "loan", "Lost")
CARD = engine.ActorType("card", id_pattern=r"[SP]-\d+")  # S-1 is of the staff, P-1 a patron
CATALOGUE = engine.Catalogue([LENT, BACK, LOST], actor_types=(CARD, engine.SYSTEM))
CLOCK = engine.Actor(type=engine.SYSTEM, id=None, role="system", auth_method="schedule")

class Base(DeclarativeBase): ...
class Loan(Base):
    __tablename__ = "loans"
    __audit__ = Audited()
    id: Mapped[int] = system(primary_key=True)
    book: Mapped[str] = tracked()
    borrower: Mapped[str] = personal()
    state: Mapped[str] = tracked(default="lent")

class Fine(Base):
    __tablename__ = "fines"
    __audit__ = Audited(of="loans", key=("loan_id",))  # its loan's entry accounts for it
    loan_id: Mapped[int] = tracked(ForeignKey("loans.id"), primary_key=True)

open_session = sessionmaker()
work_of = partial(UnitOfWork, catalogue=CATALOGUE, instance_id="main-street")

def open_library(url: str = "sqlite:///library.sqlite3") -> None:
    open_session.configure(bind=(database := create_engine(url)))
    recording.set_up(database, Base)

def working(request: Request, x_card: Annotated[str, Header()]) -> Iterator[UnitOfWork]:
    card = engine.Actor(type=CARD, id=x_card, role=x_card[0], auth_method="card")
    origin = log_api.OriginReader().read(request)
    with open_session() as session, work_of(session, actor=card, origin=origin) as work:
        yield work
Work = Annotated[UnitOfWork, Depends(working, scope="function")]  # committed before the reply
def reading(work: Work) -> engine.EntryStore:
    if work.actor is None or work.actor.role != "S":
        raise HTTPException(403, "The log is for the staff.")
    return recording.open_log(work.session, "main-street", CATALOGUE)

app = FastAPI()
app.include_router(log_api.audit_log_router(reading), prefix="/audit-logs")

@app.post("/loans")
def lend(work: Work, book: str, borrower: str) -> int:
    loan = work.add(Loan(book=book, borrower=borrower))
    work.record(LENT, loan, Lending(book, borrower))
    return loan.id

@app.post("/loans/{loan_id}/return")
def take_back(work: Work, loan_id: int) -> None:
    loan = work.session.get_one(Loan, loan_id)
    loan.state = "returned"
    work.record(BACK, loan, Lending(loan.book, loan.borrower))

def write_off() -> None:  # the job of New Year's Eve: what is still lent is lost, and costs
    with open_session() as session, work_of(session, actor=CLOCK) as work:
        for loan in session.scalars(select(Loan).where(Loan.state == "lent")):
            loan.state = "lost"
            work.add(Fine(loan_id=loan.id))
            work.record(LOST, loan, Lending(loan.book, loan.borrower))

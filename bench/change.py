"""The change that is measured, for SQLAlchemy: a row of a table, bare and audited, and how it is recorded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Engine, create_engine, make_url
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from bench import changes
from deedbook.engine import API_KEY, Action, Actor, Catalogue, Feature, Maker, Metadata, Origin
from deedbook.recording import Audited, UnitOfWork, set_up, system, tracked

INSTANCE: Final = "in_000000000001"
WHO: Final = Actor(
    type=API_KEY,
    id=f"ap_{changes.WHO:012d}",
    name="Backend",
    key_prefix="bench",
    created_by=Maker(id="us_000000000001", name="Ada Lovelace"),
    role="owner",
    auth_method=changes.HOW,
)
WHERE: Final = Origin(
    ip_address=changes.ADDRESS,
    user_agent="Bench/1.0",
    request_id="0123456789abcdef0123456789abcdef",
    method="POST",
    route=changes.PATH,
)


@dataclass(frozen=True, slots=True)
class ChangeMetadata(Metadata):
    """What an entry says of a change beside the columns that changed."""

    name: str
    amount: int


MADE: Final = Action(
    "change.made",
    Feature("change", "Changes"),
    ("create", "update", "delete"),
    ChangeMetadata,
    says="made the change {label}",
    entity_type="change",
    title="Change made",
)
CATALOGUE: Final = Catalogue([MADE])


class AuditedBase(DeclarativeBase):
    """Tables that are guarded."""


class BareBase(DeclarativeBase):
    """Tables that nobody watches."""


class Change(AuditedBase):
    """A row whose changes need an entry."""

    __tablename__ = "audited_change"
    __audit__ = Audited()

    id: Mapped[int] = system(primary_key=True)
    name: Mapped[str] = tracked()
    amount: Mapped[int] = tracked()


class BareChange(BareBase):
    """The same row without anything."""

    __tablename__ = "bare_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    amount: Mapped[int]


def open_engine(url: str, connections: int) -> Engine:
    """Give an engine on a database with both tables, the log and the guards."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    engine = create_engine(parsed, pool_size=connections, max_overflow=0)
    set_up(engine, AuditedBase)
    BareBase.metadata.create_all(engine)
    return engine


def work_of(session: Session) -> UnitOfWork:
    """Give the unit of work of a request."""
    return UnitOfWork(session, catalogue=CATALOGUE, actor=WHO, origin=WHERE, instance_id=INSTANCE)


def record(work: UnitOfWork, operation: str, row: Change) -> None:
    """Say what was done to a row."""
    metadata = ChangeMetadata(row.name, row.amount)
    work.record(MADE, row, metadata, label=row.name, operation=operation)

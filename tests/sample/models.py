"""The library's tables: one of every mark, and a column of every class."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, ForeignKey, Numeric, String, Text
from sqlalchemy.ext.mutable import MutableDict
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from deedbook.recording import (
    Audited,
    Unaudited,
    masked,
    personal,
    require_marks,
    secret,
    system,
    tracked,
)


class Base(DeclarativeBase):
    pass


require_marks(Base)


class Loan(Base):
    __tablename__ = "loans"
    __audit__ = Audited()

    id: Mapped[int] = system(primary_key=True)
    book: Mapped[str] = tracked(String)
    fee: Mapped[Decimal | None] = tracked(Numeric(10, 2))
    terms: Mapped[dict[str, Any] | None] = tracked(MutableDict.as_mutable(JSON()))
    borrower: Mapped[str | None] = personal(String)
    note: Mapped[str | None] = personal(String)
    summary: Mapped[str | None] = tracked(Text, deferred=True)
    card: Mapped[str | None] = masked(String)
    pin: Mapped[str | None] = secret(String)
    status: Mapped[str | None] = system(String)


class LoanNote(Base):
    """A child, which its loan's entry accounts for."""

    __tablename__ = "loan_notes"
    __audit__ = Audited(of="loans", key=("loan_id",))

    id: Mapped[int] = system(primary_key=True)
    loan_id: Mapped[int] = system(ForeignKey("loans.id"))
    text: Mapped[str] = tracked(String)


class Place(Base):
    """Known by two columns; the attribute of one has another name than its column."""

    __tablename__ = "places"
    __audit__ = Audited(key=("shelf", "slot"))

    shelf_name: Mapped[str] = system("shelf", String, primary_key=True)
    slot: Mapped[int] = system(primary_key=True, autoincrement=False)
    book: Mapped[str | None] = tracked(String)


class Visit(Base):
    __tablename__ = "visits"
    __audit__ = Unaudited("The turnstile counts on; nobody decides anything.")

    id: Mapped[int] = mapped_column(primary_key=True)
    count: Mapped[int] = mapped_column()

"""Every table says whether it is audited, and every column of an audited one what it is."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import String, Uuid
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from deedbook.recording import (
    Audited,
    Unaudited,
    UnmarkedModel,
    audited_models,
    require_marks,
    system,
    tracked,
)
from sample.models import Base as LibraryBase
from sample.models import Loan, LoanNote, Place


def base(*, strict: bool = True) -> Any:
    class Base(DeclarativeBase):
        pass

    if strict:
        require_marks(Base)
    return Base


def test_a_table_without_a_mark_fails_at_import() -> None:
    with pytest.raises(UnmarkedModel, match=r"Thing says neither Audited\(\) nor Unaudited"):

        class Thing(base()):  # type: ignore[misc]
            __tablename__ = "things"
            id: Mapped[int] = system(primary_key=True)


def test_a_column_without_a_class_fails_at_import() -> None:
    with pytest.raises(UnmarkedModel, match="Thing: no class for name, size"):

        class Thing(base()):  # type: ignore[misc]
            __tablename__ = "things"
            __audit__ = Audited()
            id: Mapped[int] = system(primary_key=True)
            name: Mapped[str] = mapped_column(String)
            size: Mapped[int]


def test_a_key_that_is_no_column_fails_at_import() -> None:
    with pytest.raises(UnmarkedModel, match="Thing: no key column loan_id"):

        class Thing(base()):  # type: ignore[misc]
            __tablename__ = "things"
            __audit__ = Audited(of="loans", key=("loan_id",))
            id: Mapped[int] = system(primary_key=True)


def test_a_key_that_the_databases_write_differently_fails_at_import() -> None:
    with pytest.raises(UnmarkedModel, match="Thing: the key column id is no text or integer"):

        class Thing(base()):  # type: ignore[misc]
            __tablename__ = "things"
            __audit__ = Audited()
            id: Mapped[UUID] = system(Uuid, primary_key=True)


@pytest.mark.parametrize("reason", ["", "  "])
def test_unaudited_needs_a_reason(reason: str) -> None:
    with pytest.raises(UnmarkedModel, match="Thing is Unaudited without a reason"):

        class Thing(base()):  # type: ignore[misc]
            __tablename__ = "things"
            __audit__ = Unaudited(reason)
            id: Mapped[int] = mapped_column(primary_key=True)


def test_a_base_that_does_not_ask_at_import_is_still_asked_for_its_guards() -> None:
    lax = base(strict=False)

    class Thing(lax):  # type: ignore[misc,valid-type]
        __tablename__ = "things"
        id: Mapped[int] = mapped_column(primary_key=True)

    with pytest.raises(UnmarkedModel, match="Thing says neither"):
        audited_models(lax)


def test_a_mixin_can_bring_columns_with_their_class() -> None:
    mixed = base()

    class Named:
        id: Mapped[int] = system(primary_key=True)
        name: Mapped[str] = tracked(String)

    class Thing(Named, mixed):  # type: ignore[misc,valid-type]
        __tablename__ = "things"
        __audit__ = Audited()

    assert list(audited_models(mixed)) == ["things"]


def test_the_audited_tables_of_a_base_are_those_that_say_so() -> None:
    models = audited_models(LibraryBase)
    assert {name: mapper.class_ for name, (mapper, _) in models.items()} == {
        "loans": Loan,
        "loan_notes": LoanNote,
        "places": Place,
    }

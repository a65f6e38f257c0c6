"""The files of an export: what is in them, and how one that was cut short is told."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from deedbook.engine import Entry
from deedbook.engine.entry import write_down
from deedbook.engine.export.lines import write_lines
from deedbook.engine.export.spreadsheet import harmless, write_csv
from sample.catalogue import CATALOGUE, LENT, lent

STARTS_A_FORMULA = "=+-@＝＋－＠"  # noqa: RUF001


def entry(number: int, book: str = "Ulysses") -> Entry:
    return replace(write_down(lent(entity_label=book), number).entry(), sequence=number)


@pytest.mark.parametrize("counts", [[], [0], [3], [2, 2, 1]])
def test_lines_are_the_bytes_that_are_served_and_a_last_one_that_says_so(counts: list[int]) -> None:
    pieces = [[entry(each) for each in range(count)] for count in counts]
    whole = b"".join(write_lines(pieces))
    *lines, last, nothing = whole.split(b"\n")
    assert nothing == b""
    assert lines == [each.wire() for piece in pieces for each in piece]
    content = whole[: -len(last) - 1]
    digest = hashlib.sha256(content).hexdigest()
    assert json.loads(last) == {"export": {"entries": len(lines), "sha256": digest}}


@pytest.mark.parametrize("counts", [[], [3], [2, 2, 1]])
def test_a_table_has_a_head_a_row_an_entry_and_an_end(counts: list[int]) -> None:
    pieces = [[entry(each, "War, and\r\n“Peace”") for each in range(count)] for count in counts]
    whole = b"".join(write_csv(pieces, CATALOGUE))
    assert whole.startswith(b"\xef\xbb\xbfid,created_at,summary,")
    head, *rows, end = csv.reader(io.StringIO(whole.decode("utf-8-sig"), newline=""))
    assert {len(each) for each in (head, *rows, end)} == {len(head)}
    assert [row[0] for row in rows] == [each.shown_id for piece in pieces for each in piece]
    for row in rows:
        told = dict(zip(head, row, strict=True))
        assert told["action"] == LENT.name
        assert "War, and\r\n“Peace”" in told["entity_label"]
    last_row = whole.rindex(b"end,")
    assert whole[:last_row].endswith(b"\r\n")
    digest = hashlib.sha256(whole[:last_row]).hexdigest()
    assert end[:3] == ["end", f"{len(rows)} entries", f"sha256 {digest}"]


def test_what_was_erased_has_a_row_all_the_same() -> None:
    whole = entry(7)
    (_, row, _) = csv.DictReader(
        io.StringIO(
            b"".join(
                write_csv([[whole, Entry(whole.id, whole.record, None, 7)]], CATALOGUE)
            ).decode("utf-8-sig")
        )
    )
    assert (row["personal_state"], row["actor_name"], row["id"]) == ("erased", "", whole.shown_id)


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "  =", *"＝＋－＠", "\u00a0@"])  # noqa: RUF001
def test_a_cell_that_would_be_a_formula_gets_an_apostrophe(first: str) -> None:
    assert harmless(f"{first}cmd|' /C calc'!A0") == f"'{first}cmd|' /C calc'!A0"
    assert (
        harmless(f"Ada;{first}cmd") == f"Ada;'{first}cmd".replace(";'\t", ";\t'")
        or first in "\t=\r"
    )


@given(st.text(alphabet=st.sampled_from("=+-@＝＋\t\r\n ;,'\"ab1\x00"), max_size=20))  # noqa: RUF001
@example("\t")
@example("a\r\n\r\n=b")
@example(";\t =")
def test_no_cell_begins_as_a_formula_wherever_a_spreadsheet_splits(text: str) -> None:
    cells = [text for part in harmless(text).split(";") for text in part.split("\t")]
    cells = [line for cell in cells for line in cell.replace("\r", "\n").split("\n")]
    assert [each for each in cells if each.lstrip()[:1] in set(STARTS_A_FORMULA)] == []
    assert not harmless(text).startswith(("\t", "\r"))


def test_plain_text_is_left_as_it_is() -> None:
    for text in (
        "Ada Lovelace",
        "al_000000000001",
        "2026-03-15T09:30:00.000Z",
        '{"amount": "-5"}',
        "a-b; c",
        "ünïcode",
        "line\r\nline",
    ):
        assert harmless(text) == text

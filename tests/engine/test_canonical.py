"""Canonical JSON: the bytes of RFC 8785, whatever is put in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from enum import IntEnum, StrEnum
from typing import Any
from uuid import UUID

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from deedbook.engine import InvalidDeed
from deedbook.engine.canonical import MAX_SAFE_INTEGER, encode, encode_texts, storable_text

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
ASCII_KEYS = st.text(st.characters(max_codepoint=127))
SAFE_INTEGERS = st.integers(-MAX_SAFE_INTEGER, MAX_SAFE_INTEGER)
VALUES = st.recursive(
    st.none() | st.booleans() | SAFE_INTEGERS | TEXT,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(ASCII_KEYS, inner, max_size=5),
    max_leaves=20,
)


class Colour(StrEnum):
    RED = "red"


class Size(IntEnum):
    LARGE = 3


class Marked(str):
    __slots__ = ()


class Count(int):
    pass


@given(st.dictionaries(ASCII_KEYS, VALUES))
def test_the_bytes_are_those_of_rfc_8785(value: dict[str, Any]) -> None:
    assert encode(value) == rfc8785.dumps(value)


@given(st.dictionaries(ASCII_KEYS, VALUES))
def test_what_is_read_back_is_what_was_written(value: dict[str, Any]) -> None:
    assert json.loads(encode(value)) == value


@given(st.dictionaries(ASCII_KEYS, st.text() | st.none() | st.booleans() | st.just(Colour.RED)))
def test_texts_are_written_the_same_without_preparation(value: dict[str, Any]) -> None:
    assert encode_texts(value) == encode(value)
    assert encode_texts({"a": {**value, "b": Marked("\ud800")}}) == encode(
        {"a": {**value, "b": "\ufffd"}}
    )


@given(st.permutations(["a", "B", "b1", "b", "_", "", "~", "\x00"]))
def test_the_order_of_keys_does_not_matter(names: list[str]) -> None:
    in_order = rfc8785.dumps(dict.fromkeys(sorted(names), 1))
    assert encode(dict.fromkeys(names, 1)) == in_order


@given(st.integers())
def test_integers_beyond_what_a_double_holds_become_text(number: int) -> None:
    safe = abs(number) <= MAX_SAFE_INTEGER
    assert json.loads(encode({"n": number})) == {"n": number if safe else str(number)}


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (2**53 - 1, b"9007199254740991"),
        (2**53, b'"9007199254740992"'),
        (-(2**53), b'"-9007199254740992"'),
        (Decimal("1.50"), b'"1.50"'),
        (Decimal("1E+3"), b'"1000"'),
        (Decimal("1E-7"), b'"0.0000001"'),
        (0.1, b'"0.1"'),
        (1e22, b'"10000000000000000000000"'),
        (True, b"true"),
        (Colour.RED, b'"red"'),
        (Size.LARGE, b"3"),
        (Marked("text"), b'"text"'),
        (Count(3), b"3"),
        (date(2026, 3, 15), b'"2026-03-15"'),
        (datetime(2026, 3, 15, 9, 30, tzinfo=UTC), b'"2026-03-15T09:30:00+00:00"'),
        (datetime(2026, 3, 15, 9, tzinfo=timezone(timedelta(hours=2))), None),
        (time(9, 30), b'"09:30:00"'),
        (UUID(int=1), b'"00000000-0000-0000-0000-000000000001"'),
        ((1, [2]), b"[1,[2]]"),
        ({"b": 1, "a": {}}, b'{"a":{},"b":1}'),
    ],
)
def test_each_type_has_one_form(value: object, written: bytes | None) -> None:
    expected = written or b'"2026-03-15T09:00:00+02:00"'
    assert encode({"v": value}) == b'{"v":' + expected + b"}"


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_no_number_is_written_as_a_float(number: float) -> None:
    written = json.loads(encode({"n": number}), parse_float=pytest.fail)["n"]
    assert float(written) == number
    assert "e" not in written.lower()


@given(st.text())
def test_any_text_can_be_written_and_only_surrogates_are_lost(text: str) -> None:
    expected = "".join("\ufffd" if 0xD800 <= ord(each) <= 0xDFFF else each for each in text)
    assert storable_text(text) == expected
    assert json.loads(encode({"t": text}))["t"] == expected


@pytest.mark.parametrize("value", [b"bytes", bytearray(b"x"), object(), {1, 2}, 1j])
def test_what_json_has_not_is_refused_by_its_type(value: object) -> None:
    with pytest.raises(InvalidDeed, match=type(value).__name__):
        encode({"v": value})


@pytest.mark.parametrize("value", [{"é": 1}, {"a": {"\U0001f600": 1}}, {1: 1}, {None: 1}])
def test_a_key_that_is_not_ascii_text_is_refused(value: Mapping[Any, object]) -> None:
    with pytest.raises(InvalidDeed, match="keys of an entry are ASCII text"):
        encode(value)

"""Header values that can be stored, whatever came in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deedbook.engine.origin import clean_header


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (None, None),
        ("", ""),
        ("curl/8.5.0", "curl/8.5.0"),
        # As a server hands them on: bytes decoded as Latin-1.
        ("Zoë".encode().decode("latin-1"), "Zoë"),
        ("東京 🎉".encode().decode("latin-1"), "東京 🎉"),
        ("Zoë", "Zoë"),
        ("東京", "東京"),
        ("\xff\xfe", "\xff\xfe"),
        # A surrogate in UTF-8 bytes is not UTF-8, and stays as the server read it.
        ("\xed\xa0\x80", "\xed\xa0\x80"),
        ("a\ud800b\udfff", "a\ufffdb\ufffd"),
        ("a\x00b", "a\ufffdb"),
        ("a\x1b[31m\u202eb", "a\x1b[31m\u202eb"),
        ("a" * 1024, "a" * 1024),
        ("a" * 1025, "a" * 1024 + "… (cut from 1025 characters)"),
        ("ë".encode().decode("latin-1") * 1024, "ë" * 1024),
        ("ë".encode().decode("latin-1") * 1030, "ë" * 1024 + "… (cut from 1030 characters)"),
    ],
)
def test_a_header_is_made_storable(text: str | None, expected: str | None) -> None:
    assert clean_header(text) == expected


def test_the_limit_is_the_callers() -> None:
    assert clean_header("abcdef", limit=3) == "abc… (cut from 6 characters)"


@given(st.text(st.characters(exclude_categories=())), st.integers(0, 20))
def test_every_header_can_be_stored(text: str, limit: int) -> None:
    cleaned = clean_header(text, limit)
    assert cleaned is not None
    assert "\x00" not in cleaned
    assert cleaned.encode().decode() == cleaned


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00")))
def test_utf_8_survives_the_latin_1_of_the_server(text: str) -> None:
    received = text.encode().decode("latin-1")
    assert clean_header(received, limit=len(text)) == text

"""Signed notes against the examples of C2SP and of Go's `sumdb/note`, and what is refused."""

from __future__ import annotations

import base64
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deedbook.engine.integrity.note import (
    MalformedKey,
    MalformedNote,
    Signer,
    UnverifiedNote,
    Verifier,
    open_note,
    sign,
)

# The example of Go's package, whose signatures Ed25519 makes again byte for byte.
PRIVATE: Final = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
PUBLIC: Final = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
OTHER: Final = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop"
TEXT: Final = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
)
LINE: Final = (
    "— PeterNeumann "
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
OTHER_LINE: Final = (
    "— EnochRoot "
    "rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n"
)
NOTE: Final = f"{TEXT}\n{LINE}"
PETER: Final = Verifier.parse(PUBLIC)
ENOCH: Final = Verifier.parse(OTHER)


def test_keys_and_notes_are_those_of_the_reference() -> None:
    signer = Signer.parse(PRIVATE)
    assert signer.text() == PRIVATE
    assert str(signer.verifier) == str(PETER) == PUBLIC
    assert sign(TEXT, signer) == NOTE


def test_the_example_of_the_standard_verifies() -> None:
    key = Verifier.parse("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")
    note = (
        "This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ON"
        "ncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
    )
    assert open_note(note, [key]).text == "This is an example message.\n"


def test_a_note_tells_which_known_keys_signed_it() -> None:
    both = NOTE + OTHER_LINE
    assert open_note(NOTE, [PETER]).text == TEXT
    assert open_note(both.encode(), [PETER]).verifiers == (PETER,)
    assert open_note(both, [ENOCH, PETER]).verifiers == (PETER, ENOCH)
    assert open_note(NOTE + LINE, [PETER]).verifiers == (PETER,)


def test_a_signature_of_an_unknown_key_is_ignored_and_a_false_one_is_not() -> None:
    with pytest.raises(UnverifiedNote):
        open_note(NOTE, [ENOCH])
    with pytest.raises(UnverifiedNote):
        open_note(NOTE, [])
    forged = NOTE.replace("answer", "cure")
    with pytest.raises(UnverifiedNote):
        open_note(forged, [PETER])
    # One known key that fits does not make up for another that does not.
    with pytest.raises(UnverifiedNote):
        open_note(NOTE + OTHER_LINE.replace("BzmZa0", "BzmZa1"), [PETER, ENOCH])
    # The same name with another id is another key.
    namesake = Signer("PeterNeumann", bytes(32)).verifier
    with pytest.raises(UnverifiedNote):
        open_note(NOTE, [namesake])


def test_text_may_have_empty_lines_and_any_language() -> None:
    signer = Signer.generate("quasimodo.example/salvatore")
    text = "ed è subito sera\n\n— not a signature\n\n\n"
    assert open_note(sign(text, signer), [signer.verifier]).text == text


@pytest.mark.parametrize(
    "note",
    [
        "",
        "\n",
        TEXT,
        TEXT + "\n",
        TEXT + LINE,
        NOTE[:-1],
        NOTE + "\n",
        NOTE + "a line\n",
        NOTE.replace("— ", "- "),
        NOTE.replace("— Peter", "—Peter"),
        NOTE.replace("— PeterNeumann", "— Peter Neumann"),
        NOTE.replace("— PeterNeumann", "— Peter+Neumann"),
        NOTE.replace("— PeterNeumann", "— Peter\u00a0Neumann"),
        NOTE.replace("— PeterNeumann", "— "),
        NOTE.replace("JnAM=", "JnAN="),
        NOTE.replace("JnAM=", "JnAM"),
        NOTE.replace("JnAM=", "Jn-M="),
        NOTE.replace("problem", "pro\tblem"),
        NOTE.replace("\n", "\r\n"),
        f"{TEXT}\n— PeterNeumann {base64.b64encode(PETER.id).decode()}\n",
        f"{TEXT}\n" + LINE * 101,
        "a" * 1_000_000 + NOTE,
    ],
)
def test_a_malformed_note_is_refused(note: str) -> None:
    with pytest.raises(MalformedNote):
        open_note(note, [PETER])


def test_a_note_that_is_no_text_is_refused() -> None:
    with pytest.raises(MalformedNote):
        open_note(b"\xff" + NOTE.encode(), [PETER])
    with pytest.raises(MalformedNote):
        open_note("\ud800" + NOTE, [PETER])


@given(st.binary(max_size=60) | st.text(max_size=60))
def test_whatever_is_no_note_is_refused_cleanly(note: bytes | str) -> None:
    with pytest.raises((MalformedNote, UnverifiedNote)):
        open_note(note, [PETER])


def test_only_text_that_can_be_read_again_is_signed() -> None:
    signer = Signer.parse(PRIVATE)
    for text in ("", "no end of line", "a\x00b\n", "a\tb\n"):
        with pytest.raises(MalformedNote):
            sign(text, signer)


def test_a_changed_or_cut_key_is_refused() -> None:
    for key, parse in ((PUBLIC, Verifier.parse), (PRIVATE, Signer.parse)):
        pieces = [key[start:end] for start in range(len(key)) for end in range(start, len(key) + 1)]
        changed = [key[:at] + chr(ord(key[at]) + 1) + key[at + 1 :] for at in range(len(key))]
        for each in (*pieces, *changed):
            if each != key:
                with pytest.raises(MalformedKey):
                    parse(each)


@pytest.mark.parametrize(
    "key",
    [
        # Too long, and of another algorithm, each with the id that fits.
        "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
        "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    ],
)
def test_another_sort_of_key_is_refused(key: str) -> None:
    with pytest.raises(MalformedKey):
        Verifier.parse(key)


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\u2003b", "a\nb", "a\x01b"])
def test_a_name_that_no_note_can_hold_is_refused(name: str) -> None:
    with pytest.raises(MalformedKey):
        Signer.generate(name)


def test_a_private_key_does_not_show_itself() -> None:
    signer = Signer.parse(PRIVATE)
    assert "AYEKFALV" not in f"{signer!r} {signer}"

"""The verifier's own Ed25519, trees, notes and mails, against others that do the same."""

from __future__ import annotations

import base64
import os
from email.message import EmailMessage

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given, settings
from hypothesis import strategies as st

from deedbook.engine.export.bundle import subtrees
from deedbook.engine.integrity import checkpoint as engine_checkpoint
from deedbook.engine.integrity import merkle
from deedbook.engine.integrity.note import Signer
from deedbook.engine.integrity.rotation import endorse
from deedbook.verifier import verify
from sample.bundles import Log, loan
from sample.sealing import SIGNER

# RFC 8032 §7.1: public key, message, signature.
VECTORS = (
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        (
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
            "d25bf5f0595bbe24655141438e7a100b"
        ),
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        (
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
            "387b2eaeb4302aeeb00d291612bb0c00"
        ),
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        (
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659"
            "4a7c15e9716ed28dc027beceea1ec40a"
        ),
    ),
)
ORDER = 2**252 + 27742317777372353535851937790883648493
# Points of small order, and encodings of y that are not below p.
WEAK_KEYS = (
    (1).to_bytes(32, "little"),
    (0).to_bytes(32, "little"),
    (2**255 - 20).to_bytes(32, "little"),
    bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
    (2**255 - 19).to_bytes(32, "little"),
    (2**255 - 18).to_bytes(32, "little"),
    ((1 << 255) + 1).to_bytes(32, "little"),
    b"\xff" * 32,
)


@pytest.mark.parametrize(("key", "message", "signature"), VECTORS)
def test_the_vectors_of_the_standard(key: str, message: str, signature: str) -> None:
    public, text, signed = (bytes.fromhex(each) for each in (key, message, signature))
    assert verify.ed25519_verifies(public, text, signed)
    assert not verify.ed25519_verifies(public, text + b"x", signed)
    for place in range(0, 64, 9):
        forged = signed[:place] + bytes([signed[place] ^ 1]) + signed[place + 1 :]
        assert not verify.ed25519_verifies(public, text, forged)


@settings(max_examples=25, deadline=None)
@given(st.binary(min_size=32, max_size=32), st.binary(max_size=100), st.integers(0, 511))
def test_it_agrees_with_cryptography(seed: bytes, message: bytes, bit: int) -> None:
    private = Ed25519PrivateKey.from_private_bytes(seed)
    public, signature = private.public_key().public_bytes_raw(), private.sign(message)
    assert verify.ed25519_verifies(public, message, signature)
    changed = bytearray(signature)
    changed[bit // 8] ^= 1 << bit % 8
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(bytes(changed), message)
    except InvalidSignature:
        assert not verify.ed25519_verifies(public, message, bytes(changed))
    else:
        raise AssertionError


def test_a_signature_has_one_form() -> None:
    public, text, signed = (bytes.fromhex(each) for each in VECTORS[1])
    scalar = int.from_bytes(signed[32:], "little") + ORDER
    assert not verify.ed25519_verifies(public, text, signed[:32] + scalar.to_bytes(32, "little"))
    for other in (signed[:-1], signed + b"\0", b""):
        assert not verify.ed25519_verifies(public, text, other)
        assert not verify.ed25519_verifies(other, text, signed)


@pytest.mark.parametrize("key", WEAK_KEYS)
@pytest.mark.parametrize("r", [(1).to_bytes(32, "little"), bytes(32)])
def test_a_key_of_small_order_signs_nothing(key: bytes, r: bytes) -> None:
    for message in (b"a", b"b", b"c", b"d"):
        assert not verify.ed25519_verifies(key, message, r + bytes(32))


@given(st.lists(st.binary(max_size=3), max_size=70))
def test_a_tree_has_the_root_of_the_engine(records: list[bytes]) -> None:
    tree = verify.Tree()
    for each in records:
        tree.append(verify.leaf_hash(each))
    assert tree.root() == merkle.root([merkle.leaf_hash(each) for each in records])


@given(st.integers(0, 90), st.integers(0, 90), st.integers(1, 90))
def test_a_tree_of_subtrees_has_the_same_root(start: int, length: int, size: int) -> None:
    leaves = [merkle.leaf_hash(bytes([each])) for each in range(size)]
    stop = min(start + length, size)
    tree = verify.Tree()
    start = min(start, stop)
    for first, last in ((0, start), (start, stop), (stop, size)):
        levels = verify.subtree_levels(first, last)
        assert levels == [level for level, _ in subtrees(first, last)]
        for level in levels:
            part = leaves[tree.size : tree.size + (1 << level)]
            tree.append(merkle.root(part), level)
    assert (tree.size, tree.root()) == (size, merkle.root(leaves))


def test_keys_are_read_in_their_one_form() -> None:
    text = str(SIGNER.verifier)
    key = verify.read_key(text)
    assert key is not None
    assert (str(key), key.public) == (text, SIGNER.verifier.public_key)
    for other in (
        text + "=",
        text.upper(),
        text.replace("+", " "),
        text[:-2] + "B=",
        f" {text}",
        "",
    ):
        assert verify.read_key(other) is None


def test_an_endorsement_is_read_as_the_engine_writes_it() -> None:
    new = Signer("deedbook", b"n" * 32)
    old = verify.read_key(str(SIGNER.verifier))
    assert old is not None
    note = endorse(SIGNER, new.verifier)
    assert str(verify.endorsed_key(note, old)) == str(new.verifier)
    for forged in (
        endorse(new, new.verifier),
        note.replace("deedbook/key-rotation", "deedbook/key-rotatioN"),
        note[:-1],
        note + "\n",
        "",
    ):
        assert verify.endorsed_key(forged, old) is None


# Checkpoints out of mails

NOTE = Log([loan(n) for n in range(3)]).notes[3]
KEPT = verify.read_checkpoint(NOTE)


def test_a_checkpoint_is_read_as_the_engine_writes_it() -> None:
    assert KEPT is not None
    made = engine_checkpoint.read_checkpoint(KEPT.text)
    assert (KEPT.origin, KEPT.size, KEPT.root, KEPT.time) == (
        *(made.origin, made.size, made.root, made.time),
    )
    key = verify.read_key(str(SIGNER.verifier))
    assert key is not None
    assert KEPT.signed_by(key)


def mail(*, subtype: str = "plain", cte: str = "8bit", body: str | None = None) -> bytes:
    message = EmailMessage()
    message["Subject"] = "Audit log of Acme"
    text = f"Dear Ana,\n\nkeep this:\n\n{NOTE}\nRegards\n" if body is None else body
    message.set_content(text, subtype=subtype, cte=cte)
    return message.as_bytes()


def page() -> str:
    return (
        "<p>Keep this:</p><pre>" + NOTE.replace("\n", "<br>\n").replace("—", "&mdash;") + "</pre>"
    )


def both() -> bytes:
    message = EmailMessage()
    message.set_content("See the other part.")
    message.add_alternative(page(), subtype="html", cte="base64")
    return message.as_bytes()


MAILS = {
    "the note itself": NOTE.encode(),
    "with the line ends of a mail": NOTE.replace("\n", "\r\n").encode(),
    "plain": mail(),
    "quoted-printable": mail(cte="quoted-printable"),
    "base64": mail(cte="base64"),
    "a page": mail(subtype="html", cte="quoted-printable", body=page()),
    "a page of two parts": both(),
    "a saved page": page().encode(),
    "lines as paragraphs": "".join(f"<div>{each}</div>" for each in NOTE.split("\n")).encode(),
    "quoted": "".join(f"> > {line}\n" for line in NOTE.splitlines()).encode(),
    "quoted and forwarded": mail(
        cte="quoted-printable", body="".join(f">> {line}\n" for line in NOTE.splitlines())
    ),
    "wrapped": NOTE.replace("— deedbook ", "— deedbook\n").encode(),
    "wrapped within the signature": (NOTE[:-40] + "\n" + NOTE[-40:] + "Regards\n").encode(),
    "indented": "".join(f"    {line}\n" for line in NOTE.splitlines()).encode(),
    "another dash": NOTE.replace("—", "--").encode(),
}


@pytest.mark.parametrize("name", MAILS)
def test_a_checkpoint_is_found_in_a_mail(name: str) -> None:
    assert verify.checkpoints_in(MAILS[name]) == [KEPT]


def test_several_checkpoints_are_found() -> None:
    other = Log([loan(n) for n in range(2)]).notes[2]
    both = f"Monday:\n{NOTE}\nTuesday:\n{other}".encode()
    assert [each.size for each in verify.checkpoints_in(both)] == [3, 2]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"Content-Type: multipart/mixed; boundary=x\n\n" + b"--x\n" * 2000,
        b"a/" * 50_000,
        b"<br" * 50_000,
        b"12\n" * 5000,
        base64.b64encode(os.urandom(100_000)),
        b"Content-Type: text/plain; charset=no-such\n\n" + NOTE.encode()[:60],
    ],
)
def test_where_there_is_none_none_is_found(content: bytes) -> None:
    assert verify.checkpoints_in(content) == []

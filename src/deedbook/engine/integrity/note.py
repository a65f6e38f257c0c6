r"""Signed notes of C2SP (c2sp.org/signed-note) with Ed25519 keys (RFC 8032): text that keys sign.

    signer = Signer.generate("deedbook")
    note = sign("something to remember\n", signer)
    open_note(note, [signer.verifier]).text

Keys are written as Go's `sumdb/note` does: `NAME+ID+KEY`, where the id is the head of
SHA-256(name ‖ newline ‖ 0x01 ‖ public key) in hex and the key is base64 (RFC 4648 §4) after a byte 0x01.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from deedbook.engine.errors import DeedbookError

# Beyond this nothing is a note of anyone's; C2SP asks for 16 signatures at the least.
MAX_NOTE_BYTES: Final = 1_000_000
MAX_SIGNATURES: Final = 100
_ED25519: Final = b"\x01"
_KEY_BYTES: Final = 32
_ID_BYTES: Final = 4
_DASH: Final = "— "
_PRIVATE: Final = "PRIVATE+KEY+"


class MalformedNote(DeedbookError):
    """This is no signed note."""

    code = "NOTE_MALFORMED"


class UnverifiedNote(DeedbookError):
    """No key that is known signed this note as it stands."""

    code = "NOTE_UNVERIFIED"


class MalformedKey(DeedbookError):
    """This is no key for signed notes: write NAME+ID+KEY, with an Ed25519 key."""

    code = "NOTE_KEY_MALFORMED"


@dataclass(frozen=True, slots=True)
class Verifier:
    """A public key by its name; `str` gives the text that people pin. Raises `MalformedKey`."""

    name: str
    public_key: bytes

    def __post_init__(self) -> None:
        if not _is_name(self.name) or len(self.public_key) != _KEY_BYTES:
            raise MalformedKey

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{_encode(_ED25519 + self.public_key)}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a public key. Raises `MalformedKey`."""
        name, shown_id, key = _parts(text)
        verifier = cls(name, key)
        if verifier.id.hex() != shown_id:
            raise MalformedKey
        return verifier

    @property
    def id(self) -> bytes:
        """The four bytes that tell this key from others of its name."""
        return hashlib.sha256(self.name.encode() + b"\n" + _ED25519 + self.public_key).digest()[
            :_ID_BYTES
        ]

    def verifies(self, text: str, signature: bytes) -> bool:
        """Tell whether this key made a signature over a text."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public_key).verify(signature, text.encode())
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True, slots=True, repr=False)
class Signer:
    """A private key by its name; `text()` gives what is kept in a file. Raises `MalformedKey`."""

    name: str
    seed: bytes

    def __post_init__(self) -> None:
        if not _is_name(self.name) or len(self.seed) != _KEY_BYTES:
            raise MalformedKey

    @classmethod
    def generate(cls, name: str) -> Self:
        """Make a new key."""
        return cls(name, Ed25519PrivateKey.generate().private_bytes_raw())

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a private key. Raises `MalformedKey`."""
        if not text.startswith(_PRIVATE):
            raise MalformedKey
        name, shown_id, seed = _parts(text.removeprefix(_PRIVATE))
        signer = cls(name, seed)
        if signer.verifier.id.hex() != shown_id:
            raise MalformedKey
        return signer

    def text(self) -> str:
        """Give the private key as text; whoever reads it can sign."""
        return f"{_PRIVATE}{self.name}+{self.verifier.id.hex()}+{_encode(_ED25519 + self.seed)}"

    @property
    def verifier(self) -> Verifier:
        """The public key."""
        private = Ed25519PrivateKey.from_private_bytes(self.seed)
        return Verifier(self.name, private.public_key().public_bytes_raw())

    def sign(self, text: str) -> bytes:
        """Give the signature over a text."""
        return Ed25519PrivateKey.from_private_bytes(self.seed).sign(text.encode())


@dataclass(frozen=True, slots=True)
class Opened:
    """The text of a note, and the known keys that signed it."""

    text: str
    verifiers: tuple[Verifier, ...]


def sign(text: str, *signers: Signer) -> str:
    """Give the note of a text that ends with a newline. Raises `MalformedNote` for other text."""
    if not text.endswith("\n") or not _is_plain(text):
        raise MalformedNote
    lines = (f"{_DASH}{signature_line(text, each)}\n" for each in signers)
    return f"{text}\n{''.join(lines)}"


def signature_line(text: str, signer: Signer) -> str:
    """Give the signature of a text as a note has it after the dash: name, and base64 of id and bytes."""
    return f"{signer.name} {_encode(signer.verifier.id + signer.sign(text))}"


def open_note(note: str | bytes, verifiers: Iterable[Verifier]) -> Opened:
    """Give the text of a note that at least one of these keys signed; unknown signatures are ignored.

    Raises `MalformedNote`, and `UnverifiedNote` when a signature of a known key does not fit the text
    or there is none.
    """
    text, signatures = _split(note)
    known = {(each.name, each.id): each for each in verifiers}
    verified: dict[Verifier, None] = {}
    for name, signature in signatures:
        verifier = known.get((name, signature[:_ID_BYTES]))
        if verifier is None or verifier in verified:
            continue
        if not verifier.verifies(text, signature[_ID_BYTES:]):
            raise UnverifiedNote
        verified[verifier] = None
    if not verified:
        raise UnverifiedNote
    return Opened(text, tuple(verified))


@dataclass(frozen=True, slots=True)
class Claimed:
    """The text of a note, and who claims to have signed it: names and ids of keys, as `name+id`."""

    text: str
    signers: tuple[str, ...]


def read_note(note: str | bytes) -> Claimed:
    """Give what a note says without verifying it. Raises `MalformedNote`."""
    text, signatures = _split(note)
    claims = (f"{name}+{signature[:_ID_BYTES].hex()}" for name, signature in signatures)
    return Claimed(text, tuple(claims))


def _split(note: str | bytes) -> tuple[str, list[tuple[str, bytes]]]:
    """Give the text of a note, and the names and bytes of its signatures."""
    whole = _decoded(note)
    # The text may have empty lines; the last one parts it from the signatures.
    text, parted, signatures = whole.rpartition("\n\n")
    lines = signatures.split("\n")
    if not parted or lines.pop() != "" or not 0 < len(lines) <= MAX_SIGNATURES:
        raise MalformedNote
    return text + "\n", [_signature(line) for line in lines]


def _decoded(note: str | bytes) -> str:
    try:
        raw = note.encode() if isinstance(note, str) else note
        whole = raw.decode()
    except UnicodeError:
        raise MalformedNote from None
    if len(raw) > MAX_NOTE_BYTES or not _is_plain(whole):
        raise MalformedNote
    return whole


def _signature(line: str) -> tuple[str, bytes]:
    name, _, encoded = line.removeprefix(_DASH).partition(" ")
    signature = _decode(encoded)
    if not line.startswith(_DASH) or not _is_name(name):
        raise MalformedNote
    if signature is None or len(signature) <= _ID_BYTES:
        raise MalformedNote
    return name, signature


def _parts(text: str) -> tuple[str, str, bytes]:
    """Give name, id and key bytes of a written key."""
    # The base64 of a key may hold a plus itself.
    parts = text.split("+", 2)
    key = _decode(parts[-1])
    if len(parts) != 3 or key is None or key[:1] != _ED25519:  # noqa: PLR2004 (NAME+ID+KEY)
        raise MalformedKey
    return parts[0], parts[1], key[1:]


def _is_name(name: str) -> bool:
    return bool(name) and _is_plain(name) and not any(c.isspace() or c == "+" for c in name)


def _is_plain(text: str) -> bool:
    return not any(character < " " and character != "\n" for character in text)


def _encode(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _decode(text: str) -> bytes | None:
    """Give the bytes of base64 in its one canonical form, or None."""
    try:
        content = base64.b64decode(text, validate=True)
    except ValueError:
        return None
    return content if _encode(content) == text else None

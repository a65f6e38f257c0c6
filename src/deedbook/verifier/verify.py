"""Check a bundle of a Deedbook audit log, offline, with nothing but Python 3.8 or later.

    python3 -I verify.py BUNDLE [--key FILE] [--checkpoint FILE ...]
                         [--sample N --seed S] [--report FILE.html]

Exit status 0: all is well. 1: tampered with. 2: cannot tell.

The format is in docs/bundle-format.md of Deedbook; it is short enough to write a verifier of your own.
This file trusts nobody: it takes the public key and the checkpoints that you remember from you.
"""

from __future__ import annotations

import argparse
import base64
import contextlib
import email
import hashlib
import heapq
import html
import itertools
import json
import operator
import quopri
import re
import sys
import unicodedata
from array import array
from datetime import datetime, timedelta, timezone
from typing import (
    Any,
    BinaryIO,
    Callable,
    Iterable,
    Iterator,
    NamedTuple,
    NoReturn,
    Sequence,
    Tuple,
)
from urllib.parse import quote

OK, TAMPERED, CANNOT_TELL = 0, 1, 2
FIRST_LINE = b"deedbook bundle 1\n"
SIGNED_TITLE = "deedbook/bundle"
ROTATION_TITLE = "deedbook/key-rotation"
# No line of ours comes near it; it keeps a hostile file from filling the memory.
MAX_LINE = 64 * 1024 * 1024
MAX_INTEGER = 2**53 - 1
MAX_SIZE = 2**63 - 1
# Of findings of one kind so many are told, and the rest is counted.
MAX_TOLD = 10
# Clocks and transactions may differ by so much before a younger, smaller log is called cut.
CLOCK_MARGIN = timedelta(minutes=10)
EPOCH = datetime(2020, 1, 1, tzinfo=timezone.utc)
COUNTER_BITS = 21


class Broken(Exception):
    """What is read is not what Deedbook writes; the message says where it differs."""


class NoBundle(Exception):
    """What is read is no bundle at all, or of a version that this file does not know."""


# ---- Ed25519 (RFC 8032 §5.1), verification alone -------------------------------------------------

_P = 2**255 - 19
_L = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, _P - 2, _P) % _P
_SQRT_M1 = pow(2, (_P - 1) // 4, _P)
# A point as (X, Y, Z, T): x = X/Z, y = Y/Z, xy = T/Z.
Point = Tuple[int, int, int, int]
_IDENTITY: Point = (0, 1, 1, 0)


def _add(left: Point, right: Point) -> Point:
    a = (left[1] - left[0]) * (right[1] - right[0]) % _P
    b = (left[1] + left[0]) * (right[1] + right[0]) % _P
    c = 2 * left[3] * right[3] * _D % _P
    d = 2 * left[2] * right[2] % _P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % _P, g * h % _P, f * g % _P, e * h % _P)


def _multiply(scalar: int, point: Point) -> Point:
    product = _IDENTITY
    while scalar:
        if scalar & 1:
            product = _add(product, point)
        point = _add(point, point)
        scalar >>= 1
    return product


def _compress(point: Point) -> bytes:
    inverse = pow(point[2], _P - 2, _P)
    x, y = point[0] * inverse % _P, point[1] * inverse % _P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def _decompress(encoded: bytes) -> Point | None:
    """Give the point of its one canonical encoding, or None."""
    number = int.from_bytes(encoded, "little")
    sign, y = number >> 255, number & (1 << 255) - 1
    if y >= _P:
        return None
    square = (y * y - 1) * pow(_D * y * y + 1, _P - 2, _P) % _P
    x = pow(square, (_P + 3) // 8, _P)
    if (x * x - square) % _P:
        x = x * _SQRT_M1 % _P
    if (x * x - square) % _P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = _P - x
    return (x, y, 1, x * y % _P)


_BASE_Y = 4 * pow(5, _P - 2, _P) % _P
_BASE = _decompress(_BASE_Y.to_bytes(32, "little")) or _IDENTITY


def ed25519_verifies(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Tell whether a key made a signature.

    Strict: the scalar is below the group's order, points have their one encoding, and a key of small
    order, under which one signature fits many messages, is none.
    """
    if len(public_key) != 32 or len(signature) != 64:
        return False
    scalar = int.from_bytes(signature[32:], "little")
    key = _decompress(public_key)
    if scalar >= _L or key is None or _compress(_multiply(8, key)) == _compress(_IDENTITY):
        return False
    digest = hashlib.sha512(signature[:32] + public_key + message).digest()
    challenge = int.from_bytes(digest, "little") % _L
    negated = (_P - key[0], key[1], 1, _P - key[3])
    expected = _add(_multiply(scalar, _BASE), _multiply(challenge, negated))
    return _compress(expected) == signature[:32]


# ---- The tree (RFC 6962 §2.1, the same as RFC 9162 §2.1) -----------------------------------------


def leaf_hash(record: bytes) -> bytes:
    """Give SHA-256(0x00 ‖ record)."""
    return hashlib.sha256(b"\x00" + record).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Give SHA-256(0x01 ‖ left ‖ right)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Tree:
    """A tree that grows to the right; it keeps the hashes of its right edge alone."""

    def __init__(self) -> None:
        self.size = 0
        self._edge: list[bytes] = []

    def append(self, hash_: bytes, level: int = 0) -> None:
        """Add a complete subtree of 2^level leaves; the size so far has to be a multiple of that."""
        rest = self.size >> level
        while rest & 1:
            hash_ = node_hash(self._edge.pop(), hash_)
            rest >>= 1
        self._edge.append(hash_)
        self.size += 1 << level

    def root(self) -> bytes:
        """Give the root over all leaves so far."""
        if not self._edge:
            return hashlib.sha256(b"").digest()
        hash_ = self._edge[-1]
        for left in reversed(self._edge[:-1]):
            hash_ = node_hash(left, hash_)
        return hash_


def subtree_levels(start: int, stop: int) -> list[int]:
    """Give the levels of the largest complete subtrees that span the leaves of a range."""
    levels = []
    while start < stop:
        level = (stop - start).bit_length() - 1
        if start:
            level = min(level, (start & -start).bit_length() - 1)
        levels.append(level)
        start += 1 << level
    return levels


# ---- Keys, notes and checkpoints (c2sp.org/signed-note, c2sp.org/tlog-checkpoint) ----------------


class Key(NamedTuple):
    """A public key by its name."""

    name: str
    public: bytes

    @property
    def id(self) -> bytes:
        """The four bytes that signatures name it with."""
        return hashlib.sha256(self.name.encode() + b"\n\x01" + self.public).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{_base64(b'%c' % 1 + self.public)}"

    def signed(self, text: str, signature_line: str) -> bool:
        """Tell whether `NAME BASE64` is this key's signature of a text."""
        name, _, encoded = signature_line.partition(" ")
        signature = _from_base64(encoded)
        if name != self.name or signature is None or signature[:4] != self.id:
            return False
        return ed25519_verifies(self.public, text.encode(), signature[4:])


_KEY = re.compile(r"([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]{43}=|[A-Za-z0-9+/]{44})")


def read_key(text: str) -> Key | None:
    """Give the key that a text is, `NAME+ID+KEY`, or None."""
    found = _KEY.fullmatch(text)
    content = _from_base64(found[3]) if found else None
    if found is None or content is None or len(content) != 33 or content[:1] != b"\x01":
        return None
    key = Key(found[1], content[1:])
    return key if str(key) == text else None


class Checkpoint(NamedTuple):
    """What a log was at one moment, with its signatures (`NAME BASE64`, unverified)."""

    origin: str
    size: int
    root: bytes
    time: datetime | None
    text: str
    signatures: tuple[str, ...]

    def signed_by(self, key: Key) -> bool:
        """Tell whether a key signed it."""
        return any(key.signed(self.text, each) for each in self.signatures)


def read_checkpoint(note: str) -> Checkpoint | None:
    """Give the checkpoint of a signed note, or None when it is none."""
    text, parted, signatures = note.rpartition("\n\n")
    lines = signatures.split("\n")
    if not parted or lines.pop() != "" or not lines:
        return None
    if not all(line.startswith("— ") and line.count(" ") == 2 for line in lines):
        return None
    parts = text.split("\n")
    if len(parts) < 3 or not all(parts) or not re.fullmatch("0|[1-9][0-9]{0,18}", parts[1]):
        return None
    root = _from_base64(parts[2])
    if root is None or len(root) != 32 or int(parts[1]) > MAX_SIZE:
        return None
    time = _read_instant(parts[3][5:]) if len(parts) > 3 and parts[3][:5] == "time " else None
    signed = tuple(line[2:] for line in lines)
    return Checkpoint(parts[0], int(parts[1]), root, time, text + "\n", signed)


def endorsed_key(note: str, old: Key) -> Key | None:
    """Give the new key that an old one named in a signed note, or None."""
    text, _, signature = note.rpartition("\n\n")
    lines = text.split("\n")
    if len(lines) != 2 or lines[0] != ROTATION_TITLE or signature[:2] != "— ":
        return None
    if signature[-1:] != "\n" or not old.signed(text + "\n", signature[2:-1]):
        return None
    return read_key(lines[1])


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _from_base64(text: str) -> bytes | None:
    """Give the bytes of base64 in its one canonical form (RFC 4648 §4), or None."""
    try:
        content = base64.b64decode(text, validate=True)
    except ValueError:
        return None
    return content if _base64(content) == text else None


_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z")


def _read_instant(text: str) -> datetime | None:
    if not _INSTANT.fullmatch(text):
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%f%z")
    except ValueError:
        return None


# ---- Checkpoints out of saved mails --------------------------------------------------------------

_SIZE_LINE = re.compile(r"[0-9]{1,19}")
_ROOT_LINE = re.compile(r"[A-Za-z0-9+/]{43}=")
_SIGNATURE_LINE = re.compile(r"[—–-]{1,3} ?([^\s+]+)(?: ([A-Za-z0-9+/=]+))?")
_BASE64_LINE = re.compile(r"[A-Za-z0-9+/=]+")
_SIGNATURE_CHARACTERS = len(_base64(bytes(68)))
_MAX_EXTENSIONS = 8
_BREAK = re.compile(r"<\s*/?(?:br|p|div|tr|li|pre)\b[^<>]*>", re.IGNORECASE)


def checkpoints_in(content: bytes) -> list[Checkpoint]:
    """Give the checkpoints in a file: a note as it is, or somewhere in a saved mail or web page."""
    found: dict[Checkpoint, None] = {}
    for text in _texts_in(content):
        # Quoting marks, indents and empty lines are what a mail may have made of it.
        lines = [line.strip(" \t>|\xa0") for line in text.split("\n")]
        lines = [line for line in lines if line]
        for number, line in enumerate(lines):
            if _SIZE_LINE.fullmatch(line) and number:
                checkpoint = read_checkpoint(_note_at(lines[number - 1 : number + 50]))
                if checkpoint is not None:
                    found[checkpoint] = None
    return list(found)


def _note_at(lines: Sequence[str]) -> str:
    """Give the note that begins with these lines, as it was before a mail wrapped them."""
    if len(lines) < 4 or not _ROOT_LINE.fullmatch(lines[2]):
        return ""
    end = 3
    while (
        end < len(lines) and end < 3 + _MAX_EXTENSIONS and not _SIGNATURE_LINE.fullmatch(lines[end])
    ):
        end += 1
    text, rest, signatures = lines[:end], list(lines[end:]), []
    while rest:
        found = _SIGNATURE_LINE.fullmatch(rest.pop(0))
        if found is None:
            break
        encoded = found[2] or ""
        while rest and len(encoded) < _SIGNATURE_CHARACTERS and _BASE64_LINE.fullmatch(rest[0]):
            encoded += rest.pop(0)
        signatures.append(f"— {found[1]} {encoded}\n")
    return "".join(f"{line}\n" for line in text) + "\n" + "".join(signatures)


def _texts_in(content: bytes) -> Iterator[str]:
    """Give the texts that a file may mean."""
    for body in (content, quopri.decodestring(content), *_mail_parts(content)):
        text = body.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
        yield text
        if "<" in text:
            # Line ends count in some parts of a page, and are spaces in others.
            yield _without_tags(text)
            yield _without_tags(text.replace("\n", " "))


def _mail_parts(content: bytes) -> list[bytes]:
    try:
        parts = list(email.message_from_bytes(content).walk())
        return [
            _as_utf8(payload, part.get_content_charset() or "utf-8")
            for part in parts
            for payload in [part.get_payload(decode=True)]
            if isinstance(payload, bytes)
        ]
    except Exception:  # noqa: BLE001 (whatever a hostile mail makes of the parser, it is no mail)
        return []


def _as_utf8(payload: bytes, charset: str) -> bytes:
    try:
        return payload.decode(charset, "replace").encode("utf-8", "replace")
    except (LookupError, ValueError):
        return payload


def _without_tags(text: str) -> str:
    return html.unescape(re.sub(r"<[^<>]*>", "", _BREAK.sub("\n", text)))


# ---- Canonical JSON (RFC 8785, with ASCII keys and no floats) ------------------------------------


def _no_float(text: str) -> NoReturn:
    raise ValueError(f"{text[:20]} is no whole number")


def _whole(text: str) -> int:
    if len(text) > 17 or abs(int(text)) > MAX_INTEGER:
        raise ValueError("a number is too large")
    return int(text)


_decode = json.JSONDecoder(parse_float=_no_float, parse_int=_whole, parse_constant=_no_float).decode
_encode = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, separators=(",", ":"), sort_keys=True
).encode


def read_json(content: bytes) -> dict[str, Any]:
    """Give the object of canonical JSON. Raises `Broken` for any other bytes."""
    try:
        value = _decode(content.decode())
        if type(value) is dict and _encode(value).encode() == content:
            return value
    except (ValueError, RecursionError):
        pass
    raise Broken("this is no canonical JSON (RFC 8785)")


# ---- Filters -------------------------------------------------------------------------------------

FACTS = (
    "feature",
    "operation",
    "action",
    "entity_type",
    "actor_type",
    "outcome",
    "has_passkey",
    "user_id",
    "api_key_id",
    "entity_id",
)
POSTED = ("ref_id", "request_id", "session_id")
PERSONAL = ("ip_address", "country", "q")
_PASSKEY = {"true": True, "false": False, "null": None}
_POSTED_CHARACTERS = 200


class Filter:
    """A filter, told as query parameters: a repeated name means OR, different names AND."""

    def __init__(self, pairs: object) -> None:
        """Read the pairs of a manifest. Raises `Broken` unless they are sorted, and each once."""
        if not isinstance(pairs, list) or not all(_is_pair(each) for each in pairs):
            raise Broken("the filter is no list of names and values")
        self.pairs: list[tuple[str, str]] = [(name, value) for name, value in pairs]
        if self.pairs != sorted(set(self.pairs)):
            raise Broken("the filter is not in its canonical order")
        self.any_of: dict[str, set[object]] = {}
        self.none_of: dict[str, set[object]] = {}
        self.first_ms, self.end_ms = 0, 1 << 62
        self.personal: list[str] = []
        self.unknown: list[str] = []
        for name, value in self.pairs:
            self._take(name, value)

    def _take(self, name: str, value: str) -> None:
        field = name[4:] if name[:4] == "not_" and name[4:] in FACTS else name
        if field in FACTS:
            wanted: object = _PASSKEY.get(value, value) if field == "has_passkey" else value
            (self.any_of if field == name else self.none_of).setdefault(field, set()).add(wanted)
        elif field in POSTED:
            self.any_of.setdefault(field, set()).add(value)
        elif field in ("start_date", "end_date"):
            moment = _read_instant(value)
            if moment is None:
                raise Broken("the filter has a date that is none")
            if field == "start_date":
                self.first_ms = (moment - EPOCH) // timedelta(milliseconds=1)
            else:
                self.end_ms = (moment - EPOCH) // timedelta(milliseconds=1)
        elif field in PERSONAL:
            self.personal.append(field)
        else:
            self.unknown.append(field)

    @property
    def can_be_told(self) -> bool:
        """Whether records alone tell which entries match."""
        return not self.personal and not self.unknown

    def accepts(self, record: dict[str, Any], milliseconds: int) -> bool:
        """Tell whether a record matches, as far as the filter is about facts of the record."""
        if not self.first_ms <= milliseconds < self.end_ms:
            return False
        for name, values in self.any_of.items():
            if name in POSTED:
                if values.isdisjoint(_posted(name, record)):
                    return False
            elif _column(record[name]) not in values:
                return False
        return not any(_column(record[name]) in values for name, values in self.none_of.items())

    def __str__(self) -> str:
        return " ".join(f"{name}={value}" for name, value in self.pairs) or "none"


def _is_pair(value: object) -> bool:
    return (
        isinstance(value, list) and len(value) == 2 and all(isinstance(each, str) for each in value)
    )


def _column(value: object) -> object:
    # The columns of some databases have no NUL; both sides of a comparison are without.
    return value.replace("\0", "\ufffd") if isinstance(value, str) else value


def _posted(name: str, record: dict[str, Any]) -> list[object]:
    values = [record["entity_id"], *(ref["id"] for ref in record["refs"])]
    if name != "ref_id":
        values = [record[name]]
    return [_column(value[:_POSTED_CHARACTERS]) for value in values if value is not None]


# ---- What was decided about the log, told by its own records -------------------------------------


class Decisions:
    """Erasures, retention horizons and key rotations, as the log's own entries decide them."""

    def __init__(self) -> None:
        self.horizon = 0
        self.rotations: list[tuple[Key, Key]] = []
        # The newest entry that decided the erasure of whatever has such a fact.
        self._erased_before: dict[tuple[str, ...], int] = {}

    def take(self, effect: dict[str, Any], entry_id: int, position: int) -> str | None:
        """Take the effect of an entry; gives what is wrong with it."""
        kind = effect.get("kind")
        if kind == "personal_erased":
            return self._erase(effect.get("selector"), entry_id)
        if kind == "entries_expired":
            horizon = effect.get("before_sequence")
            if type(horizon) is not int or not 0 <= horizon <= position:
                return "it lets entries expire that are not before it"
            self.horizon = max(self.horizon, horizon)
        if kind == "key_rotated":
            return self._rotate(effect)
        return None

    def _erase(self, selector: object, entry_id: int) -> str | None:
        fact = _selected(selector)
        if fact is None:
            return "it erases by a selector that cannot be read"
        self._erased_before[fact] = max(self._erased_before.get(fact, 0), entry_id)
        return None

    def _rotate(self, effect: dict[str, Any]) -> str | None:
        texts = [effect.get(name) for name in ("from", "to", "endorsement")]
        if not all(isinstance(each, str) for each in texts):
            return "it rotates no key"
        old, new = read_key(str(texts[0])), read_key(str(texts[1]))
        if old is None or new is None or endorsed_key(str(texts[2]), old) != new:
            return "the old key does not endorse the new one"
        self.rotations.append((old, new))
        return None

    def erases(self, facts: Iterable[tuple[str, ...]], entry_id: int) -> bool:
        """Tell whether any later entry erases what has one of these facts."""
        return any(self._erased_before.get(fact, 0) > entry_id for fact in facts)

    def leads_to(self, key: Key, wanted: Key) -> bool:
        """Tell whether a key is another, or endorsed it, or endorsed one that did."""
        known = [key]
        for each in known:
            known += [new for old, new in self.rotations if old == each and new not in known]
        return wanted in known


def _selected(selector: object) -> tuple[str, ...] | None:
    """Give the fact that a selector names."""
    if not isinstance(selector, dict) or not all(isinstance(v, str) for v in selector.values()):
        return None
    names = sorted(selector)
    if names in (["entry_id"], ["user_id"], ["api_key_id"]):
        return (names[0], selector[names[0]])
    if names == ["entity_id", "entity_type"]:
        return ("entity", selector["entity_type"], selector["entity_id"])
    return None


def _facts(record: dict[str, Any]) -> tuple[tuple[str, ...], ...]:
    """Give the facts of a record by which its personal part can be selected."""
    facts = [("entry_id", record["id"]), ("entity", record["entity_type"], record["entity_id"])]
    facts += [("entity", ref["type"], ref["id"]) for ref in record["refs"]]
    facts += [
        (name, record[name]) for name in ("user_id", "api_key_id") if record[name] is not None
    ]
    return tuple(facts)


# ---- What is found -------------------------------------------------------------------------------


class Sampled(NamedTuple):
    """An entry that was drawn; `personal` is None when it is erased."""

    position: int
    record: dict[str, Any]
    personal: bytes | None


class Result:
    """What was found: problems are tampering, doubts are what cannot be told."""

    def __init__(self) -> None:
        self.problems: list[str] = []
        self.doubts: list[str] = []
        self.notes: list[str] = []
        self.facts: dict[str, str] = {}
        self.sample: list[Sampled] = []
        self._untold: dict[str, int] = {}

    def problem(self, text: str, kind: str = "") -> None:
        """Take a problem down; of one kind no more than some."""
        count = self._untold[kind] = self._untold.get(kind, 0) + 1
        if not kind or count <= MAX_TOLD:
            self.problems.append(text)
        elif count == MAX_TOLD + 1:
            self.problems.append(f"… and more like this: {kind}.")

    @property
    def status(self) -> int:
        """0 all is well, 1 tampered with, 2 cannot tell."""
        return TAMPERED if self.problems else CANNOT_TELL if self.doubts else OK

    @property
    def verdict(self) -> str:
        """The status in a few words."""
        return {
            OK: "OK: this is what the log's key signed, whole and unchanged.",
            TAMPERED: "TAMPERED: this is not what Deedbook wrote.",
            CANNOT_TELL: "CANNOT TELL: nothing is wrong in itself, but something is missing.",
        }[self.status]


# ---- The bundle ----------------------------------------------------------------------------------

_MANIFEST = {
    "checkpoint": str,
    "end": int,
    "filter": list,
    "first": int,
    "instance_id": str,
    "key": str,
    "made_at": str,
    "origin": str,
}
_HEX_HASH = re.compile(rb"[0-9a-f]{64}")
_TREE = re.compile(rb"(0|[1-9][0-9]?) ([0-9a-f]{64})")
_SALT = re.compile(rb"((?:[0-9a-f]{2}){16,64}) ")
_ENTRY_ID = re.compile(r"al_([0-9A-Za-z]{12})")
_BASE62 = {
    character: value
    for value, character in enumerate(
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    )
}


class Manifest:
    """The first lines of a bundle: which log, which part of it, under which checkpoint."""

    def __init__(self, content: bytes) -> None:
        """Read it. Raises `Broken`."""
        fields = read_json(content)
        if {name: type(value) for name, value in fields.items()} != _MANIFEST:
            raise Broken("the manifest has not the fields of one")
        checkpoint = read_checkpoint(fields["checkpoint"])
        key, made_at = read_key(fields["key"]), _read_instant(fields["made_at"])
        if checkpoint is None or len(checkpoint.signatures) != 1:
            raise Broken("the manifest's checkpoint is none")
        if key is None or made_at is None:
            raise Broken("the manifest's key or time is none")
        self.checkpoint, self.key, self.made_at = checkpoint, key, made_at
        self.instance_id: str = fields["instance_id"]
        self.origin: str = fields["origin"]
        self.shown = range(fields["first"], fields["end"])
        self.filter = Filter(fields["filter"])
        if not 0 <= self.shown.start <= self.shown.stop <= checkpoint.size:
            raise Broken("the manifest's range is not within its checkpoint")
        if self.origin != f"{key.name}/{quote(self.instance_id, safe='')}":
            raise Broken("the manifest's origin is not that of its instance")


class Current(NamedTuple):
    """The record that was read last, until the line after it tells whether it is shown.

    `record` is None when what is kept there is no entry.
    """

    position: int
    record: dict[str, Any] | None
    entry_id: int
    matches: bool


class Bundle:
    """Reads a bundle line by line, and checks each as it comes."""

    def __init__(
        self,
        result: Result,
        sizes: Iterable[int],
        *,
        sample: int = 0,
        seed: str = "",
        progress: Callable[[int, int], None] | None = None,
    ) -> None:
        """Begin. `sizes` are those at which the root is wanted."""
        self.line = 0
        self.tree = Tree()
        self.decisions = Decisions()
        self.roots: dict[int, bytes] = {}
        self.counts = {"entries": 0, "erased": 0, "expired": 0, "matching": 0}
        # Position, id and facts of each entry without its personal part; positions without a record,
        # as runs from one up to another.
        self.erased: list[tuple[int, int, tuple[tuple[str, ...], ...]]] = []
        self.expired: list[list[int]] = []
        self.ids = array("q")
        self.ids_grow = True
        self.drawn: list[tuple[int, int, Any, bytes | None]] = []
        self._result = result
        self._sizes = sorted(set(sizes), reverse=True)
        self._sample, self._seed = sample, seed
        self._progress = progress
        self._current: Current | None = None
        self._run: list[int] = []
        self._run_start = 0
        self._second = (-1, "")

    def read(self, lines: Iterator[bytes]) -> None:
        """Read all of it. Raises `Broken` at the first line that Deedbook would not write."""
        running = hashlib.sha256()
        if self._next(lines, running) != FIRST_LINE[:-1]:
            raise NoBundle
        word, _, rest = self._next(lines, running).partition(b" ")
        if word != b"manifest":
            raise Broken("the manifest is missing")
        self.manifest = Manifest(rest)
        handlers: dict[bytes, Callable[[bytes], None]] = {
            b"record": self._take_record,
            b"personal": self._take_personal,
            b"leaf": self._take_leaf,
            b"tree": self._take_subtree,
        }
        while True:
            content = self._next(lines, running)
            word, _, rest = content.partition(b" ")
            if content == b"erased":
                self._take_erased()
            elif word in handlers:
                handlers[word](rest)
            else:
                break
        self._take_counts(word, rest)
        self.signed_digest = running.hexdigest()
        self.signature = _signature_in(self._next(lines, running))
        self.digest = running.hexdigest()
        self.line += 1
        if next(lines, b"") != f"sha256 {self.digest}\n".encode():
            raise Broken("the last line is not the digest of all that stands above it")
        if next(lines, None) is not None:
            raise Broken("there is more after the last line")

    def _next(self, lines: Iterator[bytes], running: hashlib._Hash) -> bytes:
        """Give the next line without its end."""
        self.line += 1
        line = next(lines, b"")
        running.update(line)
        if line[-1:] != b"\n":
            if self.line == 1:
                raise NoBundle
            raise Broken("the file is cut short here" if len(line) < MAX_LINE else "it is too long")
        return line[:-1]

    # -- what lies in the range, and the records of what was decided beside it --

    def _take_record(self, content: bytes) -> None:
        self._close()
        position = self.tree.size
        inside = position in self.manifest.shown
        record, entry_id, matches = None, 0, False
        try:
            record = read_json(content)
            entry_id = self._check(record)
            matches = inside and self.manifest.filter.accepts(record, entry_id >> COUNTER_BITS)
            if record["effect"] is not None:
                self._take_effect(record, entry_id, position)
        except Broken as error:
            # Whoever holds the database can have anything sealed.
            record = None
            self._result.problem(
                f"What is kept at position {position:,} is no entry: {error}.", "what is no entry"
            )
        if not inside and (record is None or record["effect"] is None):
            raise Broken("a record beside the range that decides nothing")
        self._grow(leaf_hash(content), 0)
        if inside:
            self.counts["entries"] += 1
            self._current = Current(position, record, entry_id, matches)

    def _check(self, record: dict[str, Any]) -> int:
        """Check what every record has to have, and give its id as a number. Raises `Broken`."""
        if not _is_record(record):
            raise Broken("it has not the fields of one")
        if record["instance_id"] != self.manifest.instance_id:
            raise Broken("it is of another log")
        found = _ENTRY_ID.fullmatch(record["id"])
        entry_id = 0
        for character in found[1] if found else "":
            entry_id = entry_id * 62 + _BASE62[character]
        if found is None or entry_id > MAX_SIZE or record["created_at"] != self._instant(entry_id):
            raise Broken("its id and its time differ")
        self.ids_grow = self.ids_grow and (not self.ids or self.ids[-1] < entry_id)
        self.ids.append(entry_id)
        return entry_id

    def _instant(self, entry_id: int) -> str:
        second, milliseconds = divmod(entry_id >> COUNTER_BITS, 1000)
        if self._second[0] != second:
            moment = EPOCH + timedelta(seconds=second)
            self._second = (second, moment.strftime("%Y-%m-%dT%H:%M:%S"))
        return f"{self._second[1]}.{milliseconds:03d}Z"

    def _take_effect(self, record: dict[str, Any], entry_id: int, position: int) -> None:
        wrong = self.decisions.take(record["effect"], entry_id, position)
        if wrong is not None:
            self._result.problem(f"The entry at position {position:,} was forged: {wrong}.")

    def _take_personal(self, content: bytes) -> None:
        current = self._shown()
        found = _SALT.match(content)
        if found is None:
            raise Broken("a personal part without its salt")
        personal = content[found.end() :]
        bound = hashlib.sha256(bytes.fromhex(found[1].decode()) + personal).hexdigest()
        if current.record is not None and bound != current.record["personal_hash"]:
            self._result.problem(
                f"The personal part at position {current.position:,} is not the one that its record"
                " binds.",
                "personal parts that no record binds",
            )
        self._draw(current, personal)

    def _take_erased(self) -> None:
        current = self._shown()
        self.counts["erased"] += 1
        if current.record is not None:
            self.erased.append((current.position, current.entry_id, _facts(current.record)))
        self._draw(current, None)

    def _shown(self) -> Current:
        """Give the record that the line belongs to; it is shown from now on."""
        current, self._current = self._current, None
        if current is None:
            raise Broken("a personal part without its record")
        self.counts["matching"] += 1
        if not current.matches and current.record is not None:
            self._result.problem(
                f"The entry at position {current.position:,} is shown, and does not match the"
                " filter.",
                "entries that do not match",
            )
        return current

    def _draw(self, current: Current, personal: bytes | None) -> None:
        """Keep the entry if it is among the lowest by SHA-256(seed ‖ ":" ‖ position)."""
        if self._sample <= 0:
            return
        hash_ = hashlib.sha256(f"{self._seed}:{current.position}".encode("utf-8", "replace"))
        rank = -int.from_bytes(hash_.digest(), "big")
        item = (rank, current.position, current.record, personal)
        if len(self.drawn) < self._sample:
            heapq.heappush(self.drawn, item)
        elif rank > self.drawn[0][0]:
            heapq.heapreplace(self.drawn, item)

    def _take_leaf(self, content: bytes) -> None:
        self._close()
        position = self.tree.size
        if position not in self.manifest.shown or not _HEX_HASH.fullmatch(content):
            raise Broken("a leaf beside the range, or one that is no hash")
        self.counts["expired"] += 1
        if self.expired and self.expired[-1][1] == position:
            self.expired[-1][1] += 1
        else:
            self.expired.append([position, position + 1])
        self._grow(bytes.fromhex(content.decode()), 0)

    # -- what lies beside the range, and the end --

    def _take_subtree(self, content: bytes) -> None:
        self._close_record()
        found = _TREE.fullmatch(content)
        if found is None:
            raise Broken("a subtree that is no hash")
        level, start, shown = int(found[1]), self.tree.size, self.manifest.shown
        end = start + (1 << level)
        if start % (1 << level) or (start < shown.stop and end > shown.start):
            raise Broken("a subtree where none can be")
        if not self._run:
            self._run_start = start
        self._run.append(level)
        self._grow(bytes.fromhex(found[2].decode()), level)
        if end == shown.start:
            self._close()

    def _close(self) -> None:
        """Close the record before, and the subtrees before."""
        self._close_record()
        if self._run:
            levels, self._run = self._run, []
            if levels != subtree_levels(self._run_start, self.tree.size):
                raise Broken("the subtrees before are not the largest")

    def _close_record(self) -> None:
        current, self._current = self._current, None
        if current is not None and current.matches and self.manifest.filter.can_be_told:
            self._result.problem(
                f"The entry at position {current.position:,} matches the filter, and was left out.",
                "entries that were left out",
            )

    def _take_counts(self, word: bytes, content: bytes) -> None:
        self._close()
        if word != b"counts":
            raise Broken("no line of a bundle begins so")
        if self.tree.size != self.manifest.checkpoint.size:
            raise Broken(f"it ends after {self.tree.size:,} positions, and its checkpoint does not")
        if read_json(content) != self.counts:
            raise Broken("its counts are not those of the file")

    def _grow(self, hash_: bytes, level: int) -> None:
        self.tree.append(hash_, level)
        size = self.tree.size
        if size > self.manifest.checkpoint.size:
            raise Broken("there are more positions than the checkpoint covers")
        while self._sizes and self._sizes[-1] <= size:
            if self._sizes.pop() == size:
                self.roots[size] = self.tree.root()
        if self._progress is not None and size % 1000 == 0:
            self._progress(size, self.manifest.checkpoint.size)


_TEXTS = (
    "id",
    "instance_id",
    "created_at",
    "actor_type",
    "feature",
    "operation",
    "action",
    "outcome",
    "entity_type",
    "entity_id",
    "personal_hash",
)
_TEXTS_OR_NULL = ("user_id", "api_key_id", "request_id", "session_id", "evidence_hash")
_NULLABLE = frozenset((*_TEXTS_OR_NULL, "effect", "has_passkey"))


_TEXT_TYPES, _NULL_TYPES = {str}, {str, type(None)}
_EFFECT_TYPES, _PASSKEY_TYPES = (dict, type(None)), (bool, type(None))


def _is_record(record: dict[str, Any]) -> bool:
    get = record.get
    refs = get("refs")
    return (
        get("v") == 1
        and set(map(type, map(get, _TEXTS))) == _TEXT_TYPES
        and set(map(type, map(get, _TEXTS_OR_NULL))) <= _NULL_TYPES
        and record.keys() >= _NULLABLE
        and type(get("effect")) in _EFFECT_TYPES
        and type(get("has_passkey")) in _PASSKEY_TYPES
        and type(refs) is list
        and all(map(_is_ref, refs))
    )


def _is_ref(ref: object) -> bool:
    return type(ref) is dict and type(ref.get("type")) is type(ref.get("id")) is str


def _signature_in(content: bytes) -> str:
    """Give `NAME BASE64` of the line that signs a bundle. Raises `Broken`."""
    try:
        word, _, rest = content.decode().partition(" ")
    except ValueError:
        word, rest = "", ""
    name, _, encoded = rest.partition(" ")
    signature = _from_base64(encoded)
    if word != "signature" or not name or signature is None or len(signature) != 68:
        raise Broken("the signature is missing")
    return rest


# ---- Judging -------------------------------------------------------------------------------------


def verify(
    lines: Iterator[bytes],
    *,
    key: Key | None = None,
    remembered: Sequence[Checkpoint] = (),
    sample: int = 0,
    seed: str = "",
    progress: Callable[[int, int], None] | None = None,
) -> Result:
    """Check a bundle, given as its lines with their ends; never raises for what is in them.

    `key` is the public key that you trust, `remembered` the checkpoints that you kept. `progress` is
    told how many positions of how many are done.
    """
    result = Result()
    sizes = [each.size for each in remembered]
    bundle = Bundle(result, sizes, sample=sample, seed=seed, progress=progress)
    try:
        bundle.read(lines)
    except NoBundle:
        result.doubts.append(
            "This is no bundle, or one of a version that this verifier is not for."
        )
        return result
    except Broken as error:
        result.problem(f"Line {bundle.line:,} is not as Deedbook writes it: {error}.")
        return result
    _describe(bundle, result)
    _judge_entries(bundle, result)
    _judge_signatures(bundle, key, result)
    for each in remembered:
        _judge_remembered(each, bundle, key or bundle.manifest.key, result)
    if not remembered:
        result.notes.append(
            "You gave no checkpoint that you remember: nothing here shows that no other version of"
            " this log exists."
        )
    result.sample = [
        Sampled(position, record, personal)
        for _, position, record, personal in sorted(bundle.drawn, key=lambda each: each[1])
    ]
    return result


def _describe(bundle: Bundle, result: Result) -> None:
    manifest, counts = bundle.manifest, bundle.counts
    shown, size = manifest.shown, manifest.checkpoint.size
    time = manifest.checkpoint.time
    signed = f", signed {time.isoformat(timespec='milliseconds')}" if time else ""
    result.facts = {
        "Log": manifest.origin,
        "Made": manifest.made_at.isoformat(timespec="milliseconds"),
        "Filter": str(manifest.filter),
        "Positions": f"{shown.start:,} up to {shown.stop:,} of {size:,}",
        "Checkpoint": f"{size:,} entries{signed}, root {_base64(manifest.checkpoint.root)}",
        "Key": str(manifest.key),
        "SHA-256": bundle.digest,
    }
    matching = counts["matching"]
    told = f"{matching:,} of {counts['entries']:,} entries match"
    if not manifest.filter.can_be_told:
        names = ", ".join(sorted({*manifest.filter.personal, *manifest.filter.unknown}))
        result.notes.append(
            f"{matching:,} of {counts['entries']:,} entries are shown. Whether these are all that"
            f" match cannot be told: the filter asks for what no record holds ({names})."
        )
    elif not result.problems:
        result.notes.append(f"{told}, and all {matching:,} are here.")
    if shown != range(size):
        result.notes.append("Of the positions beside this range the file holds hashes alone.")
    if counts["erased"]:
        result.notes.append(f"The personal part of {counts['erased']:,} of these is erased.")
    if counts["expired"]:
        result.notes.append(
            f"{counts['expired']:,} entries are beyond the log's retention: whether they would match"
            " cannot be told."
        )


def _judge_entries(bundle: Bundle, result: Result) -> None:
    """Judge what could only be told once everything was read."""
    checkpoint, decisions = bundle.manifest.checkpoint, bundle.decisions
    if bundle.tree.root() != checkpoint.root:
        result.problem(
            f"The tree over these {checkpoint.size:,} records is not the one that was signed: records"
            " were changed, removed, added or moved."
        )
    for position, entry_id, facts in bundle.erased:
        if position >= decisions.horizon and not decisions.erases(facts, entry_id):
            result.problem(
                f"The personal part at position {position:,} is missing, and no entry of the log"
                " decided so.",
                "missing personal parts",
            )
    for start, stop in bundle.expired:
        if stop > decisions.horizon:
            result.problem(
                f"The records from position {max(start, decisions.horizon):,} up to {stop:,} are"
                " missing, and no entry of the log decided so.",
                "missing records",
            )
    # Nearly always they grow; then there is nothing to sort.
    ids = [] if bundle.ids_grow else sorted(bundle.ids)
    if any(map(operator.eq, ids, itertools.islice(ids, 1, None))):
        result.problem("An entry is in the log more than once.")


def _judge_signatures(bundle: Bundle, key: Key | None, result: Result) -> None:
    manifest = bundle.manifest
    text = f"{SIGNED_TITLE}\n{manifest.origin}\n{bundle.signed_digest}\n"
    if not manifest.key.signed(text, bundle.signature):
        result.problem("The signature of the file does not fit it.")
    if manifest.checkpoint.origin != manifest.origin:
        result.problem(
            f"Its checkpoint is of another log: {manifest.checkpoint.origin}, not {manifest.origin}."
        )
    if not manifest.checkpoint.signed_by(manifest.key):
        result.problem("The signature of its checkpoint does not fit it.")
    if key is None:
        result.doubts.append(
            "You gave no key: it is consistent in itself, and anybody could have made it. Ask for the"
            " key in another way, and give it with --key."
        )
    elif key == manifest.key:
        result.notes.append("It is signed by the key that you gave.")
    elif bundle.decisions.leads_to(key, manifest.key):
        result.notes.append(
            "It is signed by a key that the one that you gave endorsed, as entries of the log tell."
        )
    else:
        result.problem(
            f"It is not signed by the key that you gave, but by {manifest.key}, which yours does not"
            " endorse."
        )


def _judge_remembered(remembered: Checkpoint, bundle: Bundle, key: Key, result: Result) -> None:
    """Compare a checkpoint that somebody kept with the log as it is in the bundle."""
    manifest = bundle.manifest
    named = f"The checkpoint of {remembered.size:,} entries that you remember"
    if remembered.origin != manifest.origin:
        result.doubts.append(f"{named} is of another log: {remembered.origin}.")
        return
    root = bundle.roots.get(remembered.size)
    if root == remembered.root:
        result.notes.append(f"{named} fits.")
    elif not _is_of_the_log(remembered, bundle.decisions, key):
        result.doubts.append(
            f"{named} does not fit, and no key of this log signed it as it stands."
        )
    elif root is not None:
        result.problem(
            f"{named} does not fit: the log has another history than the one that was signed then."
        )
    elif remembered.size > manifest.checkpoint.size:
        _judge_shorter(remembered, manifest, named, result)
    else:
        result.doubts.append(f"{named} lies within what this file holds only hashes of.")


def _judge_shorter(remembered: Checkpoint, manifest: Manifest, named: str, result: Result) -> None:
    size = manifest.checkpoint.size
    if remembered.time and remembered.time + CLOCK_MARGIN < manifest.made_at:
        result.problem(
            f"{named} is older than this file, which ends after {size:,}: entries were cut off the"
            " end of the log, or an old copy of it was put in its place."
        )
    else:
        result.doubts.append(
            f"{named} is no older than this file, which ends after {size:,}: ask for a newer file."
        )


def _is_of_the_log(checkpoint: Checkpoint, decisions: Decisions, key: Key) -> bool:
    """Tell whether a key signed a checkpoint that is the log's: the given one, one before or after it."""
    keys = {key, *(each for pair in decisions.rotations for each in pair)}
    related = (
        each for each in keys if decisions.leads_to(key, each) or decisions.leads_to(each, key)
    )
    return any(checkpoint.signed_by(each) for each in related)


# ---- Telling people ------------------------------------------------------------------------------


def shown(text: object) -> str:
    """Give text that cannot steer a terminal or a page: what is not printable shows as U+FFFD."""
    return "".join(
        each
        if each.isprintable() and unicodedata.category(each) not in ("Cf", "Cs", "Co")
        else "\ufffd"
        for each in str(text)
    )


def _sample_line(drawn: Sampled) -> list[str]:
    """Give the cells of an entry that was drawn."""
    record = drawn.record or {}
    personal: dict[str, Any] = {}
    with contextlib.suppress(Broken):
        personal = read_json(drawn.personal or b"")
    actor = personal.get("actor")
    who = actor.get("name") or actor.get("email") if isinstance(actor, dict) else None
    actor_id = record.get("user_id") or record.get("api_key_id") or record.get("actor_type")
    label = personal.get("entity_label") or ("" if drawn.personal else "(erased)")
    cells = (
        f"{drawn.position:,}",
        record.get("id"),
        record.get("created_at"),
        actor_id,
        who or "",
        record.get("action"),
        record.get("entity_id"),
        label,
    )
    return [shown(each) for each in cells]


def text_report(result: Result) -> str:
    """Give what was found in plain words."""
    lines = [result.verdict, ""]
    lines += [f"{name}: {shown(value)}" for name, value in result.facts.items()]
    for title, texts in (
        ("Tampered with:", result.problems),
        ("Cannot be told:", result.doubts),
        ("Found:", result.notes),
    ):
        if texts:
            lines += ["", title, *(f"- {shown(each)}" for each in texts)]
    if result.sample:
        lines += ["", "Drawn for comparison by hand:"]
        lines += [
            f"- {' · '.join(cell for cell in _sample_line(s) if cell)}" for s in result.sample
        ]
    return "\n".join(lines) + "\n"


_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Audit log verified</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>
body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }}
h1 {{ font-size: 1.4rem; border-left: .5rem solid {colour}; padding-left: .75rem }}
table {{ border-collapse: collapse; font-size: .85rem }}
td, th {{ text-align: left; vertical-align: top; padding: .2rem .75rem .2rem 0;
  overflow-wrap: anywhere }}
</style></head><body>
<h1>{verdict}</h1>
{body}
<p>Made by verify.py, which trusts nobody: anyone with the file, the key and the checkpoints can make
this page again.</p>
</body></html>
"""
_COLOURS = {OK: "#1a7f37", TAMPERED: "#cf222e", CANNOT_TELL: "#9a6700"}


def html_report(result: Result) -> str:
    """Give what was found as a page that needs nothing else."""
    parts = ["<table>"]
    parts += [
        f"<tr><th>{_e(name)}</th><td>{_e(value)}</td></tr>" for name, value in result.facts.items()
    ]
    parts.append("</table>")
    for title, texts in (
        ("Tampered with", result.problems),
        ("Cannot be told", result.doubts),
        ("Found", result.notes),
    ):
        if texts:
            items = "".join(f"<li>{_e(each)}</li>" for each in texts)
            parts.append(f"<h2>{title}</h2><ul>{items}</ul>")
    if result.sample:
        rows = (
            "<tr>" + "".join(f"<td>{_e(cell)}</td>" for cell in _sample_line(each)) + "</tr>"
            for each in result.sample
        )
        parts.append(f"<h2>Drawn for comparison by hand</h2><table>{''.join(rows)}</table>")
    return _PAGE.format(
        colour=_COLOURS[result.status], verdict=_e(result.verdict), body="\n".join(parts)
    )


def _e(text: object) -> str:
    return html.escape(shown(text))


# ---- The command ---------------------------------------------------------------------------------


def lines_of(file: BinaryIO) -> Iterator[bytes]:
    """Give the lines of a file with their ends; one that is too long comes without."""
    while True:
        line = file.readline(MAX_LINE)
        if not line:
            return
        yield line


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="verify.py",
        description="Check a bundle of a Deedbook audit log.",
        epilog="Exit status: 0 all is well, 1 tampered with, 2 cannot tell.",
    )
    parser.add_argument("bundle", metavar="BUNDLE", help="the file to check")
    parser.add_argument("--key", metavar="FILE", help="the public key that you trust, in a file")
    parser.add_argument(
        "--checkpoint",
        metavar="FILE",
        action="append",
        default=[],
        help="a checkpoint that you remember; a saved mail with one in it will do",
    )
    parser.add_argument(
        "--sample", metavar="N", type=int, default=0, help="draw so many entries to compare by hand"
    )
    parser.add_argument("--seed", metavar="S", default="", help="what decides which are drawn")
    parser.add_argument("--report", metavar="FILE.html", help="write what was found as a page")
    return parser.parse_args(arguments)


def _key_in(path: str) -> Key:
    with open(path, "rb") as file:
        found = _KEY.search(file.read(65536).decode("utf-8", "replace"))
    key = read_key(found[0]) if found else None
    if key is None:
        raise OSError(f"{path} holds no public key (NAME+ID+KEY)")
    return key


def _remembered_in(paths: Sequence[str]) -> list[Checkpoint]:
    remembered: list[Checkpoint] = []
    for path in paths:
        with open(path, "rb") as file:
            found = checkpoints_in(file.read(MAX_LINE))
        if not found:
            raise OSError(f"{path} holds no checkpoint")
        remembered += found
    return remembered


def main(arguments: Sequence[str] | None = None) -> int:
    """Check what the command line names, say what was found, and give the exit status."""
    options = _arguments(arguments)
    try:
        key = _key_in(options.key) if options.key else None
        remembered = _remembered_in(options.checkpoint)
        with open(options.bundle, "rb") as file:
            result = verify(
                lines_of(file),
                key=key,
                remembered=remembered,
                sample=options.sample,
                seed=options.seed,
            )
        if options.report:
            with open(options.report, "w", encoding="utf-8") as page:
                page.write(html_report(result))
    except (OSError, ValueError) as error:
        sys.stderr.write(f"verify.py: {shown(error)}\n")
        return CANNOT_TELL
    text = text_report(result)
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    return result.status


if __name__ == "__main__":
    sys.exit(main())

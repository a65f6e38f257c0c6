"""How the two byte strings of an entry are stored: as they are, or compressed.

What is hashed, exported and served is the plain bytes; the `encoding` of a row says how its bytes lead back
to them. 0 is plain. Any other number names the dictionary of zstd (RFC 8878) that they were compressed
with: each string is one frame, without the four bytes that all frames begin with. A dictionary is never
changed and never removed, since nothing else can read what was stored with it; a better one gets the next
number.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from typing import Any, Final

import zstandard

from deedbook.engine.errors import DamagedDictionary, UnknownEncoding

PLAIN: Final = 0
# What is written now.
NEWEST: Final = 1
# The SHA-256 of every dictionary that there ever was, by its number.
DICTIONARIES: Final = {1: "01093b59be56422ad08e616fba062362b6f6a4c33d59b388cc4eb2153f324d82"}

# What is longer stays plain, so that no row, whoever wrote it, unfolds to more.
MAX_BYTES: Final = 1 << 20
LEVEL: Final = 3
_MAGIC: Final = zstandard.FRAME_HEADER


def pack_both(record: bytes, personal: bytes) -> tuple[int, bytes, bytes]:
    """Give the encoding for a new entry, and its two strings as that stores them."""
    if max(len(record), len(personal)) <= MAX_BYTES:
        packed = pack(NEWEST, record), pack(NEWEST, personal)
        if sum(map(len, packed)) < len(record) + len(personal):
            return NEWEST, *packed
    return PLAIN, record, personal


def pack(encoding: int, plain: bytes) -> bytes:
    """Give plain bytes as an encoding stores them."""
    if encoding == PLAIN:
        return plain
    return _THREAD.compressor(encoding).compress(plain)[len(_MAGIC) :]


def unpack(encoding: int, stored: bytes) -> bytes:
    """Give the plain bytes of what is stored.

    What was packed by nobody is given as it is: it is not what was sealed, and every check of the log
    says so. Raises `UnknownEncoding` for one of a later version, and `DamagedDictionary`.
    """
    if encoding == PLAIN:
        return stored
    decompressor = _THREAD.decompressor(encoding)
    frame = _MAGIC + stored
    try:
        # Decompressing takes as much memory as the frame says.
        if not 0 <= zstandard.frame_content_size(frame) <= MAX_BYTES:
            return stored
        return decompressor.decompress(frame)
    except zstandard.ZstdError:
        return stored


def unpack_all(encoding: int, stored: Sequence[bytes]) -> list[bytes]:
    """Give the plain bytes of many, as `unpack` does of one.

    In one call, since each lets another thread run before it goes on, and of a page there are a hundred.
    """
    if encoding == PLAIN:
        return list(stored)
    frames: list[bytes | bytearray | memoryview] = [_MAGIC + each for each in stored]
    try:
        if frames and all(0 < zstandard.frame_content_size(frame) <= MAX_BYTES for frame in frames):
            found = _THREAD.decompressor(encoding).multi_decompress_to_buffer(frames)
            return [found[place].tobytes() for place in range(len(found))]
    except zstandard.ZstdError:
        # One of them is damaged: it is given as it is, and no other.
        pass
    return [unpack(encoding, each) for each in stored]


def unpacked(rows: Sequence[Sequence[Any]], at: int, *, strings: int = 2) -> Iterator[list[Any]]:
    """Give rows without the encoding that they have at a place, and with the strings after that plain."""
    end = at + 1 + strings
    stored: dict[int, list[bytes]] = {}
    for row in rows:
        them = (each for each in row[at + 1 : end] if each is not None)
        stored.setdefault(row[at], []).extend(them)
    plain = {encoding: iter(unpack_all(encoding, them)) for encoding, them in stored.items()}
    for row in rows:
        in_turn = plain[row[at]]
        its_own = [None if each is None else next(in_turn) for each in row[at + 1 : end]]
        yield [*row[:at], *its_own, *row[end:]]


def _compressor(encoding: int) -> zstandard.ZstdCompressor:
    # The row says which dictionary it was, and hashes whether the bytes are right.
    return zstandard.ZstdCompressor(
        dict_data=_dictionary(encoding), write_dict_id=False, write_checksum=False
    )


def _decompressor(encoding: int) -> zstandard.ZstdDecompressor:
    return zstandard.ZstdDecompressor(dict_data=_dictionary(encoding))


@cache
def _dictionary(encoding: int) -> zstandard.ZstdCompressionDict:
    """Read a dictionary of this package, and prepare it for compressing."""
    if encoding not in DICTIONARIES:
        raise UnknownEncoding(encoding)
    file = resources.files(__package__).joinpath("dictionaries", f"{encoding}.zdict")
    content = file.read_bytes()
    # With any other, entries would be written that can never be read.
    if hashlib.sha256(content).hexdigest() != DICTIONARIES[encoding]:
        raise DamagedDictionary(encoding)
    dictionary = zstandard.ZstdCompressionDict(content, dict_type=zstandard.DICT_TYPE_FULLDICT)
    dictionary.precompute_compress(level=LEVEL)
    return dictionary


class _Thread(threading.local):
    """What compresses and decompresses in one thread, by encoding: threads cannot share it."""

    def __init__(self) -> None:
        self.compressor = cache(_compressor)
        self.decompressor = cache(_decompressor)


_THREAD: Final = _Thread()

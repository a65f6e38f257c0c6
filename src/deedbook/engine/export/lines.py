"""JSON Lines: an entry a line, each the bytes that the API serves, and a last line that ends the export.

The last line is no entry: `{"export":{"entries":…,"sha256":…}}`, with the SHA-256 of all bytes before it.
Without it the export was cut short.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence

from deedbook.engine.canonical import encode
from deedbook.engine.entry import Entry


def write_lines(pieces: Iterable[Sequence[Entry]]) -> Iterator[bytes]:
    """Give the file, a chunk for each piece."""
    digest, count = hashlib.sha256(), 0
    for piece in pieces:
        chunk = b"".join(entry.wire() + b"\n" for entry in piece)
        digest.update(chunk)
        count += len(piece)
        yield chunk
    yield encode({"export": {"entries": count, "sha256": digest.hexdigest()}}) + b"\n"

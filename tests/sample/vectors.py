"""The bundles of docs/vectors, which an auditor's own verifier can be tried with.

`python tests/sample/vectors.py` writes them again; they are the same every time.
"""

from __future__ import annotations

import hashlib
import sys
from dataclasses import replace
from pathlib import Path
from typing import Final

from deedbook.engine.entry import bound_hash
from deedbook.engine.integrity.note import Signer
from sample.bundles import (
    Log,
    Row,
    erasure,
    expiry,
    filters_of,
    loan,
    moment,
    resigned,
    rotation,
)
from sample.catalogue import ADA, KEY
from sample.sealing import SIGNER

FOLDER: Final = Path(__file__).parents[2] / "docs" / "vectors"
NEXT: Final = Signer("deedbook", bytes(range(32, 64)))
ADAS: Final = "user_id=us_00000000000A"


def _salted(row: Row, number: int) -> Row:
    """Give the row with a salt that is no secret."""
    assert row.personal is not None
    salt = hashlib.sha256(b"%d" % number).digest()[:16]
    return replace(row.saying(personal_hash=bound_hash(salt, row.personal)), salt=salt)


def entries() -> list[Row]:
    """Give eight entries: the sixth erases the second, and the seventh says that the first expired."""
    loans = [loan(n, actor=(ADA, KEY)[n % 2]) for n in range(5)]
    rows = [*loans, erasure(5, {"entry_id": loans[1].told["id"]}), expiry(6, 1), loan(7)]
    return [_salted(row, number) for number, row in enumerate(rows)]


def vectors() -> dict[str, bytes]:
    """Give the files by their names."""
    begun = entries()
    rows = [begun[0].expired(), begun[1].erased(), *begun[2:]]
    log = Log(rows, sizes=[4])
    turned = _salted(rotation(8, SIGNER, NEXT), 8)
    filtered = log.bundle(filters_of(ADAS))
    lines = filtered.splitlines(keepends=True)[:-2]
    left = next(n for n, line in enumerate(lines) if line.startswith(b"personal "))
    counts = lines[-1].replace(b'"matching":3', b'"matching":2')
    edited = [*rows[:2], rows[2].saying(metadata={"book": "Emma", "fee": "9.99"}), *rows[3:]]
    hidden = [*rows[:3], rows[3].erased(), *rows[4:]]
    return {
        "key.txt": f"{SIGNER.verifier}\n".encode(),
        "checkpoint.txt": log.notes[4].encode(),
        "whole.bundle": log.bundle(),
        "filtered.bundle": filtered,
        "range.bundle": log.bundle(positions=range(2, 5)),
        "personal-filter.bundle": log.bundle(filters_of("country=NO")),
        "rotated.bundle": Log([*rows, turned], turns={9: NEXT}).bundle(),
        "edited.bundle": Log(edited).bundle(),
        "hidden.bundle": Log(hidden).bundle(),
        "left-out.bundle": resigned([*lines[:left], *lines[left + 1 : -1], counts], SIGNER),
        "cut.bundle": log.bundle()[:-80],
        "old.bundle": Log(begun[:3]).bundle(made_at=moment(10_000)),
    }


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, content in vectors().items():
        (FOLDER / name).write_bytes(content)
    sys.stdout.write(f"{len(vectors())} files in {FOLDER}\n")

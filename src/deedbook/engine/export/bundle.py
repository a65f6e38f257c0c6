"""The bundle: the log of an instance in one file that proves itself (docs/bundle-format.md).

    for chunk in write_bundle(store, filters, signer):
        file.write(chunk)

It carries the record of every position in its range, and `personal` of what matches the filters alone.
Its last two lines are a signature and a digest of all that stands above: what is cut short has neither.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from deedbook.engine import ids
from deedbook.engine.canonical import encode
from deedbook.engine.errors import DamagedLog, DeedbookError, InvalidParameters
from deedbook.engine.export.parameters import parameters_of
from deedbook.engine.filters import Filters, Match
from deedbook.engine.integrity.checkpoint import Checkpoint, read_checkpoint
from deedbook.engine.integrity.note import Signer, UnverifiedNote, open_note, signature_line
from deedbook.engine.page import MAX_LIMIT, Page
from deedbook.engine.sealing import SignedCheckpoint
from deedbook.engine.store import EntryStore
from deedbook.engine.store.tables import Body

FIRST_LINE: Final = b"deedbook bundle 1\n"
TITLE: Final = "deedbook/bundle"
# What a verifier has to know of the rest of the log: who signs, and what was forgotten.
DECISIONS: Final = frozenset(
    {"audit_log.key_rotated", "audit_log.personal_erased", "audit_log.entries_expired"}
)
_CHUNK: Final = 500


class NotSealedYet(DeedbookError):
    """The log is not under a checkpoint yet that can go into a bundle; try again in a second."""

    code = "AUDIT_LOG_NOT_SEALED"
    status = 409


def write_bundle(
    store: EntryStore,
    filters: Filters,
    signer: Signer,
    *,
    positions: range | None = None,
    made_at: datetime | None = None,
) -> Iterator[bytes]:
    """Give the bundle of a log, a chunk at a time; whatever speaks against it is raised at once.

    The store must be open on one snapshot of the database until the end (`Database.snapshot`).
    `positions` narrows the range of the log that is shown; by default it is all of it. Raises
    `NotSealedYet` when no checkpoint of this key covers all that was decided, `InvalidParameters` for
    positions that there are not, and on the way `DamagedLog`.
    """
    signed, checkpoint = _newest_checkpoint(store, signer)
    shown = range(checkpoint.size) if positions is None else positions
    if shown.step != 1 or not 0 <= shown.start <= shown.stop <= checkpoint.size:
        raise InvalidParameters([f"positions: the checkpoint covers 0 to {checkpoint.size - 1}"])
    decided = _decided(store, checkpoint.size)
    manifest = {
        "checkpoint": signed.note,
        "end": shown.stop,
        "filter": parameters_of(filters, store.catalogue),
        "first": shown.start,
        "instance_id": store.instance_id,
        "key": str(signer.verifier),
        "made_at": _instant(made_at or datetime.now(UTC)),
        "origin": checkpoint.origin,
    }
    return _sealed(
        _content(store, filters, manifest, shown, checkpoint.size, decided),
        checkpoint.origin,
        signer,
    )


def _newest_checkpoint(store: EntryStore, signer: Signer) -> tuple[SignedCheckpoint, Checkpoint]:
    signed = store.proofs.checkpoint()
    if signed is None:
        raise NotSealedYet
    try:
        text = open_note(signed.note, [signer.verifier]).text
    except UnverifiedNote:
        # The key was replaced a moment ago: the entries that say so come under a checkpoint first.
        raise NotSealedYet from None
    return signed, read_checkpoint(text)


def _decided(store: EntryStore, size: int) -> list[int]:
    """Give the positions of the entries that decide about the log; all have to be under its size."""
    filters = Filters({"action": Match(DECISIONS)}, include=store.catalogue.on_request)
    decided: list[int] = []
    page = Page(limit=MAX_LIMIT)
    while True:
        found = store.find(filters, page)
        for each in found.entries:
            if each.sequence is None or each.sequence >= size:
                raise NotSealedYet
            decided.append(each.sequence)
        if found.next_page is None:
            return sorted(decided)
        page = Page(limit=MAX_LIMIT, after=ids.read(found.next_page))


def _content(
    store: EntryStore,
    filters: Filters,
    manifest: dict[str, object],
    shown: range,
    size: int,
    decided: list[int],
) -> Iterator[bytes]:
    """Give all lines above the signature."""
    yield FIRST_LINE + b"manifest " + encode(manifest) + b"\n"
    yield from _beside(store, range(shown.start), decided)
    counts: Counter[str] = Counter(entries=0, erased=0, expired=0, matching=0)
    for first in range(shown.start, shown.stop, _CHUNK):
        part = range(first, min(first + _CHUNK, shown.stop))
        matching = store.positions(filters, part.start, part.stop)
        yield b"".join(
            _position(each, counts, matches=each.sequence in matching)
            for each in _bodies(store, part)
        )
    yield from _beside(store, range(shown.stop, size), decided)
    yield b"counts " + encode(counts) + b"\n"


def _bodies(store: EntryStore, part: range) -> list[Body]:
    bodies = store.bodies(part.start, part.stop)
    if [each.sequence for each in bodies] != list(part):
        raise DamagedLog(f"Of the positions {part.start} to {part.stop - 1} not all are there.")
    return bodies


def _position(body: Body, counts: Counter[str], *, matches: bool) -> bytes:
    """Give the lines of a position within the range."""
    if body.record is None:
        counts["expired"] += 1
        return b"leaf " + body.leaf_hash.hex().encode() + b"\n"
    counts["entries"] += 1
    line = b"record " + _one_line(body.record, body) + b"\n"
    if not matches:
        return line
    counts["matching"] += 1
    if body.personal is None or body.salt is None:
        counts["erased"] += 1
        return line + b"erased\n"
    salt = body.salt.hex().encode()
    return line + b"personal " + salt + b" " + _one_line(body.personal, body) + b"\n"


def _one_line(document: bytes, body: Body) -> bytes:
    if b"\n" in document:
        raise DamagedLog(f"What is kept at position {body.sequence} is no entry.")
    return document


def _beside(store: EntryStore, part: range, decided: list[int]) -> Iterator[bytes]:
    """Give the lines of what lies beside the range: hashes, and the records of what was decided."""
    subtree_hash = store.proofs.subtree_hashes()
    start = part.start
    for stop in [each for each in decided if each in part] + [part.stop]:
        for level, place in subtrees(start, stop):
            yield b"tree %d %s\n" % (level, subtree_hash(level, place).hex().encode())
        if stop < part.stop:
            (body,) = _bodies(store, range(stop, stop + 1))
            yield _position(body, Counter(), matches=False)
        start = stop + 1


def subtrees(start: int, stop: int) -> Iterator[tuple[int, int]]:
    """Give the largest complete subtrees, as level and place, that span a range of leaves."""
    while start < stop:
        level = (stop - start).bit_length() - 1
        if start:
            level = min(level, (start & -start).bit_length() - 1)
        yield level, start >> level
        start += 1 << level


def _sealed(chunks: Iterator[bytes], origin: str, signer: Signer) -> Iterator[bytes]:
    """Give chunks, and the two lines that end a bundle."""
    digest = hashlib.sha256()
    for chunk in chunks:
        digest.update(chunk)
        yield chunk
    # What is signed is short, so that nothing has to hold the whole file.
    signature = signature_line(f"{TITLE}\n{origin}\n{digest.hexdigest()}\n", signer)
    line = f"signature {signature}\n".encode()
    digest.update(line)
    yield line + f"sha256 {digest.hexdigest()}\n".encode()


def _instant(moment: datetime) -> str:
    told = moment.astimezone(UTC).isoformat(timespec="milliseconds")
    return told.replace("+00:00", "Z")

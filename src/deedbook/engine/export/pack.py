"""The evidence pack: a ZIP for people, with all that is needed to read a part of the log and check it.

A cover in plain text, the entries as a table, the bundle that proves them, the verifier and the public
key. Everything is of one moment and under one checkpoint. A ZIP that was cut short does not open.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import BinaryIO, Final

from deedbook.engine.catalogue import Catalogue
from deedbook.engine.entry import Entry
from deedbook.engine.export.bundle import write_bundle
from deedbook.engine.export.parameters import parameters_of
from deedbook.engine.export.spreadsheet import write_csv
from deedbook.engine.export.walk import walk
from deedbook.engine.filters import EXCLUDE, Filters
from deedbook.engine.integrity.note import Signer
from deedbook.engine.store import EntryStore

_TABLE: Final = "entries.csv"
_BUNDLE: Final = "log.bundle"
_VERIFIER: Final = "verify.py"
_KEY: Final = "public-key.txt"
_COVER: Final = "READ-ME-FIRST.txt"

_TEXT: Final = """\
EVIDENCE FROM THE AUDIT LOG OF {instance_id}

Taken by   {taken_by}
Taken at   {taken_at} (all times here and in the files are UTC)
Shows      {shows}
Entries    {count} of the {size} that the checkpoint below covers, positions 0 to {last}

{table}
    The entries as a table, for reading; opens in any spreadsheet. Text that a
    spreadsheet would run as a formula has an apostrophe before it.
    SHA-256 {table_digest}

{bundle}
    The same entries with the proof that they are what was signed, and that none
    that this filter shows was left out.
    SHA-256 {bundle_digest}

{verifier}
    Checks the bundle, with nothing but Python 3.8 or later and no network:

        python3 -I {verifier} {bundle} --key {key}

    Add --checkpoint FILE for each checkpoint that you remember; a saved mail with
    one in it will do.

{key}
    The key that the checkpoint is signed with. It lies beside what it is to prove:
    compare it with the one that you, or somebody you trust, kept from before.

    {public_key}

THE CHECKPOINT

{note}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """What the cover says of the pack's making: by whom, and when."""

    taken_by: str
    taken_at: datetime


def write_pack(
    file: BinaryIO,
    store: EntryStore,
    filters: Filters,
    signer: Signer,
    *,
    verifier: bytes,
    cover: Cover,
) -> None:
    """Write the pack into a file that can be sought in.

    The store must be open on one snapshot of the database. Raises what `write_bundle` raises.
    """
    bundle = write_bundle(store, filters, signer, made_at=cover.taken_at)
    signed = store.proofs.checkpoint()
    assert signed is not None, "a bundle needs one"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        moment = cover.taken_at.astimezone(UTC)
        add = _adder(archive, moment)
        counted = _Counted(_under(store, filters, signed.size))
        table_digest = add(_TABLE, write_csv(counted, store.catalogue))
        bundle_digest = add(_BUNDLE, bundle)
        add(_VERIFIER, [verifier])
        add(_KEY, [f"{signer.verifier}\n".encode()])
        text = _TEXT.format(
            instance_id=store.instance_id,
            taken_by=_printable(cover.taken_by),
            taken_at=moment.isoformat(timespec="seconds").replace("+00:00", "Z"),
            shows=_printable(in_words(filters, store.catalogue)),
            count=counted.count,
            size=signed.size,
            last=signed.size - 1,
            table=_TABLE,
            table_digest=table_digest,
            bundle=_BUNDLE,
            bundle_digest=bundle_digest,
            verifier=_VERIFIER,
            key=_KEY,
            public_key=signer.verifier,
            note=signed.note,
        )
        add(_COVER, [text.encode()])


def in_words(filters: Filters, catalogue: Catalogue) -> str:
    """Say what filters show, as people would: `feature is payout or payin; actor type is not system`."""
    values: dict[str, list[str]] = {}
    for name, value in parameters_of(filters, catalogue):
        values.setdefault(name, []).append(value)
    return "; ".join(map(_part_in_words, values, values.values())) or "everything"


def _part_in_words(name: str, values: Sequence[str]) -> str:
    told = " or ".join(values)
    match name:
        case "start_date":
            return f"from {told}"
        case "end_date":
            return f"before {told}"
        case "q":
            return f"found by {told}"
    field = name.removeprefix(EXCLUDE).replace("_", " ")
    return f"{field} is {'not ' if name.startswith(EXCLUDE) else ''}{told}"


def _under(store: EntryStore, filters: Filters, size: int) -> Iterator[Sequence[Entry]]:
    """Give the entries that match and that a checkpoint of this size covers."""
    for piece in walk(lambda read: read(store), filters):
        yield [each for each in piece if each.sequence is not None and each.sequence < size]


class _Counted:
    """Pieces, counted on their way."""

    def __init__(self, pieces: Iterable[Sequence[Entry]]) -> None:
        self._pieces = pieces
        self.count = 0

    def __iter__(self) -> Iterator[Sequence[Entry]]:
        for piece in self._pieces:
            self.count += len(piece)
            yield piece


def _adder(archive: zipfile.ZipFile, moment: datetime) -> Callable[[str, Iterable[bytes]], str]:
    """Give what adds a file to an archive, and gives its SHA-256 in hex."""

    def add(name: str, chunks: Iterable[bytes]) -> str:
        described = zipfile.ZipInfo(name, moment.timetuple()[:6])
        described.compress_type = zipfile.ZIP_DEFLATED
        # 0644, as of a plain file.
        described.external_attr = 0o100644 << 16
        digest = hashlib.sha256()
        with archive.open(described, "w", force_zip64=True) as file:
            for chunk in chunks:
                digest.update(chunk)
                file.write(chunk)
        return digest.hexdigest()

    return add


def _printable(text: str) -> str:
    return "".join(each if each.isprintable() else "\ufffd" for each in text)

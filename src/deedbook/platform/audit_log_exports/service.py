"""Rules about exports: each is recorded before its first byte, and what it gives is what is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, Final

from deedbook import verifier
from deedbook.database.base import now
from deedbook.engine import Actor, Catalogue, EntryStore
from deedbook.engine.export.bundle import write_bundle
from deedbook.engine.export.lines import write_lines
from deedbook.engine.export.pack import Cover, write_pack
from deedbook.engine.export.parameters import parameters_of
from deedbook.engine.export.spreadsheet import write_csv
from deedbook.engine.export.walk import Looks, walk
from deedbook.engine.filters import EXCLUDE, POSTED_FIELDS
from deedbook.engine.integrity.note import Signer
from deedbook.platform.audit_log_exports import audit
from deedbook.platform.audit_log_exports.schemas import Asked, Format
from deedbook.recording import UnitOfWork, open_log

# Filters whose values no list and no form of an id bounds.
_FREE: Final = frozenset({"entity_id", *POSTED_FIELDS})


def record_export(work: UnitOfWork, asked: Asked, signer: Signer) -> None:
    """Write down that the log is taken away. Raises `NotSealedYet` when what proves it is not there."""
    log = open_log(work.session, work.instance_id or "", work.catalogue)
    if asked.format.is_of_one_moment:
        write_bundle(log, asked.filters, signer)
    kept: list[str] = []
    free: list[str] = []
    for name, value in parameters_of(asked.filters, work.catalogue):
        (free if name.removeprefix(EXCLUDE) in _FREE else kept).append(f"{name}={value}")
    metadata = audit.ExportMetadata(asked.format.value, kept, free)
    work.record(audit.EXPORTED, None, metadata, entity_id=work.instance_id)


def chunks_of(looks: Looks, asked: Asked, catalogue: Catalogue) -> Iterator[bytes]:
    """Give a table or lines, a chunk at a time; the log is open only while a chunk is made."""
    pieces = walk(looks, asked.filters)
    return write_csv(pieces, catalogue) if asked.format is Format.CSV else write_lines(pieces)


def write_of_one_moment(
    file: BinaryIO, log: EntryStore, asked: Asked, signer: Signer, taken_by: Actor
) -> None:
    """Write a bundle or a pack from a log that is open on one snapshot of the database."""
    if asked.format is Format.PACK:
        cover = Cover(taken_by=_name_of(taken_by), taken_at=now())
        write_pack(file, log, asked.filters, signer, verifier=verifier.source(), cover=cover)
    else:
        file.writelines(write_bundle(log, asked.filters, signer))


def _name_of(actor: Actor) -> str:
    names = [each for each in (actor.name, actor.email) if each]
    return f"{', '.join(names)} ({actor.id})" if actor.id else "the operator of the server"

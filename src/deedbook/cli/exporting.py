"""Taking the log away from the command line."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from deedbook.cli.context import (
    InstanceId,
    load_settings,
    open_database,
    operator_alone,
    pair,
    unit_of_work,
)
from deedbook.database.connect import Database
from deedbook.engine import DeedbookError, EntryStore
from deedbook.engine.export.walk import Result
from deedbook.engine.integrity.note import Signer
from deedbook.on_disk import sync
from deedbook.platform.audit_log_exports.schemas import Asked, Format, read_asked
from deedbook.platform.audit_log_exports.service import (
    chunks_of,
    record_export,
    write_of_one_moment,
)
from deedbook.platform.catalogue import CATALOGUE
from deedbook.platform.identity.instances.models import Instance
from deedbook.platform.identity.instances.service import InstanceNotFound
from deedbook.platform.signing import SigningKeys
from deedbook.recording import open_log


class NotWritten(DeedbookError):
    """The export could not be written."""

    code = "EXPORT_NOT_WRITTEN"


def export(
    instance: InstanceId,
    format_: Annotated[
        Format,
        typer.Option(
            "--format",
            help="csv for spreadsheets, jsonl for the entries as they are served, bundle for what proves"
            " itself, pack for a ZIP of evidence for people.",
        ),
    ],
    output: Annotated[Path, typer.Option(help="The file to write. It appears when it is whole.")],
    filters: Annotated[
        list[str] | None,
        typer.Argument(metavar="NAME=VALUE…", help="The same filters as in `search`."),
    ] = None,
) -> None:
    """Write the log of an instance into a file, the system's entries and denied ones included.

    The log records it. A deleted instance can be exported as well.
    """
    pairs = [("format", format_.value), *(pair(text) for text in filters or [])]
    asked = read_asked(pairs, CATALOGUE)
    signer = SigningKeys(load_settings().signing_key_path).current()
    with open_database() as database:
        with unit_of_work(database, actor=operator_alone(), instance_id=instance) as work:
            if work.session.get(Instance, instance) is None:
                raise InstanceNotFound
            record_export(work, asked, signer)
        _write_whole(output, lambda file: _write(file, database, instance, asked, signer))
    typer.echo(f"{output} is written.", err=True)


def _write(
    file: BinaryIO, database: Database, instance_id: str, asked: Asked, signer: Signer
) -> None:
    if asked.format.is_of_one_moment:
        with database.snapshot() as session:
            log = open_log(session, instance_id, CATALOGUE)
            write_of_one_moment(file, log, asked, signer, operator_alone())
        return

    def look(read: Callable[[EntryStore], Result]) -> Result:
        with database.read() as session:
            return read(open_log(session, instance_id, CATALOGUE))

    file.writelines(chunks_of(look, asked, CATALOGUE))


def _write_whole(path: Path, write: Callable[[BinaryIO], None]) -> None:
    """Write a file that has its name once it is whole and on the disk. Raises `NotWritten`."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with part.open("xb") as file:
            write(file)
            sync(file)
        part.replace(path)
    except OSError as error:
        raise NotWritten(f"{path} could not be written: {error.strerror}") from None
    finally:
        part.unlink(missing_ok=True)

"""Checking whole logs from the command line, and the verifier that auditors take away."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Final

import typer
from sqlalchemy import select

from deedbook import verifier
from deedbook.cli.context import AsJson, load_settings, open_database, show
from deedbook.database.connect import Database
from deedbook.engine import DeedbookError, EntryStore, Filters
from deedbook.engine.checking import check
from deedbook.engine.errors import DamagedLog
from deedbook.engine.export.bundle import NotSealedYet, write_bundle
from deedbook.engine.integrity.note import Signer
from deedbook.engine.sealing.sealer import origin_of
from deedbook.platform.catalogue import CATALOGUE
from deedbook.platform.identity.instances.models import Instance
from deedbook.platform.identity.instances.service import InstanceNotFound
from deedbook.platform.signing import SigningKeys
from deedbook.recording import open_log
from deedbook.verifier import verify as verifying

_STATUS: Final = {
    verifying.OK: "ok",
    verifying.TAMPERED: "tampered",
    verifying.CANNOT_TELL: "cannot_tell",
}
_EVERYTHING: Final = Filters(include=CATALOGUE.on_request)


class LogMissing(DeedbookError):
    """You remember a checkpoint of a log that is not here."""

    code = "AUDIT_LOG_MISSING"


def verifier_command() -> None:
    """Print the verifier of bundles and nothing else: one file, to be run by a bare Python."""
    sys.stdout.buffer.write(verifier.source())


def verify_command(
    instance: Annotated[
        str | None, typer.Option(help="The id of an instance (in_…). Default: all of them.")
    ] = None,
    checkpoint: Annotated[
        list[Path] | None,
        typer.Option(help="A file with a checkpoint that you remember; a saved mail will do."),
    ] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Check the logs in the database against their trees, checkpoints and signatures.

    Exit status 0 when all is well, 1 when a log was tampered with, 2 when something cannot be told.
    """
    remembered = [each for path in checkpoint or [] for each in _checkpoints_in(path)]
    signer = SigningKeys(load_settings().signing_key_path).current()
    found: dict[str, verifying.Result] = {}
    with open_database() as database:
        instances = _instances(database, instance)
        origins = {origin_of(signer.name, each) for each in instances}
        if missing := {each.origin for each in remembered} - origins:
            raise LogMissing(f"You remember checkpoints of {', '.join(sorted(missing))}: not here.")
        for each in instances:
            with database.snapshot() as session:
                log = open_log(session, each, CATALOGUE)
                found[each] = _verify(log, signer, remembered)
            if not as_json:
                typer.echo(f"{each}: {verifying.text_report(found[each])}")
    statuses = {each.status for each in found.values()}
    # The worst first: one log that was tampered with says more than others that cannot be told.
    order = (verifying.TAMPERED, verifying.CANNOT_TELL, verifying.OK)
    worst = next((each for each in order if each in statuses), verifying.OK)
    if as_json:
        show({"status": _STATUS[worst], "logs": [_out(*each) for each in found.items()]})
    raise typer.Exit(worst)


def _checkpoints_in(path: Path) -> list[verifying.Checkpoint]:
    try:
        found = verifying.checkpoints_in(path.read_bytes())
    except OSError as error:
        raise typer.BadParameter(f"{path}: {error.strerror}") from None
    if not found:
        raise typer.BadParameter(f"{path} holds no checkpoint")
    return found


def _instances(database: Database, instance: str | None) -> Sequence[str]:
    with database.read() as session:
        # any instance: the command checks all logs, those of deleted instances as well
        known = session.scalars(select(Instance.id).order_by(Instance.id)).all()
    if instance is None:
        return known
    if instance not in known:
        raise InstanceNotFound
    return [instance]


def _verify(
    log: EntryStore, signer: Signer, remembered: Sequence[verifying.Checkpoint]
) -> verifying.Result:
    """Check a log as a bundle of it is checked, and then what is kept beside its entries."""
    key = verifying.read_key(str(signer.verifier))
    origin = origin_of(signer.name, log.instance_id)
    try:
        chunks = write_bundle(log, _EVERYTHING, signer)
        result = verifying.verify(
            _lines(chunks),
            key=key,
            remembered=[each for each in remembered if each.origin == origin],
            progress=_progress(log.instance_id, "entries"),
        )
    except (NotSealedYet, DamagedLog) as error:
        result = verifying.Result()
        (result.doubts if isinstance(error, NotSealedYet) else result.problems).append(str(error))
    result.problems += check(log, signer.verifier, _progress(log.instance_id, "positions"))
    waiting, _ = log.waiting()
    if waiting:
        result.notes.append(f"{waiting:,} entries wait for their position.")
    return result


def _lines(chunks: Iterator[bytes]) -> Iterator[bytes]:
    for chunk in chunks:
        yield from (line + b"\n" for line in chunk[:-1].split(b"\n"))


def _progress(instance_id: str, what: str) -> Callable[[int, int], None]:
    """Give what tells on standard error how far a check has come, in steps of a tenth."""
    told = 0

    def tell(done: int, size: int) -> None:
        nonlocal told
        if done * 10 // size > told:
            told = done * 10 // size
            typer.echo(f"{instance_id}: {done:,} of {size:,} {what}", err=True)

    return tell


def _out(instance_id: str, result: verifying.Result) -> dict[str, object]:
    return {
        "instance_id": instance_id,
        "status": _STATUS[result.status],
        "problems": result.problems,
        "doubts": result.doubts,
        "notes": result.notes,
    }

"""Checking from the command line what the log can prove."""

from __future__ import annotations

from typing import Annotated

import typer

from deedbook.cli.context import AsJson, open_database, show
from deedbook.engine import Result
from deedbook.log_api.verification import find_evidence, verification_out
from deedbook.platform.catalogue import CATALOGUE
from deedbook.platform.identity.passkeys.evidence import judge
from deedbook.recording import open_log


def verify_passkey(
    entry_id: Annotated[str, typer.Argument(help="The id of the entry (al_…).")],
    instance: Annotated[str, typer.Option(help="The id of its instance (in_…).")],
    *,
    as_json: AsJson = False,
) -> None:
    """Check again, from stored bytes alone, that a passkey confirmed an act.

    Exit status 1 when the evidence does not hold.
    """
    with open_database() as database, database.read() as session:
        finding = find_evidence(open_log(session, instance, CATALOGUE), entry_id, judge)
    if as_json:
        show(verification_out(entry_id, finding).model_dump(mode="json"))
    else:
        typer.echo("\n- ".join((finding.explanation, *finding.problems)))
    if finding.result is Result.DOES_NOT_HOLD:
        raise typer.Exit(1)

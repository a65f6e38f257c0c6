"""Reading the log and its catalogue from the command line."""

from __future__ import annotations

import json
import time
from typing import Annotated, Any, Final

import typer

from deedbook.cli.context import AsJson, InstanceId, open_database, pair, show
from deedbook.engine import read_filters, read_page
from deedbook.engine.page import MAX_LIMIT, PARAMETERS
from deedbook.engine.sentence import sentence
from deedbook.log_api.schemas import catalogue_out
from deedbook.platform.catalogue import CATALOGUE
from deedbook.platform.identity.instances.service import living_instance
from deedbook.platform.recorded import recorded_where
from deedbook.recording import open_log

_TAIL: Final = 10
_LOOK_EVERY_SECONDS: Final = 0.25


def search(
    instance: InstanceId,
    filters: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="NAME=VALUE…",
            help="The same words as in the API: feature=customer not_operation=create"
            " start_date=2026-03-01 limit=20 include=denied,system.",
        ),
    ] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Search the log of an instance, newest first."""
    pairs = [pair(text) for text in filters or []]
    page = read_page([pair for pair in pairs if pair[0] in PARAMETERS])
    wanted = read_filters([pair for pair in pairs if pair[0] not in PARAMETERS], CATALOGUE)
    with open_database() as database, database.read() as session:
        living_instance(session, instance)
        found = open_log(session, instance, CATALOGUE).find(wanted, page)
    entries = [json.loads(entry.wire()) for entry in found.entries]
    if as_json:
        show({"data": entries, "next_page": found.next_page, "prev_page": found.prev_page})
        return
    for entry in entries:
        typer.echo(_line(entry))
    if not entries:
        typer.echo("Nothing matches.")
    if found.next_page:
        typer.echo(f"More: starting_after={found.next_page}", err=True)


def tail(
    instance: Annotated[str, typer.Option(help="The id of the instance (in_…).")],
    filters: Annotated[
        list[str] | None,
        typer.Argument(metavar="NAME=VALUE…", help="The same filters as in `search`."),
    ] = None,
    *,
    after: Annotated[
        int | None,
        typer.Option(min=-1, help="Entries past this position; -1 for all. Default: the last ten."),
    ] = None,
    follow: Annotated[
        bool, typer.Option("--follow", "-f", help="Go on as entries are sealed, until stopped.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print each entry as JSON, one a line.")
    ] = False,
) -> None:
    """Print the log of an instance in the order of its sequence, the system's and denied included.

    Only what has a position is shown: the server or `deedbook worker` gives it within a second.
    """
    pairs = [pair(text) for text in filters or []]
    wanted = read_filters(pairs, CATALOGUE, everything=True)
    with open_database() as database:
        cursor = after
        while True:
            with database.read() as session:
                living_instance(session, instance)
                store = open_log(session, instance, CATALOGUE)
                if cursor is None:
                    cursor = max(store.proofs.size() - 1 - _TAIL, -1)
                followed = store.follow(wanted, cursor, MAX_LIMIT)
            cursor = followed.cursor
            for found in followed.entries:
                entry = json.loads(found.wire())
                line = f"{entry['sequence']} {_line(entry)}"
                typer.echo(found.wire() if as_json else line)
            if cursor == followed.size - 1:
                if not follow:
                    return
                time.sleep(_LOOK_EVERY_SECONDS)


def actions(*, as_json: AsJson = False) -> None:
    """List the catalogue: every action that can be recorded, and where it is."""
    where = recorded_where()
    if as_json:
        listed = catalogue_out(CATALOGUE).model_dump(mode="json")
        for each in listed["data"]:
            each["recorded_by"] = where[each["action"]]
        show(listed)
        return
    for feature in CATALOGUE.features.values():
        typer.echo(f"{feature.title} ({feature.name})")
        for action in CATALOGUE.actions.values():
            if action.feature is feature:
                operations = " or ".join(action.operations)
                typer.echo(f"  {action.name}: {operations} · {action.entity_type}")
                typer.echo(f"    {action.says}")
                typer.echo("".join(f"    by {each}\n" for each in where[action.name]))


def _line(entry: dict[str, Any]) -> str:
    """Give an entry as one line that nothing in it can break: when, who did what, to what, from where."""
    actor = entry["actor"]
    who = actor["name"] or actor["email"] or actor["id"] or entry["actor_type"]
    refused = "refused: " if entry["outcome"] == "denied" else ""
    told = f"{who} {refused}{sentence(entry, CATALOGUE)}"
    place = " ".join(part for part in (entry["country"], entry["ip_address"]) if part)
    parts = (told, entry["entity_id"], place)
    said = " · ".join(part for part in parts if part)
    return f"{entry['created_at']} {entry['id']} {_plain(said)}"


def _plain(text: str) -> str:
    """Give text that cannot steer the terminal: control and bidi characters show as U+FFFD."""
    return "".join(character if character.isprintable() else "\ufffd" for character in text)

"""What the outside world does, said by the operator: the simulation's own commands."""

from __future__ import annotations

import typer

from deedbook.cli.context import AsJson, InstanceId, load_settings, open_database, show
from deedbook.jobs import outside_of, step_runner
from deedbook.platform.identity.instances.service import living_instance

simulate = typer.Typer(
    help="Let the simulated outside world act: banks, chains and reviews.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@simulate.callback()
def simulate_commands() -> None:
    """Let the simulated outside world act: banks, chains and reviews."""


@simulate.command("approve")
def approve(instance: InstanceId, *, as_json: AsJson = False) -> None:
    """Let go of everything that waits: reviews are decided, payments settle."""
    with open_database() as database:
        with database.read() as session:
            living_instance(session, instance)
        steps = step_runner(database, outside_of(load_settings())).release(instance)
    if as_json:
        show({"steps": steps})
    else:
        typer.echo(f"{steps} steps were taken.")

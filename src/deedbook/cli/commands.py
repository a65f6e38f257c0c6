"""The commands, and their help."""

from __future__ import annotations

import typer

from deedbook.cli import (
    accounts,
    billing,
    exporting,
    proving,
    reading,
    running,
    seeding,
    signing,
    simulating,
    verifying,
    witnessing,
)

app = typer.Typer(
    name="deedbook",
    help="The audit log of a multi-tenant platform: who did what, how, and from where."
    " Settings come from the environment (DEEDBOOK_…); see docs/reference/settings.md.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command("serve")(running.serve)
app.command("worker")(running.worker)
app.command("migrate")(running.migrate_command)
app.command("search")(reading.search)
app.command("verify-passkey")(proving.verify_passkey)
app.command("verify")(verifying.verify_command)
app.command("verifier")(verifying.verifier_command)
app.command("tail")(reading.tail)
app.command("actions")(reading.actions)
app.command("export")(exporting.export)
app.command("witness")(witnessing.witness)
app.command("seed")(seeding.seed)
app.command("public-key")(signing.public_key)
app.command("rotate-key")(signing.rotate_key_command)
app.add_typer(accounts.instances, name="instance")
app.add_typer(accounts.sessions, name="session")
app.add_typer(accounts.api_keys, name="api-key")
app.add_typer(billing.billing, name="billing")
app.add_typer(simulating.simulate, name="simulate")

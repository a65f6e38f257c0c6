"""The key that signs checkpoints of the log."""

from __future__ import annotations

import typer

from deedbook.cli.context import load_settings, open_database
from deedbook.platform.signing import SigningKeys, rotate_key


def public_key() -> None:
    """Print the public key that checkpoints are signed with, and nothing else."""
    keys = SigningKeys(load_settings().signing_key_path)
    typer.echo(str(keys.current().verifier))


def rotate_key_command() -> None:
    """Replace the signing key, and print the new public key; every log records it."""
    keys = SigningKeys(load_settings().signing_key_path)
    with open_database() as database:
        typer.echo(str(rotate_key(database, keys)))

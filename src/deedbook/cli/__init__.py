"""The command line: `deedbook`."""

from __future__ import annotations

import sys

from deedbook.cli.commands import app
from deedbook.engine import DeedbookError, InvalidParameters


def main() -> None:
    """Run a command; what it refuses is one clear line on standard error, and exit status 1."""
    try:
        app()
    except InvalidParameters as error:
        sys.exit("\n".join(f"deedbook: {problem}" for problem in error.problems))
    except DeedbookError as error:
        sys.exit(f"deedbook: {error}")

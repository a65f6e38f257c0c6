"""Write docs/reference from the code; with --check, only tell what is not in step with it."""

from __future__ import annotations

import importlib
import json
import pkgutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import typer
from pydantic import SecretStr

import deedbook
from deedbook.app import create_app
from deedbook.cli.commands import app as commands
from deedbook.engine import DeedbookError
from deedbook.platform.catalogue import CATALOGUE
from deedbook.platform.recorded import recorded_where
from deedbook.settings import Settings
from deedbook.web.roles import Access, Area, Role, may

FOLDER = Path(__file__).parent.parent / "docs" / "reference"
MADE = "<!-- Made from the code by `make api`; a check fails when it is old. -->\n"


def openapi() -> str:
    """Describe the API."""
    with tempfile.TemporaryDirectory() as home:
        app = create_app(Settings(home=Path(home), database_url=""))
        return json.dumps(app.openapi(), indent=1, ensure_ascii=False) + "\n"


def actions() -> str:
    """Describe the catalogue."""
    lines = [
        "# Actions",
        "",
        MADE,
        "Everything that is recorded. A field in *italics* can identify a person: it is kept in the",
        "part of an entry that can be erased.",
        "",
    ]
    where = recorded_where()
    for feature in CATALOGUE.features.values():
        lines += [f"## {feature.title} (`{feature.name}`)", ""]
        lines += [
            "| action | operation | entity type | sentence | metadata | refs | recorded by |",
            "|" + "---|" * 7,
        ]
        for action in CATALOGUE.actions.values():
            if action.feature is feature:
                fields = (
                    f"*{each.name}*" if each.personal else each.name for each in action.fields
                )
                cells = (
                    f"`{action.name}`",
                    ", ".join(action.operations),
                    f"`{action.entity_type}`",
                    action.says,
                    ", ".join(fields),
                    ", ".join(action.refs),
                    ", ".join(f"`{each}`" for each in where[action.name]),
                )
                lines.append("| " + " | ".join(cells) + " |")
        lines.append("")
    return "\n".join(lines)


def settings() -> str:
    """Describe the settings."""
    lines = ["# Settings", "", MADE, "All of them come from the environment.", ""]
    lines += ["| variable | default | what it is |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        default = field.default
        shown = default.get_secret_value() if isinstance(default, SecretStr) else str(default)
        text = (field.description or "").replace("\n", " ")
        lines.append(f"| `DEEDBOOK_{name.upper()}` | {f'`{shown}`' if shown else ''} | {text} |")
    return "\n".join([*lines, ""])


def errors() -> str:
    """Describe the error codes that reach the wire."""
    lines = [
        "# Errors",
        "",
        MADE,
        "Every refusal and failure answers `{success: false, code, message, description, errors,",
        "trace_id}`. `code` never changes once published.",
        "",
        "| status | code | meaning |",
        "|---|---|---|",
    ]
    rows = {
        (error.status, error.code, " ".join((error.__doc__ or "").split()))
        for error in _subclasses(DeedbookError)
        if error.status < 500  # noqa: PLR2004 (RFC 9110 §15.6: these are the server's own)
    }
    lines += [f"| {status} | `{code}` | {text} |" for status, code, text in sorted(rows)]
    lines += [
        "| 500 | `INTERNAL_ERROR` | Something went wrong on our side; nothing was changed. |",
        "",
    ]
    return "\n".join(lines)


def roles() -> str:
    """Describe who may do what."""
    lines = [
        "# Roles",
        "",
        MADE,
        "R reads, W writes and reads, a dash neither. An API key may do what its maker's role allowed when",
        "it was made, and reads the audit log only if an owner or admin made it.",
        "",
        "| area | " + " | ".join(Role) + " |",
        "|---|" + "---|" * len(Role),
    ]
    for area in Area:
        cells = (_letter(role, area) for role in Role)
        lines.append(f"| {area.value} | " + " | ".join(cells) + " |")
    return "\n".join([*lines, ""])


def command_line() -> str:
    """Describe the commands."""
    lines = ["# Command line", "", MADE]
    for path, command in _commands("deedbook", typer.main.get_command(commands)):
        context = typer.Context(command, info_name=path, terminal_width=90)
        lines += [f"## `{path}`", "", "```text", command.get_help(context).rstrip(), "```", ""]
    return "\n".join(lines)


def _letter(role: Role, area: Area) -> str:
    if may(role, area, Access.WRITE):
        return "W"
    return "R" if may(role, area, Access.READ) else "-"


def _commands(path: str, command: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 (click's own)
    children = getattr(command, "commands", None)
    if children is None:
        yield path, command
        return
    for name, child in children.items():
        yield from _commands(f"{path} {name}", child)


def _subclasses(error: type[DeedbookError]) -> Iterator[type[DeedbookError]]:
    for module in pkgutil.walk_packages(deedbook.__path__, "deedbook."):
        if "migrations" not in module.name and not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    yield from _below(error)


def _below(error: type[DeedbookError]) -> Iterator[type[DeedbookError]]:
    for child in error.__subclasses__():
        yield child
        yield from _below(child)


def dashboard_roles() -> str:
    """Give the truth table to the dashboard, which offers nobody what they may not do."""
    table = {area.name: {role: _letter(role, area) for role in Role} for area in Area}
    return json.dumps(table, indent=2) + "\n"


PAGES: Mapping[str, Callable[[], str]] = {
    "openapi.json": openapi,
    "actions.md": actions,
    "settings.md": settings,
    "errors.md": errors,
    "roles.md": roles,
    "command-line.md": command_line,
    "../../dashboard/src/api/roles.json": dashboard_roles,
}


def main() -> None:
    """Write the pages, or check them."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    stale = []
    for name, write in PAGES.items():
        target, fresh = FOLDER / name, write()
        if target.exists() and target.read_text(encoding="utf-8") == fresh:
            continue
        stale.append(name)
        if "--check" not in sys.argv:
            target.write_text(fresh, encoding="utf-8")
    if stale and "--check" in sys.argv:
        sys.exit(f"docs/reference is not in step with the code ({', '.join(stale)}): run make api")


main()

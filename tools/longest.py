"""Print the longest modules and functions, so that nobody can overlook how they grow."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

SOURCE = Path(__file__).parent.parent / "src"
SHOWN = 5


class Length(NamedTuple):
    """How many lines something has."""

    lines: int
    name: str


def modules() -> Iterator[Length]:
    """Give the length of every module; migrations are history and do not count."""
    for path in SOURCE.rglob("*.py"):
        if "migrations" not in path.parts:
            lines = len(path.read_text(encoding="utf-8").splitlines())
            yield Length(lines, str(path.relative_to(SOURCE)))


def functions() -> Iterator[Length]:
    """Give the length of every function, from its `def` to its end."""
    for path in SOURCE.rglob("*.py"):
        if "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                yield Length(lines, f"{path.relative_to(SOURCE)}:{node.lineno} {node.name}")


for title, lengths in (("modules", modules()), ("functions", functions())):
    print(f"The longest {title}:")
    for each in sorted(lengths, reverse=True)[:SHOWN]:
        print(f"{each.lines:6} {each.name}")

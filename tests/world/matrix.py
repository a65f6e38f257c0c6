"""Matrices: how many cells of a table were tried, and which deviate; told at the end of a run.

A conftest imports the hooks. With several workers each hands its counts to the one that reports.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

import pytest

_WORD: Final = "deedbook_matrices"


@dataclass
class Matrix:
    """One table: what it is about, how many cells were tried, and what deviates."""

    name: str
    cells: int = 0
    deviations: list[str] = field(default_factory=list)

    def cell(self, name: str, *, holds: bool) -> None:
        """Try a cell."""
        self.cells += 1
        if not holds:
            self.deviations.append(name)


_TRIED: Final[list[Matrix]] = []


@pytest.fixture
def matrix(request: pytest.FixtureRequest) -> Matrix:
    """A matrix that is named like its test and reported at the end."""
    name: str = request.node.originalname.removeprefix("test_").replace("_", " ")
    made = Matrix(name)
    _TRIED.append(made)
    return made


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand a worker's counts on."""
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output[_WORD] = [(each.name, each.cells, each.deviations) for each in _TRIED]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take a worker's counts."""
    _TRIED.extend(Matrix(*each) for each in getattr(node, "workeroutput", {}).get(_WORD, ()))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Tell the cells and deviations of each matrix, over all databases."""
    for name in sorted({each.name for each in _TRIED}):
        cells, deviations = _sum(each for each in _TRIED if each.name == name)
        terminalreporter.write_line(f"matrix: {name}: {cells} cells, {deviations} deviations")


def _sum(tried: Iterable[Matrix]) -> tuple[int, int]:
    each = list(tried)
    return sum(one.cells for one in each), sum(len(one.deviations) for one in each)

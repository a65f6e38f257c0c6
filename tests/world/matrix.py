"""Matrices: how many cells of a table were tried, and which deviate; told at the end of a run."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import pytest


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


# What was tried in this process.
TRIED: Final[list[Matrix]] = []


@pytest.fixture
def matrix(request: pytest.FixtureRequest) -> Matrix:
    """A matrix that is named like its test and reported at the end."""
    name: str = request.node.originalname.removeprefix("test_").replace("_", " ")
    made = Matrix(name)
    TRIED.append(made)
    return made

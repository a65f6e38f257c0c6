"""What a run says of itself at its end: how much was held to the contract, and the matrices.

A conftest imports the hooks. With several workers each hands its counts to the one that reports.
"""

from __future__ import annotations

from typing import Any, Final

import pytest

from world.contract import ANSWERED, contract
from world.matrix import TRIED, Matrix

_MATRICES: Final = "deedbook_matrices"
_ANSWERED: Final = "deedbook_answered"


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand a worker's counts on."""
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output[_MATRICES] = [(each.name, each.cells, each.deviations) for each in TRIED]
        output[_ANSWERED] = sorted(ANSWERED)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take a worker's counts."""
    output = getattr(node, "workeroutput", {})
    TRIED.extend(Matrix(*each) for each in output.get(_MATRICES, ()))
    ANSWERED.update(output.get(_ANSWERED, ()))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Tell the cells and deviations of each matrix, over all databases, and what the contract saw."""
    for name in sorted({each.name for each in TRIED}):
        tried = [each for each in TRIED if each.name == name]
        cells, deviations = (
            sum(each.cells for each in tried),
            sum(len(each.deviations) for each in tried),
        )
        terminalreporter.write_line(f"matrix: {name}: {cells} cells, {deviations} deviations")
    if ANSWERED:
        terminalreporter.write_line(
            f"contract: {len(ANSWERED)} of {len(contract())} operations answered in their shape"
        )

"""Figures: taken in turns, and printed as a table with their spread."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping, Sequence
from statistics import median, quantiles

Act = Callable[[], object]


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table."""
    say("")
    for row in (head, ["---"] * len(head), *rows):
        say("| " + " | ".join(row) + " |")


def in_turns(acts: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, list[float]]:
    """Take a figure of each act, A B A B, once for nothing and then so many rounds."""
    figures: dict[str, list[float]] = {name: [] for name in acts}
    for number in range(rounds + 1):
        for name, act in acts.items():
            figure = act()
            if number:
                figures[name].append(figure)
    return figures


def spread(figures: Sequence[float]) -> str:
    """Give the median, and the least and the most."""
    return f"{median(figures):,.0f} ({min(figures):,.0f} to {max(figures):,.0f})"


def percentiles(act: Act, calls: int) -> tuple[float, float]:
    """Give the median and the 95th percentile of so many calls in milliseconds, after one for nothing."""
    act()
    took = []
    for _ in range(calls):
        began = time.perf_counter()
        act()
        took.append(1000 * (time.perf_counter() - began))
    return median(took), quantiles(took, n=20)[-1]

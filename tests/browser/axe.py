"""Accessibility, as far as a program can judge it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

SCRIPT = Path(__file__).parents[2] / "dashboard" / "node_modules" / "axe-core" / "axe.min.js"
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def violations(page: Page) -> list[str]:
    """Give what axe finds wrong with a page, by WCAG 2.2 A and AA."""
    if not page.evaluate("'axe' in window"):
        # As a debugger would: the page's own policy lets no strange script in.
        page.evaluate(SCRIPT.read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = page.evaluate(
        "async tags => (await axe.run({ runOnly: tags })).violations", _TAGS
    )
    return [
        f"{each['id']}: {each['help']}: {node['html'][:200]}: {node['failureSummary']}"
        for each in found
        for node in each["nodes"]
    ]

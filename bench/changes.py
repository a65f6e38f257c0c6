"""The changes of which each log has to tell, and how many rows they change. Both environments read this."""

from __future__ import annotations

from typing import Final

MANY: Final = 3
CHANGES: Final = {
    "a row is created": 1,
    "a row is saved": 1,
    "a row is deleted": 1,
    f"{MANY} rows are saved, one by one": MANY,
    "a row is saved by who never thought of the log": 1,
    "bulk_create": MANY,
    "queryset.update": MANY,
    "bulk_update": MANY,
    "queryset.delete": MANY,
    "raw INSERT": MANY,
    "raw UPDATE": MANY,
    "raw DELETE": MANY,
    "raw UPDATE by another program": MANY,
    "a row is created, and the transaction rolled back": 0,
}
# What was said of each request, by which a fact that tells it is known.
ADDRESS: Final = "203.0.113.7"
PATH: Final = "/changes"
WHO: Final = 734_000_001
HOW: Final = "api_key"


def told_by(facts: str) -> list[str]:
    """Give what the text of some facts tells of the request."""
    marks = {"who": str(WHO), "how": HOW, "where": ADDRESS, "request": PATH}
    return [name for name, mark in marks.items() if mark in facts]

"""For the tests of whoever embeds the log: what was done is written down."""

from __future__ import annotations

import json
from typing import Any

from deedbook.engine import EntryStore, Filters, Page


def assert_recorded(store: EntryStore, action: str, **expected: object) -> dict[str, Any]:
    """Give the newest entry of an action, as the wire has it, or fail and say what is there instead.

    `expected` are values of the entry's top level or of its metadata:
    `assert_recorded(store, "loan.lent", entity_id="7", book="Middlemarch")`.
    """
    everything = Filters(include=frozenset({"denied", *store.catalogue.actor_types}))
    entries = [
        json.loads(entry.wire()) for entry in store.find(everything, Page(limit=100)).entries
    ]
    for entry in entries:
        known = {**entry, **entry["metadata"], **entry["personal"]["metadata"]}
        if entry["action"] == action and expected.items() <= known.items():
            return entry  # type: ignore[no-any-return]
    seen = ", ".join(f"{entry['action']} {entry['entity_id']}" for entry in entries) or "nothing"
    raise AssertionError(f"no entry {action} with {expected}; the log has: {seen}")

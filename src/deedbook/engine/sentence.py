"""The sentence of an entry: what was done, in the catalogue's words and the entry's values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from deedbook.engine.catalogue import Catalogue


def sentence(entry: Mapping[str, Any], catalogue: Catalogue) -> str:
    """Give what an entry (as the wire has it) says was done, without who did it.

    A value that is not there, as after an erasure, shows as the entity's id; an action that is not
    in the catalogue as its name. Of a refused attempt no more is known than what it was for.
    """
    action = catalogue.actions.get(entry["action"])
    if action is None:
        return f"{entry['action']} {entry['entity_id']}"
    if entry["outcome"] == "denied":
        return f"{action.says.partition('{')[0]}{_target(entry)}"
    values = {**entry["metadata"], **entry["personal"]["metadata"], "label": entry["entity_label"]}
    return action.says.format_map(_OrEntity(values, entry["entity_id"]))


def _target(entry: Mapping[str, Any]) -> str:
    """Give what an attempt was aimed at; what it would have made in the instance has no name yet."""
    of_instance = entry["entity_id"] == entry["instance_id"]
    return entry["entity_label"] or ("…" if of_instance else entry["entity_id"])


class _OrEntity(dict[str, object]):
    """Values by name; what is missing or None is the entity's id."""

    def __init__(self, values: Mapping[str, object], entity_id: str) -> None:
        super().__init__({name: value for name, value in values.items() if value is not None})
        self._entity_id = entity_id

    def __missing__(self, name: str) -> str:
        return self._entity_id

"""The queries of SQLite for the ids of a selection."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Final

from deedbook.engine.filters import Selection
from deedbook.engine.kinds import EXPIRED_KIND
from deedbook.engine.store.path import BY_ACTOR, BY_ENTITY, BY_KIND, Path
from deedbook.engine.store.sqlite_posted import direction, is_posted, up_to
from deedbook.engine.store.tables import Reach

Query = tuple[str, dict[str, object]]

# Without statistics SQLite guesses, so it is told which index a path is.
_INDEXES: Final = {
    BY_KIND.columns: "deedbook_entry_of_kind",
    BY_ACTOR.columns: "deedbook_entry_of_actor",
    BY_ENTITY.columns: "deedbook_entry_of_entity",
}
_IN_RANGE: Final = "id >= :first_id AND id < :end_id"


def ids_in_order(instance_id: str, selection: Selection, reach: Reach) -> Query:
    """Give the query that goes through the ids of the instance."""
    condition, parameters = where(instance_id, selection)
    # Where ids are given, no index of the entries serves better than those.
    by_id = "NOT INDEXED" if selection.lookups or selection.among is not None else ""
    sql = f"SELECT id FROM deedbook_entry {by_id} WHERE {condition} {_end(reach)}"
    return sql, parameters | reach._asdict()


def ids_near(instance_id: str, selection: Selection, reach: Reach, among: int) -> Query:
    """Give the query that goes through no more than the first so many ids."""
    last = f"""
        SELECT id FROM deedbook_entry INDEXED BY deedbook_entry_of_instance
        WHERE instance_id = :instance_id AND {_IN_RANGE}
        ORDER BY id {direction(reach)} LIMIT 1 OFFSET :among - 1
    """
    condition, parameters = where(instance_id, selection, within=up_to(last, "id", reach))
    sql = f"""
        SELECT id FROM deedbook_entry INDEXED BY deedbook_entry_of_instance
        WHERE {condition} {_end(reach)}
    """
    return sql, parameters | reach._asdict() | {"among": among}


def ids_by_path(instance_id: str, selection: Selection, reach: Reach, path: Path) -> Query:
    """Give the query that walks an index: for each value by itself, as far as may be asked for.

    CROSS JOIN keeps the order of the loops.
    """
    condition, _ = where(instance_id, selection, driven=path.columns)
    last = f"""
        SELECT id FROM deedbook_entry INDEXED BY {_INDEXES[path.columns]} WHERE {condition}
        ORDER BY id {direction(reach)} LIMIT 1 OFFSET :limit + :offset - 1
    """
    condition, parameters = where(
        instance_id, selection, driven=path.columns, within=up_to(last, "id", reach)
    )
    sql = f"""
        SELECT id FROM {_driving(path)} CROSS JOIN deedbook_entry INDEXED BY {_INDEXES[path.columns]}
        WHERE {condition} {_end(reach)}
    """
    return sql, parameters | reach._asdict()


def _end(reach: Reach) -> str:
    return f"ORDER BY id {direction(reach)} LIMIT :limit OFFSET :offset"


def _driving(path: Path) -> str:
    """Give the rows of values that a path is walked by, each named after its column."""
    if not path.present:
        return " CROSS JOIN ".join(
            f"(SELECT value AS its_{each} FROM json_each(:{each}))" for each in path.columns
        )
    begin, theirs = f"VALUES (NULL, {EXPIRED_KIND})", ""
    if "actor_id" in path.columns:
        begin = f"SELECT value, {EXPIRED_KIND} FROM json_each(:actor_id)"
        theirs = "AND actor_id = its_actor_id"
    # The kinds that the index has, each found by a look-up past the one before.
    return f"""
        (
            WITH RECURSIVE present (its_actor_id, its_kind) AS (
                {begin}
                UNION ALL
                SELECT its_actor_id, (
                    SELECT min(kind) FROM deedbook_entry INDEXED BY {_INDEXES[path.columns]}
                    WHERE instance_id = :instance_id AND kind > its_kind {theirs}
                ) FROM present WHERE its_kind IS NOT NULL
            )
            SELECT * FROM present WHERE its_kind IN (SELECT value FROM json_each(:kind))
        )
    """


def where(
    instance_id: str,
    selection: Selection,
    *,
    driven: tuple[str, ...] = (),
    within: str = _IN_RANGE,
) -> Query:
    """Give the condition of a selection; driven columns equal `its_COLUMN`."""
    terms = ["instance_id = :instance_id", within]
    parameters: dict[str, object] = {
        "instance_id": instance_id,
        "first_id": selection.first_id,
        "end_id": selection.end_id,
    }

    def among(column: str, name: str, values: Iterable[object], *, negated: bool = False) -> str:
        parameters[name] = json.dumps(sorted(values, key=str))
        if name in driven:
            return f"{column} = its_{column}"
        return f"{column} {'NOT ' if negated else ''}IN (SELECT value FROM json_each(:{name}))"

    if selection.kinds is None:
        terms.append(f"kind <> {EXPIRED_KIND}")
    else:
        terms.append(among("kind", "kind", selection.kinds))
    if selection.actor_ids:
        terms.append(among("actor_id", "actor_id", selection.actor_ids))
    for number, (actor_ids, kinds) in enumerate(selection.other_actors):
        actors = among("actor_id", f"not_actor_ids_{number}", actor_ids, negated=True)
        others = among("kind", f"not_kinds_{number}", kinds, negated=True)
        terms.append(f"({others} OR {actors})")
    if selection.entity_ids.any_of:
        terms.append(among("entity_id", "entity_id", selection.entity_ids.any_of))
    if selection.entity_ids.none_of:
        terms.append(
            among("entity_id", "not_entity_ids", selection.entity_ids.none_of, negated=True)
        )
    if selection.among is not None:
        terms.append(among("id", "among", selection.among))
    terms += [
        is_posted(each, parameters, one_by_one=bool(driven) or selection.among is not None)
        for each in selection.lookups
    ]
    return " AND ".join(terms), parameters

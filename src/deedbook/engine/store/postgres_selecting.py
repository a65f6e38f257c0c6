"""The queries of PostgreSQL for the ids of a selection."""

from __future__ import annotations

from typing import Any, Final

from deedbook.engine.filters import Selection
from deedbook.engine.kinds import EXPIRED_KIND
from deedbook.engine.store.path import Path
from deedbook.engine.store.postgres_posted import is_posted
from deedbook.engine.store.tables import Reach

Query = tuple[str, dict[str, object]]

_TYPES: Final = {"kind": "integer", "actor_id": "text", "entity_id": "text"}


def ids_in_order(instance_id: str, selection: Selection, reach: Reach) -> Query:
    """Give the query that goes through the ids of the instance."""
    condition, parameters = where(instance_id, selection)
    sql = f"""
        SELECT id FROM deedbook_entry WHERE {condition}
        {_order(reach)} LIMIT %(limit)s OFFSET %(offset)s
    """
    return sql, parameters | reach._asdict()


def ids_near(instance_id: str, selection: Selection, reach: Reach, among: int) -> Query:
    """Give the query that goes through no more than the first so many ids."""
    condition, parameters = where(instance_id, selection)
    sql = f"""
        SELECT id FROM (
            SELECT instance_id, id, kind, actor_id, entity_id FROM deedbook_entry
            WHERE instance_id = %(instance_id)s AND id >= %(first_id)s AND id < %(end_id)s
            {_order(reach)} LIMIT %(among)s
        ) AS near
        WHERE {condition} {_order(reach)} LIMIT %(limit)s OFFSET %(offset)s
    """
    return sql, parameters | reach._asdict() | {"among": among}


def ids_by_path(instance_id: str, selection: Selection, reach: Reach, path: Path) -> Query:
    """Give the query that walks an index: for each value by itself, as far as may be asked for."""
    condition, parameters = where(instance_id, selection, driven=path.columns)
    sql = f"""
        SELECT found.id FROM {_driving(path)} CROSS JOIN LATERAL (
            SELECT id FROM deedbook_entry
            WHERE {condition} {_order(reach)} LIMIT %(limit)s::bigint + %(offset)s::bigint
        ) AS found
        {_order(reach)} LIMIT %(limit)s OFFSET %(offset)s
    """
    return sql, parameters | reach._asdict()


def _order(reach: Reach) -> str:
    return f"ORDER BY id {'DESC' if reach.newest_first else 'ASC'}"


def _driving(path: Path) -> str:
    """Give the rows of values that a path is walked by, each named after its column."""
    if not path.present:
        return " CROSS JOIN ".join(
            f"unnest(%({each})s::{_TYPES[each]}[]) AS each_{each} (its_{each})"
            for each in path.columns
        )
    begin, theirs = f"VALUES (NULL::text, {EXPIRED_KIND})", ""
    if "actor_id" in path.columns:
        begin = f"SELECT actor_id, {EXPIRED_KIND} FROM unnest(%(actor_id)s::text[]) AS actor_id"
        theirs = "AND actor_id = its_actor_id"
    # The kinds that the index has, each found by a look-up past the one before.
    return f"""
        (
            WITH RECURSIVE present (its_actor_id, its_kind) AS (
                {begin}
                UNION ALL
                SELECT its_actor_id, (
                    SELECT min(kind) FROM deedbook_entry
                    WHERE instance_id = %(instance_id)s AND kind > its_kind {theirs}
                ) FROM present WHERE its_kind IS NOT NULL
            )
            SELECT * FROM present WHERE its_kind = ANY(%(kind)s::integer[])
        ) AS its
    """


def where(instance_id: str, selection: Selection, *, driven: tuple[str, ...] = ()) -> Query:
    """Give the condition of a selection; driven columns equal `its_COLUMN`."""
    terms = ["instance_id = %(instance_id)s", "id >= %(first_id)s", "id < %(end_id)s"]
    parameters: dict[str, object] = {
        "instance_id": instance_id,
        "first_id": selection.first_id,
        "end_id": selection.end_id,
    }

    def among(column: str, values: frozenset[Any]) -> None:
        parameters[column] = sorted(values)
        if column in driven:
            terms.append(f"{column} = its_{column}")
        else:
            terms.append(f"{column} = ANY(%({column})s::{_TYPES[column]}[])")

    if selection.kinds is None:
        terms.append(f"kind <> {EXPIRED_KIND}")
    else:
        among("kind", selection.kinds)
    if selection.actor_ids:
        among("actor_id", selection.actor_ids)
    for number, (actor_ids, kinds) in enumerate(selection.other_actors):
        terms.append(
            f"NOT (kind = ANY(%(not_kinds_{number})s::integer[])"
            f" AND actor_id = ANY(%(not_actor_ids_{number})s::text[]))"
        )
        parameters[f"not_kinds_{number}"] = sorted(kinds)
        parameters[f"not_actor_ids_{number}"] = sorted(actor_ids)
    if selection.entity_ids.any_of:
        among("entity_id", selection.entity_ids.any_of)
    if selection.entity_ids.none_of:
        terms.append("entity_id <> ALL(%(not_entity_ids)s::text[])")
        parameters["not_entity_ids"] = sorted(selection.entity_ids.none_of)
    if selection.among is not None:
        terms.append("id = ANY(%(among)s::bigint[])")
        parameters["among"] = sorted(selection.among)
    terms += [
        is_posted(each, parameters, one_by_one=bool(driven) or selection.among is not None)
        for each in selection.lookups
    ]
    return " AND ".join(terms), parameters

"""The queries of SQLite over postings."""

from __future__ import annotations

import json
from typing import Final

from deedbook.engine.filters import Selection
from deedbook.engine.postings import Lookup
from deedbook.engine.store.tables import Reach, tables_of

Query = tuple[str, dict[str, object]]

_TREE: Final = "(SELECT number FROM deedbook_tree WHERE instance_id = :instance_id)"
_SOUGHT: Final = "(SELECT value AS sought FROM json_each(:{}))"
# The last character that there is ends whatever begins so.
_MATCHES: Final = {
    False: "value = sought",
    True: "value >= sought AND value < sought || char(1114111)",
}


def direction(reach: Reach) -> str:
    """Give the direction of a walk as SQL has it."""
    return "DESC" if reach.newest_first else "ASC"


def up_to(last: str, column: str, reach: Reach) -> str:
    """Give the range of ids as far as a query tells that it matters.

    Each end has one term: of two SQLite would take one to the index, and ask the other of every row.
    """
    if reach.newest_first:
        return f"{column} >= coalesce(({last}), :first_id) AND {column} < :end_id"
    return f"{column} >= :first_id AND {column} <= coalesce(({last}), :end_id - 1)"


def ids_posted(instance_id: str, lookup: Lookup, within: Selection, reach: Reach) -> Query:
    """Give the query for the ids that a look-up finds: of each value the first so many, merged."""
    order = f"ORDER BY entry_id {direction(reach)}"
    parts = []
    for table in tables_of(lookup.field):
        found = f"""
            tree = {_TREE} AND field = {lookup.field:d} AND {_MATCHES[lookup.by_beginning]}
        """
        in_range = "entry_id >= :first_id AND entry_id < :end_id"
        # What begins with a value lies in as many orders as there are texts: all of it is gathered.
        if not lookup.by_beginning:
            last = f"""
                SELECT entry_id FROM {table} WHERE {found} AND {in_range}
                {order} LIMIT 1 OFFSET :limit - 1
            """
            in_range = up_to(last, "entry_id", reach)
        sought = _SOUGHT.format("values")
        parts.append(
            f"SELECT entry_id FROM {sought} CROSS JOIN {table} WHERE {found} AND {in_range}"
        )
    sql = f"{' UNION '.join(parts)} {order} LIMIT :limit"
    return sql, {
        "instance_id": instance_id,
        "values": json.dumps(sorted(lookup.values)),
        "first_id": within.first_id,
        "end_id": within.end_id,
        "limit": reach.limit,
    }


def words_posted(instance_id: str, lookup: Lookup, limit: int) -> Query:
    """Give the query for the texts that begin as is looked for, each found by one past that before."""
    parts = []
    for table in tables_of(lookup.field):
        next_word = f"""
            SELECT min(value) FROM {table}
            WHERE tree = {_TREE} AND field = {lookup.field:d}
        """
        parts.append(
            f"""
            SELECT word FROM (
                WITH RECURSIVE found (sought, word) AS (
                    SELECT sought, ({next_word} AND {_MATCHES[True]}) FROM {_SOUGHT.format("values")}
                    UNION ALL
                    SELECT sought, (
                        {next_word} AND value > word AND value < sought || char(1114111)
                    ) FROM found WHERE word IS NOT NULL
                )
                SELECT word FROM found WHERE word IS NOT NULL LIMIT :limit
            )
            """
        )
    sql = f"{' UNION '.join(parts)} LIMIT :limit"
    return sql, {
        "instance_id": instance_id,
        "values": json.dumps(sorted(lookup.values)),
        "limit": limit,
    }


def is_posted(lookup: Lookup, parameters: dict[str, object], *, one_by_one: bool) -> str:
    """Give the condition that a look-up finds an entry: by all that it finds, or one by one."""
    # Two look-ups may be of the same field.
    name = f"posted_{len(parameters)}"
    parameters[name] = json.dumps(sorted(lookup.values))
    found = [
        f"""
            SELECT entry_id FROM {_SOUGHT.format(name)} CROSS JOIN {table} AS posted
            WHERE posted.tree = {_TREE} AND posted.field = {lookup.field:d}
            AND {_MATCHES[lookup.by_beginning]}
        """
        for table in tables_of(lookup.field)
    ]
    if one_by_one and not lookup.by_beginning:
        each = " OR ".join(f"EXISTS ({sql} AND entry_id = deedbook_entry.id)" for sql in found)
        return f"({each})"
    within = "AND entry_id >= :first_id AND entry_id < :end_id"
    return f"deedbook_entry.id IN ({' UNION ALL '.join(f'{sql} {within}' for sql in found)})"

"""The queries of PostgreSQL over postings."""

from __future__ import annotations

from typing import Final

from deedbook.engine.filters import Selection
from deedbook.engine.postings import Lookup
from deedbook.engine.store.tables import Reach, tables_of

Query = tuple[str, dict[str, object]]

_TREE: Final = "(SELECT number FROM deedbook_tree WHERE instance_id = %(instance_id)s)"
_SOUGHT: Final = "unnest(%({})s::text[]) AS each_sought (sought)"
# The last character that there is ends whatever begins so.
_MATCHES: Final = {
    False: "value = sought",
    True: "value >= sought AND value < sought || chr(1114111)",
}


def ids_posted(instance_id: str, lookup: Lookup, within: Selection, reach: Reach) -> Query:
    """Give the query for the ids that a look-up finds: of each value the first so many, merged."""
    order = f"ORDER BY entry_id {'DESC' if reach.newest_first else 'ASC'}"
    # What begins with a value lies in as many orders as there are texts: all of it is gathered.
    first = "" if lookup.by_beginning else f"{order} LIMIT %(limit)s"
    found = " UNION ".join(
        f"""
            SELECT posted.entry_id FROM {_SOUGHT.format("values")} CROSS JOIN LATERAL (
                SELECT entry_id FROM {table}
                WHERE tree = {_TREE} AND field = {lookup.field:d}
                AND {_MATCHES[lookup.by_beginning]}
                AND entry_id >= %(first_id)s AND entry_id < %(end_id)s {first}
            ) AS posted
        """
        for table in tables_of(lookup.field)
    )
    sql = f"{found} {order} LIMIT %(limit)s"
    return sql, {
        "instance_id": instance_id,
        "values": sorted(lookup.values),
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
                    SELECT sought, ({next_word} AND {_MATCHES[True]})
                    FROM {_SOUGHT.format("values")}
                    UNION ALL
                    SELECT sought, (
                        {next_word} AND value > word AND value < sought || chr(1114111)
                    ) FROM found WHERE word IS NOT NULL
                )
                SELECT word FROM found WHERE word IS NOT NULL LIMIT %(limit)s
            ) AS words
            """
        )
    sql = f"{' UNION '.join(parts)} LIMIT %(limit)s"
    return sql, {"instance_id": instance_id, "values": sorted(lookup.values), "limit": limit}


def is_posted(lookup: Lookup, parameters: dict[str, object], *, one_by_one: bool) -> str:
    """Give the condition that a look-up finds an entry: by all that it finds, or one by one."""
    # Two look-ups may be of the same field.
    name = f"posted_{len(parameters)}"
    parameters[name] = sorted(lookup.values)
    found = [
        f"""
            SELECT entry_id FROM {_SOUGHT.format(name)} JOIN {table} AS posted
            ON {_MATCHES[lookup.by_beginning]}
            WHERE posted.tree = {_TREE} AND posted.field = {lookup.field:d}
        """
        for table in tables_of(lookup.field)
    ]
    if one_by_one and not lookup.by_beginning:
        # OFFSET keeps it to look-ups for each entry, whatever statistics say or do not yet.
        one = "AND entry_id = deedbook_entry.id OFFSET 0"
        each = " OR ".join(f"EXISTS ({sql} {one})" for sql in found)
        return f"({each})"
    within = "AND entry_id >= %(first_id)s AND entry_id < %(end_id)s"
    return f"deedbook_entry.id IN ({' UNION ALL '.join(f'{sql} {within}' for sql in found)})"

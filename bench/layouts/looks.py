"""What readers look for in the biggest instance: queries as the log asks them, and what with."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from bench.layouts.rows import ACTOR, ENTITY, ID, INSTANCE, KIND, Rows

_PLACES: Final = 60
_OF_INSTANCE: Final = "FROM deedbook_entry WHERE instance_id = :instance_id AND id <= :last"
_NEWEST: Final = "ORDER BY id DESC LIMIT 50"
_PAGE: Final = f"SELECT id, encoding, record, personal {_OF_INSTANCE} {_NEWEST}"
_OF_KIND: Final = f"SELECT id {_OF_INSTANCE} AND kind = :kind {_NEWEST}"
_OF_ENTITY: Final = f"SELECT id {_OF_INSTANCE} AND entity_id = :entity_id"
_OF_BOTH: Final = f"{_OF_ENTITY} AND actor_id = :actor_id {_NEWEST}"


class Look(NamedTuple):
    """A query for ids up to `last`, and the values that it is asked with, one after the other."""

    sql: str
    values: Sequence[Mapping[str, Any]]


def pages(made: Rows) -> dict[str, Look]:
    """Give the first page, and pages that begin somewhere in the older half."""
    of_instance = [row[ID] for row in made.rows if row[INSTANCE] == made.instance_id]
    older = random.Random(1).sample(of_instance[: len(of_instance) // 2], _PLACES)  # noqa: S311 (no secret)
    return {
        "first page": _look(_PAGE, made),
        "deep page": Look(_PAGE, [{**_asked(made), "last": last} for last in older]),
    }


def of_hot_entity(made: Rows) -> dict[str, Look]:
    """Give the ids of the hot entity, and those by the actor who never touched it."""
    actor_id = made.absent_actor_id
    assert not any(r[ACTOR] == actor_id and r[ENTITY] == made.hot_entity_id for r in made.rows)
    return {
        "hot entity": _look(f"{_OF_ENTITY} {_NEWEST}", made, entity_id=made.hot_entity_id),
        "hot entity, absent actor": _look(
            _OF_BOTH, made, entity_id=made.hot_entity_id, actor_id=actor_id
        ),
    }


def of_kinds(made: Rows) -> dict[str, Look]:
    """Give the ids of the rarest kind and those of one that there is not."""
    kinds = Counter(row[KIND] for row in made.rows if row[INSTANCE] == made.instance_id)
    rarest, _ = kinds.most_common()[-1]
    absent = next(kind for kind in range(len(kinds) + 1) if kind not in kinds)
    return {
        "rarest kind": _look(_OF_KIND, made, kind=rarest),
        "absent kind": _look(_OF_KIND, made, kind=absent),
    }


def _look(sql: str, made: Rows, **values: object) -> Look:
    return Look(sql, [_asked(made) | values])


def _asked(made: Rows) -> dict[str, Any]:
    return {"instance_id": made.instance_id, "last": made.rows[-1][ID]}

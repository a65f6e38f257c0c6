"""Filters written out again as query parameters, in one canonical form."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from deedbook.engine import ids
from deedbook.engine.catalogue import Catalogue
from deedbook.engine.filters import EXCLUDE, POSTED_FIELDS, Filters
from deedbook.engine.kinds import Outcome

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_NAMES: Final = {field: name for name, field in POSTED_FIELDS.items()}


def parameters_of(filters: Filters, catalogue: Catalogue) -> list[tuple[str, str]]:
    """Give the query parameters of filters, sorted and each once.

    What is left out by default is named (`not_outcome=denied`, `not_actor_type=system`), so that the
    parameters say all there is to know. Dates are instants in UTC, half-open.
    """
    pairs = {
        (prefix + name, value)
        for name, match in filters.matches.items()
        for prefix, values in (("", match.any_of), (EXCLUDE, match.none_of))
        for value in values
    }
    pairs |= {
        (_NAMES[lookup.field], value) for lookup in filters.lookups for value in lookup.values
    }
    for word in catalogue.on_request - filters.include:
        field = "outcome" if word == Outcome.DENIED else "actor_type"
        pairs.add((EXCLUDE + field, word))
    for name, unix_ms in (("start_date", filters.start_ms), ("end_date", filters.end_ms)):
        if unix_ms is not None:
            pairs.add((name, _instant(unix_ms)))
    return sorted(pairs)


def _instant(unix_ms: int) -> str:
    # Beyond what ids can tell there is no other entry, and no year that all can read.
    within = ids.unix_ms_of(ids.first_id_at(unix_ms))
    moment = _EPOCH + timedelta(milliseconds=within)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")

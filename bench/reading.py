"""What readers wait for: pages by every filter, deep ones, an entry, the feed, counts, search."""

from __future__ import annotations

import json
import time
from collections import Counter
from typing import Any, Final

from sqlalchemy import text

from bench.tables import percentiles, table
from deedbook.database.connect import Database
from deedbook.engine import EntryStore, Filters, Page, ids, read_filters
from deedbook.platform.catalogue import CATALOGUE
from deedbook.recording import open_log

_CALLS: Final = 60
_BIGGEST: Final = "SELECT instance_id FROM deedbook_tree ORDER BY size DESC LIMIT 1"


def measure(url: str) -> None:
    """Print how long each sort of look takes in the biggest instance, in SQL and without HTTP."""
    database = Database(url)
    try:
        with database.read() as session:
            instance_id = session.execute(text(_BIGGEST)).scalar_one()
            store = open_log(session, instance_id, CATALOGUE)
            _print(store)
    finally:
        database.close()


def _print(store: EntryStore) -> None:
    newest = [
        json.loads(each.wire()) for each in store.find(_filters(""), Page(limit=1000)).entries
    ]
    now_ms = time.time_ns() // 1_000_000
    deep = Page(after=ids.first_id_at(now_ms - 180 * 86_400_000))
    rows = []
    for name, query in _queries(newest).items():
        first = percentiles(lambda q=query: store.find(_filters(q), Page()), _CALLS)  # type: ignore[misc]
        later = percentiles(lambda q=query: store.find(_filters(q), deep), _CALLS)  # type: ignore[misc]
        rows.append([name, *(f"{each:.2f}" for each in (*first, *later))])
    table(
        ("page of 50 (ms)", "first, p50", "first, p95", "half a year deep, p50", "deep, p95"), rows
    )
    some = ids.read(newest[len(newest) // 2]["id"]) or 0
    everything = Filters(include=CATALOGUE.on_request)
    acts = {
        "an entry by its id": lambda: store.get(some),
        "feed, 100 entries from the middle": lambda: store.follow(
            everything, store.proofs.size() // 2, 100
        ),
        "facets, all time": lambda: store.count(everything),
        "facets of a user": lambda: store.count(_filters(_queries(newest)["user, common"])),
        "histogram, a year": lambda: store.histogram(everything, now_ms=now_ms, buckets=60),
        "proof of an entry": lambda: store.proofs.inclusion(some),
    }
    table(
        ("look (ms)", "p50", "p95"),
        [
            [name, *(f"{each:.2f}" for each in percentiles(act, _CALLS))]
            for name, act in acts.items()
        ],
    )


def _queries(newest: list[dict[str, Any]]) -> dict[str, str]:
    """Give filters by values that the newest entries have, often or seldom, and by one that none has."""

    def often(field: str) -> str:
        return _counted(newest, field)[0][0]

    def seldom(field: str) -> str:
        return _counted(newest, field)[-1][0]

    payout = next(each for each in newest if each["feature"] == "payout")
    single = {
        "no filter": "",
        "feature, common": f"feature={often('feature')}",
        "feature, rare": f"feature={seldom('feature')}",
        "feature, absent": "feature=billing",
        "operation, common": "operation=create",
        "operation, rare": "operation=delete",
        "actor type": "actor_type=api_key",
        "user, common": f"user_id={often('user_id')}",
        "user, absent": "user_id=us_000000000000",
        "API key, common": f"api_key_id={often('api_key_id')}",
        "entity type": "entity_type=payout",
        "entity": f"entity_id={payout['entity_id']}",
        "a week": "start_date=2026-03-01&end_date=2026-03-07",
    }
    names = [name for name in single if name != "no filter"]
    pairs = {
        f"{one} · {other}": f"{single[one]}&{single[other]}"
        for place, one in enumerate(names)
        for other in names[place + 1 :]
        if one.split(",")[0] != other.split(",")[0]
    }
    posted = {
        "touched (ref_id)": f"ref_id={payout['refs'][0]['id']}",
        "address": f"ip_address={payout['ip_address']}",
        "country": f"country={payout['country']}",
        "request": f"request_id={payout['request_id']}",
        "search by a word": "q=chase",
        "search, absent": "q=nothing-of-the-kind",
    }
    return single | pairs | posted


def _counted(newest: list[dict[str, Any]], field: str) -> list[tuple[str, int]]:
    return Counter(each[field] for each in newest if each[field] is not None).most_common()


def _filters(query: str) -> Filters:
    pairs = [tuple(each.split("=", 1)) for each in query.split("&") if each]
    return read_filters(pairs, CATALOGUE)  # type: ignore[arg-type]

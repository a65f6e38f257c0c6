"""Forgetting as a whole: against a naive model of it, and killed at any statement. On both databases."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from itertools import count
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from databases import Database, RawConnection
from deedbook.engine import Entry, EntryStore, Filters, Page, Ref, open_store, read_filters
from deedbook.engine.decree import Selector
from deedbook.engine.forgetter import Forgetter, Holds
from deedbook.engine.forgetting import open as statements
from deedbook.engine.integrity.merkle import leaf_hash, verify_inclusion
from deedbook.engine.store import open as opening
from sample.catalogue import ADA, CATALOGUE, DESK, INSTANCE, KEY, OTHER_INSTANCE, lent
from sample.forgetting import erasing, expiring, forget_all
from sample.killing import Fuse, Fused, Killed, fatal_transaction
from sample.sealing import autocommitting, checkpoint_of, make_log, rows, seal_all

EVERYTHING: Final = Filters(include=frozenset({"denied", "system"}))
BOB: Final = replace(ADA, id="us_00000000000B", name="Bob", email="bob@example.com")
ACTORS: Final = (ADA, BOB, KEY)
_instances = count(1)


@dataclass
class Kept:
    """What the model knows of an entry."""

    entry: Entry
    actor: int | None
    loan: str
    book: str
    sequence: int
    has_personal: bool = True
    has_record: bool = True


def is_selected(kept: Kept, facts: dict[str, str]) -> bool:
    match facts:
        case {"entity_type": "loan", "entity_id": loan}:
            return kept.actor is not None and kept.loan == loan
        case {"entity_type": "book", "entity_id": book}:
            return kept.actor is not None and kept.book == book
        case {"entry_id": entry_id}:
            return kept.entry.shown_id == entry_id
    (actor_id,) = facts.values()
    return kept.actor is not None and ACTORS[kept.actor].id == actor_id


places = st.integers(0, 2)
acts = st.tuples(st.just("act"), places, places, places)
selectors = st.sampled_from(
    [
        {"user_id": ADA.id},
        {"user_id": BOB.id},
        {"api_key_id": KEY.id},
        {"entity_type": "loan", "entity_id": "lo_1"},
        {"entity_type": "book", "entity_id": "bo_2"},
        {"entry_id": "some"},
    ]
)
steps = st.one_of(
    acts,
    acts,
    acts,
    st.tuples(st.just("erase"), selectors),
    st.tuples(st.just("expire"), st.integers(0, 100)),
    st.tuples(st.just("forget")),
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(story=st.lists(steps, max_size=30), data=st.data())
def test_whatever_is_forgotten_the_rest_is_as_a_naive_model_has_it(
    database: Database, story: list[Any], data: st.DataObject
) -> None:
    make_log(database)
    with closing(autocommitting(database)) as connection:
        instance_id = f"in_{next(_instances):012}"
        store = open_store(connection, instance_id, CATALOGUE)
        log: list[Kept] = []
        for step in story:
            write(database, store, log, step, data)
        seal_all(database)
        forget_all(database, batch=3)
        assert_as_the_model_has_it(store, log)


def write(
    database: Database, store: EntryStore, log: list[Kept], step: Any, data: st.DataObject
) -> None:
    """Take a step in the log, and in the model at once, as if all were carried out."""
    match step:
        case ("act", actor, loan, book):
            names = (f"lo_{loan}", f"bo_{book}")
            deed = lent(
                instance_id=store.instance_id,
                actor=ACTORS[actor],
                entity_id=names[0],
                refs=(Ref("book", names[1]),),
                origin=replace(DESK, ip_address=f"203.0.113.{actor}"),
                entity_label=f"label{loan}",
            )
            log.append(Kept(store.append(deed), actor, *names, len(log)))
        case ("erase", dict(facts)):
            if "entry_id" in facts:
                if not log:
                    return
                facts = {"entry_id": data.draw(st.sampled_from(log)).entry.shown_id}
            for kept in log:
                kept.has_personal &= not is_selected(kept, facts)
            decide(store, log, replace(erasing(**facts), instance_id=store.instance_id))
        case ("expire", percent):
            horizon = len(log) * percent // 100
            for kept in log[:horizon]:
                kept.has_personal = False
                kept.has_record = kept.actor is None
            decide(store, log, replace(expiring(horizon), instance_id=store.instance_id))
        case _:
            seal_all(database)
            forget_all(database, batch=2)


def decide(store: EntryStore, log: list[Kept], deed: Any) -> None:
    log.append(Kept(store.append(deed), None, "log", "", len(log)))


def assert_as_the_model_has_it(store: EntryStore, log: list[Kept]) -> None:
    left = [kept for kept in log if kept.has_record]
    actors = Counter(ACTORS[kept.actor].id for kept in left if kept.actor is not None)
    assert [each.id for each in walked(store, EVERYTHING)] == [k.entry.id for k in reversed(left)]
    counts = store.count(EVERYTHING).counts
    assert Counter(counts["user_id"]) + Counter(counts["api_key_id"]) == actors
    assert sum(counts["action"].values()) == len(left)
    histogram = store.histogram(EVERYTHING, now_ms=10**13, buckets=7)
    assert sum(sum(each.counts.values()) for each in histogram.buckets) == len(left)
    followed = store.follow(EVERYTHING, -1, 1000)
    assert [each.sequence for each in followed.entries] == [kept.sequence for kept in left]
    for place in range(3):
        actor, loan = ACTORS[place], f"lo_{place}"
        acts = [kept for kept in left if kept.actor is not None]
        found: list[tuple[str, str, list[Kept]]] = [
            ("ref_id", loan, [k for k in acts if k.loan == loan]),
            ("ref_id", f"bo_{place}", [k for k in acts if k.book == f"bo_{place}"]),
            ("entity_id", loan, [k for k in acts if k.loan == loan]),
            ("q", f"label{place}", [k for k in acts if k.loan == loan and k.has_personal]),
            ("ip_address", f"203.0.113.{place}", of_actor(acts, place, personal=True)),
            ("country", "NO", [k for k in left if k.has_personal]),
            (
                "api_key_id" if actor is KEY else "user_id",
                str(actor.id),
                of_actor(acts, place, personal=False),
            ),
        ]
        for name, value, expected in found:
            filters = read_filters([(name, value)], CATALOGUE, everything=True)
            ids = [each.id for each in walked(store, filters)]
            assert ids == [kept.entry.id for kept in reversed(expected)], (name, value)
    for kept in log:
        assert_kept(store, kept)


def of_actor(acts: Sequence[Kept], place: int, *, personal: bool) -> list[Kept]:
    return [k for k in acts if k.actor == place and (k.has_personal or not personal)]


def walked(store: EntryStore, filters: Filters) -> Iterator[Entry]:
    """Give all that matches, page by page."""
    page = Page(limit=4)
    while True:
        found = store.find(filters, page)
        yield from found.entries
        if not found.has_more:
            return
        page = Page(limit=4, after=found.entries[-1].id)


def assert_kept(store: EntryStore, kept: Kept) -> None:
    entry = store.get(kept.entry.id)
    assert store.decrees.is_expired(kept.entry.id) is not kept.has_record
    if entry is None:
        assert not kept.has_record
    else:
        assert entry.record == kept.entry.record
        assert (entry.personal == kept.entry.personal) is kept.has_personal
        assert (entry.personal is None) is not kept.has_personal
        assert json.loads(entry.wire())["sequence"] == kept.sequence
    proved = store.proofs.inclusion(kept.entry.id)
    assert proved is not None
    assert proved.leaf_hash == leaf_hash(kept.entry.record)
    checkpoint = checkpoint_of(proved.checkpoint.note)
    assert verify_inclusion(
        proved.leaf_hash, proved.sequence, checkpoint.size, proved.proof, checkpoint.root
    )


# Killed


def test_a_forgetter_killed_at_any_step_goes_on_and_forgets_no_more_than_was_decreed(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_log(database)
    chance = random.Random()  # noqa: S311 (no secret)
    with closing(autocommitting(database)) as connection:
        logs: dict[str, list[Kept]] = {INSTANCE: [], OTHER_INSTANCE: []}
        for instance_id, log in logs.items():
            store = open_store(connection, instance_id, CATALOGUE)
            for step in (
                *(("act", chance.randrange(3), chance.randrange(3), 0) for _ in range(40)),
                ("erase", {"user_id": ADA.id}),
                *(("act", chance.randrange(3), chance.randrange(3), 0) for _ in range(30)),
                ("expire", 60),
            ):
                write(database, store, log, step, None)  # type: ignore[arg-type]
        seal_all(database)
        killed, done = 0, False
        while not done:
            fuse = Fuse(chance.randrange(25))
            monkeypatch.setattr(
                opening,
                "decree_tables",
                lambda connection, fuse=fuse: Fused(statements.decree_tables(connection), fuse),
            )
            try:
                forgetter = fused_forgetter(connection, fuse)
                while forgetter.run_once():
                    pass
                done = True
            except Killed:
                killed += 1
                for instance_id, log in logs.items():
                    assert_none_too_many(connection, instance_id, log)
        monkeypatch.undo()
        assert killed > 20
        for instance_id, log in logs.items():
            assert_as_the_model_has_it(open_store(connection, instance_id, CATALOGUE), log)


def fused_forgetter(connection: RawConnection, fuse: Fuse) -> Forgetter:
    @contextmanager
    def fatal() -> Iterator[tuple[RawConnection, Holds]]:
        with fatal_transaction(connection, fuse):
            yield connection, no_holds

    return Forgetter(fatal, fatal, CATALOGUE, batch=3, settling_ms=-(10**12))


def no_holds(_instance_id: str) -> list[Selector]:
    return []


def assert_none_too_many(connection: RawConnection, instance_id: str, log: list[Kept]) -> None:
    """What the model still has is there, whatever was killed; no body is there without its postings."""
    found = rows(
        connection,
        "SELECT id, record IS NOT NULL, personal IS NOT NULL FROM deedbook_entry"
        " WHERE instance_id = ?",
        instance_id,
    )
    there = {entry_id: (bool(record), bool(personal)) for entry_id, record, personal in found}
    for kept in log:
        record, personal = there[kept.entry.id]
        assert record or not kept.has_record
        assert personal or not kept.has_personal
    posted = (
        "SELECT DISTINCT entry_id FROM deedbook_{}posting"
        " WHERE tree = (SELECT number FROM deedbook_tree WHERE instance_id = ?)"
    )
    for part, place in (("", 0), ("personal_", 1)):
        ids = {row[0] for row in rows(connection, posted.format(part), instance_id)}
        assert ids == {entry_id for entry_id, parts in there.items() if parts[place]}

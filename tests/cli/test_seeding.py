"""Tests of the deeds that a seeded log is made of."""

from __future__ import annotations

import random
from collections import Counter
from itertools import islice

import pytest

from deedbook.engine import Deed, NewEntry, Outcome, ids
from deedbook.platform.recorded import recorded_where
from deedbook.seeding import writing
from deedbook.seeding.deeds import deeds_of
from deedbook.seeding.writing import Plan, written_batches

INSTANCE = "in_000000000001"
FIRST_MS = 1_790_000_000_000
# These have no entries of their own.
_WITHOUT_ENTRIES = {"quote", "terms_of_service"}


def some_deeds(random_seed: int = 1) -> list[Deed]:
    chance = random.Random(random_seed)  # noqa: S311 (no secret)
    return list(islice(deeds_of(INSTANCE, chance, recorded_where()), 5_000))


def test_the_same_seed_gives_the_same_deeds_and_another_gives_others() -> None:
    assert some_deeds() == some_deeds()
    assert some_deeds() != some_deeds(2)


def test_whatever_a_deed_refers_to_was_made_before_it_and_is_not_gone() -> None:
    there: set[str] = set()
    for deed in some_deeds():
        if deed.outcome is Outcome.DENIED:
            continue
        referred = {ref.id for ref in deed.refs if ref.type not in _WITHOUT_ENTRIES}
        assert referred <= there, deed.action.name
        if deed.operation == "create":
            there.add(deed.entity_id)
        elif deed.operation == "delete":
            assert deed.entity_id in there
            there.remove(deed.entity_id)


def test_some_are_denied_and_none_claims_a_passkey_that_did_not_sign() -> None:
    deeds = some_deeds()
    outcomes = Counter(deed.outcome for deed in deeds)
    assert 0.005 < outcomes[Outcome.DENIED] / len(deeds) < 0.02
    assert not any(deed.actor.has_passkey for deed in deeds)
    assert len({deed.origin.country for deed in deeds}) >= 5
    assert len({deed.action.feature.name for deed in deeds}) >= 14


def written(entries: int) -> list[NewEntry]:
    plan = Plan(
        instance_id=INSTANCE,
        entries=entries,
        first_ms=FIRST_MS,
        step_ms=0.5,
        random_seed=1,
        where=recorded_where(),
    )
    with written_batches(plan) as batches:
        return [entry for batch in batches for entry in batch]


def test_a_process_of_its_own_writes_the_same_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    here = written(6_000)
    monkeypatch.setattr(writing, "_MANY", 0)
    aside = written(6_000)
    assert len(here) == len(aside) == 6_000
    # The counters of ids and the salts differ, and what is made of them.
    facts = [(each.kind, each.actor_id, each.entity_id, each.personal) for each in here]
    assert facts == [(each.kind, each.actor_id, each.entity_id, each.personal) for each in aside]
    assert [each.id for each in aside] == sorted({each.id for each in aside})
    assert ids.unix_ms_of(aside[0].id) == FIRST_MS
    assert ids.unix_ms_of(aside[-1].id) == FIRST_MS + 3_000


def test_a_writer_that_dies_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "_MANY", 0)
    plan = Plan(instance_id="", entries=1, first_ms=FIRST_MS, step_ms=1, random_seed=1, where={})
    with pytest.raises(EOFError), written_batches(plan) as batches:
        list(batches)

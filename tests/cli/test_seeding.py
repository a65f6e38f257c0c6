"""Tests of the deeds that a seeded log is made of."""

from __future__ import annotations

import random
from collections import Counter
from itertools import islice

from deedbook.cli.seeding.deeds import deeds_of
from deedbook.engine import Deed, Outcome

INSTANCE = "in_000000000001"
# These have no entries of their own.
_WITHOUT_ENTRIES = {"quote", "terms_of_service"}


def some_deeds(random_seed: int = 1) -> list[Deed]:
    chance = random.Random(random_seed)  # noqa: S311 (no secret)
    return list(islice(deeds_of(INSTANCE, chance), 5_000))


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

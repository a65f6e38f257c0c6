"""Of an honest log the verifier says that it is one, whatever was erased, expired, rotated, or asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deedbook.engine import Outcome, Ref
from deedbook.engine.integrity.note import Signer
from sample.bundles import (
    ACTORS,
    EVERYTHING,
    FILTERS,
    Log,
    Row,
    erasure,
    expiry,
    filters_of,
    loan,
    moment,
    rotation,
    verified,
)
from sample.catalogue import ADA, KEY, RETURNED, SHELVED, WITHDRAWN, deed_of
from sample.sealing import SIGNER

ENTITIES = ("lo_000000000001", "lo_000000000002", "nul\0 and ü", "long" * 60)
SELECTORS = (
    {"user_id": "us_00000000000A"},
    {"user_id": "us_00000000000B"},
    {"api_key_id": "ap_00000000000K"},
    {"entity_type": "loan", "entity_id": "lo_000000000001"},
    {"entity_type": "book", "entity_id": "bo_1"},
)
DEEDS: dict[str, Any] = {
    "lent": {},
    "to a book": {"refs": (Ref("book", "bo_1"),)},
    "returned": RETURNED,
    "shelved": SHELVED,
    "withdrawn": WITHDRAWN,
}


@dataclass
class Life:
    """What an honest log went through."""

    rows: list[Row]
    turns: dict[int, Signer]


def a_deed(number: int, draw: Any) -> Row:
    sides: dict[str, Any] = {
        "actor": draw(st.sampled_from(ACTORS)),
        "entity_id": draw(st.sampled_from(ENTITIES)),
        "outcome": draw(st.sampled_from([Outcome.SUCCESS, Outcome.SUCCESS, Outcome.DENIED])),
    }
    what = DEEDS[draw(st.sampled_from(sorted(DEEDS)))]
    if isinstance(what, dict):
        return loan(number, **{**sides, **what})
    deed = deed_of(what, **sides)
    return Row.of(deed, loan(number).entry_id)


@st.composite
def lives(draw: Any) -> Life:
    rows: list[Row] = []
    turns: dict[int, Signer] = {}
    signer = SIGNER
    for number in range(draw(st.integers(1, 25))):
        what = draw(st.sampled_from(["deed"] * 12 + ["erase", "erase one", "expire", "rotate"]))
        if what == "erase":
            rows.append(erasure(number, draw(st.sampled_from(SELECTORS))))
        elif what == "erase one" and rows:
            chosen = draw(st.sampled_from(rows)).told["id"]
            rows.append(erasure(number, {"entry_id": chosen}))
        elif what == "expire":
            rows.append(expiry(number, draw(st.integers(0, len(rows)))))
        elif what == "rotate":
            new = Signer("deedbook", bytes([number] * 32))
            rows.append(rotation(number, signer, new))
            signer = turns[len(rows)] = new
        else:
            rows.append(a_deed(number, draw))
    # Sometimes an entry commits late, and has a smaller id than the one before it.
    if draw(st.booleans()) and len(rows) > 3:
        late = draw(st.integers(0, len(rows) - 2))
        if rows[late].told["effect"] is None is rows[late + 1].told["effect"]:
            rows[late], rows[late + 1] = rows[late + 1], rows[late]
    return Life([forgotten(each, rows, draw) for each in rows], turns)


def forgotten(row: Row, rows: list[Row], draw: Any) -> Row:
    """Give the row as the jobs leave it, which may not have come to it yet."""
    told, position = row.told, rows.index(row)
    effects = [(each.entry_id, each.told["effect"]) for each in rows if each.told["effect"]]
    horizon = max((e["before_sequence"] for _, e in effects if "before_sequence" in e), default=0)
    if position < horizon and draw(st.booleans()):
        return row.expired() if told["effect"] is None else row.erased()
    chosen = any(
        decided > row.entry_id and is_selected(told, effect["selector"])
        for decided, effect in effects
        if "selector" in effect
    )
    return row.erased() if chosen and draw(st.booleans()) else row


def is_selected(told: dict[str, Any], selector: dict[str, str]) -> bool:
    if "entity_id" in selector:
        own = {"type": told["entity_type"], "id": told["entity_id"]}
        return {"type": selector["entity_type"], "id": selector["entity_id"]} in [
            own,
            *told["refs"],
        ]
    ((name, value),) = selector.items()
    return bool(told["id" if name == "entry_id" else name] == value)


@settings(max_examples=150, deadline=None)
@given(life=lives(), asked=st.sampled_from(FILTERS), data=st.data())
def test_there_is_no_false_alarm(life: Life, asked: str, data: st.DataObject) -> None:
    size = len(life.rows)
    sizes = data.draw(st.lists(st.integers(1, size), max_size=2, unique=True))
    log = Log(life.rows, sizes=sizes, turns=life.turns)
    start = data.draw(st.sampled_from([0, 0, 0, size // 2, size]))
    stop = data.draw(st.sampled_from([size, size, (start + size) // 2]))
    bundle = log.bundle(filters_of(asked), positions=range(start, stop))
    assert verified(bundle).problems == []
    assert verified(bundle).status == 0
    assert verified(bundle, key=log.signer).status == 0
    assert verified(bundle, key=None).status == 2
    found = verified(bundle, remembered=[log.notes[each] for each in sizes])
    # A checkpoint of the midst of what is hashes alone cannot be compared.
    within = any(each < start or stop < each < size for each in sizes)
    assert found.problems == []
    assert found.status == 0 or within


def test_it_says_how_many_match_and_that_all_are_here() -> None:
    log = Log([loan(n, actor=ACTORS[n % 3]) for n in range(30)])
    found = verified(log.bundle(filters_of("user_id=us_00000000000B")))
    assert "10 of 30 entries match, and all 10 are here." in found.notes


def test_of_personal_facts_it_says_that_completeness_cannot_be_told() -> None:
    log = Log([loan(n) for n in range(3)])
    found = verified(log.bundle(filters_of("q=middle")))
    assert found.status == 0
    assert any("cannot be told" in each and "(q)" in each for each in found.notes)


def test_a_bundle_carries_personal_details_of_what_matches_alone() -> None:
    rows = [loan(n, actor=(ADA, KEY)[n % 2]) for n in range(6)]
    bundle = Log(rows).bundle(filters_of("api_key_id=ap_00000000000K"))
    assert bundle.count(b"\nrecord ") == 6
    assert bundle.count(b"\npersonal ") == bundle.count(b"Returns desk") == 3
    assert b"Ada" not in bundle.replace(b'"created_by":{"id":"us_00000000000A","name":"Ada', b"")


def test_a_key_that_was_pinned_before_two_rotations_is_followed() -> None:
    second, third = Signer("deedbook", b"2" * 32), Signer("deedbook", b"3" * 32)
    rows = [loan(0), rotation(1, SIGNER, second), loan(2), rotation(3, second, third), loan(4)]
    log = Log(rows, sizes=[1, 3], turns={2: second, 4: third})
    for positions in (range(5), range(4, 5), range(2, 3)):
        bundle = log.bundle(positions=positions)
        assert [verified(bundle, key=each).status for each in (SIGNER, second, third)] == [0] * 3
    remembered = [log.notes[1], log.notes[3]]
    assert verified(log.bundle(), key=third, remembered=remembered).status == 0
    stranger = verified(log.bundle(), key=Signer("deedbook", b"4" * 32))
    assert stranger.status == 1


@pytest.mark.parametrize("minutes", [0, 2])
def test_a_file_older_than_what_is_remembered_cannot_be_told(minutes: int) -> None:
    rows = [loan(n) for n in range(6)]
    later = Log(rows).notes[6]
    early = Log(rows[:4]).bundle(made_at=moment(6 + minutes))
    found = verified(early, remembered=[later])
    assert found.status == 2
    assert "newer file" in found.doubts[0]


def test_the_same_seed_draws_the_same_entries() -> None:
    bundle = Log([loan(n) for n in range(50)]).bundle(EVERYTHING)
    drawn = [[s.position for s in verified(bundle, sample=5, seed=x).sample] for x in "aab"]
    assert drawn[0] == drawn[1] != drawn[2]
    assert len(set(drawn[0])) == 5

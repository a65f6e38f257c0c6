"""Entry ids grow with time, never clash within a process, and sort as they are shown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deedbook.engine import EntryIds, ids

ENTRY_IDS = st.integers(0, ids.MAX_ID)
NOW_MS = 1_790_000_000_000


def clock(readings: list[int]) -> EntryIds:
    ticking: Iterator[int] = iter(readings)
    return EntryIds(lambda: next(ticking))


@given(ENTRY_IDS)
def test_an_id_is_read_as_it_was_shown(entry_id: int) -> None:
    shown = ids.show(entry_id)
    assert len(shown) == 15
    assert shown.startswith("al_")
    assert ids.read(shown) == entry_id


@given(ENTRY_IDS, ENTRY_IDS)
def test_shown_ids_sort_as_the_ids_do(one: int, other: int) -> None:
    assert (ids.show(one) < ids.show(other)) == (one < other)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "al_",
        "al_00000000000",
        "al_0000000000000",
        "AL_000000000000",
        "po_000000000000",
        "al_00000000000-",
        "al_00000000000é",
        "al_000000000000\n",
        " al_000000000000",
        "al_zzzzzzzzzzzz",  # more than 63 bits
    ],
)
def test_what_is_no_id_is_not_read(text: str) -> None:
    assert ids.read(text) is None


@given(st.text())
def test_whatever_reads_as_an_id_is_shown_the_same(text: str) -> None:
    entry_id = ids.read(text)
    assert entry_id is None or ids.show(entry_id) == text


@given(st.lists(st.integers(NOW_MS - 5, NOW_MS + 5), min_size=1, max_size=100))
def test_ids_only_grow_even_when_the_clock_steps_back(readings: list[int]) -> None:
    entry_ids = clock(readings)
    taken = [entry_ids.take() for _ in readings]
    assert all(earlier < later for earlier, later in pairwise(taken))


def test_an_id_tells_the_millisecond_it_was_taken_in() -> None:
    taken = clock([NOW_MS]).take()
    assert ids.unix_ms_of(taken) == NOW_MS
    expected = datetime.fromtimestamp(NOW_MS / 1000, UTC)
    assert datetime.fromisoformat(ids.created_at_of(taken)) == expected
    assert ids.created_at_of(taken).endswith("Z")


def test_the_counter_starts_at_random_in_the_lower_half() -> None:
    counters = {clock([NOW_MS]).take() & (2**ids.COUNTER_BITS - 1) for _ in range(50)}
    assert len(counters) > 1
    assert max(counters) < 2 ** (ids.COUNTER_BITS - 1)


def test_a_full_counter_runs_over_into_the_next_millisecond() -> None:
    entry_ids = EntryIds(lambda: NOW_MS)
    last_of_millisecond = ids.first_id_at(NOW_MS + 1) - 1
    entry_ids._last = last_of_millisecond
    assert entry_ids.take() == last_of_millisecond + 1
    assert entry_ids.take() == last_of_millisecond + 2


@given(st.integers(-(2**70), 2**70), st.integers(0, 10**6))
def test_a_range_of_time_is_a_range_of_ids(unix_ms: int, later: int) -> None:
    first = ids.first_id_at(unix_ms)
    assert 0 <= first <= ids.first_id_at(unix_ms + later) <= ids.MAX_ID


@given(st.integers(0, 2**42 - 1))
def test_the_first_id_of_a_millisecond_is_the_smallest_in_it(since_epoch: int) -> None:
    unix_ms = ids.unix_ms_of(0) + since_epoch
    first = ids.first_id_at(unix_ms)
    assert ids.unix_ms_of(first) == unix_ms
    assert first == 0 or ids.unix_ms_of(first - 1) == unix_ms - 1

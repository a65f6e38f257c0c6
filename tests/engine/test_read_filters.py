"""Filters and pages are read from query parameters, and what cannot be is refused by its name."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime, timedelta
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deedbook.engine import (
    ActorType,
    Catalogue,
    Filters,
    InvalidParameters,
    Page,
    ids,
    read_filters,
    read_page,
)
from deedbook.engine.filters import EXCLUDE, FIELDS, MAX_VALUES, Match, read_date
from sample.catalogue import CATALOGUE, LENT

DAY_MS: Final = 86_400_000
MARCH_15: Final = int(datetime(2026, 3, 15, tzinfo=UTC).timestamp() * 1000)

POSSIBLE: Final = {
    "feature": ["loan", "book"],
    "operation": ["create", "update", "delete"],
    "action": ["loan.lent", "book.withdrawn"],
    "entity_type": ["loan", "copy"],
    "actor_type": ["user", "api_key"],
    "outcome": ["success"],
    "has_passkey": ["true", "false", "null"],
    "user_id": ["us_00000000000A", "us_00000000000B"],
    "api_key_id": ["ap_00000000000K"],
    "entity_id": ["anything at all", "é", "'; --"],
}


def problems(*pairs: tuple[str, str]) -> list[str]:
    with pytest.raises(InvalidParameters) as refused:
        read_filters(pairs, CATALOGUE)
    assert refused.value.status == 400
    return refused.value.problems


def test_every_field_is_tested_here() -> None:
    assert set(POSSIBLE) == set(FIELDS)


@pytest.mark.parametrize("field", FIELDS)
def test_a_repeated_key_means_any_of_and_not_excludes(field: str) -> None:
    values = POSSIBLE[field]
    wanted = read_filters([(field, value) for value in values], CATALOGUE)
    assert wanted.matches == {field: Match(any_of=frozenset(values))}
    excluded = read_filters([(EXCLUDE + field, value) for value in values], CATALOGUE)
    assert excluded.matches == {field: Match(none_of=frozenset(values))}


@pytest.mark.parametrize("prefix", ["", EXCLUDE])
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("feature", "loans"),
        ("feature", "Loan"),
        ("operation", "creates"),
        ("action", "loan.created"),
        ("entity_type", "member"),
        ("actor_type", "robot"),
        ("outcome", "failed"),
        ("has_passkey", "yes"),
        ("has_passkey", "None"),
        ("user_id", "ap_00000000000K"),
        ("user_id", "us_00000000000A\n"),
        ("user_id", "Ada"),
        ("api_key_id", "us_00000000000A"),
    ],
)
def test_a_value_that_cannot_be_is_refused_by_name(prefix: str, field: str, value: str) -> None:
    [problem] = problems((prefix + field, value))
    assert problem.startswith(f"{prefix}{field}: {value!r} is not ")


@pytest.mark.parametrize("field", FIELDS)
def test_an_empty_value_is_refused(field: str) -> None:
    assert problems((field, "")) == [f"{field}: is empty"]


@pytest.mark.parametrize(
    "name",
    ["features", "not_", "not_not_feature", "not_start_date", "not_q", "", "limit", "FEATURE"],
)
def test_an_unknown_parameter_is_refused_by_name(name: str) -> None:
    assert problems((name, "loan")) == [f"{name}: unknown parameter"]


def test_everything_that_is_wrong_is_said_at_once() -> None:
    wrong = problems(("feature", "x"), ("start_date", "y"), ("z", "1"), ("include", "w"))
    assert [each.split(":")[0] for each in wrong] == ["feature", "start_date", "z", "include"]


def test_a_long_value_is_shown_cut() -> None:
    [problem] = problems(("feature", "x" * 10_000))
    assert len(problem) < 200


def test_more_values_than_anyone_picks_are_refused() -> None:
    many = [("entity_id", str(number)) for number in range(MAX_VALUES)]
    assert len(read_filters(many, CATALOGUE).matches["entity_id"].any_of) == MAX_VALUES
    assert problems(*many, ("entity_id", "more")) == [f"entity_id: more than {MAX_VALUES} values"]


@pytest.mark.parametrize(("field", "word"), [("actor_type", "system"), ("outcome", "denied")])
def test_what_is_hidden_by_default_has_to_be_included(field: str, word: str) -> None:
    assert problems((field, word)) == [f"{field}: {word} needs include={word}"]
    found = read_filters([("include", word), (field, word)], CATALOGUE)
    assert found.include == {word}
    assert read_filters([(EXCLUDE + field, word)], CATALOGUE).include == frozenset()


def test_include_takes_a_list_and_can_be_repeated() -> None:
    both = frozenset({"denied", "system"})
    assert read_filters([("include", "denied,system")], CATALOGUE).include == both
    assert read_filters([("include", "denied"), ("include", "system")], CATALOGUE).include == both


@pytest.mark.parametrize("value", ["user", "", "denied,", "Denied", "denied system"])
def test_include_refuses_what_is_not_hidden(value: str) -> None:
    assert problems(("include", value))[0].startswith("include: ")


def test_what_is_hidden_is_told_by_the_catalogue() -> None:
    robot = ActorType("robot", "user_id", only_on_request=True)
    catalogue = Catalogue([LENT], actor_types=(robot,))
    assert read_filters([("include", "robot")], catalogue).include == {"robot"}
    with pytest.raises(InvalidParameters, match="'system' is not one of: denied, robot"):
        read_filters([("include", "system")], catalogue)


# Dates


def test_a_bare_date_means_the_whole_day_at_both_ends() -> None:
    day = read_filters([("start_date", "2026-03-15"), ("end_date", "2026-03-15")], CATALOGUE)
    assert day == Filters({}, MARCH_15, MARCH_15 + DAY_MS)


@pytest.mark.parametrize(
    ("text", "unix_ms"),
    [
        ("2026-03-15T00:00:00Z", MARCH_15),
        ("2026-03-15t00:00:00z", MARCH_15),
        ("2026-03-15T02:00:00+02:00", MARCH_15),
        ("2026-03-15T02:00:00 02:00", MARCH_15),  # an unescaped + in a query string
        ("2026-03-14T18:30:00-05:30", MARCH_15),
        ("2026-03-15T00:00:00.5Z", MARCH_15 + 500),
        ("2026-03-15T00:00:00.001Z", MARCH_15 + 1),
        ("2026-03-15T00:00:00.000001Z", MARCH_15 + 1),
        ("2026-03-15T00:00:00.000000001Z", MARCH_15 + 1),
        ("2026-03-15T00:00:00.001000000Z", MARCH_15 + 1),
        ("1970-01-01T00:00:00Z", 0),
    ],
)
def test_an_instant_is_taken_as_it_is(text: str, unix_ms: int) -> None:
    assert read_date(text) == unix_ms
    assert read_date(text, whole_day=True) == unix_ms


@given(
    st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30)),  # noqa: DTZ001
    st.integers(-23 * 60, 23 * 60),
)
def test_instants_agree_with_the_standard_library(naive: datetime, offset: int) -> None:
    sign = "-" if offset < 0 else "+"
    zone = f"{sign}{abs(offset) // 60:02}:{abs(offset) % 60:02}"
    elapsed = naive - timedelta(minutes=offset) - datetime(1970, 1, 1)  # noqa: DTZ001
    read = timedelta(milliseconds=read_date(naive.isoformat(timespec="microseconds") + zone))
    assert timedelta(0) <= read - elapsed < timedelta(milliseconds=1)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "today",
        "2026",
        "2026-3-15",
        "2026-02-30",
        "20260315",
        "2026-W11-7",
        "2026-03-15T09:30:00",  # no offset: whose time would it be?
        "2026-03-15 09:30:00Z",
        "2026-03-15T09:30Z",
        "2026-03-15T25:00:00Z",
        "2026-03-15T09:30:00+99:00",
        "2026-03-15T09:30:00.Z",
        "1773567000000",
        "\u0662\u0660\u0662\u0666-03-15",  # digits, but not those of RFC 3339
        "0000-01-01",
        "2026-03-15\n",
    ],
)
@pytest.mark.parametrize("name", ["start_date", "end_date"])
def test_a_malformed_date_is_refused_by_name(name: str, text: str) -> None:
    [problem] = problems((name, text))
    assert problem.startswith(f"{name}: ")


def test_dates_are_given_once_and_in_order() -> None:
    twice = ("start_date", "2026-03-15")
    assert problems(twice, twice) == ["start_date: given twice"]
    backward = (("start_date", "2026-03-16"), ("end_date", "2026-03-14"))
    assert problems(*backward) == ["end_date: lies before start_date"]


@given(st.lists(st.tuples(st.sampled_from([*FIELDS, "start_date", "include"]), st.text())))
def test_nothing_a_client_sends_is_a_failure_of_ours(pairs: list[tuple[str, str]]) -> None:
    with contextlib.suppress(InvalidParameters):
        read_filters(pairs, CATALOGUE)


# Pages


def page_problems(*pairs: tuple[str, str]) -> list[str]:
    with pytest.raises(InvalidParameters) as refused:
        read_page(pairs)
    return refused.value.problems


@pytest.mark.parametrize("limit", [1, 7, 50, 1000])
def test_any_limit_up_to_a_thousand_is_taken(limit: int) -> None:
    assert read_page([("limit", str(limit))]) == Page(limit=limit)


@pytest.mark.parametrize(
    "value", ["0", "1001", "-1", "", "ten", "1.0", "\uff11", "0x1", " 1", "9" * 5000]
)
def test_a_limit_that_cannot_be_is_refused(value: str) -> None:
    assert page_problems(("limit", value)) == ["limit: must be a whole number from 1 to 1000"]


@pytest.mark.parametrize("value", ["-1", "1001", "x"])
def test_an_offset_that_cannot_be_is_refused(value: str) -> None:
    assert page_problems(("offset", value)) == ["offset: must be a whole number from 0 to 1000"]


@pytest.mark.parametrize("name", ["starting_after", "ending_before"])
def test_a_cursor_is_the_id_of_an_entry(name: str) -> None:
    page = read_page([(name, ids.show(42))])
    assert 42 in (page.after, page.before)
    assert page_problems((name, "po_000000000001"))[0].startswith(f"{name}: must be the id of")


@pytest.mark.parametrize(
    "pair",
    [
        ("offset", "starting_after"),
        ("offset", "ending_before"),
        ("starting_after", "ending_before"),
    ],
)
def test_two_ways_of_going_on_are_refused(pair: tuple[str, str]) -> None:
    values = {"offset": "10", "starting_after": ids.show(1), "ending_before": ids.show(9)}
    one, other = pair
    assert page_problems((one, values[one]), (other, values[other])) == [
        f"{other}: cannot be combined with {one}"
    ]


def test_a_page_parameter_is_given_once() -> None:
    assert page_problems(("limit", "1"), ("limit", "2")) == ["limit: given twice"]

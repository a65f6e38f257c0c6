"""The audit log over HTTP, mounted by a host of its own. On both databases."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count
from typing import Annotated, Any, Final

import pytest
from fastapi import FastAPI, Header
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from databases import Database, RawConnection
from deedbook.engine import (
    Deed,
    DeedbookError,
    EntryIds,
    EntryStore,
    Outcome,
    create_log,
    open_store,
)
from deedbook.engine.filters import EXCLUDE, FIELDS, POSTED_FIELDS
from deedbook.log_api import audit_log_router, catalogue_router
from sample.catalogue import (
    CATALOGUE,
    CLOCK,
    INSTANCE,
    KEY,
    LENT,
    OTHER_INSTANCE,
    RETURNED,
    SHELVED,
    WITHDRAWN,
    deed_of,
    lent,
)
from sample.forgetting import expiring, forget_all
from sample.sealing import seal_all

START_MS: Final = int(datetime(2026, 3, 14, 23, 59, 59, 998_000, tzinfo=UTC).timestamp() * 1000)
# One to a millisecond around a midnight, the oldest first.
DEEDS: Final[tuple[Deed, ...]] = (
    lent(entity_id="lo_1"),
    deed_of(RETURNED, entity_id="lo_1", actor=KEY),
    deed_of(SHELVED, entity_id="bo_1"),
    deed_of(WITHDRAWN, entity_id="bo_1", actor=KEY, outcome=Outcome.DENIED),
    deed_of(RETURNED, entity_id="lo_2", actor=CLOCK),
    lent(entity_id="lo_2"),
)
SHOWN: Final = ["lo_2", "bo_1", "lo_1", "lo_1"]
LOG: Final = f"/v1/instances/{INSTANCE}/audit-logs"
ERROR_KEYS: Final = {"success", "code", "message", "description", "errors", "trace_id"}


class NotYours(DeedbookError):
    """Only the owner reads this log."""

    code = "AUTH_FORBIDDEN"
    status = 403
    is_denial = False


class Host:
    """An application with a way of its own to know who calls."""

    def __init__(self, connection: RawConnection) -> None:
        self.connection = connection
        clock = EntryIds(count(START_MS).__next__)
        store = open_store(connection, INSTANCE, CATALOGUE, clock)
        self.entries = [store.append(deed) for deed in DEEDS]
        other = open_store(connection, OTHER_INSTANCE, CATALOGUE, clock)
        self.other = other.append(lent(instance_id=OTHER_INSTANCE))
        app = FastAPI()
        app.include_router(
            audit_log_router(self.reader), prefix="/v1/instances/{instance_id}/audit-logs"
        )
        app.include_router(catalogue_router(CATALOGUE), prefix="/v1")
        self.client = TestClient(app, headers={"x-caller": "owner"})

    def reader(self, instance_id: str, x_caller: Annotated[str, Header()] = "") -> EntryStore:
        if x_caller != "owner":
            raise NotYours
        return open_store(self.connection, instance_id, CATALOGUE)

    def get(self, path: str = "", **parameters: Any) -> Any:
        reply = self.client.get(LOG + path, params=parameters)
        assert reply.status_code == 200, reply.text
        assert reply.headers["content-type"] == "application/json"
        assert reply.headers["cache-control"] == "no-store"
        return reply.json()

    def shown(self, **parameters: Any) -> list[str]:
        """Give the entities of a page."""
        return [entry["entity_id"] for entry in self.get(**parameters)["data"]]

    def refused(self, path: str, query: str) -> list[str]:
        """Give what the 400 says, checked for its shape."""
        reply = self.client.get(f"{LOG}{path}?{query}")
        assert reply.status_code == 400, reply.text
        error = reply.json()
        assert set(error) == ERROR_KEYS
        assert error["success"] is False
        assert (error["code"], error["message"]) == ("VALIDATION_FAILED", "validation_failed")
        assert error["errors"]
        assert len(error["trace_id"]) == 32
        return list(error["errors"])


@contextmanager
def hosted(database: Database) -> Iterator[Host]:
    with database.connection() as connection:
        create_log(connection)
        host = Host(connection)
        with host.client:
            yield host


@pytest.fixture(scope="module")
def host(shared_database: Database) -> Iterator[Host]:
    """A host that is only read from."""
    with hosted(shared_database) as host:
        yield host


@pytest.fixture
def changing_host(database: Database) -> Iterator[Host]:
    with hosted(database) as host:
        yield host


# The list


def test_the_list_is_a_page_of_entries_newest_first(host: Host) -> None:
    page = host.get()
    assert [entry["entity_id"] for entry in page["data"]] == SHOWN
    assert page["pagination"] == {"has_more": False, "next_page": None, "prev_page": None}


def test_entries_are_served_as_the_bytes_they_were_written_as(host: Host) -> None:
    newest = host.entries[-1]
    reply = host.client.get(LOG, params={"limit": 1})
    assert reply.content.startswith(b'{"data":[' + newest.wire() + b"],")
    assert host.client.get(f"{LOG}/{newest.shown_id}").content == newest.wire()


def test_a_reply_has_the_shape_that_openapi_declares(host: Host) -> None:
    declared = host.client.get("/openapi.json").json()["components"]["schemas"]["AuditLogOut"]
    for entry in host.get(include="denied,system")["data"]:
        assert list(declared["properties"]) == list(declared["required"])
        assert set(entry) == set(declared["properties"])


def test_every_parameter_is_declared_in_openapi(host: Host) -> None:
    paths = host.client.get("/openapi.json").json()["paths"]

    def names(path: str) -> set[str]:
        declared = paths["/v1/instances/{instance_id}/audit-logs" + path]["get"]["parameters"]
        return {each["name"] for each in declared if each["in"] == "query"}

    filters = {
        *FIELDS,
        *(EXCLUDE + name for name in FIELDS),
        *POSTED_FIELDS,
        *("start_date", "end_date", "include"),
    }
    assert names("/feed") == filters | {"after", "limit", "wait"}
    assert names("/checkpoints") == {"from", "to"}
    assert names("/{id}/proof") == set()
    assert names("/facets") == filters
    assert names("/histogram") == filters | {"buckets"}
    assert names("") == filters | {"limit", "offset", "starting_after", "ending_before"}
    assert names("/{id}") == set()


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("feature=loan", ["lo_2", "lo_1", "lo_1"]),
        ("feature=loan&feature=book", SHOWN),
        ("not_feature=loan", ["bo_1"]),
        ("operation=update", ["lo_1"]),
        ("not_operation=update", ["lo_2", "bo_1", "lo_1"]),
        ("action=loan.returned", ["lo_1"]),
        ("action=loan.returned&action=book.shelved", ["bo_1", "lo_1"]),
        ("not_action=loan.lent", ["bo_1", "lo_1"]),
        ("entity_type=book", ["bo_1"]),
        ("not_entity_type=loan", ["bo_1"]),
        ("actor_type=api_key", ["lo_1"]),
        ("not_actor_type=api_key", ["lo_2", "bo_1", "lo_1"]),
        ("actor_type=system&include=system", ["lo_2"]),
        ("user_id=us_00000000000A", ["lo_2", "bo_1", "lo_1"]),
        ("user_id=us_00000000000B", []),
        ("not_user_id=us_00000000000A", ["lo_1"]),
        ("api_key_id=ap_00000000000K", ["lo_1"]),
        ("not_api_key_id=ap_00000000000K", ["lo_2", "bo_1", "lo_1"]),
        ("user_id=us_00000000000A&api_key_id=ap_00000000000K", []),
        ("entity_id=lo_1", ["lo_1", "lo_1"]),
        ("entity_id=lo_1&entity_id=bo_1&not_entity_id=lo_1", ["bo_1"]),
        ("entity_id=no%00such%20%F0%9F%98%80", []),
        ("has_passkey=true", ["lo_2", "bo_1", "lo_1"]),
        ("has_passkey=false", []),
        ("has_passkey=null", ["lo_1"]),
        ("outcome=success", SHOWN),
        ("outcome=denied&include=denied", ["bo_1"]),
        ("not_outcome=denied&include=denied", SHOWN),
        ("include=denied", ["lo_2", "bo_1", "bo_1", "lo_1", "lo_1"]),
        ("include=denied,system", ["lo_2", "lo_2", "bo_1", "bo_1", "lo_1", "lo_1"]),
        ("include=denied&include=system", ["lo_2", "lo_2", "bo_1", "bo_1", "lo_1", "lo_1"]),
        ("start_date=2026-03-15", ["lo_2", "bo_1"]),
        ("end_date=2026-03-14", ["lo_1", "lo_1"]),
        ("start_date=2026-03-14&end_date=2026-03-15", SHOWN),
        ("start_date=2026-03-14T23:59:59.999Z&end_date=2026-03-15T00:00:00Z", ["lo_1"]),
        ("start_date=2026-03-15T01:00:00%2B01:00", ["lo_2", "bo_1"]),
        ("start_date=2026-03-15T01:00:00+01:00", ["lo_2", "bo_1"]),
        ("end_date=0001-01-01", []),
        ("start_date=9999-12-31", []),
        ("limit=1", ["lo_2"]),
        ("limit=1000", SHOWN),
        ("offset=1&limit=2", ["bo_1", "lo_1"]),
        ("offset=0", SHOWN),
    ],
)
def test_a_query_finds_what_it_asks_for(host: Host, query: str, shown: list[str]) -> None:
    reply = host.client.get(f"{LOG}?{query}")
    assert reply.status_code == 200, reply.text
    assert [entry["entity_id"] for entry in reply.json()["data"]] == shown


def test_fifty_entries_are_a_page_unless_asked_otherwise(changing_host: Host) -> None:
    host = changing_host
    store = open_store(host.connection, INSTANCE, CATALOGUE)
    for _ in range(60):
        store.append(lent())
    page = host.get()
    assert len(page["data"]) == 50
    assert page["pagination"]["has_more"] is True
    assert len(host.get(limit=1000)["data"]) == 64


def test_pages_are_walked_both_ways(host: Host) -> None:
    first = host.get(limit=2)
    assert first["pagination"] == {
        "has_more": True,
        "next_page": first["data"][-1]["id"],
        "prev_page": None,
    }
    last = host.get(limit=2, starting_after=first["pagination"]["next_page"])
    assert last["pagination"] == {
        "has_more": False,
        "next_page": None,
        "prev_page": last["data"][0]["id"],
    }
    assert first["data"] + last["data"] == host.get()["data"]
    back = host.get(limit=2, ending_before=last["pagination"]["prev_page"])
    assert back["data"] == first["data"]
    assert back["pagination"] == {
        "has_more": False,
        "next_page": back["data"][-1]["id"],
        "prev_page": None,
    }


# One entry


def test_an_entry_is_found_by_its_id_whatever_is_hidden_from_lists(host: Host) -> None:
    for entry in host.entries:
        assert host.get(f"/{entry.shown_id}") == json.loads(entry.wire())


@pytest.mark.parametrize("unknown", ["al_000000000000", "al_x", "po_000000000001", "%00", "other"])
def test_an_unknown_entry_is_404_and_so_is_one_of_another_instance(
    host: Host, unknown: str
) -> None:
    shown = host.other.shown_id if unknown == "other" else unknown
    reply = host.client.get(f"{LOG}/{shown}")
    assert reply.status_code == 404
    error = reply.json()
    assert set(error) == ERROR_KEYS
    assert (error["code"], error["message"]) == ("AUDIT_LOGS_NOT_FOUND", "audit_logs_not_found")
    assert error["description"] == "This instance has no such entry."


# Counts


def test_an_expired_entry_is_gone_and_says_so_and_can_still_be_proved(
    changing_host: Host, database: Database
) -> None:
    host = changing_host
    store = open_store(host.connection, INSTANCE, CATALOGUE)
    store.append(expiring(2))
    host.connection.commit()
    seal_all(database)
    forget_all(database)
    gone, kept = host.entries[0].shown_id, host.entries[2].shown_id
    assert host.shown() == ["lo_2", "bo_1"]
    assert host.get(f"/{kept}")["personal_state"] == "present"
    reply = host.client.get(f"{LOG}/{gone}")
    assert (reply.status_code, reply.json()["code"]) == (410, "AUDIT_LOG_EXPIRED")
    assert host.get(f"/{gone}/proof")["sequence"] == 0
    feed = host.get("/feed", after="-1")
    assert [entry["sequence"] for entry in feed["data"]] == [2, 3, 4, 5, 6]


def test_facets_count_the_values_of_each_field_the_most_frequent_first(host: Host) -> None:
    facets = host.get("/facets")
    assert facets["approximate"] is False
    assert facets["data"]["feature"] == [
        {"value": "loan", "count": 3},
        {"value": "book", "count": 1},
    ]
    assert facets["data"]["user_id"] == [{"value": "us_00000000000A", "count": 3}]
    assert facets["data"]["has_passkey"] == [
        {"value": "true", "count": 3},
        {"value": "null", "count": 1},
    ]
    only_keys = host.get("/facets", actor_type="api_key", include="denied")
    assert only_keys["data"]["outcome"] == [
        {"value": "denied", "count": 1},
        {"value": "success", "count": 1},
    ]


def test_a_value_of_a_facet_can_be_filtered_by(host: Host) -> None:
    for field, values in host.get("/facets", include="denied,system")["data"].items():
        for each in values:
            page = host.get(include="denied,system", **{field: each["value"]})
            assert len(page["data"]) == each["count"], (field, each)


def test_the_histogram_counts_by_time_and_operation(host: Host) -> None:
    histogram = host.get("/histogram", start_date="2026-03-14", end_date="2026-03-15", buckets="3")
    assert histogram == {
        "data": [
            {"start": "2026-03-14T00:00:00Z", "counts": {"create": 1, "update": 1, "delete": 0}},
            {"start": "2026-03-15T00:00:00Z", "counts": {"create": 2, "update": 0, "delete": 0}},
        ],
        "width_seconds": 86_400,
        "approximate": False,
    }


@pytest.mark.parametrize(
    "query",
    [
        "",
        "start_date=0001-01-01",
        "end_date=0001-01-01",
        "start_date=9999-12-31",
        "end_date=9999-12-31",
        "start_date=0001-01-01&end_date=9999-12-31&buckets=1",
        "start_date=0001-01-01&end_date=9999-12-31&buckets=200",
        "start_date=2026-03-15T00:00:00Z&end_date=2026-03-15T00:00:00Z",
    ],
)
def test_a_histogram_of_any_stretch_of_time_has_few_buckets(host: Host, query: str) -> None:
    reply = host.client.get(f"{LOG}/histogram?{query}")
    assert reply.status_code == 200, reply.text
    assert len(reply.json()["data"]) <= 201


def test_the_histogram_of_an_empty_log_is_empty(database: Database) -> None:
    with database.connection() as connection:
        create_log(connection)
        empty = Host(connection)
        empty.client.headers["x-caller"] = "owner"
        reply = empty.client.get("/v1/instances/in_00000000000Z/audit-logs/histogram")
    assert not any(sum(each["counts"].values()) for each in reply.json()["data"])


# Refusals

MALFORMED: Final = [
    ("nonsense=1", "nonsense"),
    ("features=loan", "features"),
    ("not_limit=1", "not_limit"),
    ("not_not_feature=loan", "not_not_feature"),
    ("feature=payin", "feature"),
    ("feature=", "feature"),
    ("not_feature=payin", "not_feature"),
    ("operation=view", "operation"),
    ("action=loan", "action"),
    ("entity_type=person", "entity_type"),
    ("actor_type=robot", "actor_type"),
    ("actor_type=system", "actor_type"),
    ("outcome=denied", "outcome"),
    ("outcome=ok", "outcome"),
    ("has_passkey=1", "has_passkey"),
    ("user_id=ada", "user_id"),
    ("api_key_id=us_00000000000A", "api_key_id"),
    ("entity_id=", "entity_id"),
    ("start_date=yesterday", "start_date"),
    ("start_date=2026-03-15T09:30:00", "start_date"),
    ("end_date=2026-13-01", "end_date"),
    ("start_date=2026-03-15&start_date=2026-03-15", "start_date"),
    ("start_date=2026-03-16&end_date=2026-03-14", "end_date"),
    ("include=everything", "include"),
    ("include=", "include"),
]
MALFORMED_PAGES: Final = [
    ("limit=0", "limit"),
    ("limit=1001", "limit"),
    ("limit=ten", "limit"),
    ("limit=", "limit"),
    ("limit=5&limit=6", "limit"),
    ("offset=-1", "offset"),
    ("offset=1001", "offset"),
    ("starting_after=yesterday", "starting_after"),
    ("starting_after=", "starting_after"),
    ("ending_before=po_000000000001", "ending_before"),
    ("starting_after=al_000000000001&ending_before=al_000000000001", "ending_before"),
    ("starting_after=al_000000000001&offset=0", "starting_after"),
    ("offset=5&ending_before=al_000000000001", "ending_before"),
]


@pytest.mark.parametrize(("query", "name"), MALFORMED)
@pytest.mark.parametrize("path", ["", "/histogram", "/facets"])
def test_what_cannot_be_is_a_400_that_names_it(
    host: Host, path: str, query: str, name: str
) -> None:
    assert [each.split(":")[0] for each in host.refused(path, query)] == [name]


@pytest.mark.parametrize(("query", "name"), MALFORMED_PAGES)
def test_a_page_that_cannot_be_is_a_400_that_names_it(host: Host, query: str, name: str) -> None:
    assert [each.split(":")[0] for each in host.refused("", query)] == [name]


@pytest.mark.parametrize("path", ["/histogram", "/facets"])
def test_counts_have_no_pages(host: Host, path: str) -> None:
    assert host.refused(path, "limit=5") == ["limit: unknown parameter"]


@pytest.mark.parametrize(
    "query",
    ["buckets=0", "buckets=201", "buckets=x", "buckets=1&buckets=2", f"buckets={'1' * 999}"],
)
def test_a_number_of_buckets_that_cannot_be_is_refused(host: Host, query: str) -> None:
    assert host.refused("/histogram", query) == ["buckets: must be one whole number from 1 to 200"]


def test_one_entry_takes_no_parameters(host: Host) -> None:
    path = f"/{host.entries[0].shown_id}"
    assert host.refused(path, "limit=1&feature=loan") == [
        "feature: unknown parameter",
        "limit: unknown parameter",
    ]


def test_everything_that_is_wrong_is_said_at_once(host: Host) -> None:
    wrong = host.refused("", "feature=x&limit=0&starting_after=y&zz=1")
    assert {each.split(":")[0] for each in wrong} == {"feature", "limit", "starting_after", "zz"}


# Permission comes first


@pytest.mark.parametrize("path", ["", "/histogram", "/facets", "/al_000000000000", "/nonsense"])
@pytest.mark.parametrize("query", ["", "nonsense=1", "limit=0", "start_date=x", "feature=payin"])
def test_who_may_not_read_learns_nothing_from_the_form_of_an_answer(
    host: Host, path: str, query: str
) -> None:
    reply = host.client.get(f"{LOG}{path}?{query}", headers={"x-caller": "stranger"})
    assert reply.status_code == 403
    error = reply.json()
    error.pop("trace_id")
    assert error == {
        "success": False,
        "code": "AUTH_FORBIDDEN",
        "message": "auth_forbidden",
        "description": "Only the owner reads this log.",
        "errors": [],
    }


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_nothing_can_be_written_over_http(host: Host, method: str) -> None:
    for path in ("", f"/{host.entries[0].shown_id}"):
        assert host.client.request(method, LOG + path).status_code == 405


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40
)
@given(
    pairs=st.lists(
        st.tuples(
            st.sampled_from([*FIELDS, "limit", "offset", "starting_after", "include", "end_date"])
            | st.text(),
            st.text(),
        ),
        max_size=4,
    ),
    path=st.sampled_from(["", "/histogram", "/facets"]),
)
def test_nothing_a_client_sends_is_a_failure_of_ours(
    host: Host, pairs: list[tuple[str, str]], path: str
) -> None:
    reply = host.client.get(LOG + path, params=pairs)  # type: ignore[arg-type]
    assert reply.status_code in (200, 400)


# The catalogue


def test_the_catalogue_tells_every_action_and_the_words_to_filter_by(host: Host) -> None:
    catalogue = host.client.get("/v1/audit-log-actions").json()
    assert catalogue["features"] == [
        {"name": "loan", "title": "Loans"},
        {"name": "book", "title": "Books"},
    ]
    assert catalogue["operations"] == ["create", "update", "delete"]
    assert catalogue["actor_types"] == ["user", "api_key", "system"]
    assert catalogue["outcomes"] == ["success", "denied"]
    by_name = {action["action"]: action for action in catalogue["data"]}
    assert set(by_name) == set(CATALOGUE.actions)
    assert by_name[LENT.name] == {
        "action": "loan.lent",
        "feature": "loan",
        "operations": ["create"],
        "entity_type": "loan",
        "title": "Book lent",
        "sentence": "lent {book} to {borrower}",
        "metadata": [
            {"name": "book", "kept": "record", "searchable": True},
            {"name": "borrower", "kept": "personal", "searchable": False},
            {"name": "fee", "kept": "record", "searchable": False},
        ],
        "refs": ["book", "member"],
    }

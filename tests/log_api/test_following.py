"""Following the log over HTTP, and its proofs, mounted by a host of its own. On both databases."""

from __future__ import annotations

import base64
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Annotated, Any, Final

import pytest
from fastapi import FastAPI, Header
from starlette.testclient import TestClient

from databases import Database
from deedbook.engine import Deed, DeedbookError, Entry, EntryStore, Outcome, open_store
from deedbook.engine.integrity.merkle import leaf_hash, verify_consistency, verify_inclusion
from deedbook.engine.store import entry_store
from deedbook.log_api import audit_log_router, public_key_router
from sample.catalogue import (
    CATALOGUE,
    CLOCK,
    INSTANCE,
    KEY,
    OTHER_INSTANCE,
    RETURNED,
    WITHDRAWN,
    deed_of,
    lent,
)
from sample.sealing import SIGNER, autocommitting, checkpoint_of, make_log, seal_all

LOG: Final = f"/{INSTANCE}/audit-logs"
DEEDS: Final[tuple[Deed, ...]] = (
    lent(entity_id="lo_0"),
    deed_of(RETURNED, entity_id="lo_1", actor=KEY),
    deed_of(WITHDRAWN, entity_id="lo_2", outcome=Outcome.DENIED),
    deed_of(RETURNED, entity_id="lo_3", actor=CLOCK),
    lent(entity_id="lo_4"),
)


class NotYours(DeedbookError):
    """Only the owner reads this log."""

    code = "AUTH_FORBIDDEN"
    status = 403


class Host:
    """An application that opens a connection for each look at the log."""

    def __init__(self, database: Database) -> None:
        make_log(database)
        self.database = database
        self.open = 0
        self.looks = 0
        self.looked = threading.Semaphore(0)
        self.owner = "owner"
        app = FastAPI()
        app.include_router(audit_log_router(self.reader), prefix="/{instance_id}/audit-logs")
        app.include_router(public_key_router(lambda: SIGNER.verifier))
        self.client = TestClient(app, headers={"x-caller": "owner"})

    def reader(
        self, instance_id: str, x_caller: Annotated[str, Header()] = ""
    ) -> Iterator[EntryStore]:
        if x_caller != self.owner:
            raise NotYours
        connection = autocommitting(self.database)
        self.open += 1
        try:
            yield open_store(connection, instance_id, CATALOGUE)
        finally:
            connection.close()
            self.open -= 1
            self.looks += 1
            self.looked.release()

    def write(self, *deeds: Deed) -> list[Entry]:
        connection = autocommitting(self.database)
        try:
            return [
                open_store(connection, each.instance_id, CATALOGUE).append(each) for each in deeds
            ]
        finally:
            connection.close()

    def get(self, path: str, **parameters: Any) -> Any:
        reply = self.client.get(LOG + path, params=parameters)
        assert reply.status_code == 200, reply.text
        assert reply.headers["content-type"] == "application/json"
        assert reply.headers["cache-control"] == "no-store"
        return reply.json()

    def refused(self, path: str, query: str = "") -> list[str]:
        reply = self.client.get(f"{LOG}{path}?{query}")
        assert reply.status_code == 400, reply.text
        assert reply.json()["code"] == "VALIDATION_FAILED"
        return list(reply.json()["errors"])


@pytest.fixture
def host(database: Database) -> Host:
    return Host(database)


# The feed


def test_the_feed_of_an_empty_log_has_a_cursor(host: Host) -> None:
    assert host.get("/feed") == {"data": [], "cursor": -1, "checkpoint": None}
    host.write(*DEEDS)
    # What has no position yet is not there yet.
    assert host.get("/feed", after=-1) == {"data": [], "cursor": -1, "checkpoint": None}


def test_the_feed_gives_each_entry_once_in_its_sequence_with_a_checkpoint(host: Host) -> None:
    entries = host.write(*DEEDS)
    host.write(lent(instance_id=OTHER_INSTANCE))
    seal_all(host.database)
    first = host.get("/feed", limit=2)
    assert [each["sequence"] for each in first["data"]] == [0, 1]
    assert first["cursor"] == 1
    assert checkpoint_of(first["checkpoint"]).size == len(DEEDS)
    rest = host.get("/feed", after=1)
    assert [each["id"] for each in (*first["data"], *rest["data"])] == [
        each.shown_id for each in entries
    ]
    assert [each["actor_type"] for each in rest["data"]] == ["user", "system", "user"]
    assert rest["data"][0]["outcome"] == "denied"
    assert rest["cursor"] == 4
    assert host.get("/feed", after=4) == {
        "data": [],
        "cursor": 4,
        "checkpoint": first["checkpoint"],
    }
    assert rest["data"][0] == host.get(f"/{entries[2].shown_id}")


def test_a_filter_moves_the_cursor_over_what_does_not_match(
    host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entry_store, "FOLLOW_WINDOW", 2)
    host.write(*DEEDS, *DEEDS)
    seal_all(host.database)
    cursor, seen, calls = -1, [], 0
    while cursor < 9:
        reply = host.get("/feed", after=cursor, actor_type="system")
        seen += [each["sequence"] for each in reply["data"]]
        assert reply["cursor"] > cursor
        cursor, calls = reply["cursor"], calls + 1
    assert seen == [3, 8]
    assert calls == 5
    assert [each["sequence"] for each in host.get("/feed", outcome="denied")["data"]] == []
    assert host.get("/feed", entity_id="lo_0", limit=1)["cursor"] == 0


def test_the_feed_refuses_what_it_cannot_read(host: Host) -> None:
    assert host.refused("/feed", "after=-2&limit=0&wait=21&nonsense=1") == [
        "nonsense: unknown parameter",
        "after: must be a whole number from -1 to 9223372036854775806",
        "limit: must be a whole number from 1 to 1000",
        "wait: must be a whole number from 0 to 20",
    ]
    assert host.refused("/feed", "after=1&after=1") == ["after: given twice"]
    assert host.refused("/feed", "starting_after=al_000000000000")
    assert host.refused("/feed", "after=9223372036854775807")
    assert host.refused("/feed", "after=0") == ["after: the log ends at -1"]


def test_only_a_reader_follows(host: Host) -> None:
    host.owner = "someone else"
    for path in ("/feed?wait=5", "/feed?nonsense=1", "/checkpoints", "/al_000000000000/proof"):
        assert host.client.get(LOG + path).status_code == 403


def test_a_follower_that_waits_is_answered_when_something_comes(host: Host) -> None:
    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(host.get, "/feed", wait=20)
        for _ in range(2):
            assert host.looked.acquire(timeout=30)
        # Between two looks nothing of the host is held, however long it takes.
        assert not waiting.done()
        host.write(*DEEDS[:1])
        seal_all(host.database)
        reply = waiting.result(timeout=60)
    assert [each["sequence"] for each in reply["data"]] == [0]
    assert host.looks >= 3
    assert host.open == 0


def test_a_follower_waits_no_longer_than_it_asked(host: Host) -> None:
    assert host.get("/feed", wait=1)["data"] == []
    assert host.looks > 1
    host.write(*DEEDS)
    seal_all(host.database)
    host.looks = 0
    assert len(host.get("/feed", wait=20)["data"]) == 5
    assert host.looks == 1


def test_a_follower_who_may_no_longer_read_learns_it_while_waiting(host: Host) -> None:
    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(host.client.get, f"{LOG}/feed?wait=20")
        assert host.looked.acquire(timeout=30)
        host.owner = "someone else"
        assert waiting.result(timeout=60).status_code == 403


# Proofs


def test_an_entry_of_the_log_is_proved_to_anyone_with_the_public_key(host: Host) -> None:
    entries = host.write(*DEEDS)
    seal_all(host.database)
    for sequence, entry in enumerate(entries):
        proof = host.get(f"/{entry.shown_id}/proof")
        checkpoint = checkpoint_of(proof["checkpoint"])
        assert (proof["id"], proof["sequence"], proof["size"]) == (entry.shown_id, sequence, 5)
        assert base64.b64decode(proof["leaf_hash"]) == leaf_hash(entry.record)
        path = [base64.b64decode(each) for each in proof["proof"]]
        assert checkpoint.size == 5
        assert verify_inclusion(leaf_hash(entry.record), sequence, 5, path, checkpoint.root)
    assert host.client.get("/.well-known/deedbook-public-key").text == f"{SIGNER.verifier}\n"


def test_what_is_not_proved_yet_says_when_to_ask_again(host: Host) -> None:
    entry = host.write(*DEEDS)[0]
    for path in (f"/{entry.shown_id}/proof", "/checkpoints?from=1"):
        reply = host.client.get(LOG + path)
        assert reply.status_code == 409
        assert reply.json()["code"] == "AUDIT_LOGS_NOT_PROVED_YET"
        assert reply.headers["retry-after"] == "1"
    assert host.get("/checkpoints") == {"size": 0, "checkpoint": None, "consistency": None}


def test_an_entry_that_is_not_here_has_no_proof(host: Host) -> None:
    other = host.write(lent(instance_id=OTHER_INSTANCE))[0]
    seal_all(host.database)
    for shown in (other.shown_id, "al_000000000000", "feed", "x"):
        reply = host.client.get(f"{LOG}/{shown}/proof")
        assert reply.status_code == 404
        assert reply.json()["code"] == "AUDIT_LOGS_NOT_FOUND"
    assert host.refused(f"/{other.shown_id}/proof", "size=1") == ["size: unknown parameter"]


def test_the_log_is_proved_to_have_grown_from_any_size_that_someone_remembers(host: Host) -> None:
    remembered = []
    for _ in range(3):
        host.write(*DEEDS)
        seal_all(host.database)
        remembered.append(checkpoint_of(host.get("/checkpoints")["checkpoint"]))
    assert [each.size for each in remembered] == [5, 10, 15]
    for old in remembered:
        reply = host.get("/checkpoints", **{"from": old.size})
        proof = [base64.b64decode(each) for each in reply["consistency"]["proof"]]
        assert (reply["size"], reply["consistency"]["from"]) == (15, old.size)
        assert reply["consistency"]["to"] == 15
        assert checkpoint_of(reply["checkpoint"]) == remembered[-1]
        roots = (old.root, remembered[-1].root)
        assert verify_consistency(old.size, 15, proof, *roots)
    between = host.get("/checkpoints", **{"from": 5, "to": 10})
    assert checkpoint_of(between["checkpoint"]) == remembered[1]
    assert host.get("/checkpoints", to=7) == {"size": 7, "checkpoint": None, "consistency": None}


def test_sizes_that_cannot_be_are_refused(host: Host) -> None:
    host.write(*DEEDS)
    seal_all(host.database)
    assert host.refused("/checkpoints", "from=0&to=x&other=1") == [
        "from: must be one whole number, at least 1",
        "other: unknown parameter",
        "to: must be one whole number, at least 1",
    ]
    assert host.refused("/checkpoints", "to=6") == ["to: the newest checkpoint is of 5 entries"]
    assert host.refused("/checkpoints", "from=6") == ["from: must be a whole number from 1 to 5"]
    assert host.refused("/checkpoints", "from=1&from=2")

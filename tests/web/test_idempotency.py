"""Idempotency-Key: a request that is sent again is answered again and done once."""

from __future__ import annotations

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from httpx2 import Response
from sqlalchemy import select

from deedbook.database.base import Base, now
from deedbook.engine.encoding import unpack
from deedbook.platform.payments.terms_of_service.models import TermsOfService
from deedbook.web.declarations import Member, needs, silent
from deedbook.web.idempotency import KEPT_FOR, KeptReply
from deedbook.web.roles import Access, Area, Role
from deedbook.web.routing import slice_router
from deedbook.web.schemas import Success
from world import bodies
from world.fixtures import WorldMaker
from world.people import Caller, Team
from world.rows.customers import new_customer
from world.world import World, unique

REPLAYED = "Idempotent-Replayed"


def invite(
    world: World,
    team: Team,
    key: str,
    body: object | None = None,
    caller: Caller | None = None,
) -> Response:
    """Send an invite, of which there may be any number: each that is made can be told apart."""
    path = f"/v1/instances/{team.instance_id}/invites"
    body = body or {"email": "guest@example.com", "user_role": "viewer"}
    headers = {"Idempotency-Key": key}
    return world.call(caller or team.owner, "POST", path, body, headers=headers)


def test_the_same_key_with_another_request_is_refused(world: World, team: Team) -> None:
    key = unique("key")
    body = {"email": "guest@example.com", "user_role": "viewer"}
    assert invite(world, team, key, body).status_code == 200
    invite_path = f"/v1/instances/{team.instance_id}/invites"
    customers_path = f"/v1/instances/{team.instance_id}/customers"
    before = world.snapshot()

    for method, path, other in (
        ("POST", invite_path, {**body, "email": "other@example.com"}),
        ("POST", invite_path, json.dumps(body, indent=1).encode()),
        # What is compared are the bytes, before anyone asks whether they are valid.
        ("POST", invite_path, b"{no json"),
        ("POST", customers_path, body),
        ("PUT", f"{customers_path}/re_000000000000", body),
    ):
        reply = world.call(team.owner, method, path, other, headers={"Idempotency-Key": key})
        assert reply.status_code == 422, (path, other)
        assert reply.json()["code"] == "IDEMPOTENCY_KEY_PAYLOAD_MISMATCH"
        assert reply.json()["message"] == "idempotency_key_payload_mismatch"

    assert world.snapshot() == before
    assert invite(world, team, key, body).headers[REPLAYED] == "true"


def test_each_caller_has_keys_of_their_own(world: World, team: Team, strangers: Team) -> None:
    key = unique("key")
    callers = (team.owner, team.admin, team.owner_key, team.keys[Role.ADMIN])
    replies = [invite(world, team, key, caller=caller) for caller in callers]
    replies.append(invite(world, strangers, key))
    assert [reply.status_code for reply in replies] == [200] * 5
    assert not any(REPLAYED in reply.headers for reply in replies)
    assert len({reply.json()["id"] for reply in replies}) == 5
    again = [invite(world, team, key, caller=caller).json() for caller in callers]
    assert again == [reply.json() for reply in replies[:4]]


def test_a_replay_shows_a_secret_again_and_the_database_holds_none(
    world: World, team: Team
) -> None:
    path = f"/v1/instances/{team.instance_id}/api-keys"
    headers = {"Idempotency-Key": unique("a-key-that-nobody-guesses")}
    body = {"name": "Shown once", "permission": "full_access"}
    first, second = (world.call(team.owner, "POST", path, body, headers=headers) for _ in range(2))
    assert (second.content, second.headers[REPLAYED]) == (first.content, "true")
    token = first.json()["token"]
    made = Caller(actor=team.owner_key.actor, token=token)
    assert world.call(made, "GET", path).status_code == 200

    kept = everything_kept(world)
    for secret in (token, token[-20:], headers["Idempotency-Key"], team.owner.token):
        assert secret.encode() not in kept
    assert first.json()["id"].encode() in kept, "the search finds what is there"


def everything_kept(world: World) -> bytes:
    """Give the bytes of every value in every table, the log among them."""
    with world.database.read() as session:
        rows = [
            value if isinstance(value, bytes) else str(value).encode()
            for table in Base.metadata.sorted_tables
            for row in session.execute(select(table))
            for value in row
        ]
        log = session.connection().exec_driver_sql(
            "SELECT encoding, record, personal FROM deedbook_entry"
        )
        rows += [unpack(row[0], bytes(part)) for row in log for part in row[1:]]
    return b"\n".join(rows)


def test_what_failed_is_not_kept(world: World, team: Team) -> None:
    with world.work(None) as work:
        terms = work.add(
            TermsOfService(
                instance_id=team.instance_id,
                idempotency_key=unique("terms"),
                session_hash=unique("x").encode(),
                version="1.0.1",
            )
        )
    path = f"/v1/instances/{team.instance_id}/customers"
    headers = {"Idempotency-Key": unique("key")}
    body = bodies.person_customer(terms.id)
    refused = world.call(team.owner, "POST", path, body, headers=headers)
    assert refused.json()["code"] == "TOS_NOT_ACCEPTED"

    with world.work(None) as work:
        work.session.get_one(TermsOfService, terms.id).accepted_at = now()
    made = world.call(team.owner, "POST", path, body, headers=headers)
    assert (made.status_code, REPLAYED in made.headers) == (200, False)


def test_a_reply_is_kept_for_a_day(world: World, team: Team) -> None:
    key = unique("key")
    first = invite(world, team, key)
    with world.work(None) as work:
        kept = work.session.scalars(select(KeptReply).order_by(KeptReply.expires_at.desc())).first()
        assert kept is not None
        left = kept.expires_at - now()
        assert KEPT_FOR - timedelta(minutes=1) < left <= KEPT_FOR == timedelta(hours=24)
        lookup = kept.lookup
        kept.expires_at = now() + timedelta(minutes=1)
    assert invite(world, team, key).json() == first.json()

    with world.work(None) as work:
        work.session.get_one(KeptReply, lookup).expires_at = now()
    later = invite(world, team, key)
    assert (later.status_code, REPLAYED in later.headers) == (200, False)
    assert later.json() != first.json()
    assert invite(world, team, key).json() == later.json()


def test_replies_that_are_over_are_swept_out(world: World, team: Team) -> None:
    assert invite(world, team, unique("key")).status_code == 200
    with world.work(None) as work:
        for kept in work.session.scalars(select(KeptReply)):
            kept.expires_at = now() - timedelta(minutes=1)
    assert invite(world, team, unique("key")).status_code == 200
    with world.database.read() as session:
        assert len(session.scalars(select(KeptReply)).all()) == 1


@pytest.mark.parametrize(
    ("key", "status"),
    [("k" * 255, 200), ("k" * 256, 400), ("", 400), ("k\xff\u00a0\tz".encode("latin-1"), 200)],
    ids=["longest", "too long", "empty", "any bytes"],
)
def test_a_key_has_1_to_255_characters(world: World, team: Team, key: Any, status: int) -> None:
    first, second = invite(world, team, key), invite(world, team, key)
    assert (first.status_code, second.status_code) == (status, status)
    if status == 200:
        assert second.content == first.content
    else:
        assert "Idempotency-Key" in first.json()["description"]


def test_where_nobody_is_known_a_key_is_overlooked(world: World, team: Team) -> None:
    headers = {"Idempotency-Key": unique("key")}
    path = f"/v1/e/instances/{team.instance_id}/tos"
    body = {"idempotency_key": "7f6f7d3e-2a53-4a5a-9f41-5d3a7f7f7f7f"}
    first, second = (world.call(team.owner, "POST", path, body, headers=headers) for _ in range(2))
    assert first.status_code == 200
    # The body's own key speaks, not the header's.
    assert second.json()["message"] == "idempotency_key_already_exists"

    path = f"/v1/instances/{team.instance_id}/invites"
    assert world.call(None, "POST", path, {}, headers=headers).status_code == 401


def test_an_upload_is_never_replayed(new_world: WorldMaker) -> None:
    calls = []
    uploads = slice_router("/v1/instances/{instance_id}", tag="Uploads")

    @uploads.post("/upload")
    @needs(Member(Area.CUSTOMERS, Access.WRITE))
    @silent("for a test")
    def post_upload() -> Success:
        calls.append("upload")
        return Success()

    world = new_world(prepare=lambda made: made.app.include_router(uploads))
    team = world.team(full=False)
    path = f"/v1/instances/{team.instance_id}/upload"
    for content_type, done in (("multipart/form-data; boundary=x", 2), ("text/plain", 3)):
        headers = {"Idempotency-Key": "upload", "Content-Type": content_type}
        for _ in range(2):
            reply = world.call(team.owner, "POST", path, b"--x--", headers=headers)
            assert reply.status_code == 200
        assert len(calls) == done


def test_who_may_no_longer_do_it_gets_no_replay(world: World) -> None:
    team = world.team(full=False)
    admin = world.member(team, Role.ADMIN)
    key = unique("key")
    assert invite(world, team, key, caller=admin).status_code == 200
    path = f"/v1/instances/{team.instance_id}/members/{admin.id}"
    assert world.call(team.owner, "PUT", path, {"user_role": "viewer"}).status_code == 200
    assert invite(world, team, key, caller=admin).status_code == 403


def test_at_the_same_time_it_is_done_once(new_world: WorldMaker) -> None:
    world = new_world(served=True)
    team = world.team(full=False)
    key = unique("key")
    start = threading.Barrier(8)

    def send(_: int) -> Response:
        start.wait()
        return invite(world, team, key)

    with ThreadPoolExecutor(8) as threads:
        replies = list(threads.map(send, range(8)))

    done = [reply for reply in replies if reply.status_code == 200]
    waiting = [reply for reply in replies if reply.status_code == 409]
    assert len(done) + len(waiting) == 8
    assert sum(REPLAYED not in reply.headers for reply in done) == 1
    assert len({reply.content for reply in done}) == 1
    for reply in waiting:
        assert reply.json()["message"] == "idempotency_key_in_flight"
        assert int(reply.headers["Retry-After"]) > 0
    actions = [entry["action"] for entry in world.entries(team.instance_id)]
    assert actions.count("invite.created") == 1
    assert invite(world, team, key).content == done[0].content


def test_while_it_runs_the_same_key_waits_or_is_told_to(new_world: WorldMaker) -> None:
    running, finish = threading.Event(), threading.Event()
    slow = slice_router("/v1/instances/{instance_id}", tag="Slow")

    @slow.post("/slow")
    @needs(Member(Area.CUSTOMERS, Access.WRITE))
    @silent("for a test")
    def post_slow() -> Success:
        running.set()
        assert finish.wait(30)
        return Success()

    world = new_world(served=True, prepare=lambda made: made.app.include_router(slow))
    team = world.team(full=False)
    path = f"/v1/instances/{team.instance_id}/slow"

    def send() -> Response:
        return world.call(team.owner, "POST", path, headers={"Idempotency-Key": "slow"})

    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(send)
        assert running.wait(30)
        second = threads.submit(send)
        if not world.is_sqlite:
            # SQLite has one writer: there the second waits for its turn.
            assert second.result().status_code == 409
            assert second.result().headers["Retry-After"] == "1"
        finish.set()
        assert first.result().status_code == 200
        if world.is_sqlite:
            assert second.result().headers[REPLAYED] == "true"


def test_after_a_replay_the_world_goes_on(world: World, team: Team) -> None:
    """A replay leaves no transaction or lock behind."""
    key = unique("key")
    for _ in range(40):
        assert invite(world, team, key).status_code == 200
    assert new_customer(world, team)


def _transfer(team: Team) -> tuple[Caller, str, str, object]:
    path = f"/v1/instances/{team.instance_id}/ownership"
    return team.owner, "POST", path, {"user_id": team.admin.id}


def _delete(team: Team) -> tuple[Caller, str, str, object]:
    return team.owner, "DELETE", f"/v1/instances/{team.instance_id}", None


def _leave(team: Team) -> tuple[Caller, str, str, object]:
    path = f"/v1/instances/{team.instance_id}/members/{team.admin.id}"
    return team.admin, "DELETE", path, None


def _revoke_itself(team: Team) -> tuple[Caller, str, str, object]:
    key = team.owner_key
    return key, "DELETE", f"/v1/instances/{team.instance_id}/api-keys/{key.id}", None


@pytest.mark.parametrize(
    ("act", "status"),
    [(_transfer, 403), (_delete, 403), (_leave, 403), (_revoke_itself, 401)],
)
def test_who_gave_the_right_away_gets_no_kept_reply_and_does_nothing_twice(
    world: World, act: Any, status: int
) -> None:
    team = world.team()
    caller, method, path, body = act(team)
    again = {"Idempotency-Key": unique("key")}
    assert world.call(caller, method, path, body, headers=again).status_code == 200
    before = world.snapshot()
    repeat = world.call(caller, method, path, body, headers=again)
    assert repeat.status_code == status
    assert REPLAYED not in repeat.headers
    assert world.snapshot() == before

"""Nets under the recording: routes that do it wrong are caught, and nothing that they did is kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Connection, event, text
from sqlalchemy.exc import OperationalError

from deedbook.platform.payments.customers import audit
from deedbook.platform.payments.customers.models import Customer
from deedbook.platform.payments.customers.service import delete_customer, update_customer
from deedbook.web.declarations import Anyone, Member, needs, records, silent
from deedbook.web.problems import InvalidRequest
from deedbook.web.roles import Access, Area, Role
from deedbook.web.routing import Reading, Work, slice_router
from deedbook.web.schemas import Success
from world.fixtures import WorldMaker
from world.people import Team
from world.rows.customers import new_customer
from world.world import World

PREFIX = "/v1/instances/{instance_id}/rogue"
WRITE = Member(Area.CUSTOMERS, Access.WRITE)
rogue = slice_router(PREFIX, tag="Rogue")


def _move(work: Work, customer_id: str) -> None:
    work.session.get_one(Customer, customer_id).city = "Nowhere"


@rogue.post("/forgetful/{customer_id}")
@needs(WRITE)
@silent("it thinks that it changes nothing")
def forgetful(work: Work, customer_id: str) -> Success:
    _move(work, customer_id)
    return Success()


@rogue.post("/declared-and-forgotten/{customer_id}")
@needs(WRITE)
@records(audit.UPDATED)
def declared_and_forgotten(work: Work, customer_id: str) -> Success:
    _move(work, customer_id)
    return Success()


@rogue.post("/idle/{customer_id}")
@needs(WRITE)
@records(audit.UPDATED)
def idle(customer_id: str) -> Success:  # noqa: ARG001
    return Success()


@rogue.post("/undeclared/{customer_id}")
@needs(WRITE)
@records(audit.UPDATED)
def undeclared(work: Work, customer_id: str) -> Success:
    delete_customer(work, customer_id)
    return Success()


@rogue.post("/one-too-many/{customer_id}")
@needs(WRITE)
@records(audit.UPDATED)
def one_too_many(work: Work, customer_id: str) -> Success:
    update_customer(work, customer_id, {"city": "Nowhere"})
    delete_customer(work, customer_id)
    return Success()


@rogue.post("/not-so-silent/{customer_id}")
@needs(WRITE)
@silent("it says")
def not_so_silent(work: Work, customer_id: str) -> Success:
    update_customer(work, customer_id, {"city": "Nowhere"})
    return Success()


@rogue.post("/raw/{customer_id}")
@needs(WRITE)
@silent("it goes behind the back of the unit of work")
def raw(work: Work, customer_id: str) -> Success:
    statement = text("UPDATE customers SET city = 'Nowhere' WHERE id = :id")
    work.session.execute(statement, {"id": customer_id})
    return Success()


@rogue.post("/late-failure/{customer_id}")
@needs(WRITE)
@records(audit.UPDATED)
def late_failure(work: Work, customer_id: str) -> Success:
    update_customer(work, customer_id, {"city": "Nowhere"})
    raise RuntimeError("a secret of the inside")


@rogue.post("/late-refusal/{customer_id}")
@needs(WRITE)
@records(audit.UPDATED)
def late_refusal(work: Work, customer_id: str) -> Success:
    update_customer(work, customer_id, {"city": "Nowhere"})
    raise InvalidRequest(["city: is nowhere"])


@rogue.post("/unrenderable/{customer_id}")
@needs(WRITE)
@records(audit.UPDATED)
def unrenderable(work: Work, customer_id: str) -> Success:
    update_customer(work, customer_id, {"city": "Nowhere"})
    return object()  # type: ignore[return-value]


@rogue.get("/looked/{customer_id}")
@needs(WRITE)
@records(audit.UPDATED)
def looked(work: Work, customer_id: str) -> Success:
    update_customer(work, customer_id, {"city": "Olinda"})
    return Success()


@rogue.get("/looked-and-forgotten/{customer_id}")
@needs(WRITE)
@records(audit.UPDATED)
def looked_and_forgotten(work: Work, customer_id: str) -> Success:
    _move(work, customer_id)
    return Success()


@rogue.get("/looked-and-deleted/{customer_id}")
@needs(WRITE)
@records(audit.UPDATED)
def looked_and_deleted(work: Work, customer_id: str) -> Success:
    delete_customer(work, customer_id)
    return Success()


@rogue.get("/writing/{customer_id}")
@needs(Member(Area.CUSTOMERS, Access.READ))
def writing_read(session: Reading, customer_id: str) -> Success:
    session.execute(text("UPDATE users SET first_name = 'x'"), {"id": customer_id})
    session.commit()
    return Success()


@rogue.get("/anyone")
@needs(Anyone())
def writing_read_by_anyone(session: Reading) -> Success:
    session.execute(text("DELETE FROM sign_in_codes"))
    session.commit()
    return Success()


@pytest.fixture
def rogue_world(new_world: WorldMaker) -> World:
    return new_world(prepare=lambda world: world.app.include_router(rogue))


@pytest.fixture
def rogue_team(rogue_world: World) -> Team:
    return rogue_world.team(full=False)


@pytest.fixture
def customer_id(rogue_world: World, rogue_team: Team) -> str:
    return new_customer(rogue_world, rogue_team)


@pytest.mark.parametrize(
    ("path", "status", "net"),
    [
        ("forgetful", 500, "UnrecordedChange: changed without an entry: customers:"),
        ("declared-and-forgotten", 500, "UndeclaredEntry"),
        ("idle", 500, "UndeclaredEntry"),
        ("undeclared", 500, "UndeclaredEntry"),
        ("one-too-many", 500, "UndeclaredEntry"),
        ("not-so-silent", 500, "UndeclaredEntry"),
        # Behind the back of the unit of work it is the database that refuses, at commit.
        ("raw", 500, "IntegrityError"),
        ("late-failure", 500, "a secret of the inside"),
        ("unrenderable", 500, "ResponseValidationError"),
        ("late-refusal", 400, ""),
    ],
)
def test_what_a_route_does_wrong_is_caught_and_not_kept(
    rogue_world: World,
    rogue_team: Team,
    customer_id: str,
    caplog: pytest.LogCaptureFixture,
    path: str,
    status: int,
    net: str,
) -> None:
    before = rogue_world.snapshot()
    url = f"{PREFIX.format(instance_id=rogue_team.instance_id)}/{path}/{customer_id}"
    headers = {"Idempotency-Key": path}

    for _ in range(2):
        reply = rogue_world.call(rogue_team.owner, "POST", url, headers=headers)
        assert reply.status_code == status, reply.text
        assert "Idempotent-Replayed" not in reply.headers
        problem = reply.json()
        assert problem["trace_id"] == reply.headers["X-Request-Id"]
        assert problem["success"] is False
        if status == 500:
            assert problem["code"] == "INTERNAL_ERROR"
            # What went wrong inside is for the log of the server alone.
            assert "secret" not in reply.text
            assert "customer" not in reply.text
            assert problem["trace_id"] in caplog.text
            assert net in caplog.text
            caplog.clear()

    assert rogue_world.snapshot() == before


def test_a_read_that_declares_what_it_records_is_held_to_it(
    rogue_world: World, rogue_team: Team, customer_id: str
) -> None:
    before = rogue_world.snapshot()
    prefix = PREFIX.format(instance_id=rogue_team.instance_id)
    for path in ("looked-and-forgotten", "looked-and-deleted"):
        reply = rogue_world.call(rogue_team.owner, "GET", f"{prefix}/{path}/{customer_id}")
        assert reply.status_code == 500
        assert rogue_world.snapshot() == before
    reply = rogue_world.call(rogue_team.owner, "GET", f"{prefix}/looked/{customer_id}")
    assert reply.status_code == 200
    entry = rogue_world.entry(rogue_team.instance_id)
    assert (entry["action"], entry["method"]) == ("customer.updated", "GET")


@pytest.mark.parametrize("path", ["writing/re_000000000000", "anyone"])
def test_the_database_holds_reads_to_reading(
    rogue_world: World, rogue_team: Team, path: str
) -> None:
    before = rogue_world.snapshot()
    url = f"{PREFIX.format(instance_id=rogue_team.instance_id)}/{path}"
    assert rogue_world.call(rogue_team.owner, "GET", url).status_code == 500
    assert rogue_world.snapshot() == before


@contextmanager
def refusing_commits(world: World) -> Iterator[None]:
    """Let the database fail at commit, as a full disk or a lost connection would."""

    def refuse(_connection: Connection) -> None:
        raise OperationalError("COMMIT", {}, Exception("no space left on device"))

    event.listen(world.database.writer, "commit", refuse)
    try:
        yield
    finally:
        event.remove(world.database.writer, "commit", refuse)


def test_a_failed_commit_is_no_success(
    rogue_world: World, rogue_team: Team, customer_id: str
) -> None:
    before = rogue_world.snapshot()
    url = f"/v1/instances/{rogue_team.instance_id}/customers/{customer_id}"
    with refusing_commits(rogue_world):
        reply = rogue_world.call(
            rogue_team.owner, "DELETE", url, headers={"Idempotency-Key": "failed"}
        )
    assert reply.status_code == 500
    assert reply.json()["trace_id"] == reply.headers["X-Request-Id"]
    assert rogue_world.snapshot() == before

    # Nothing was done, so the same request may be sent again and is then done.
    again = rogue_world.call(rogue_team.owner, "DELETE", url, headers={"Idempotency-Key": "failed"})
    assert (again.status_code, "Idempotent-Replayed" in again.headers) == (200, False)
    assert rogue_world.entry(rogue_team.instance_id)["action"] == "customer.deleted"


def test_a_change_whose_entry_cannot_be_written_does_not_happen(
    rogue_world: World, rogue_team: Team, customer_id: str
) -> None:
    before = rogue_world.snapshot()
    with rogue_world.database.begin() as connection:
        connection.execute(text("ALTER TABLE deedbook_entry RENAME TO elsewhere"))
    url = f"/v1/instances/{rogue_team.instance_id}/customers/{customer_id}"
    assert rogue_world.call(rogue_team.owner, "DELETE", url).status_code == 500
    with rogue_world.database.begin() as connection:
        connection.execute(text("ALTER TABLE elsewhere RENAME TO deedbook_entry"))
    assert rogue_world.snapshot() == before


def test_a_use_that_cannot_be_noted_undoes_no_success(
    rogue_world: World, rogue_team: Team, customer_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When a key was last used is written after the commit; to fail there is no failure."""
    key = rogue_world.key(rogue_team, Role.OWNER)

    def refuse(*_: object) -> None:
        raise OperationalError("UPDATE", {}, Exception("database is locked"))

    monkeypatch.setattr(rogue_world.app.state.pipeline.identity, "used", refuse)
    url = f"/v1/instances/{rogue_team.instance_id}/customers/{customer_id}"
    assert rogue_world.call(key, "DELETE", url).status_code == 200
    assert rogue_world.entry(rogue_team.instance_id)["action"] == "customer.deleted"

"""Who remembers the log: witnesses, checkpoints by mail, and how the log stands."""

from __future__ import annotations

import email
import email.policy
import smtplib
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any, Self

import pytest
from sqlalchemy import select

from deedbook.database.base import now
from deedbook.engine import EntryIds, ids
from deedbook.engine.integrity.checkpoint import read_checkpoint
from deedbook.engine.integrity.note import open_note
from deedbook.platform.audit_log_memory import mailing
from deedbook.platform.audit_log_memory.mailing import (
    CLAIMED_FOR,
    RETRY_AFTER,
    CheckpointMailer,
    next_mailing,
)
from deedbook.platform.audit_log_memory.models import CheckpointMail, CheckpointMailing
from deedbook.platform.identity.sessions.mail import Mailer, SmtpMailer
from deedbook.platform.signing import SigningKeys
from world.fixtures import WorldMaker
from world.people import Team
from world.world import World

AUDITOR, LAWYER = "auditor@example.com", "lawyer@example.com"


@pytest.fixture
def acme(world: World) -> Team:
    return world.team()


def path_of(team: Team) -> str:
    return f"/v1/instances/{team.instance_id}/audit-logs"


def status_of(world: World, team: Team) -> dict[str, Any]:
    found: dict[str, Any] = world.get(team.owner, f"{path_of(team)}/status")
    return found


class Post:
    """A mailer that keeps what it sends, and fails for whom it is told to."""

    def __init__(self, *failing: str) -> None:
        self.failing = set(failing)
        self.sent: list[tuple[str, str, str]] = []

    def send(self, to: str, subject: str, text: str) -> None:
        if to in self.failing:
            raise smtplib.SMTPRecipientsRefused({to: (550, b"no such person")})
        self.sent.append((to, subject, text))

    def recipients(self) -> list[str]:
        return sorted(to for to, _, _ in self.sent)


def run(world: World, post: Mailer) -> None:
    mailer = CheckpointMailer(world.database, post, world.settings.public_url)
    while mailer.run_once():
        pass


def set_mailing(world: World, team: Team, every: str, *addresses: str) -> dict[str, Any]:
    body = {"every": every, "addresses": addresses}
    reply = world.call(team.owner, "PUT", f"{path_of(team)}/mailing", body)
    assert reply.status_code == 200, reply.text
    found: dict[str, Any] = reply.json()
    return found


def pass_time(world: World, team: Team, passed: timedelta) -> None:
    """Have what is due later be due earlier."""
    with world.database.write() as session:
        rows = select(CheckpointMail).where(CheckpointMail.instance_id == team.instance_id)
        for mail in session.scalars(rows):
            if mail.next_attempt_at is not None:
                mail.next_attempt_at -= passed
        row = session.get_one(CheckpointMailing, team.instance_id)
        if row.next_at is not None:
            row.next_at -= passed
        if row.planned_at is not None:
            row.planned_at -= passed
        session.commit()


# Mails


def test_the_first_mail_goes_at_once_and_holds_the_note_as_it_was_signed(
    world: World, acme: Team
) -> None:
    world.seal()
    set_mailing(world, acme, "daily", AUDITOR, LAWYER)
    post = Post()
    run(world, post)
    assert post.recipients() == [AUDITOR, LAWYER]
    newest = world.get(acme.owner, f"{path_of(acme)}/checkpoints")
    for _, subject, text in post.sent:
        assert newest["checkpoint"] in text
        assert f"{newest['size']} entries" in subject
        assert f"/audit-logs/checkpoints?from={newest['size']}" in text
    mails = status_of(world, acme)["mailing"]["mails"]
    assert [(each["address"], each["size"], each["has_failed"]) for each in mails] == [
        (AUDITOR, newest["size"], False),
        (LAWYER, newest["size"], False),
    ]
    run(world, post)
    assert len(post.sent) == 2


def test_the_next_mail_goes_when_its_day_has_come(world: World, acme: Team) -> None:
    world.seal()
    set_mailing(world, acme, "daily", AUDITOR)
    post = Post()
    run(world, post)
    pass_time(world, acme, timedelta(days=1))
    run(world, post)
    assert post.recipients() == [AUDITOR, AUDITOR]
    # What was missed is not made up for.
    pass_time(world, acme, timedelta(days=5))
    run(world, post)
    assert len(post.sent) == 3


@pytest.mark.parametrize(
    ("every", "after", "due"),
    [
        ("daily", datetime(2027, 2, 28, 23, 59, tzinfo=UTC), datetime(2027, 3, 1, tzinfo=UTC)),
        ("daily", datetime(2027, 3, 1, tzinfo=UTC), datetime(2027, 3, 2, tzinfo=UTC)),
        ("monthly", datetime(2027, 1, 31, 12, tzinfo=UTC), datetime(2027, 2, 1, tzinfo=UTC)),
        ("monthly", datetime(2027, 12, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)),
        ("monthly", datetime(2028, 2, 29, tzinfo=UTC), datetime(2028, 3, 1, tzinfo=UTC)),
    ],
)
def test_when_the_next_mail_is_due(every: str, after: datetime, due: datetime) -> None:
    assert next_mailing(every, after) == due


def test_a_mail_that_fails_is_tried_again_and_holds_up_no_other(world: World, acme: Team) -> None:
    world.seal()
    set_mailing(world, acme, "monthly", AUDITOR, LAWYER)
    post = Post(AUDITOR)
    run(world, post)
    assert post.recipients() == [LAWYER]
    failed = status_of(world, acme)["mailing"]["mails"][0]
    assert failed == {"address": AUDITOR, "size": None, "sent_at": None, "has_failed": True}
    for pause in RETRY_AFTER:
        pass_time(world, acme, pause)
        run(world, post)
    pass_time(world, acme, timedelta(hours=1))
    post.failing.clear()
    run(world, post)
    assert post.recipients() == [LAWYER], "it was given up until the next mailing"
    pass_time(world, acme, timedelta(days=32))
    run(world, post)
    assert post.recipients() == [AUDITOR, LAWYER, LAWYER]
    assert not status_of(world, acme)["mailing"]["mails"][0]["has_failed"]


def test_who_is_killed_while_sending_is_followed_by_another_attempt(
    world: World, acme: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.seal()
    set_mailing(world, acme, "daily", AUDITOR)
    post = Post()

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as cut:
        cut.setattr(mailing, "_note", killed)
        with pytest.raises(KeyboardInterrupt):
            run(world, post)
    run(world, post)
    assert len(post.sent) == 1, "the claim still stands"
    pass_time(world, acme, CLAIMED_FOR)
    run(world, post)
    assert len(post.sent) == 2


def test_two_workers_send_each_mail_once(world: World, acme: Team) -> None:
    world.seal()
    addresses = [f"auditor-{number}@example.com" for number in range(10)]
    set_mailing(world, acme, "daily", *addresses)
    post, start = Post(), threading.Barrier(2)

    def work() -> None:
        start.wait()
        run(world, post)

    with ThreadPoolExecutor(2) as workers:
        for done in [workers.submit(work) for _ in range(2)]:
            done.result()
    assert post.recipients() == sorted(addresses)


def test_nobody_who_was_taken_off_gets_another(world: World, acme: Team) -> None:
    world.seal()
    set_mailing(world, acme, "daily", AUDITOR, LAWYER)
    post = Post()
    run(world, post)
    set_mailing(world, acme, "daily", LAWYER)
    pass_time(world, acme, timedelta(days=1))
    run(world, post)
    assert post.recipients() == [AUDITOR, LAWYER, LAWYER]
    assert set_mailing(world, acme, "never")["mails"] == []
    pass_time(world, acme, timedelta(days=40))
    run(world, post)
    assert len(post.sent) == 3


def test_changing_it_again_and_again_is_no_way_to_flood_somebody(world: World, acme: Team) -> None:
    world.seal()
    post = Post()
    for addresses in ([AUDITOR], [LAWYER], [AUDITOR], [LAWYER]):
        set_mailing(world, acme, "daily", *addresses)
        run(world, post)
    assert post.recipients() == [AUDITOR]
    pass_time(world, acme, timedelta(minutes=10))
    run(world, post)
    assert post.recipients() == [AUDITOR, LAWYER]


def test_of_a_deleted_instance_nothing_is_mailed(world: World, acme: Team) -> None:
    world.seal()
    set_mailing(world, acme, "daily", AUDITOR)
    assert world.call(acme.owner, "DELETE", f"/v1/instances/{acme.instance_id}").status_code == 200
    post = Post()
    run(world, post)
    assert post.sent == []


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({"every": "daily"}, "addresses"),
        ({"every": "hourly", "addresses": [AUDITOR]}, "every"),
        ({"every": "daily", "addresses": ["nobody"]}, "addresses.0"),
        ({"every": "daily", "addresses": ["a@example.com\nBcc: b@example.com"]}, "addresses.0"),
        ({"every": "daily", "addresses": [f"a{n}@example.com" for n in range(11)]}, "addresses"),
    ],
)
def test_a_setting_that_reaches_nobody_is_refused_by_name(
    world: World, team: Team, body: dict[str, Any], named: str
) -> None:
    reply = world.call(team.owner, "PUT", f"{path_of(team)}/mailing", body)
    assert reply.status_code == 400
    assert named in str(reply.json()["errors"])


def test_addresses_that_differ_in_case_alone_are_one(world: World, acme: Team) -> None:
    told = set_mailing(world, acme, "daily", AUDITOR, AUDITOR.upper(), LAWYER)
    assert [each.lower() for each in told["addresses"]] == [AUDITOR, LAWYER]


def test_who_gets_them_is_the_part_of_the_entry_that_can_be_erased(
    world: World, acme: Team
) -> None:
    set_mailing(world, acme, "daily", AUDITOR)
    set_mailing(world, acme, "monthly", LAWYER)
    entry = world.entry(acme.instance_id)
    assert entry["metadata"] == {"every": "monthly", "recipients": 1}
    assert entry["changes"] == {"every": {"from": "daily", "to": "monthly"}}
    assert entry["personal"]["changes"] == {"addresses": {"from": [AUDITOR], "to": [LAWYER]}}


def test_the_note_is_read_out_of_the_saved_mail(
    world: World, acme: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.seal()
    set_mailing(world, acme, "daily", AUDITOR)
    saved: list[bytes] = []

    class Server:
        def __enter__(self) -> Self:
            return self

        def __exit__(self, *_: object) -> None: ...

        def send_message(self, message: Any) -> None:
            saved.append(message.as_bytes())

    sender = SmtpMailer("smtp://localhost", "Deedbook <no-reply@example.com>")
    monkeypatch.setattr(SmtpMailer, "_connect", lambda _: Server())
    run(world, sender)

    note: str = world.get(acme.owner, f"{path_of(acme)}/checkpoints")["checkpoint"]
    (mail,) = (each for each in saved if note.encode() in each)
    message = email.message_from_bytes(mail, policy=email.policy.default)
    assert message.get_content_type() == "text/plain"
    keys: SigningKeys = world.app.state.signing_keys
    opened = open_note(note, [keys.current().verifier])
    assert read_checkpoint(opened.text).origin == f"deedbook/{acme.instance_id}"


# Witnesses


def test_a_witness_that_says_the_same_again_writes_no_entry(world: World, acme: Team) -> None:
    world.seal()
    path = f"{path_of(acme)}/witnesses"
    before = len(world.entries(acme.instance_id))
    said = [
        world.call(acme.owner_key, "POST", path, {"name": "Office", "size": size}).json()
        for size in (1, 2, 2)
    ]
    assert len(world.entries(acme.instance_id)) == before + 1
    assert len({each["id"] for each in said}) == 1
    assert [each["size"] for each in status_of(world, acme)["witnesses"]] == [2]


def test_a_witness_that_appears_twice_at_once_is_one(world: World, acme: Team) -> None:
    world.seal()
    path, start = f"{path_of(acme)}/witnesses", threading.Barrier(4)

    def say(_: int) -> int:
        start.wait()
        return world.call(acme.owner, "POST", path, {"name": "Office", "size": 1}).status_code

    with ThreadPoolExecutor(4) as workers:
        assert set(workers.map(say, range(4))) == {200}
    assert len(status_of(world, acme)["witnesses"]) == 1


def test_nobody_remembers_what_the_log_has_not_reached(world: World, acme: Team) -> None:
    world.seal()
    size = status_of(world, acme)["size"]
    body = {"name": "Office", "size": size + 1}
    reply = world.call(acme.owner, "POST", f"{path_of(acme)}/witnesses", body)
    assert (reply.status_code, reply.json()["code"]) == (400, "AUDIT_LOGS_SIZE_UNREACHED")


# The status


def test_what_waits_for_the_sealer_is_told_with_its_age(new_world: WorldMaker) -> None:
    past = now() - timedelta(hours=2)
    stale = EntryIds(lambda: int(past.timestamp() * 1000))
    world = new_world()
    team = world.team(full=False)
    world.seal()
    told = status_of(world, team)
    assert (told["unsealed_seconds"], told["sealer"]) == (None, "working")
    assert told["checkpoint"]["size"] == told["size"] == 1
    assert told["checkpoint"]["age_seconds"] < 600
    assert world.http.get("/health").json() == {
        "status": "ok",
        "database": "ok",
        "sealer": "working",
    }

    world.app.state.pipeline.entry_ids = stale
    reply = world.call(
        team.owner, "PUT", f"/v1/instances/{team.instance_id}", {"name": "Written down"}
    )
    assert reply.status_code == 200
    told = status_of(world, team)
    assert ids.unix_ms_of(ids.read(world.entry(team.instance_id)["id"]) or 0) > 0
    assert 7200 <= told["unsealed_seconds"] < 7800
    assert told["sealer"] == "behind"
    health = world.http.get("/health")
    assert (health.status_code, health.json()["status"]) == (200, "degraded")
    world.seal()
    assert status_of(world, team)["sealer"] == "working"
    assert world.http.get("/health").json()["status"] == "ok"

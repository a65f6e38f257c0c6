"""Forgetting as people decide on it: erasures by two, legal holds, retention. On both databases."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest

from deedbook.database.base import now
from deedbook.engine import EntryIds
from deedbook.platform.catalogue import CATALOGUE
from deedbook.platform.forgetting.erasures.models import AuditLogErasure
from deedbook.platform.forgetting.jobs import Forgetting, LoneErasures, Retention
from deedbook.platform.forgetting.retention.audit import RETENTION_CHANGED, RetentionMetadata
from deedbook.platform.forgetting.retention.models import AuditLogRetention
from deedbook.platform.forgetting.retention.service import months_before
from deedbook.platform.identity.invites.service import create_invite
from deedbook.recording import UnitOfWork
from deedbook.web.roles import Role
from world.people import Caller, Team
from world.rows.forgetting import ask_for_erasure, log_of, new_subject, place_hold
from world.rows.invites import new_invite
from world.world import World, unique

REASON: Final = {"reason": "Asked for by the person"}
NO_WAITING: Final = -(10**12)


def forget(world: World) -> None:
    """Seal, and carry out all that is decreed."""
    world.seal()
    job = Forgetting(world.database, CATALOGUE, settling_ms=NO_WAITING)
    while job.run_once():
        pass


def post(world: World, team: Team, caller: Caller, path: str, body: Any = None) -> Any:
    return world.call(caller, "POST", log_of(team, path), body)


def confirm(world: World, team: Team, caller: Caller, erasure_id: str) -> Any:
    return post(world, team, caller, f"/erasures/{erasure_id}/confirm")


def erasure(world: World, team: Team, erasure_id: str) -> Any:
    found = world.get(team.owner, log_of(team, "/erasures"))["data"]
    return next(each for each in found if each["id"] == erasure_id)


def states(world: World, team: Team, subject: Mapping[str, str]) -> list[str]:
    path = log_of(team, f"?ref_id={subject['entity_id']}&include=system,denied")
    return [each["personal_state"] for each in world.get(team.owner, path)["data"]]


def grow_old(world: World, erasure_id: str, age: timedelta) -> None:
    with world.work(None) as work:
        work.session.get_one(AuditLogErasure, erasure_id).created_at = now() - age


def lone_erasures(world: World) -> LoneErasures:
    return LoneErasures(world.database, CATALOGUE, world.mailer, "https://deedbook.example")


# Erasures


def test_one_asks_another_confirms_and_a_job_erases(world: World) -> None:
    team = world.team()
    email = f"{unique('zephyrine')}@example.com"
    subject = {"entity_type": "invite", "entity_id": new_invite(world, team, email)}
    word = email.partition("@")[0]
    assert len(world.get(team.owner, log_of(team, f"?q={word}"))["data"]) == 1

    asked = post(world, team, team.owner, "/erasures", {"subject": subject, **REASON}).json()
    assert (asked["entries"], asked["entries_approximate"]) == (1, False)
    assert (asked["status"], asked["by_itself_at"]) == ("requested", None)
    assert asked["requested_by"] == {"id": team.owner.id, "name": team.owner.actor.name}
    forget(world)
    assert states(world, team, subject) == ["present"]

    confirmed = confirm(world, team, team.admin, asked["id"]).json()
    assert (confirmed["status"], confirmed["decided_by"]["id"]) == ("confirmed", team.admin.id)
    assert states(world, team, subject) == ["present"]
    forget(world)
    assert erasure(world, team, asked["id"])["status"] == "carried_out"
    assert states(world, team, subject) == ["erased"]
    assert world.get(team.owner, log_of(team, f"?q={word}"))["data"] == []
    entries = world.entries(team.instance_id)
    assert word not in json.dumps(entries)
    decided = next(each for each in entries if each["action"] == "audit_log.personal_erased")
    assert decided["effect"] == {"kind": "personal_erased", "selector": subject}
    assert decided["metadata"]["reason"] == REASON["reason"]
    assert (decided["metadata"]["requested_by"], decided["user_id"]) == (
        team.owner.id,
        team.admin.id,
    )


def test_why_and_by_whom_is_known_even_after_who_decided_is_erased(world: World) -> None:
    team = world.team()
    third = world.member(team, Role.ADMIN)
    subject = new_subject(world, team)
    erasure_id = ask_for_erasure(world, team, team.owner, subject)
    assert confirm(world, team, third, erasure_id).status_code == 200
    again = ask_for_erasure(world, team, team.owner, {"user_id": third.id})
    assert confirm(world, team, team.admin, again).status_code == 200
    forget(world)
    first, second = sorted(
        (
            each
            for each in world.entries(team.instance_id)
            if each["action"] == "audit_log.personal_erased"
        ),
        key=lambda entry: str(entry["id"]),
    )
    assert (first["personal_state"], second["personal_state"]) == ("erased", "present")
    assert first["actor"]["email"] is None
    assert (first["user_id"], first["metadata"]["reason"]) == (third.id, REASON["reason"])


def test_owner_and_admins_are_told_by_mail(world: World) -> None:
    team = world.team()
    subject = new_subject(world, team)
    before = len(world.mailer.sent)
    erasure_id = ask_for_erasure(world, team, team.owner, subject)
    confirm(world, team, team.admin, erasure_id)
    sent = world.mailer.sent[before:]
    readers = sorted([team.owner.email, team.admin.email])
    assert [to for to, _ in sent] == readers * 2
    assert all(subject["entity_id"] in text and REASON["reason"] in text for _, text in sent)
    assert ["asked for" in text for _, text in sent] == [True, True, False, False]


def test_nobody_confirms_what_they_asked_for(world: World) -> None:
    team = world.team()
    erasure_id = ask_for_erasure(world, team, team.admin, new_subject(world, team))
    refused = confirm(world, team, team.admin, erasure_id)
    assert (refused.status_code, refused.json()["code"]) == (403, "AUDIT_LOG_SECOND_PERSON_NEEDED")
    newest = world.entry(team.instance_id)
    assert (newest["action"], newest["outcome"]) == ("audit_log.personal_erased", "denied")
    assert newest["effect"] is None
    forget(world)
    assert erasure(world, team, erasure_id)["status"] == "requested"


@pytest.mark.parametrize("what", ["user", "api_key", "entry", "entry of a key", "themselves"])
def test_nobody_decides_on_what_they_did_themselves(world: World, what: str) -> None:
    team = world.team()
    key = team.keys[Role.ADMIN]
    for caller in (team.admin, key):
        body = {"email": f"{unique('guest')}@example.com", "user_role": "viewer"}
        path = f"/v1/instances/{team.instance_id}/invites"
        assert world.call(caller, "POST", path, body).status_code == 200
    of_key, of_admin = (each["id"] for each in world.entries(team.instance_id)[:2])
    subject = {
        "user": {"user_id": team.admin.id},
        "api_key": {"api_key_id": key.id},
        "entry": {"entry_id": of_admin},
        "entry of a key": {"entry_id": of_key},
        "themselves": {"entity_type": "user", "entity_id": team.admin.id},
    }[what]
    if what == "themselves":
        path = f"/v1/instances/{team.instance_id}/members/{team.admin.id}/role"
        world.call(team.owner, "PUT", path, {"user_role": "admin"})
    asked = post(world, team, team.admin, "/erasures", {"subject": subject, **REASON})
    assert (asked.status_code, asked.json()["code"]) == (403, "AUDIT_LOG_CONCERNS_YOU")
    erasure_id = ask_for_erasure(world, team, team.owner, subject)
    refused = confirm(world, team, team.admin, erasure_id)
    assert (refused.status_code, refused.json()["code"]) == (403, "AUDIT_LOG_CONCERNS_YOU")
    third = world.member(team, Role.ADMIN)
    assert confirm(world, team, third, erasure_id).status_code == 200


def test_where_there_is_no_other_it_is_confirmed_after_thirty_days(world: World) -> None:
    team = world.team(full=False)
    subject = new_subject(world, team)
    erasure_id = ask_for_erasure(world, team, team.owner, subject)
    asked = erasure(world, team, erasure_id)
    made = datetime.fromisoformat(asked["created_at"])
    assert datetime.fromisoformat(asked["by_itself_at"]) == made + timedelta(days=30)
    before = len(world.mailer.sent)
    for age, status in (
        (timedelta(days=30, minutes=-5), "requested"),
        (timedelta(30), "confirmed"),
    ):
        grow_old(world, erasure_id, age)
        lone_erasures(world).run_once()
        assert erasure(world, team, erasure_id)["status"] == status
    assert [to for to, _ in world.mailer.sent[before:]] == [team.owner.email]
    newest = world.entry(team.instance_id)
    assert (newest["action"], newest["actor_type"]) == ("audit_log.personal_erased", "system")
    assert newest["metadata"]["requested_by"] == team.owner.id
    lone_erasures(world).confirm_due()
    assert world.entry(team.instance_id) == newest
    forget(world)
    assert states(world, team, subject) == ["erased"]
    assert erasure(world, team, erasure_id)["decided_by"] is None


def test_who_is_concerned_is_no_second_person(world: World) -> None:
    team = world.team(full=False)
    admin = world.member(team, Role.ADMIN)
    new_invite(world, replace(team, members={Role.OWNER: admin}), f"{unique('guest')}@example.com")
    for subject, alone in (({"user_id": admin.id}, True), (new_subject(world, team), False)):
        erasure_id = ask_for_erasure(world, team, team.owner, subject)
        assert (erasure(world, team, erasure_id)["by_itself_at"] is not None) is alone
        grow_old(world, erasure_id, timedelta(days=31))
        lone_erasures(world).confirm_due()
        status = erasure(world, team, erasure_id)["status"]
        assert status == ("confirmed" if alone else "requested")


@pytest.mark.parametrize(("by_asker", "status"), [(True, "withdrawn"), (False, "declined")])
def test_an_erasure_can_be_declined_and_then_not_be_decided_again(
    world: World,
    status: str,
    by_asker: bool,  # noqa: FBT001
) -> None:
    team = world.team()
    subject = new_subject(world, team)
    erasure_id = ask_for_erasure(world, team, team.owner, subject)
    caller = team.owner if by_asker else team.admin
    body = {"reason": "No ground for it"}
    declined = post(world, team, caller, f"/erasures/{erasure_id}/decline", body).json()
    assert (declined["status"], declined["decided_by"]["id"]) == (status, caller.id)
    entry = world.entry(team.instance_id)
    assert entry["metadata"]["is_withdrawn"] is by_asker
    for reply in (
        confirm(world, team, team.admin, erasure_id),
        post(world, team, team.owner, f"/erasures/{erasure_id}/decline", body),
    ):
        assert (reply.status_code, reply.json()["code"]) == (409, "AUDIT_LOG_ERASURE_DECIDED")
    forget(world)
    assert states(world, team, subject) == ["present"]


@pytest.mark.parametrize(
    ("subject", "status", "code"),
    [
        ({}, 400, "VALIDATION_FAILED"),
        ({"user_id": "us_000000000000", "entity_type": "user"}, 400, "VALIDATION_FAILED"),
        ({"entity_id": "us_000000000000"}, 400, "VALIDATION_FAILED"),
        ({"entity_type": "nonsense", "entity_id": "us_0"}, 400, "VALIDATION_FAILED"),
        ({"entity_type": "customer", "entity_id": "re_000000000000"}, 400, "VALIDATION_FAILED"),
        ({"user_id": "us_000000000000"}, 400, "VALIDATION_FAILED"),
        ({"user_id": "nobody"}, 400, "VALIDATION_FAILED"),
        ({"entry_id": "al_000000000000"}, 404, "AUDIT_LOGS_NOT_FOUND"),
        ({"entry_id": "nonsense"}, 400, "VALIDATION_FAILED"),
    ],
)
def test_a_subject_that_is_none_is_refused(
    world: World, team: Team, subject: dict[str, str], status: int, code: str
) -> None:
    refused = post(world, team, team.owner, "/erasures", {"subject": subject, **REASON})
    assert (refused.status_code, refused.json()["code"]) == (status, code)


def test_another_instances_entry_cannot_be_erased(
    world: World, team: Team, strangers: Team
) -> None:
    theirs = world.entry(strangers.instance_id)["id"]
    refused = post(
        world, team, team.owner, "/erasures", {"subject": {"entry_id": theirs}, **REASON}
    )
    assert refused.status_code == 404


# Legal holds


def test_a_hold_stops_an_erasure_until_it_is_lifted(world: World) -> None:
    team = world.team()
    subject = new_subject(world, team)
    erasure_id = ask_for_erasure(world, team, team.owner, subject)
    hold_id = place_hold(world, team, subject)
    refused = confirm(world, team, team.admin, erasure_id)
    assert (refused.status_code, refused.json()["code"]) == (409, "AUDIT_LOG_HELD")
    lifted = post(world, team, team.admin, f"/holds/{hold_id}/lift", {"reason": "Closed"})
    assert lifted.status_code == 200
    (hold,) = world.get(team.owner, log_of(team, "/holds"))["data"]
    assert hold["lifted_by"]["id"] == team.admin.id
    again = post(world, team, team.admin, f"/holds/{hold_id}/lift", {"reason": "Closed"})
    assert (again.status_code, again.json()["code"]) == (404, "AUDIT_LOG_HOLDS_NOT_FOUND")
    assert confirm(world, team, team.admin, erasure_id).status_code == 200


def test_a_hold_that_comes_after_the_confirmation_still_stops_it(world: World) -> None:
    team = world.team()
    subject = new_subject(world, team)
    erasure_id = ask_for_erasure(world, team, team.owner, {"user_id": team.admin.id})
    third = world.member(team, Role.ADMIN)
    body = {"email": f"{unique('guest')}@example.com", "user_role": "viewer"}
    world.call(team.admin, "POST", f"/v1/instances/{team.instance_id}/invites", body)
    assert confirm(world, team, third, erasure_id).status_code == 200
    of_admin = {
        "entity_type": "invite",
        "entity_id": world.entries(team.instance_id)[1]["entity_id"],
    }
    place_hold(world, team, subject)
    hold_id = place_hold(world, team, of_admin)
    forget(world)
    assert states(world, team, of_admin) == ["present"]
    assert erasure(world, team, erasure_id)["status"] == "confirmed"
    post(world, team, team.owner, f"/holds/{hold_id}/lift", {"reason": "Closed"})
    forget(world)
    assert states(world, team, of_admin) == ["erased"]


def test_who_is_held_cannot_lift_the_hold(world: World) -> None:
    team = world.team()
    hold_id = place_hold(world, team, {"user_id": team.admin.id})
    refused = post(world, team, team.admin, f"/holds/{hold_id}/lift", {"reason": "I say so"})
    assert (refused.status_code, refused.json()["code"]) == (403, "AUDIT_LOG_CONCERNS_YOU")


def test_one_entry_cannot_be_held(world: World, team: Team) -> None:
    subject = {"entry_id": world.entry(team.instance_id)["id"]}
    refused = post(world, team, team.owner, "/holds", {"subject": subject, **REASON})
    assert refused.status_code == 400


# Retention


def put_retention(world: World, team: Team, months: int | None) -> Any:
    return world.call(team.owner, "PUT", log_of(team, "/retention"), {"months": months})


def test_a_log_is_kept_for_ever_unless_its_owner_chooses_a_year_or_more(world: World) -> None:
    team = world.team()
    kept = {"months": None, "next": None, "expired_below": 0}
    assert world.get(team.admin, log_of(team, "/retention")) == kept
    for months in (11, 0, -1, 1201, "twelve"):
        reply = world.call(team.owner, "PUT", log_of(team, "/retention"), {"months": months})
        assert reply.status_code == 400, months
    assert (
        world.call(team.admin, "PUT", log_of(team, "/retention"), {"months": 12}).status_code == 403
    )


def test_to_keep_less_is_announced_and_to_keep_more_holds_at_once(world: World) -> None:
    team = world.team()
    announced = put_retention(world, team, 12).json()
    assert announced["months"] is None
    assert announced["next"]["months"] == 12
    ahead = datetime.fromisoformat(announced["next"]["effective_at"]) - datetime.now(UTC)
    assert timedelta(days=29) < ahead <= timedelta(days=30)
    assert world.entry(team.instance_id)["metadata"]["kept"] == "for 12 months"
    pass_announcement(world, team)
    assert world.get(team.owner, log_of(team, "/retention"))["months"] == 12
    for months, at_once in ((24, True), (18, False), (None, True)):
        reply = put_retention(world, team, months).json()
        assert (reply["next"] is None) is at_once
        assert reply["months"] == (months if at_once else 24)


def pass_announcement(world: World, team: Team) -> None:
    """Have the month pass after which an announced retention holds."""
    with world.work(team.owner.actor, team.instance_id) as work:
        retention = work.session.get_one(AuditLogRetention, team.instance_id)
        retention.next_from = now() - timedelta(seconds=1)
        # The guards want an entry for this as well.
        metadata = RetentionMetadata("as a test has it", None, "now")
        work.record(RETENTION_CHANGED, retention, metadata, entity_id=team.instance_id)


def age_log(world: World, team: Team, days: int, count: int) -> list[str]:
    """Write invites of so many days ago into the log, and give their ids."""
    moment = int((datetime.now(UTC) - timedelta(days=days)).timestamp() * 1000)
    made = []
    with (
        world.database.write() as session,
        UnitOfWork(
            session,
            catalogue=CATALOGUE,
            actor=team.owner.actor,
            instance_id=team.instance_id,
            entry_ids=EntryIds(lambda: moment),
        ) as work,
    ):
        for _ in range(count):
            email = f"{unique('guest')}@example.com"
            made.append(create_invite(work, email=email, role=Role.VIEWER).id)
    world.seal()
    return made


def apply_retention(world: World) -> None:
    with world.work(None) as work:
        for row in work.session.query(AuditLogRetention):
            row.applied_at = None
    job = Retention(world.database, CATALOGUE)
    while job.run_once():
        pass
    forget(world)


def old_team(world: World) -> tuple[Team, list[str]]:
    """Give an instance whose first entries are two years old, and its founding is as well."""
    moment = int((datetime.now(UTC) - timedelta(days=800)).timestamp() * 1000)
    owner = world.person()
    pipeline = world.app.state.pipeline
    pipeline.entry_ids, kept = EntryIds(lambda: moment), pipeline.entry_ids
    try:
        body = {"name": unique("Old"), "type": "development"}
        made = world.call(owner, "POST", "/v1/instances", body).json()
    finally:
        pipeline.entry_ids = kept
    team = Team(instance_id=made["id"], members={Role.OWNER: owner})
    return team, age_log(world, team, 700, 3)


def test_what_is_too_old_expires_and_nothing_else(world: World) -> None:
    team, old = old_team(world)
    young = age_log(world, team, 300, 2)
    put_retention(world, team, 12)
    apply_retention(world)
    assert len(world.entries(team.instance_id)) == 4 + 2 + 1
    pass_announcement(world, team)
    ids = {each["entity_id"]: each["id"] for each in world.entries(team.instance_id)}
    apply_retention(world)
    left = world.entries(team.instance_id)
    assert {each["entity_id"] for each in left} == {*young, team.instance_id}
    expired = left[0]
    assert (expired["action"], expired["actor_type"]) == ("audit_log.entries_expired", "system")
    assert expired["effect"] == {"kind": "entries_expired", "before_sequence": 4}
    assert expired["metadata"]["positions"] == 4
    reply = world.call(team.owner, "GET", log_of(team, f"/{ids[old[0]]}"))
    assert (reply.status_code, reply.json()["code"]) == (410, "AUDIT_LOG_EXPIRED")
    assert world.get(team.owner, log_of(team, f"/{ids[old[0]]}/proof"))["sequence"] == 1
    verification = world.call(team.owner, "GET", log_of(team, f"/{ids[old[0]]}/verification"))
    assert verification.status_code == 410
    erase = {"subject": {"entry_id": ids[old[0]]}, **REASON}
    assert post(world, team, team.owner, "/erasures", erase).status_code == 410
    assert world.get(team.owner, log_of(team, "/retention"))["expired_below"] == 4
    # Once a day, and only when there is something.
    assert not Retention(world.database, CATALOGUE).run_once()
    apply_retention(world)
    assert world.entries(team.instance_id) == left


def test_what_is_held_does_not_expire(world: World) -> None:
    team, old = old_team(world)
    hold_id = place_hold(world, team, {"entity_type": "invite", "entity_id": old[1]})
    put_retention(world, team, 12)
    pass_announcement(world, team)
    apply_retention(world)
    ids = {each["entity_id"] for each in world.entries(team.instance_id)}
    assert ids & {*old} == {old[1]}
    post(world, team, team.owner, f"/holds/{hold_id}/lift", {"reason": "Closed"})
    age_log(world, team, 600, 1)
    apply_retention(world)


@pytest.mark.parametrize(
    ("moment", "months", "expected"),
    [
        ("2026-03-31T10:00:00+00:00", 1, "2026-02-28T10:00:00+00:00"),
        ("2028-03-31T10:00:00+00:00", 1, "2028-02-29T10:00:00+00:00"),
        ("2026-01-15T10:00:00+00:00", 1, "2025-12-15T10:00:00+00:00"),
        ("2026-01-15T10:00:00+00:00", 12, "2025-01-15T10:00:00+00:00"),
        ("2028-02-29T10:00:00+00:00", 12, "2027-02-28T10:00:00+00:00"),
        ("2026-12-01T00:00:00+00:00", 25, "2024-11-01T00:00:00+00:00"),
    ],
)
def test_months_are_those_of_the_calendar(moment: str, months: int, expected: str) -> None:
    assert months_before(datetime.fromisoformat(moment), months).isoformat() == expected

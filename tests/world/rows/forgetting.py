"""Rows of erasures, legal holds and retention."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from unittest.mock import ANY

from deedbook.web.roles import Area, Role
from world.operation import INSTANCE, Operation, Prepared, Read
from world.people import Caller, Team
from world.rows.invites import new_invite
from world.world import World, unique

LOGS = f"{INSTANCE}/audit-logs"


def log_of(team: Team, rest: str) -> str:
    """Give a path below the log of a team."""
    return f"/v1/instances/{team.instance_id}/audit-logs{rest}"


def new_subject(world: World, team: Team) -> dict[str, str]:
    """Give an entity that one entry is about."""
    invite_id = new_invite(world, team, f"{unique('guest')}@example.com")
    return {"entity_type": "invite", "entity_id": invite_id}


def ask_for_erasure(world: World, team: Team, caller: Caller, subject: Mapping[str, str]) -> str:
    """Give the id of a new request for erasure."""
    body = {"subject": subject, "reason": "Asked for by the person"}
    reply = world.call(caller, "POST", log_of(team, "/erasures"), body)
    assert reply.status_code == 200, reply.text
    erasure_id: str = reply.json()["id"]
    return erasure_id


def place_hold(world: World, team: Team, subject: Mapping[str, str]) -> str:
    """Give the id of a new legal hold."""
    body = {"subject": subject, "reason": "A case at court"}
    reply = world.call(team.owner, "POST", log_of(team, "/holds"), body)
    assert reply.status_code == 200, reply.text
    hold_id: str = reply.json()["id"]
    return hold_id


def _told(subject: Mapping[str, str], reason: str, **more: Any) -> dict[str, Any]:
    return {"subject_type": "invite", "subject_id": subject["entity_id"], "reason": reason, **more}


def _erasure_requested(world: World, team: Team) -> Prepared:
    subject = new_subject(world, team)
    reason = "Asked for by the person"
    return Prepared(
        body={"subject": subject, "reason": reason},
        metadata=_told(subject, reason, entries=1, requested_by=ANY),
    )


def _requested(world: World, team: Team) -> tuple[Caller, dict[str, str], str]:
    # By somebody who is neither the owner nor the admin of the team: each of them can confirm it.
    asker = world.member(team, Role.ADMIN)
    subject = new_subject(world, team)
    return asker, subject, ask_for_erasure(world, team, asker, subject)


def _decided(status: str) -> dict[str, Any]:
    return {
        "status": {"from": "requested", "to": status},
        "decided_by": {"from": None, "to": ANY},
        "decided_at": {"from": None, "to": ANY},
    }


def _erasure_confirmed(world: World, team: Team) -> Prepared:
    asker, subject, erasure_id = _requested(world, team)
    told = _told(subject, "Asked for by the person", entries=1, requested_by=asker.id)
    return Prepared(
        values={"erasure_id": erasure_id},
        entity_id=erasure_id,
        metadata=told,
        changes=_decided("confirmed"),
        effect={"kind": "personal_erased", "selector": subject},
    )


def _erasure_declined(world: World, team: Team) -> Prepared:
    asker, subject, erasure_id = _requested(world, team)
    told = _told(subject, "No ground", requested_by=asker.id, is_withdrawn=False)
    return Prepared(
        values={"erasure_id": erasure_id},
        body={"reason": "No ground"},
        entity_id=erasure_id,
        metadata=told,
        changes=_decided("declined"),
    )


def _hold_placed(world: World, team: Team) -> Prepared:
    subject, reason = new_subject(world, team), "A case at court"
    body = {"subject": subject, "reason": reason}
    return Prepared(body=body, metadata=_told(subject, reason))


def _hold_lifted(world: World, team: Team) -> Prepared:
    subject = new_subject(world, team)
    hold_id = place_hold(world, team, subject)
    return Prepared(
        values={"hold_id": hold_id},
        body={"reason": "The case is closed"},
        entity_id=hold_id,
        metadata=_told(subject, "The case is closed"),
        changes={"lifted_at": {"from": None, "to": ANY}, "lifted_by": {"from": None, "to": ANY}},
    )


def _retention_changed(world: World, team: Team) -> Prepared:
    # From what another test may have chosen.
    path = log_of(team, "/retention")
    assert world.call(team.owner, "PUT", path, {"months": None}).status_code == 200
    return Prepared(
        body={"months": 24},
        entity_id=team.instance_id,
        metadata={"kept": "for 24 months", "months": 24, "effective_at": ANY},
        changes={
            "next_months": {"from": None, "to": 24},
            "next_from": {"from": None, "to": ANY},
        },
    )


def _a_hold(world: World, team: Team) -> Mapping[str, str]:
    place_hold(world, team, new_subject(world, team))
    return {}


def _an_erasure(world: World, team: Team) -> Mapping[str, str]:
    _requested(world, team)
    return {}


OPERATIONS: tuple[Operation, ...] = (
    Operation(
        action="audit_log.erasure_requested",
        operation="create",
        method="POST",
        path=f"{LOGS}/erasures",
        area=Area.FORGETTING,
        entity_type="erasure",
        prepare=_erasure_requested,
        people_only=True,
    ),
    Operation(
        action="audit_log.personal_erased",
        operation="update",
        method="POST",
        path=f"{LOGS}/erasures/{{erasure_id}}/confirm",
        area=Area.FORGETTING,
        entity_type="erasure",
        prepare=_erasure_confirmed,
        people_only=True,
        has_body=False,
        not_found=(404, "AUDIT_LOG_ERASURES_NOT_FOUND"),
    ),
    Operation(
        action="audit_log.erasure_declined",
        operation="update",
        method="POST",
        path=f"{LOGS}/erasures/{{erasure_id}}/decline",
        area=Area.FORGETTING,
        entity_type="erasure",
        prepare=_erasure_declined,
        people_only=True,
        not_found=(404, "AUDIT_LOG_ERASURES_NOT_FOUND"),
    ),
    Operation(
        action="audit_log.hold_placed",
        operation="create",
        method="POST",
        path=f"{LOGS}/holds",
        area=Area.FORGETTING,
        entity_type="hold",
        prepare=_hold_placed,
        people_only=True,
    ),
    Operation(
        action="audit_log.hold_lifted",
        operation="update",
        method="POST",
        path=f"{LOGS}/holds/{{hold_id}}/lift",
        area=Area.FORGETTING,
        entity_type="hold",
        prepare=_hold_lifted,
        people_only=True,
        not_found=(404, "AUDIT_LOG_HOLDS_NOT_FOUND"),
    ),
    Operation(
        action="audit_log.retention_changed",
        operation="update",
        method="PUT",
        path=f"{LOGS}/retention",
        area=Area.OWNERSHIP,
        entity_type="retention",
        prepare=_retention_changed,
        people_only=True,
    ),
)

READS: tuple[Read, ...] = (
    Read(path=f"{LOGS}/erasures", area=Area.AUDIT_LOGS, prepare=_an_erasure),
    Read(path=f"{LOGS}/holds", area=Area.AUDIT_LOGS, prepare=_a_hold),
    Read(path=f"{LOGS}/retention", area=Area.AUDIT_LOGS),
)

"""Who may read the log, as roles, keys, sessions and instances come and go."""

from __future__ import annotations

import re

import pytest
from httpx2 import Response

from deedbook.web.roles import Area, Role
from world.operations import READS
from world.people import Caller, Team
from world.world import World, unique

LOG_PATHS = [row.path for row in READS if row.area is Area.AUDIT_LOGS]


def statuses(world: World, team: Team, caller: Caller | None) -> set[int]:
    """Ask every endpoint of the log, and give the statuses of the answers."""
    entry_id = world.entry(team.instance_id)["id"]
    # Only what is sealed can be proved.
    world.seal()
    return {
        world.call(
            caller, "GET", path.format(instance_id=team.instance_id, id=entry_id)
        ).status_code
        for path in LOG_PATHS
    }


def make_key(world: World, team: Team, maker: Caller) -> Caller:
    path = f"/v1/instances/{team.instance_id}/api-keys"
    reply = world.call(maker, "POST", path, {"name": "Made", "permission": "full_access"})
    assert reply.status_code == 200, reply.text
    return Caller(actor=team.owner_key.actor, token=reply.json()["token"])


def shown_key(world: World, team: Team, key: Caller) -> dict[str, object]:
    """Give the newest key as its team sees it."""
    keys = world.get(team.owner, f"/v1/instances/{team.instance_id}/api-keys")
    return next(each for each in keys if key.token.startswith(each["token"].rstrip("…")))


def set_role(world: World, team: Team, member: Caller, role: Role) -> Response:
    path = f"/v1/instances/{team.instance_id}/members/{member.id}"
    return world.call(team.owner, "PUT", path, {"user_role": role})


def test_every_path_of_the_log_is_asked() -> None:
    assert len(LOG_PATHS) >= 12


@pytest.mark.parametrize("query", ["limit=nonsense", "%00=%00", "feature=nonsense", "offset=-1"])
def test_permission_comes_before_parameters(world: World, team: Team, query: str) -> None:
    path = f"/v1/instances/{team.instance_id}/audit-logs"
    assert world.call(team.owner, "GET", f"{path}?{query}").status_code == 400
    assert world.call(team.members[Role.FINANCE], "GET", f"{path}?{query}").status_code == 403
    assert world.call(None, "GET", f"{path}?{query}").status_code == 401


@pytest.mark.parametrize(
    ("role", "reads"), [(Role.OWNER, True), (Role.ADMIN, True), (Role.DEVELOPER, False)]
)
def test_a_key_reads_the_log_if_its_maker_did_and_shows_it(
    world: World,
    team: Team,
    role: Role,
    reads: bool,  # noqa: FBT001
) -> None:
    key = make_key(world, team, team.members[role])
    assert statuses(world, team, key) == ({200} if reads else {403})
    shown = shown_key(world, team, key)
    assert (shown["reads_log"], shown["role"]) == (reads, role)
    made = world.entry(team.instance_id)["metadata"]
    assert (made["reads_log"], made["role"]) == (reads, role)


def test_a_key_does_no_more_than_its_maker_might_when_it_was_made(world: World) -> None:
    team = world.team()
    developer = team.members[Role.DEVELOPER]
    key = make_key(world, team, developer)
    customers = f"/v1/instances/{team.instance_id}/customers"
    assert world.call(key, "GET", customers).status_code == 200
    assert world.call(key, "POST", customers, {}).status_code == 403

    # Not even when its maker may do more later on: the right was fixed when it was made.
    assert set_role(world, team, developer, Role.ADMIN).status_code == 200
    assert statuses(world, team, developer) == {200}
    assert statuses(world, team, key) == {403}
    assert world.call(key, "POST", customers, {}).status_code == 403


def test_a_change_of_role_counts_from_the_very_next_request(world: World) -> None:
    team = world.team()
    admin = team.admin
    assert statuses(world, team, admin) == {200}
    for role in Role:
        if role not in (Role.OWNER, Role.ADMIN):
            assert set_role(world, team, admin, role).status_code == 200
            assert statuses(world, team, admin) == {403}
            assert set_role(world, team, admin, Role.ADMIN).status_code == 200
            assert statuses(world, team, admin) == {200}
    path = f"/v1/instances/{team.instance_id}/members/{admin.id}"
    assert world.call(team.owner, "DELETE", path).status_code == 200
    assert statuses(world, team, admin) == {403}


def test_a_revoked_key_is_worth_nothing_from_the_very_next_request(world: World) -> None:
    team = world.team()
    key = team.keys[Role.ADMIN]
    assert statuses(world, team, key) == {200}
    path = f"/v1/instances/{team.instance_id}/api-keys/{key.id}"
    assert world.call(team.owner, "DELETE", path).status_code == 200
    assert statuses(world, team, key) == {401}
    assert world.call(team.owner, "GET", path).status_code == 404
    assert world.call(team.owner, "DELETE", path).status_code == 404


def test_a_closed_session_is_worth_nothing_from_the_very_next_request(world: World) -> None:
    team = world.team(full=False)
    assert statuses(world, team, team.owner) == {200}
    assert world.call(team.owner, "DELETE", "/v1/sessions/current").status_code == 200
    assert statuses(world, team, team.owner) == {401}


def test_of_a_deleted_instance_only_the_log_is_left_and_to_owner_and_admins_alone(
    world: World,
) -> None:
    team = world.team()
    invite_path = f"/v1/instances/{team.instance_id}/invites"
    guest = world.person()
    body = {"email": guest.email, "user_role": "viewer"}
    invite_id = world.call(team.owner, "POST", invite_path, body).json()["id"]
    paths = [
        re.sub(r"{\w+}", "re_0", row.path.replace("{instance_id}", team.instance_id))
        for row in READS
        if row.area is not Area.AUDIT_LOGS
    ]
    deleted = world.call(team.owner, "DELETE", f"/v1/instances/{team.instance_id}")
    assert deleted.status_code == 200

    for role, member in team.members.items():
        assert statuses(world, team, member) == ({200} if role in ("owner", "admin") else {403})
        for path in paths:
            assert world.call(member, "GET", path).status_code == 403
        assert world.call(member, "POST", invite_path, body).status_code == 403
        assert world.get(member, "/v1/instances") == []
    for key in team.keys.values():
        assert statuses(world, team, key) == {403}
    accepted = world.call(guest, "POST", f"/v1/invites/{invite_id}/accept")
    assert accepted.status_code == 404
    assert world.call(None, "GET", f"/v1/e/invites/{invite_id}").status_code == 404
    assert world.call(None, "GET", f"/v1/e/instances/{team.instance_id}").status_code == 404
    again = world.call(team.owner, "DELETE", f"/v1/instances/{team.instance_id}")
    assert again.status_code == 403
    assert world.entry(team.instance_id)["action"] == "instance.deleted"


def test_a_key_is_used_from_its_addresses_alone(world: World, team: Team) -> None:
    for whitelist, status in (
        (("8.8.8.8",), 200),
        (("8.8.8.0/24", "2001:db8::/32"), 200),
        (("::ffff:8.8.8.8",), 200),
        (("9.9.9.9", "::ffff:8.8.8.0/120"), 200),
        (("9.9.9.9",), 403),
        (("::/0",), 403),
        (("2001:db8::1",), 403),
    ):
        key = world.key(team, Role.ADMIN, ip_whitelist=whitelist)
        reply = world.call(key, "GET", f"/v1/instances/{team.instance_id}/audit-logs")
        assert reply.status_code == status, whitelist
        assert status == 200 or reply.json()["code"] == "AUTH_IP_BLOCKED"


def test_the_next_read_shows_what_was_done(world: World, team: Team) -> None:
    path = f"/v1/instances/{team.instance_id}/audit-logs"
    email = f"{unique('guest')}@example.com"
    invites = f"/v1/instances/{team.instance_id}/invites"
    done = world.call(team.owner, "POST", invites, {"email": email, "user_role": "viewer"})
    entry = world.get(team.owner, path)["data"][0]
    assert entry["request_id"] == done.headers["X-Request-Id"]
    assert entry["entity_id"] == done.json()["id"]
    assert world.get(team.owner, f"{path}/{entry['id']}") == entry


def test_the_log_of_one_instance_holds_nothing_of_another(
    world: World, team: Team, strangers: Team
) -> None:
    for own in (team, strangers):
        page = world.get(own.owner, f"/v1/instances/{own.instance_id}/audit-logs?limit=1000")
        assert {entry["instance_id"] for entry in page["data"]} == {own.instance_id}
        everyone = {caller.id for _, caller in own.callers().values()}
        actors = {entry["user_id"] or entry["api_key_id"] for entry in page["data"]}
        assert actors <= everyone

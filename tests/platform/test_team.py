"""The team: invites, members, the one owner."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from httpx2 import Response

from deedbook.database.base import now
from deedbook.platform.identity.invites.service import INVITE_LIFE
from deedbook.web.roles import Role
from world.fixtures import WorldMaker
from world.people import Caller, Team
from world.rows.invites import new_invite
from world.world import World, unique


@pytest.fixture
def team(world: World) -> Team:
    """A team of the test's own: here people come and go."""
    return world.team(full=False)


def roles(world: World, team: Team, reader: Caller | None = None) -> dict[str, str]:
    path = f"/v1/instances/{team.instance_id}/members"
    return {each["id"]: each["role"] for each in world.get(reader or team.owner, path)}


def invite(world: World, team: Team, email: str, role: str = "viewer") -> Response:
    body = {"email": email, "user_role": role}
    return world.call(team.owner, "POST", f"/v1/instances/{team.instance_id}/invites", body)


def accept(world: World, caller: Caller, invite_id: str) -> Response:
    return world.call(caller, "POST", f"/v1/invites/{invite_id}/accept")


def open_invites(world: World, team: Team) -> list[str]:
    path = f"/v1/instances/{team.instance_id}/invites"
    return [each["id"] for each in world.get(team.owner, path)]


def member_path(team: Team, user_id: str) -> str:
    return f"/v1/instances/{team.instance_id}/members/{user_id}"


def transfer(world: World, team: Team, caller: Caller, user_id: str) -> Response:
    path = f"/v1/instances/{team.instance_id}/ownership"
    return world.call(caller, "POST", path, {"user_id": user_id})


def test_an_invite_makes_a_member_once(world: World, team: Team) -> None:
    guest = world.person()
    invite_id = new_invite(world, team, guest.email, Role.FINANCE)
    assert open_invites(world, team) == [invite_id]
    assert accept(world, guest, invite_id).status_code == 200
    assert roles(world, team)[guest.id] == "finance"
    assert open_invites(world, team) == []
    assert accept(world, guest, invite_id).status_code == 404
    owned = world.get(guest, "/v1/instances")
    assert [(each["id"], each["user_role"]) for each in owned] == [(team.instance_id, "finance")]


def test_an_invite_is_for_its_address_whatever_the_capitals(world: World, team: Team) -> None:
    email = f"{unique('Guest.Of.Honour')}@Example.com"
    guest, other = world.person(email), world.person()
    invite_id = new_invite(world, team, email.upper())
    assert accept(world, other, invite_id).status_code == 404
    assert accept(world, team.owner, invite_id).status_code == 404
    assert accept(world, guest, invite_id).status_code == 200
    again = invite(world, team, email.swapcase())
    assert (again.status_code, again.json()["code"]) == (400, "VALIDATION_INVALID_REQUEST")
    assert again.json()["description"].startswith("email")


def test_whoever_holds_an_invite_sees_it_until_it_is_over(world: World, team: Team) -> None:
    email = f"{unique('guest')}@example.com"
    invite_id = new_invite(world, team, email, Role.CHECKER)
    shown = world.get(None, f"/v1/e/invites/{invite_id}")
    expires_at = datetime.fromtimestamp(shown.pop("expires_at") / 1000, UTC)
    assert timedelta(0) <= now() + INVITE_LIFE - expires_at < timedelta(minutes=1)
    assert shown == {
        "id": invite_id,
        "email": email,
        "user_role": "checker",
        "inviter_name": team.owner.actor.name,
    }
    instance = world.get(None, f"/v1/e/instances/{team.instance_id}")
    assert instance["legal_name"].startswith("Instance")


def test_an_invite_that_is_over(world: World, team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    guest = world.person()
    invite_id = new_invite(world, team, guest.email)
    later = now() + INVITE_LIFE
    monkeypatch.setattr("deedbook.platform.identity.invites.service.now", lambda: later)
    assert accept(world, guest, invite_id).status_code == 404
    assert world.call(None, "GET", f"/v1/e/invites/{invite_id}").status_code == 404
    assert open_invites(world, team) == []
    path = f"/v1/instances/{team.instance_id}/invites/{invite_id}"
    assert world.call(team.owner, "DELETE", path).status_code == 404


def test_a_withdrawn_invite_is_worth_nothing(world: World, team: Team) -> None:
    guest = world.person()
    invite_id = new_invite(world, team, guest.email)
    path = f"/v1/instances/{team.instance_id}/invites/{invite_id}"
    assert world.call(team.owner, "DELETE", path).status_code == 200
    assert accept(world, guest, invite_id).status_code == 404
    assert world.call(None, "GET", f"/v1/e/invites/{invite_id}").status_code == 404


def test_who_is_a_member_already_joins_no_second_time(world: World, team: Team) -> None:
    guest = world.person()
    first, second = (new_invite(world, team, guest.email, Role.VIEWER) for _ in range(2))
    assert accept(world, guest, first).status_code == 200
    before = world.snapshot()
    refused = accept(world, guest, second)
    assert (refused.status_code, refused.json()["code"]) == (400, "VALIDATION_INVALID_REQUEST")
    assert world.snapshot() == before


def test_only_a_transfer_makes_an_owner(world: World, team: Team) -> None:
    admin, stranger = world.member(team, Role.ADMIN), world.person()
    before = world.snapshot()
    for caller in (team.owner, admin):
        for method, path, body in (
            ("POST", f"/v1/instances/{team.instance_id}/invites",
             {"email": "heir@example.com", "user_role": "owner"}),
            ("PUT", member_path(team, admin.id), {"user_role": "owner"}),
            ("PUT", member_path(team, team.owner.id), {"user_role": "admin"}),
            ("DELETE", member_path(team, team.owner.id), None),
        ):  # fmt: skip
            reply = world.call(caller, method, path, body)
            assert (reply.status_code, reply.json()["code"]) == (400, "VALIDATION_INVALID_REQUEST")
    assert transfer(world, team, admin, admin.id).status_code == 403
    for nobody in (team.owner.id, stranger.id, "us_000000000000"):
        assert transfer(world, team, team.owner, nobody).status_code == 400
    assert world.snapshot() == before


def test_ownership_moves_and_there_is_always_one_owner(world: World, team: Team) -> None:
    heir = world.member(team, Role.VIEWER)
    assert transfer(world, team, team.owner, heir.id).status_code == 200
    assert roles(world, team) == {team.owner.id: "admin", heir.id: "owner"}
    instance = world.get(team.owner, f"/v1/instances/{team.instance_id}")
    assert (instance["user_owner_id"], instance["user_role"]) == (heir.id, "admin")
    # From the very next request on.
    assert transfer(world, team, team.owner, team.owner.id).status_code == 403
    path = f"/v1/instances/{team.instance_id}"
    assert world.call(team.owner, "DELETE", path).status_code == 403
    assert world.call(heir, "DELETE", member_path(team, team.owner.id)).status_code == 200
    assert roles(world, team, heir) == {heir.id: "owner"}


def test_who_leaves_is_gone_and_may_be_invited_again(world: World, team: Team) -> None:
    admin = world.member(team, Role.ADMIN)
    assert world.call(admin, "DELETE", member_path(team, admin.id)).status_code == 200
    path = f"/v1/instances/{team.instance_id}/members"
    assert world.call(admin, "GET", path).status_code == 403
    assert world.get(admin, "/v1/instances") == []
    assert world.call(team.owner, "DELETE", member_path(team, admin.id)).status_code == 404
    world.member(team, Role.VIEWER, admin)
    assert roles(world, team)[admin.id] == "viewer"


def test_of_many_who_accept_the_same_invite_one_does(new_world: WorldMaker) -> None:
    world = new_world(served=True)
    team = world.team(full=False)
    guest = world.person()
    invites = [new_invite(world, team, guest.email)] * 4 + [
        new_invite(world, team, guest.email)
    ] * 4
    start = threading.Barrier(len(invites))

    def send(invite_id: str) -> int:
        start.wait()
        return accept(world, guest, invite_id).status_code

    with ThreadPoolExecutor(len(invites)) as threads:
        statuses = list(threads.map(send, invites))

    assert statuses.count(200) == 1
    assert set(statuses) <= {200, 400, 404}, "no race ends in a failure of the server"
    assert roles(world, team) == {team.owner.id: "owner", guest.id: "viewer"}
    actions = [entry["action"] for entry in world.entries(team.instance_id)]
    assert actions.count("invite.accepted") == 1


def test_ownership_that_is_moved_twice_at_once_has_one_owner(new_world: WorldMaker) -> None:
    world = new_world(served=True)
    team = world.team(full=False)
    heirs = [world.member(team, Role.ADMIN) for _ in range(4)]
    start = threading.Barrier(8)

    def move(heir: Caller) -> int:
        start.wait()
        return transfer(world, team, team.owner, heir.id).status_code

    def remove(heir: Caller) -> int:
        start.wait()
        return world.call(team.owner, "DELETE", member_path(team, heir.id)).status_code

    with ThreadPoolExecutor(8) as threads:
        moved = [threads.submit(move, heir) for heir in heirs]
        removed = [threads.submit(remove, heir) for heir in heirs]
        statuses = {task.result() for task in (*moved, *removed)}

    assert statuses <= {200, 400, 403, 404}, "no race ends in a failure of the server"
    # Who was overtaken is owner no more, and cannot take the ownership from the new one.
    assert [task.result() for task in moved].count(200) <= 1
    with world.database.read() as session:
        rows = session.connection().exec_driver_sql(
            f"SELECT user_id FROM memberships WHERE role = 'owner'"
            f" AND instance_id = '{team.instance_id}'"
        )
        assert len(rows.all()) == 1


def test_settings_of_an_instance(world: World, team: Team) -> None:
    path = f"/v1/instances/{team.instance_id}"
    settings = {
        "name": "Renamed",
        "customer_invite_redirect_url": "https://shop.example/in",
        "email_notifications": False,
        "compliance_emails": ["law@example.com"],
        "customer_rfi_emails_enabled": False,
    }
    assert world.call(team.owner, "PUT", path, settings).status_code == 200
    changes = world.entry(team.instance_id)["changes"]
    assert set(changes) == set(settings) - {"compliance_emails"}
    shown = world.get(team.owner, path)
    assert shown["name"] == "Renamed"
    assert shown["email_notifications"] is False
    assert shown["receiver_invite_redirect_url"] == "https://shop.example/in"
    assert shown["compliance_emails"] == ["law@example.com"]
    assert shown["customer_rfi_emails_enabled"] is False
    # The list has what the contract knows of an instance.
    (listed,) = world.get(team.owner, "/v1/instances")
    assert "compliance_emails" not in listed

    # What is left out stays; null clears.
    body = {"name": "Renamed", "customer_invite_redirect_url": None, "compliance_emails": None}
    assert world.call(team.owner, "PUT", path, body).status_code == 200
    entry = world.entry(team.instance_id)
    assert set(entry["changes"]) == {"customer_invite_redirect_url"}
    assert entry["personal"]["changes"] == {
        "compliance_emails": {"from": ["law@example.com"], "to": []}
    }
    assert world.get(team.owner, path)["email_notifications"] is False


@pytest.mark.parametrize(
    ("fields", "status", "named"),
    [
        ({"name": "ab"}, 400, "name"),
        ({"name": "x" * 101}, 400, "name"),
        ({"customer_invite_redirect_url": "javascript:alert(1)"}, 400, "customer_invite_redirect"),
        ({"customer_invite_redirect_url": f"https://a.co/{'é' * 2000}"}, 400, "customer_invite_re"),
        ({"compliance_emails": ["a@example.com"] * 21}, 400, "compliance_emails"),
        ({"compliance_emails": ["nonsense"]}, 400, "compliance_emails.0"),
        ({"email_notifications": None}, 400, "email_notifications"),
        ({"require_passkey": True}, 403, ""),
    ],
)
def test_settings_that_cannot_be(
    world: World, team: Team, fields: dict[str, object], status: int, named: str
) -> None:
    before = world.snapshot()
    body = {"name": "Renamed", **fields}
    reply = world.call(team.owner, "PUT", f"/v1/instances/{team.instance_id}", body)
    assert reply.status_code == status, reply.text
    if named:
        assert reply.json()["errors"][0].startswith(named)
    else:
        assert reply.json()["message"] == "passkey_required"
    assert world.snapshot() == before


def keys_of(world: World, team: Team, member: Caller, caller: Caller | None = None) -> list[str]:
    found = world.get(caller or team.owner, f"{member_path(team, member.id)}/api-keys")
    return [each["id"] for each in found]


def set_role(world: World, team: Team, member: Caller, role: Role, query: str = "") -> Response:
    return world.call(team.owner, "PUT", member_path(team, member.id) + query, {"user_role": role})


def test_whoever_demotes_a_member_sees_their_keys_and_keeps_them_unless_they_say_so(
    world: World,
) -> None:
    team = world.team()
    admin = team.admin
    older = team.keys[Role.ADMIN].id
    newer = world.key(team, Role.ADMIN, admin).id
    assert keys_of(world, team, admin) == [newer, older]
    assert set_role(world, team, admin, Role.VIEWER).status_code == 200
    assert keys_of(world, team, admin) == [newer, older]
    assert set_role(world, team, admin, Role.CHECKER, "?api_keys=keep").status_code == 200
    assert keys_of(world, team, admin) == [newer, older]

    refused = set_role(world, team, admin, Role.VIEWER, "?api_keys=burn")
    assert refused.status_code == 400
    assert refused.json()["errors"][0].startswith("api_keys")

    assert set_role(world, team, admin, Role.VIEWER, "?api_keys=revoke").status_code == 200
    assert keys_of(world, team, admin) == []
    newest = world.entries(team.instance_id)[:3]
    assert [entry["action"] for entry in newest[:2]] == ["api_key.deleted"] * 2
    assert {entry["entity_id"] for entry in newest[:2]} == {older, newer}
    assert newest[2]["action"] == "team_member.role_updated"
    assert len({entry["request_id"] for entry in newest}) == 1
    # Nobody else's key went with them.
    assert world.call(team.owner_key, "GET", f"/v1/instances/{team.instance_id}").status_code == 200
    assert (
        world.call(team.keys[Role.ADMIN], "GET", f"/v1/instances/{team.instance_id}").status_code
        == 401
    )


def test_the_keys_of_who_was_removed_can_still_be_found(world: World) -> None:
    team = world.team()
    gone = team.members[Role.DEVELOPER]
    key = team.keys[Role.DEVELOPER].id
    assert world.call(team.owner, "DELETE", member_path(team, gone.id)).status_code == 200
    assert keys_of(world, team, gone) == [key]
    path = f"/v1/instances/{team.instance_id}/api-keys/{key}"
    assert world.call(team.owner, "DELETE", path).status_code == 200
    nobody = world.call(team.owner, "GET", f"{member_path(team, gone.id)}/api-keys")
    assert nobody.status_code == 404


def test_a_key_of_one_instance_does_not_go_with_its_maker_in_another(world: World) -> None:
    here, there = world.team(full=False), world.team(full=False)
    member = world.member(here, Role.DEVELOPER)
    world.member(there, Role.DEVELOPER, member)
    kept = world.key(there, Role.DEVELOPER, member)
    path = member_path(here, member.id) + "?api_keys=revoke"
    assert world.call(here.owner, "DELETE", path).status_code == 200
    assert keys_of(world, there, member) == [kept.id]


def test_no_key_outlives_a_removal_that_revokes_them(new_world: WorldMaker) -> None:
    world = new_world(served=True)
    team = world.team(full=False)
    member = world.member(team, Role.DEVELOPER)
    start = threading.Barrier(5)

    def make(number: int) -> int:
        start.wait()
        body = {"name": f"Key {number}", "permission": "full_access"}
        path = f"/v1/instances/{team.instance_id}/api-keys"
        return world.call(member, "POST", path, body).status_code

    def remove() -> int:
        start.wait()
        path = member_path(team, member.id) + "?api_keys=revoke"
        return world.call(team.owner, "DELETE", path).status_code

    with ThreadPoolExecutor(5) as threads:
        made = [threads.submit(make, number) for number in range(4)]
        removed = threads.submit(remove)
        assert removed.result() == 200
        assert {task.result() for task in made} <= {200, 403}
    assert world.get(team.owner, f"/v1/instances/{team.instance_id}/api-keys") == []


def test_of_two_transfers_by_one_owner_the_second_is_refused(new_world: WorldMaker) -> None:
    world = new_world(served=True)
    team = world.team(full=False)
    heirs = [world.member(team, Role.VIEWER) for _ in range(4)]
    start = threading.Barrier(4)

    def move(heir: Caller) -> int:
        start.wait()
        return transfer(world, team, team.owner, heir.id).status_code

    with ThreadPoolExecutor(4) as threads:
        statuses = sorted(threads.map(move, heirs))

    assert statuses == [200, 403, 403, 403]
    actions = [(entry["outcome"], entry["action"]) for entry in world.entries(team.instance_id)]
    assert actions.count(("success", "instance.ownership_transferred")) == 1
    assert ("denied", "instance.ownership_transferred") in actions

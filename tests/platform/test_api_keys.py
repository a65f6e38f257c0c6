"""API keys: their tokens, what is shown of them, and where they may be used."""

from __future__ import annotations

import pytest

from deedbook.platform.identity.api_keys import tokens
from world.people import Team
from world.world import World


def path_of(team: Team) -> str:
    return f"/v1/instances/{team.instance_id}/api-keys"


def test_a_token_is_known_by_its_form() -> None:
    for live, prefix in ((True, "dk_live_"), (False, "dk_test_")):
        token = tokens.new_token(live=live)
        assert token.startswith(prefix)
        assert tokens.is_token(token)
        # 62^43 > 2^256, and six characters that a typing error breaks.
        assert len(token) == len(prefix) + 43 + 6
    assert len({tokens.new_token(live=True) for _ in range(100)}) == 100


def test_a_mistyped_token_is_none() -> None:
    token = tokens.new_token(live=False)
    for place in range(len(token)):
        for other in "0Aé":
            if token[place] != other:
                assert not tokens.is_token(token[:place] + other + token[place + 1 :])
    for text in ("", "dk_test_", token[:-1], f"{token}0", token.upper(), token.swapcase()):
        assert not tokens.is_token(text)


@pytest.mark.parametrize(
    ("type_", "prefix"), [("development", "dk_test_"), ("production", "dk_live_")]
)
def test_a_token_is_shown_once_and_then_its_beginning(
    world: World, type_: str, prefix: str
) -> None:
    team = world.team(type=type_, full=False)
    body = {"name": "Reports", "permission": "full_access", "ip_whitelist": ["8.8.8.8", "::1/128"]}
    made = world.call(team.owner, "POST", path_of(team), body).json()
    assert made["token"].startswith(prefix)
    listed = world.call(team.owner, "GET", path_of(team))
    shown = world.call(team.owner, "GET", f"{path_of(team)}/{made['id']}")
    assert listed.json() == [shown.json()]
    assert shown.json()["token"] == f"{made['token'][:12]}…"
    assert shown.json()["ip_whitelist"] == body["ip_whitelist"]
    for reply in (listed, shown):
        assert made["token"] not in reply.text
        assert made["token"][12:] not in reply.text


def test_use_is_noted_and_changes_nothing_else(world: World, team: Team) -> None:
    path = f"{path_of(team)}/{team.owner_key.id}"
    before = world.get(team.owner, path)
    assert before["last_used_at"] is None
    world.get(team.owner_key, path)
    after = world.get(team.owner, path)
    assert after.pop("last_used_at") is not None
    assert after == {name: before[name] for name in after}


def test_keys_that_were_revoked_are_not_listed(world: World) -> None:
    team = world.team()
    ids = {each["id"] for each in world.get(team.owner, path_of(team))}
    gone = team.owner_key.id
    assert world.call(team.owner, "DELETE", f"{path_of(team)}/{gone}").status_code == 200
    assert {each["id"] for each in world.get(team.owner, path_of(team))} == ids - {gone}


def test_a_key_can_revoke_itself(world: World) -> None:
    team = world.team()
    key = team.owner_key
    assert world.call(key, "DELETE", f"{path_of(team)}/{key.id}").status_code == 200
    assert world.call(key, "GET", path_of(team)).status_code == 401
    assert world.entry(team.instance_id)["api_key_id"] == key.id


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"name": ""}, "name"),
        ({"name": "  "}, "name"),
        ({"permission": "read_only"}, "permission"),
        ({"ip_whitelist": ["nonsense"]}, "ip_whitelist.0"),
        ({"ip_whitelist": ["8.8.8.8", "10.0.0.0/33"]}, "ip_whitelist.1"),
        ({"ip_whitelist": ["fe80::1%" + "x" * 1000]}, "ip_whitelist.0"),
        ({"ip_whitelist": ["8.8.8.8"] * 101}, "ip_whitelist"),
        ({"ip_whitelist": "8.8.8.8"}, "ip_whitelist"),
    ],
)
def test_keys_that_cannot_be(
    world: World, team: Team, fields: dict[str, object], named: str
) -> None:
    body = {"name": "Reports", "permission": "full_access", **fields}
    reply = world.call(team.owner, "POST", path_of(team), body)
    assert reply.status_code == 400
    assert reply.json()["errors"][0].startswith(named)

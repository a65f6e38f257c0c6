"""Partner fees: what they may be, and the one that is set for virtual accounts."""

from __future__ import annotations

from typing import Any

import pytest

from world.people import Team
from world.rows.partner_fees import fee_body, new_partner_fee
from world.world import World


def path_of(team: Team) -> str:
    return f"/v1/instances/{team.instance_id}/partner-fees"


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"payout_percentage_fee": 1001}, "payout_percentage_fee"),
        ({"payin_percentage_fee": -1}, "payin_percentage_fee"),
        ({"payout_flat_fee": 100_001}, "payout_flat_fee"),
        ({"payin_flat_fee": 1.5}, "payin_flat_fee"),
        ({"name": " "}, "name"),
    ],
)
def test_a_fee_that_cannot_be(world: World, team: Team, fields: dict[str, Any], named: str) -> None:
    body = fee_body(**{"name": "Fee", **fields})
    reply = world.call(team.owner, "POST", path_of(team), body)
    assert (reply.status_code, reply.json()["code"]) == (400, "VALIDATION_FAILED")
    assert reply.json()["errors"][0].startswith(named)


def test_whole_numbers_may_be_written_with_a_point(world: World, team: Team) -> None:
    reply = world.call(team.owner, "POST", path_of(team), fee_body("Fee", payin_flat_fee=2.0))
    assert reply.json()["payin_flat_fee"] == 2


def test_one_fee_at_most_is_set_for_virtual_accounts(world: World) -> None:
    team = world.team(full=False)
    first = new_partner_fee(world, team, virtual_account_set=True)
    reply = world.call(
        team.owner, "POST", path_of(team), fee_body("Second", virtual_account_set=True)
    )
    assert (reply.status_code, reply.json()["code"]) == (400, "VALIDATION_INVALID_REQUEST")
    assert "virtual_account_set" in reply.json()["description"]
    assert world.call(team.owner, "DELETE", f"{path_of(team)}/{first}").status_code == 200
    new_partner_fee(world, team, virtual_account_set=True)

"""The operator's commands for the simulated outside world, beside a running application."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

import pytest

from deedbook.cli import main
from world.people import Team
from world.rows.bank_accounts import a_bank_account
from world.rows.blockchain_wallets import new_blockchain_wallet
from world.rows.customers import new_customer
from world.rows.offramp_wallets import new_offramp_wallet
from world.rows.virtual_accounts import new_virtual_account
from world.rows.wallets import new_wallet
from world.world import World

Simulate = Callable[..., Any]


@pytest.fixture
def acme(world: World) -> Team:
    return world.team(full=False)


@pytest.fixture
def simulate(
    world: World, acme: Team, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Simulate:
    """Run `deedbook simulate` for an instance, and give its document, or what it refuses with."""
    monkeypatch.setenv("DEEDBOOK_HOME", str(world.settings.home))
    monkeypatch.setenv("DEEDBOOK_DATABASE_URL", world.settings.database_url)
    monkeypatch.setenv("DEEDBOOK_SETTLEMENT_SECONDS", "0")

    def run(command: str, *arguments: str) -> Any:
        options = ["--instance", acme.instance_id, *arguments, "--json"]
        monkeypatch.setattr(sys, "argv", ["deedbook", "simulate", command, *options])
        with pytest.raises(SystemExit) as stopped:
            main()
        printed = capsys.readouterr().out
        return json.loads(printed) if printed else stopped.value.code

    return run


def test_what_arrives_at_an_offramp_wallet_is_paid_out(
    world: World, acme: Team, simulate: Simulate
) -> None:
    wallet = new_offramp_wallet(world, acme, a_bank_account(world, acme))
    made = simulate("deposit", "--address", wallet["address"], "--amount", "10000")
    payout = world.get(acme.owner, f"/v1/instances/{acme.instance_id}/payouts/{made['payout_id']}")
    assert payout["sender_amount"] == 10_000
    entry = world.entry(acme.instance_id)
    assert (entry["action"], entry["entity_id"]) == ("payout.created", made["payout_id"])
    assert (entry["actor_type"], entry["effect"]["cause"][:3]) == ("system", "al_")
    world.take_steps()
    payout = world.get(acme.owner, f"/v1/instances/{acme.instance_id}/payouts/{made['payout_id']}")
    assert payout["status"] == "completed"


def test_what_is_paid_into_a_virtual_account_becomes_tokens(
    world: World, acme: Team, simulate: Simulate
) -> None:
    customer_id = new_customer(world, acme)
    wallet_id = new_blockchain_wallet(world, acme, customer_id)
    account = new_virtual_account(world, acme, customer_id, wallet_id)
    made = simulate("deposit", "--virtual-account", account["id"], "--amount", "10000")
    payin = world.get(acme.owner, f"/v1/instances/{acme.instance_id}/payins/{made['payin_id']}")
    assert payin["sender_amount"] == 10_000
    assert world.entry(acme.instance_id)["entity_id"] == made["payin_id"]


def test_what_arrives_in_a_managed_wallet_stays_there(
    world: World, acme: Team, simulate: Simulate
) -> None:
    customer_id = new_customer(world, acme)
    wallet_id = new_wallet(world, acme, customer_id)
    path = f"/v1/instances/{acme.instance_id}/customers/{customer_id}/wallets/{wallet_id}"
    address = world.get(acme.owner, path)["address"]
    assert simulate("deposit", "--address", address, "--amount", "1") == {"payout_id": None}


def test_a_deposit_goes_to_one_place_that_is_there(world: World, simulate: Simulate) -> None:
    before = world.snapshot()
    assert "no off-ramp wallet" in simulate("deposit", "--address", "0x1", "--amount", "1")
    both = ("--address", "0x1", "--virtual-account", "va_000000000000")
    for places in ((), both):
        assert "either --address" in simulate("deposit", *places, "--amount", "1")
    assert simulate("deposit", "--address", "0x1", "--amount", "0") == 2
    assert world.snapshot() == before


def test_compliance_asks_about_a_customer_or_the_instance(
    world: World, acme: Team, simulate: Simulate
) -> None:
    customer_id = new_customer(world, acme)
    made = simulate("request-information", "--customer", customer_id)
    path = f"/v1/instances/{acme.instance_id}/customers/{customer_id}"
    assert world.get(acme.owner, path)["kyc_status"] == "compliance_request"
    assert world.entry(acme.instance_id)["entity_id"] == made["request_id"]
    assert "already" in simulate("request-information", "--customer", customer_id)
    assert simulate("request-information").keys() == {"request_id"}
    assert world.entry(acme.instance_id)["action"] == "instance.rfi_opened"

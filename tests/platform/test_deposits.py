"""Deposits: what arrives at an off-ramp wallet is paid out once, by the system, and says why."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from deedbook.platform.events.models import Event
from deedbook.platform.outside.models import Step
from deedbook.platform.outside.steps import SYSTEM_ACTOR
from deedbook.platform.payments.customers.models import Customer
from deedbook.platform.payments.customers.service import KycNotApproved
from deedbook.platform.payments.payouts.deposits import Deposit, deposit_arrived
from world.contract import problems, webhooks
from world.people import Team
from world.rows.bank_accounts import a_bank_account, new_bank_account
from world.rows.customers import new_customer
from world.rows.offramp_wallets import new_offramp_wallet
from world.rows.payouts import payouts_of
from world.rows.wallets import WALLETS
from world.world import World


def arrive(world: World, team: Team, **details: str) -> None:
    """Let a chain tell of a deposit, and the platform hear of it."""
    told = {
        "network": "base_sepolia",
        "token": "USDB",
        "amount": "100",
        "transaction_hash": "0xabc",
        **details,
    }
    with world.work(None) as work:
        outside = world.app.state.outside
        outside.mint(
            work,
            team.instance_id,
            network=told["network"],
            address=told["address"],
            amount=Decimal(told["amount"]),
        )
        work.session.flush()
        step = work.session.scalars(select(Step)).one()
        assert step.details.keys() == told.keys()
        step.details = told
    world.take_steps()


def payouts(world: World, team: Team) -> list[dict[str, Any]]:
    data: list[dict[str, Any]] = world.get(team.owner, payouts_of(team))["data"]
    return data


@pytest.fixture
def own(world: World) -> Team:
    return world.team(full=False)


def test_a_deposit_is_paid_out_by_the_system_and_names_its_cause(world: World, own: Team) -> None:
    places = a_bank_account(world, own)
    wallet = new_offramp_wallet(world, own, places)
    cause = world.entry(own.instance_id)
    assert cause["action"] == "offramp_wallet.created"
    arrive(world, own, address=wallet["address"], amount="100.009")

    (payout,) = payouts(world, own)
    assert (payout["status"], payout["sender_amount"]) == ("completed", 10_000)
    assert payout["receiver_amount"] == 9950 * 534 // 100
    assert payout["offramp_wallet_id"] == wallet["id"]
    assert payout["tracking_transaction"]["transaction_hash"] == "0xabc"
    entry = world.entry(own.instance_id)
    assert (entry["action"], entry["entity_id"]) == ("payout.created", payout["id"])
    assert (entry["actor_type"], entry["role"], entry["user_id"]) == ("system", "system", None)
    assert entry["effect"] == {"cause": cause["id"]}
    assert entry["refs"] == [
        {"type": "quote", "id": payout["quote_id"]},
        {"type": "bank_account", "id": places["bank_account_id"]},
        {"type": "customer", "id": places["customer_id"]},
        {"type": "offramp_wallet", "id": wallet["id"]},
    ]


def test_a_transaction_is_paid_out_once(world: World, own: Team) -> None:
    wallet = new_offramp_wallet(world, own, a_bank_account(world, own))
    for transaction in ("0x1", "0x1", "0x2", "0x1"):
        arrive(world, own, address=wallet["address"], transaction_hash=transaction)
    assert len(payouts(world, own)) == 2
    actions = [entry["action"] for entry in world.entries(own.instance_id)]
    assert actions.count("payout.created") == 2


def test_capitals_of_an_address_make_no_difference(world: World, own: Team) -> None:
    wallet = new_offramp_wallet(world, own, a_bank_account(world, own))
    arrive(world, own, address="0x" + wallet["address"][2:].upper())
    assert len(payouts(world, own)) == 1


@pytest.mark.parametrize(
    "details", [{"amount": "0.10"}, {"amount": "1000000"}, {"token": "USDC"}, {"amount": "-5"}]
)
def test_what_cannot_be_paid_out_stays_where_it_is(
    world: World, own: Team, details: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    wallet = new_offramp_wallet(world, own, a_bank_account(world, own))
    before = len(world.entries(own.instance_id))
    arrive(world, own, address=wallet["address"], **details)
    assert payouts(world, own) == []
    assert len(world.entries(own.instance_id)) == before
    assert "0xabc" in caplog.text
    with world.database.read() as session:
        assert session.scalar(select(Step.id)) is None


def test_a_deposit_at_nobodys_address_is_nothing(world: World, own: Team, team: Team) -> None:
    foreign = new_offramp_wallet(world, team, a_bank_account(world, team))
    before = len(world.entries(own.instance_id))
    arrive(world, own, address=foreign["address"])
    arrive(world, own, address="0x" + "1" * 40)
    assert payouts(world, own) == []
    assert len(world.entries(own.instance_id)) == before


def test_endpoints_are_told_of_what_arrives_in_a_managed_wallet(world: World, own: Team) -> None:
    path = WALLETS.format(instance_id=own.instance_id, customer_id=new_customer(world, own))
    body = {"name": "Savings", "network": "base_sepolia"}
    wallet = world.call(own.owner, "POST", path, body).json()
    arrive(world, own, address=wallet["address"], amount="12.5")
    with world.database.read() as session:
        told = session.scalars(
            select(Event).where(
                Event.instance_id == own.instance_id, Event.type == "wallet.inbound"
            )
        ).one()
    assert problems(told.payload, webhooks()["wallet.inbound"]) == []
    assert (told.payload["id"], told.payload["token"]["amount"]) == (wallet["id"], 12.5)


def test_the_operator_tells_of_a_deposit_on_production(world: World) -> None:
    team = world.team(type="production", full=False)
    customer_id = new_customer(world, team)
    world.steps.release(team.instance_id)
    account_id = new_bank_account(world, team, customer_id)
    world.steps.release(team.instance_id)
    places = {"customer_id": customer_id, "bank_account_id": account_id}
    wallet = new_offramp_wallet(world, team, places, network="base")
    deposit = Deposit(
        network="base",
        address=wallet["address"],
        token="USDC",
        amount=Decimal(250),
        transaction_hash="0xfeed",
    )

    def tell() -> str | None:
        with world.work(SYSTEM_ACTOR, team.instance_id) as work:
            payout = deposit_arrived(work, world.app.state.outside, deposit)
            return None if payout is None else payout.id

    set_status(world, customer_id, "compliance_request")
    with pytest.raises(KycNotApproved):
        tell()
    set_status(world, customer_id, "approved")
    paid = tell()
    assert paid == tell(), "told twice, it is paid out once"
    world.take_steps()
    assert [each["status"] for each in payouts(world, team)] == ["processing"]
    world.steps.release(team.instance_id)
    assert [each["status"] for each in payouts(world, team)] == ["completed"]


def set_status(world: World, customer_id: str, status: str) -> None:
    with world.work(None) as work:
        work.session.get_one(Customer, customer_id).kyc_status = status

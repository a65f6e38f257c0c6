"""Payout quotes: what they cost, what they refuse, and the call that a chain needs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from httpx2 import Response
from sqlalchemy import select

from deedbook.database.base import now
from deedbook.platform.payments.bank_accounts.models import BankAccount
from deedbook.platform.payments.customers.models import Customer
from deedbook.platform.payments.payout_quotes.models import PayoutQuote
from world.people import Team
from world.rows.bank_accounts import new_bank_account
from world.rows.customers import new_customer
from world.rows.partner_fees import new_partner_fee
from world.rows.payouts import new_quote, quote_body
from world.world import World


@pytest.fixture(scope="module")
def account_id(world: World, teams: Callable[[str, str], Team]) -> str:
    team = teams("own", "development")
    return new_bank_account(world, team, new_customer(world, team))


def ask(world: World, team: Team, account_id: str, /, **fields: Any) -> Response:
    path = f"/v1/instances/{team.instance_id}/quotes"
    return world.call(team.owner, "POST", path, quote_body(account_id, **fields))


def refused(reply: Response) -> tuple[int, str]:
    return reply.status_code, reply.json()["code"]


def test_a_quote(world: World, team: Team, account_id: str) -> None:
    before = now().timestamp() * 1000
    fee_id = new_partner_fee(world, team)
    quote = new_quote(
        world, team, account_id, cover_fees=True, partner_fee_id=fee_id, description="Rent"
    )
    assert before + 299_000 < quote.pop("expires_at") < before + 330_000
    contract = quote.pop("contract")
    assert quote == {
        "id": quote["id"],
        "commercial_quotation": 537,
        "blindpay_quotation": 534,
        "sender_amount": 10_300,
        "receiver_amount": 53_400,
        "partner_fee_amount": 250,
        "flat_fee": 50,
        "billing_fee_amount": 0,
        "customer_local_amount": None,
        "description": "Rent",
    }
    # Six decimals on the chain, two here.
    assert contract["amount"] == "103000000"
    assert contract["functionName"] == contract["abi"][0]["name"] == "approve"
    assert contract["network"] == {"name": "sepolia", "chainId": 11_155_111}
    assert contract["address"] != contract["blindpayContractAddress"]


def test_what_has_one_reading_need_not_be_said(world: World, team: Team, account_id: str) -> None:
    path = f"/v1/instances/{team.instance_id}/quotes"
    body = {"bank_account_id": account_id, "request_amount": 500, "network": "stellar_testnet"}
    quote = world.call(team.owner, "POST", path, body | {"cover_fees": None}).json()
    assert quote["sender_amount"] == 500
    assert quote["contract"] is None


@pytest.mark.parametrize(
    ("fields", "expected", "named"),
    [
        ({"token": "USDC"}, (400, "BLOCKCHAIN_TOKEN_NOT_SUPPORTED"), "token"),
        ({"network": "base"}, (400, "BLOCKCHAIN_NETWORK_NOT_SUPPORTED"), "network"),
        (
            {"bank_account_id": "ba_000000000000"},
            (404, "BANK_ACCOUNTS_NOT_FOUND"),
            "bank_account_id",
        ),
        ({"partner_fee_id": "pf_000000000000"}, (404, "FEES_NOT_FOUND"), "partner_fee_id"),
        ({"refund_wallet_address": "0x1"}, (400, "VALIDATION_INVALID_REQUEST"), "refund_wallet"),
        ({"request_amount": 499}, (400, "VALIDATION_FAILED"), "request_amount"),
        ({"request_amount": 10**40}, (400, "LIMITS_AMOUNT_OUT_OF_RANGE"), "request_amount"),
        ({"request_amount": 1_000_001}, (400, "LIMITS_AMOUNT_OUT_OF_RANGE"), "request_amount"),
        ({"description": "x" * 129}, (400, "VALIDATION_FAILED"), "description"),
    ],
)
def test_a_quote_that_cannot_be(
    world: World,
    team: Team,
    account_id: str,
    fields: dict[str, Any],
    expected: tuple[int, str],
    named: str,
) -> None:
    before = world.snapshot()
    reply = ask(world, team, account_id, **fields)
    assert refused(reply) == expected
    assert named in f"{reply.json()['description']}{reply.json()['errors']}"
    assert world.snapshot() == before


def test_the_fees_can_be_more_than_the_amount(world: World, team: Team, account_id: str) -> None:
    fee_id = new_partner_fee(world, team, payout_flat_fee=100_000)
    reply = ask(world, team, account_id, partner_fee_id=fee_id)
    assert refused(reply) == (400, "LIMITS_AMOUNT_OUT_OF_RANGE")


def test_accounts_and_customers_that_are_not_approved(world: World, team: Team) -> None:
    customer_id = new_customer(world, team)
    account_id = new_bank_account(world, team, customer_id)
    with world.work(None) as work:
        work.session.get_one(BankAccount, account_id).status = "verifying"
    assert refused(ask(world, team, account_id)) == (403, "BANK_ACCOUNTS_NOT_APPROVED")
    with world.work(None) as work:
        work.session.get_one(BankAccount, account_id).status = "approved"
        work.session.get_one(Customer, customer_id).kyc_status = "compliance_request"
    assert refused(ask(world, team, account_id)) == (400, "CUSTOMERS_KYC_NOT_APPROVED")


def test_an_account_of_another_instance_is_none(
    world: World, team: Team, strangers: Team, account_id: str
) -> None:
    assert refused(ask(world, strangers, account_id)) == (404, "BANK_ACCOUNTS_NOT_FOUND")
    own = new_bank_account(world, strangers, new_customer(world, strangers))
    fee_id = new_partner_fee(world, team)
    assert refused(ask(world, strangers, own, partner_fee_id=fee_id)) == (404, "FEES_NOT_FOUND")


@pytest.mark.parametrize(
    ("rail", "quotation"),
    [
        ("ach", 100),
        ("spei_bitso", 1842),
        ("ach_cop_bitso", 401_250),
        ("transfers_bitso", 141_500),
        ("sepa", 86),
    ],
)
def test_each_rail_has_its_currency(world: World, team: Team, rail: str, quotation: int) -> None:
    account_id = new_bank_account(world, team, new_customer(world, team), rail)
    assert new_quote(world, team, account_id)["commercial_quotation"] == quotation


def test_production_has_its_own_networks_tokens_and_billing(world: World) -> None:
    team = world.team(type="production", full=False)
    customer_id = new_customer(world, team)
    world.steps.release(team.instance_id)
    account_id = new_bank_account(world, team, customer_id)
    world.steps.release(team.instance_id)
    quote = new_quote(world, team, account_id, network="base", token="USDC")
    assert quote["billing_fee_amount"] == 10
    assert quote["contract"]["network"]["chainId"] == 8453
    for network, token in (("base", "USDB"), ("base", None), ("sepolia", "USDC")):
        assert ask(world, team, account_id, network=network, token=token).status_code == 400


def test_the_rate_of_now(world: World, team: Team) -> None:
    path = f"/v1/instances/{team.instance_id}/quotes/fx"
    body = {"from": "USDB", "to": "BRL", "request_amount": 10_000, "currency_type": "sender"}
    assert world.call(team.owner, "POST", path, body).json() == {
        "commercial_quotation": 537,
        "blindpay_quotation": 534,
        "result_amount": 53_400,
        "instance_flat_fee": 50,
        "instance_percentage_fee": 50,
    }
    back = body | {"request_amount": 53_400, "currency_type": "receiver"}
    assert world.call(team.owner, "POST", path, back).json()["result_amount"] == 10_000


def test_expired_quotes_do_not_stay_for_ever(world: World) -> None:
    team = world.team(full=False)
    account_id = new_bank_account(world, team, new_customer(world, team))
    old, late = (new_quote(world, team, account_id)["id"] for _ in range(2))
    with world.work(None) as work:
        work.session.get_one(PayoutQuote, old).expires_at = now() - timedelta(days=2)
        work.session.get_one(PayoutQuote, late).expires_at = now() - timedelta(hours=2)
    newest = new_quote(world, team, account_id)["id"]
    with world.database.read() as session:
        rows = select(PayoutQuote.id).where(PayoutQuote.instance_id == team.instance_id)
        assert set(session.scalars(rows)) == {late, newest}

"""Payin quotes: what they cost, what they ask for, how long they live."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, NamedTuple

import pytest
from httpx2 import Response
from sqlalchemy import select

from deedbook.database.base import now
from deedbook.platform.payments.payin_quotes.models import PayinQuote
from world.people import Team
from world.rows.blockchain_wallets import new_blockchain_wallet
from world.rows.customers import new_customer
from world.rows.partner_fees import new_partner_fee
from world.rows.payins import RECEIVED, SENT, quote_body
from world.rows.wallets import new_wallet
from world.world import World

PSE = {"pse_document_number": "900123456"}
TRANSFERS = {"transfers_allowed_tax_id": "30-27383762-7"}


class Ours(NamedTuple):
    """A customer of the team with a wallet of each sort."""

    customer_id: str
    blockchain_wallet_id: str
    wallet_id: str


@pytest.fixture(scope="module")
def ours(world: World, teams: Callable[[str, str], Team]) -> Ours:
    team = teams("own", "development")
    customer_id = new_customer(world, team)
    return Ours(
        customer_id,
        new_blockchain_wallet(world, team, customer_id),
        new_wallet(world, team, customer_id),
    )


def ask(world: World, team: Team, destination: str, **fields: Any) -> Response:
    path = f"/v1/instances/{team.instance_id}/payin-quotes"
    return world.call(team.owner, "POST", path, quote_body(destination, **fields))


def quoted(world: World, team: Team, destination: str, **fields: Any) -> dict[str, Any]:
    reply = ask(world, team, destination, **fields)
    assert reply.status_code == 200, reply.text
    quote: dict[str, Any] = reply.json()
    return quote


def test_what_a_quote_says(world: World, team: Team, ours: Ours) -> None:
    entries = len(world.entries(team.instance_id))
    quote = quoted(world, team, ours.blockchain_wallet_id)
    assert quote["id"].startswith("pq_")
    assert (quote["sender_amount"], quote["receiver_amount"]) == (SENT, RECEIVED)
    assert (quote["commercial_quotation"], quote["blindpay_quotation"]) == (100, 101)
    assert (quote["flat_fee"], quote["partner_fee_amount"]) == (50, 0)
    assert quote["is_otc"] is False
    left = quote["expires_at"] / 1000 - now().timestamp()
    assert 290 < left <= 300
    assert len(world.entries(team.instance_id)) == entries, "a quote moves nothing"


def test_what_a_client_may_leave_out(world: World, team: Team, ours: Ours) -> None:
    path = f"/v1/instances/{team.instance_id}/payin-quotes"
    body = {"wallet_id": ours.wallet_id, "request_amount": SENT, "payment_method": "pix"}
    reply = world.call(team.owner, "POST", path, {**body, "cover_fees": None, "nonsense": 1})
    assert reply.status_code == 200, reply.text
    assert reply.json()["sender_amount"] == SENT


def test_a_partner_fee_is_taken_from_what_arrives(world: World, team: Team, ours: Ours) -> None:
    fee_id = new_partner_fee(world, team, payin_percentage_fee=100, payin_flat_fee=25)
    quote = quoted(world, team, ours.blockchain_wallet_id, partner_fee_id=fee_id)
    # 1 % of 99.00 tokens, rounded up, and 25 cents.
    assert quote["partner_fee_amount"] == 125
    assert quote["receiver_amount"] == RECEIVED - 125


@pytest.mark.parametrize(
    ("method", "rules"),
    [
        ("ach", None),
        ("wire", None),
        ("rtp", None),
        ("pix", {"pix_allowed_tax_ids": ["147.476.777-86", "12345678000195"]}),
        ("ted", {}),
        ("spei", None),
        ("transfers", TRANSFERS),
        ("pse", PSE),
        ("pse", {"pse_allowed_tax_ids": ["900123456"]}),
    ],
)
def test_every_method(
    world: World, team: Team, ours: Ours, method: str, rules: dict[str, Any] | None
) -> None:
    quote = quoted(
        world,
        team,
        ours.wallet_id,
        payment_method=method,
        payer_rules=rules,
        request_amount=20_00,
        currency_type="receiver",
        cover_fees=True,
    )
    assert quote["receiver_amount"] == 20_00
    if method in ("spei", "transfers", "pse"):
        assert quote["sender_amount"] % 100 == 0, "pesos are paid in whole ones"


@pytest.mark.parametrize(
    ("fields", "status", "code", "named"),
    [
        ({"blockchain_wallet_id": None}, 400, "VALIDATION_INVALID_REQUEST", "wallet_id"),
        ({"blockchain_wallet_id": "bw_000000000000"}, 404, "WALLETS_NOT_FOUND", ""),
        ({"partner_fee_id": "pf_000000000000"}, 404, "FEES_NOT_FOUND", "partner_fee_id"),
        ({"token": "USDC"}, 400, "BLOCKCHAIN_TOKEN_NOT_SUPPORTED", "token"),
        ({"request_amount": 499}, 400, "VALIDATION_FAILED", "request_amount"),
        ({"request_amount": 10**40}, 400, "LIMITS_AMOUNT_OUT_OF_RANGE", "request_amount"),
        (
            {"request_amount": 500, "payment_method": "pse", "payer_rules": PSE},
            400,
            "LIMITS_AMOUNT_OUT_OF_RANGE",
            "request_amount",
        ),
        ({"payment_method": "sepa"}, 400, "VALIDATION_FAILED", "payment_method"),
        (
            {"payment_method": "international_swift"},
            400,
            "PAYINS_METHOD_NOT_SUPPORTED",
            "virtual account",
        ),
        ({"payment_method": "transfers"}, 400, "PAYINS_TAX_ID_REQUIRED", "transfers_allowed"),
        (
            {"payment_method": "pse", "payer_rules": {"pse_email": "a@example.com"}},
            400,
            "PAYINS_TAX_ID_REQUIRED",
            "pse_document_number",
        ),
        (
            {"payment_method": "pix", "payer_rules": {"pix_allowed_tax_ids": ["12"]}},
            400,
            "VALIDATION_FAILED",
            "payer_rules.pix_allowed_tax_ids",
        ),
        (
            {"payment_method": "spei", "request_amount": 100_50},
            400,
            "VALIDATION_INVALID_REQUEST",
            "request_amount",
        ),
        ({"is_otc": True}, 400, "QUOTES_OTC_NOT_SUPPORTED", "is_otc"),
        (
            {"is_otc": True, "payment_method": "pix", "cover_fees": True},
            400,
            "QUOTES_OTC_NOT_SUPPORTED",
            "is_otc",
        ),
        (
            {"is_otc": True, "payment_method": "pix"},
            400,
            "PAYOUTS_AMOUNT_BELOW_MINIMUM",
            "request_amount",
        ),
    ],
)
def test_what_is_refused(
    world: World,
    team: Team,
    ours: Ours,
    fields: dict[str, Any],
    status: int,
    code: str,
    named: str,
) -> None:
    before = world.snapshot()
    reply = ask(world, team, ours.blockchain_wallet_id, **fields)
    problem = reply.json()
    assert (reply.status_code, problem["code"]) == (status, code), problem
    assert named in f"{problem['errors']} {problem['description']}"
    assert world.snapshot() == before


def test_two_wallets_are_one_too_many(world: World, team: Team, ours: Ours) -> None:
    reply = ask(world, team, ours.blockchain_wallet_id, wallet_id=ours.wallet_id)
    assert (reply.status_code, reply.json()["code"]) == (400, "VALIDATION_INVALID_REQUEST")


def test_another_instances_wallet_is_nobodys(world: World, strangers: Team, ours: Ours) -> None:
    reply = ask(world, strangers, ours.blockchain_wallet_id)
    assert (reply.status_code, reply.json()["code"]) == (404, "WALLETS_NOT_FOUND")


def test_over_the_counter_the_rate_is_the_markets_for_ten_seconds(
    world: World, team: Team, ours: Ours
) -> None:
    quote = quoted(
        world,
        team,
        ours.blockchain_wallet_id,
        is_otc=True,
        payment_method="pix",
        request_amount=30_000_00,
    )
    assert quote["commercial_quotation"] == quote["blindpay_quotation"] == 537
    left = quote["expires_at"] / 1000 - now().timestamp()
    assert 0 < left <= 10


def test_production_pays_in_tokens_that_are_worth_something(world: World) -> None:
    team = world.team(type="production", full=False)
    customer_id = new_customer(world, team)
    world.steps.release(team.instance_id)
    wallet_id = new_blockchain_wallet(world, team, customer_id, network="base")
    for token in ("USDB", None):
        reply = ask(world, team, wallet_id, token=token)
        assert reply.json()["code"] == "BLOCKCHAIN_TOKEN_NOT_SUPPORTED"
    quote = quoted(world, team, wallet_id, token="USDC")
    assert quote["billing_fee_amount"] > 0


def exchange(world: World, team: Team, **fields: Any) -> Response:
    path = f"/v1/instances/{team.instance_id}/payin-quotes/fx"
    body = {"from": "BRL", "to": "USDB", "request_amount": 540_00, "currency_type": "sender"}
    return world.call(team.owner, "POST", path, {**body, **fields})


def test_the_rate_of_now(world: World, team: Team) -> None:
    rate = exchange(world, team).json()
    assert (rate["commercial_quotation"], rate["blindpay_quotation"]) == (537, 540)
    assert rate["result_amount"] == 100_00
    back = exchange(world, team, request_amount=100_00, currency_type="receiver").json()
    assert back["result_amount"] == 540_00
    pesos = exchange(world, team, **{"from": "ARS"}, request_amount=1001, currency_type="receiver")
    assert pesos.json()["result_amount"] % 100 == 0


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"from": "USDB", "to": "BRL"}, "from, to"),
        ({"to": "EUR"}, "from, to"),
        ({"from": "MXN", "request_amount": 1050}, "request_amount"),
    ],
)
def test_a_rate_that_is_not_there(
    world: World, team: Team, fields: dict[str, Any], named: str
) -> None:
    reply = exchange(world, team, **fields)
    assert (reply.status_code, reply.json()["code"]) == (400, "VALIDATION_INVALID_REQUEST")
    assert named in reply.json()["description"]


def test_old_quotes_go_when_new_ones_come(world: World, team: Team, ours: Ours) -> None:
    old = quoted(world, team, ours.blockchain_wallet_id)["id"]
    fresh = quoted(world, team, ours.blockchain_wallet_id)["id"]
    with world.work(None, team.instance_id) as work:
        work.session.get_one(PayinQuote, old).expires_at = now() - timedelta(days=2)
    quoted(world, team, ours.blockchain_wallet_id)
    with world.database.read() as session:
        kept = set(session.scalars(select(PayinQuote.id)))
    assert old not in kept
    assert fresh in kept

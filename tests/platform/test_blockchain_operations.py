"""Blockchain operations: exact amounts, the right chain, and no token of development elsewhere."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from httpx2 import Response
from hypothesis import given
from hypothesis import strategies as st

from deedbook.database.base import now
from deedbook.platform.payments.blockchain_operations.amounts import (
    InvalidAmount,
    amount_of,
    shown,
)
from deedbook.platform.payments.payout_quotes.models import PayoutQuote
from world.people import Team
from world.rows.bank_accounts import new_bank_account
from world.rows.blockchain_operations import SOLANA, STELLAR, TOKEN
from world.rows.customers import new_customer
from world.world import World


@pytest.fixture(scope="module")
def production(world: World) -> Team:
    return world.team(type="production", full=False)


def send(world: World, team: Team, operation: str, **body: Any) -> Response:
    return world.call(team.owner, "POST", f"/v1/instances/{team.instance_id}/{operation}", body)


def outcome(reply: Response) -> tuple[int, str]:
    return reply.status_code, reply.json()["code"]


@given(units=st.integers(1, 10**12 - 1), places=st.integers(0, 6))
def test_an_amount_is_the_one_that_was_written(units: int, places: int) -> None:
    written = f"{Decimal(units).scaleb(-places):f}"
    amount = amount_of(written, "solana")
    assert amount == Decimal(written)
    assert Decimal(shown(amount)) == amount
    assert re.fullmatch(r"(0|[1-9]\d*)(\.\d*[1-9])?", shown(amount))


@pytest.mark.parametrize(
    "text", ["0", "0.0", "-1", "+1", "1e3", "1,000", ".5", "5.", "", "NaN", "٣", "1" * 13]
)
def test_what_is_no_amount(text: str) -> None:
    with pytest.raises(InvalidAmount):
        amount_of(text, "stellar")


def test_a_chain_has_so_many_places() -> None:
    assert amount_of("0.0000001", "stellar") == Decimal("1e-7")
    with pytest.raises(InvalidAmount):
        amount_of("0.0000001", "solana")


@pytest.mark.parametrize(
    ("operation", "body", "code"),
    [
        ("mint-usdb-solana", {"address": SOLANA, "amount": "0"}, "VALIDATION_INVALID_REQUEST"),
        ("mint-usdb-solana", {"address": STELLAR, "amount": "1"}, "VALIDATION_INVALID_REQUEST"),
        ("mint-usdb-stellar", {"address": SOLANA, "amount": "1"}, "VALIDATION_INVALID_REQUEST"),
        ("mint-usdb-stellar", {"address": STELLAR, "amount": 1.5}, "VALIDATION_FAILED"),
        ("create-asset-trustline", {"address": SOLANA}, "VALIDATION_INVALID_REQUEST"),
        (
            "prepare-delegate-solana",
            {"owner_address": SOLANA, "token_address": TOKEN},
            "VALIDATION_MISSING_REQUIRED_FIELDS",
        ),
        (
            "prepare-delegate-solana",
            {"owner_address": SOLANA, "token_address": STELLAR, "amount": "1"},
            "VALIDATION_INVALID_REQUEST",
        ),
        ("prepare-delegate-solana", {"owner_address": STELLAR}, "VALIDATION_INVALID_REQUEST"),
    ],
)
def test_an_operation_that_cannot_be(
    world: World, team: Team, operation: str, body: dict[str, Any], code: str
) -> None:
    before = world.snapshot()
    assert outcome(send(world, team, operation, **body)) == (400, code)
    assert world.snapshot() == before


def quoted(world: World, team: Team, network: str) -> dict[str, Any]:
    """Give a quote of a payout from a network."""
    account_id = new_bank_account(world, team, new_customer(world, team))
    reply = send(
        world,
        team,
        "quotes",
        bank_account_id=account_id,
        currency_type="sender",
        request_amount=10_050,
        network=network,
        token="USDB",
    )
    assert reply.status_code == 200, reply.text
    quote: dict[str, Any] = reply.json()
    return quote


def delegate(world: World, team: Team, quote_id: str) -> Response:
    body = {"owner_address": SOLANA, "quote_id": quote_id}
    return send(world, team, "prepare-delegate-solana", **body)


def test_a_delegation_for_a_quote_is_of_what_the_sender_pays(world: World, team: Team) -> None:
    quote = quoted(world, team, "solana_devnet")
    prepared = delegate(world, team, quote["id"]).json()
    assert prepared["success"] is True
    assert prepared["transaction"]
    entry = world.entry(team.instance_id)
    assert entry["entity_id"] == quote["id"]
    assert entry["refs"] == [{"type": "quote", "id": quote["id"]}]
    assert Decimal(entry["metadata"]["amount"]) == Decimal(quote["sender_amount"]) / 100
    assert (entry["metadata"]["token"], entry["metadata"]["owner_address"]) == ("USDB", SOLANA)


def test_a_delegation_for_a_quote_that_cannot_be(world: World, team: Team, strangers: Team) -> None:
    elsewhere = quoted(world, team, "sepolia")["id"]
    foreign = quoted(world, strangers, "solana_devnet")["id"]
    expired = quoted(world, team, "solana_devnet")["id"]
    with world.work(None) as work:
        work.session.get_one(PayoutQuote, expired).expires_at = now()
    before = world.snapshot()
    assert outcome(delegate(world, team, elsewhere)) == (400, "BLOCKCHAIN_NETWORK_NOT_SUPPORTED")
    assert outcome(delegate(world, team, expired)) == (400, "QUOTES_EXPIRED")
    for unknown in (foreign, "qu_000000000000"):
        assert outcome(delegate(world, team, unknown)) == (404, "QUOTES_NOT_FOUND")
    assert world.snapshot() == before


def test_the_token_of_development_is_minted_there_alone(world: World, production: Team) -> None:
    for operation, address in (("mint-usdb-solana", SOLANA), ("mint-usdb-stellar", STELLAR)):
        reply = send(world, production, operation, address=address, amount="1")
        assert outcome(reply) == (400, "BLOCKCHAIN_TOKEN_NOT_SUPPORTED")
    assert send(world, production, "create-asset-trustline", address=STELLAR).status_code == 200
    assert world.entry(production.instance_id)["metadata"] == {
        "network": "stellar",
        "token": "USDC",
    }


def test_a_mint_answers_with_its_transaction(world: World, team: Team) -> None:
    minted = send(world, team, "mint-usdb-solana", address=SOLANA, amount="0.10").json()
    entry = world.entry(team.instance_id)
    assert entry["metadata"]["transaction_hash"] == minted["signature"]
    assert entry["metadata"]["amount"] == "0.1"

"""Transfers: quotes, single use, how they end, and who may see them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from httpx2 import Response
from sqlalchemy import select

from deedbook.database.base import now
from deedbook.platform.events.models import Event
from deedbook.platform.outside.models import Step
from deedbook.platform.payments.transfer_quotes.models import TransferQuote
from deedbook.platform.payments.transfers.models import Transfer
from world.contract import problems, webhooks
from world.fixtures import WorldMaker
from world.people import Team
from world.rows.customers import new_customer
from world.rows.partner_fees import new_partner_fee
from world.rows.transfers import new_transfer, new_transfer_quote, transfer_quote_body
from world.rows.wallets import new_wallet
from world.world import World


@pytest.fixture(scope="module")
def wallet_id(world: World, teams: Callable[[str, str], Team]) -> str:
    team = teams("own", "development")
    return new_wallet(world, team, new_customer(world, team))


def path_of(team: Team, *more: str) -> str:
    return "/".join(("/v1/instances", team.instance_id, *more))


def ask(world: World, team: Team, wallet_id: str, /, **fields: Any) -> Response:
    body = transfer_quote_body(wallet_id, **fields)
    return world.call(team.owner, "POST", path_of(team, "transfer-quotes"), body)


def use(world: World, team: Team, quote_id: str) -> Response:
    body = {"transfer_quote_id": quote_id}
    return world.call(team.owner, "POST", path_of(team, "transfers"), body)


def refused(reply: Response) -> tuple[int, str]:
    return reply.status_code, reply.json()["code"]


def events(world: World, team: Team, about: str) -> Iterator[tuple[str, Any]]:
    with world.database.read() as session:
        for event in session.scalars(select(Event).where(Event.instance_id == team.instance_id)):
            if event.payload["id"] == about:
                yield event.type, event.payload


def test_a_quote_moves_the_same_on_both_sides(world: World, team: Team, wallet_id: str) -> None:
    before = now().timestamp() * 1000
    quote = ask(world, team, wallet_id, amount_reference="receiver", cover_fees=True).json()
    assert quote["sender_amount"] == quote["receiver_amount"] == 1234
    assert (quote["flat_fee"], quote["partner_fee_amount"]) == (0, 0)
    assert before < quote["expires_at"] <= before + 120_000


def test_what_has_one_reading_need_not_be_said(world: World, team: Team, wallet_id: str) -> None:
    body = {
        "wallet_id": wallet_id,
        "request_amount": 1,
        "receiver_wallet_address": transfer_quote_body(wallet_id)["customer_wallet_address"],
    }
    reply = world.call(team.owner, "POST", path_of(team, "transfer-quotes"), body)
    assert reply.status_code == 200, reply.text
    transfer = new_transfer(world, team, reply.json()["id"])
    found = world.get(team.owner, path_of(team, "transfers", transfer))
    assert (found["sender_token"], found["customer_network"]) == ("USDB", "sepolia")


@pytest.mark.parametrize(
    ("fields", "expected", "named"),
    [
        ({"sender_token": "USDC"}, (400, "BLOCKCHAIN_TOKEN_NOT_SUPPORTED"), "token"),
        ({"customer_token": "USDC"}, (400, "BLOCKCHAIN_TOKEN_NOT_SUPPORTED"), "customer_token"),
        ({"customer_network": "base"}, (400, "BLOCKCHAIN_NETWORK_NOT_SUPPORTED"), "network"),
        (
            {"customer_network": "base_sepolia"},
            (400, "BLOCKCHAIN_NETWORK_NOT_SUPPORTED"),
            "customer_network",
        ),
        (
            {"customer_wallet_address": "G" * 56},
            (400, "VALIDATION_INVALID_REQUEST"),
            "customer_wallet_address",
        ),
        ({"partner_fee_id": "pf_000000000000"}, (400, "FEES_NOT_FOUND"), "fee"),
        ({"wallet_id": "bl_000000000000"}, (400, "WALLETS_NOT_FOUND"), "wallet_id"),
        ({"request_amount": 10**30}, (400, "PAYOUTS_INSUFFICIENT_BALANCE"), "wallet_id"),
        ({"request_amount": 0}, (400, "VALIDATION_FAILED"), "request_amount"),
    ],
)
def test_a_quote_that_cannot_be(
    world: World,
    team: Team,
    wallet_id: str,
    fields: dict[str, Any],
    expected: tuple[int, str],
    named: str,
) -> None:
    before = world.snapshot()
    reply = ask(world, team, wallet_id, **fields)
    assert refused(reply) == expected
    assert named in f"{reply.json()['description']}{reply.json()['errors']}"
    assert world.snapshot() == before


def test_usdc_alone_crosses_chains_and_only_on_production(world: World) -> None:
    team = world.team(type="production", full=False)
    customer_id = new_customer(world, team)
    world.steps.release(team.instance_id)
    wallet_id = new_wallet(world, team, customer_id, network="base")
    usdc = {"sender_token": "USDC", "customer_token": "USDC"}
    usdt = {"sender_token": "USDT", "customer_token": "USDT"}
    for fields, status in (
        ({**usdc, "customer_network": "polygon"}, 200),
        ({**usdt, "customer_network": "polygon"}, 400),
        ({**usdt, "customer_network": "base"}, 200),
        ({**usdc, "customer_network": "stellar", "customer_wallet_address": "G" * 56}, 400),
    ):
        assert ask(world, team, wallet_id, **fields).status_code == status, fields


@pytest.mark.parametrize(
    ("amount", "status"), [(1234, "completed"), (66_600, "failed"), (77_700, "refunded")]
)
def test_a_transfer_ends(
    world: World, team: Team, wallet_id: str, amount: int, status: str
) -> None:
    quote_id = new_transfer_quote(world, team, wallet_id, request_amount=amount)
    transfer_id = new_transfer(world, team, quote_id)
    path = path_of(team, "transfers", transfer_id)
    assert world.get(team.owner, path)["status"] == "processing"
    entries = len(world.entries(team.instance_id))
    world.take_steps()

    transfer = world.get(team.owner, path)
    assert transfer["status"] == status
    complete = transfer["tracking_complete"]
    assert complete["step"] == "completed"
    assert (complete["transaction_hash"] is not None) is (status == "completed")
    assert (complete["error_message"] is None) is (status == "completed")
    assert len(world.entries(team.instance_id)) == entries, "it moved along by itself"
    told = list(events(world, team, transfer_id))
    names = sorted(event for event, _ in told)
    assert names == ["transfer.complete", "transfer.new", "transfer.update"]
    for event, payload in told:
        assert problems(payload, webhooks()[event]) == []


def test_a_quote_is_used_once_and_expires(world: World, team: Team, wallet_id: str) -> None:
    quote_id = new_transfer_quote(world, team, wallet_id)
    new_transfer(world, team, quote_id)
    assert refused(use(world, team, quote_id)) == (400, "QUOTES_ALREADY_USED")

    quote_id = new_transfer_quote(world, team, wallet_id)
    with world.work(None) as work:
        work.session.get_one(TransferQuote, quote_id).expires_at = now() - timedelta(seconds=1)
    reply = use(world, team, quote_id)
    assert refused(reply) == (400, "QUOTES_EXPIRED")
    assert reply.json()["message"] == "quote_expired"


def test_a_quote_of_another_instance_is_none(
    world: World, team: Team, strangers: Team, wallet_id: str
) -> None:
    quote_id = new_transfer_quote(world, team, wallet_id)
    assert refused(use(world, strangers, quote_id)) == (404, "QUOTES_NOT_FOUND")
    assert refused(ask(world, strangers, wallet_id)) == (400, "WALLETS_NOT_FOUND")


def test_two_requests_at_once_make_one_transfer(new_world: WorldMaker) -> None:
    world = new_world(served=True)
    team = world.team(full=False)
    quote_id = new_transfer_quote(world, team, new_wallet(world, team, new_customer(world, team)))
    with ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(lambda _: use(world, team, quote_id), range(8)))
    assert sorted(reply.status_code for reply in replies) == [200] + [400] * 7
    assert {reply.json().get("code") for reply in replies} == {None, "QUOTES_ALREADY_USED"}
    assert len(world.get(team.owner, path_of(team, "transfers"))["data"]) == 1


def test_a_closed_wallet_sends_nothing_and_what_it_sent_stays(world: World, team: Team) -> None:
    fee_id = new_partner_fee(world, team)
    customer_id = new_customer(world, team)
    wallet_id = new_wallet(world, team, customer_id)
    sent = new_transfer(
        world, team, new_transfer_quote(world, team, wallet_id, partner_fee_id=fee_id)
    )
    assert {"type": "partner_fee", "id": fee_id} in world.entry(team.instance_id)["refs"]
    quote_id = new_transfer_quote(world, team, wallet_id)
    customer = path_of(team, "customers", customer_id)
    assert world.call(team.owner, "DELETE", customer).status_code == 200

    assert refused(use(world, team, quote_id)) == (404, "WALLETS_NOT_FOUND")
    world.take_steps()
    found = world.get(team.owner, path_of(team, "transfers", sent))
    assert (found["status"], found["first_name"]) == ("completed", "Maria")


def test_strangers_see_how_far_it_is_and_no_name(world: World, team: Team, wallet_id: str) -> None:
    transfer_id = new_transfer(world, team, new_transfer_quote(world, team, wallet_id))
    reply = world.call(None, "GET", f"/v1/e/transfers/{transfer_id}")
    assert reply.json()["status"] == "processing"
    assert "Maria" not in reply.text
    assert "Savings" not in reply.text
    unknown = world.call(None, "GET", "/v1/e/transfers/tr_000000000000")
    assert refused(unknown) == (400, "TRANSFERS_NOT_FOUND")


def test_an_answer_that_comes_twice_or_too_late_is_nothing(
    world: World, team: Team, wallet_id: str
) -> None:
    transfer_id = new_transfer(world, team, new_transfer_quote(world, team, wallet_id))
    with world.work(None) as work:
        for subject in (transfer_id, "tr_000000000000"):
            work.add(
                Step(
                    instance_id=team.instance_id,
                    name="transfer.settle",
                    subject_id=subject,
                    outcome="failed",
                    due_at=now(),
                )
            )
    world.take_steps()
    with world.database.read() as session:
        assert session.get_one(Transfer, transfer_id).status == "completed"
        assert session.scalar(select(Step.id)) is None
    assert len(list(events(world, team, transfer_id))) == 3


def test_expired_quotes_do_not_stay_for_ever(world: World) -> None:
    team = world.team(full=False)
    wallet_id = new_wallet(world, team, new_customer(world, team))
    used = new_transfer_quote(world, team, wallet_id)
    new_transfer(world, team, used)
    ids = [used, *(new_transfer_quote(world, team, wallet_id) for _ in range(3))]
    with world.work(None) as work:
        for quote_id in ids[:-1]:
            work.session.get_one(TransferQuote, quote_id).expires_at = now() - timedelta(days=2)
    newest = new_transfer_quote(world, team, wallet_id)
    with world.database.read() as session:
        rows = select(TransferQuote.id).where(TransferQuote.instance_id == team.instance_id)
        assert set(session.scalars(rows)) == {used, ids[-1], newest}

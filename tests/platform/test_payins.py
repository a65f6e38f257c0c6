"""Payins: what the payer sees, how they end, who is told, and what comes in by itself."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from httpx2 import Response
from sqlalchemy import select

from deedbook.database.base import now
from deedbook.platform.events.models import Event
from deedbook.platform.outside.models import Step
from deedbook.platform.outside.steps import SYSTEM_ACTOR
from deedbook.platform.payments.payin_quotes.models import PayinQuote
from deedbook.platform.payments.payins.deposits import DEPOSIT, Deposit, deposit_arrived
from world import bodies
from world.contract import problems, webhooks
from world.fixtures import WorldMaker
from world.people import Team
from world.rows.blockchain_wallets import ADDRESS, new_blockchain_wallet
from world.rows.customers import new_customer
from world.rows.partner_fees import new_partner_fee
from world.rows.payins import RECEIVED, SENT, new_payin, new_payin_quote
from world.rows.wallets import new_wallet
from world.world import World


@pytest.fixture(scope="module")
def wallet_id(world: World, teams: Callable[[str, str], Team]) -> str:
    team = teams("own", "development")
    return new_blockchain_wallet(world, team, new_customer(world, team), name="Ledger")


def use(world: World, team: Team, quote_id: str, chain: str = "evm") -> Response:
    path = f"/v1/instances/{team.instance_id}/payins/{chain}"
    return world.call(team.owner, "POST", path, {"payin_quote_id": quote_id})


def created(world: World, team: Team, destination: str, **fields: Any) -> dict[str, Any]:
    reply = use(world, team, new_payin_quote(world, team, destination, **fields))
    assert reply.status_code == 200, reply.text
    payin: dict[str, Any] = reply.json()
    return payin


def read(world: World, team: Team, payin_id: str) -> dict[str, Any]:
    payin: dict[str, Any] = world.get(
        team.owner, f"/v1/instances/{team.instance_id}/payins/{payin_id}"
    )
    return payin


def listed(world: World, team: Team, **query: str) -> list[str]:
    page = world.get(team.owner, f"/v1/instances/{team.instance_id}/payins", params=query)
    return [each["id"] for each in page["data"]]


def told(world: World, payin_id: str) -> list[dict[str, Any]]:
    with world.database.read() as session:
        rows = select(Event).where(Event.type.startswith("payin."))
        events = [each.payload for each in session.scalars(rows)]
    return [each for each in events if each["id"] == payin_id]


# What the payer sees


@pytest.mark.parametrize("method", ["ach", "wire", "rtp", "ted"])
def test_a_memo_tells_whose_money_it_is(
    world: World, team: Team, wallet_id: str, method: str
) -> None:
    payin = created(world, team, wallet_id, payment_method=method)
    assert payin["memo_code"]
    assert payin["blindpay_bank_details"]["account_number"]
    assert (payin["pix_code"], payin["clabe"]) == (None, None)


def test_pix_spei_transfers_and_pse_have_ways_of_their_own(
    world: World, team: Team, wallet_id: str
) -> None:
    pix = created(world, team, wallet_id, payment_method="pix")
    assert (bool(pix["pix_code"]), pix["memo_code"]) == (True, None)
    spei = created(world, team, wallet_id, payment_method="spei")
    assert len(spei["clabe"]) == 18

    amount = {"request_amount": 1_000_000_00}
    rules = {"transfers_allowed_tax_id": "30-27383762-7"}
    transfers = created(
        world, team, wallet_id, payment_method="transfers", payer_rules=rules, **amount
    )
    account = transfers["tracking_transaction"]["transfers_instruction"]
    assert (account["type"], account["tax_id"]) == ("CVU", "30-27383762-7")
    known = {"pse_allowed_tax_ids": ["900123456"], "pse_full_name": "Ana Costa"}
    pse = created(world, team, wallet_id, payment_method="pse", payer_rules=known, **amount)
    payer = pse["tracking_transaction"]["pse_instruction"]
    assert payer["payment_link"].startswith("https://")
    # What nobody said of the payer is the customer's.
    assert (payer["full_name"], payer["tax_id"]) == ("Ana Costa", "900123456")
    assert (payer["document_type"], payer["email"]) == ("CC", "maria@example.com")
    assert read(world, team, pse["id"])["pse_payment_link"] == payer["payment_link"]


# How it ends


@pytest.mark.parametrize(
    ("amount", "status", "steps", "arrived", "events"),
    [
        (
            SENT,
            "completed",
            ["completed"] * 3,
            "completed",
            ["payin.complete", "payin.new", "payin.partnerFee", "payin.update"],
        ),
        (
            666_00,
            "failed",
            ["completed", "on_hold", "on_hold"],
            "failed",
            ["payin.new", "payin.update"],
        ),
        (
            777_00,
            "refunded",
            ["completed", "on_hold", "on_hold"],
            "completed",
            ["payin.new", "payin.update"],
        ),
    ],
)
def test_how_it_ends_and_who_is_told(
    world: World,
    team: Team,
    wallet_id: str,
    amount: int,
    status: str,
    steps: list[str],
    arrived: str,
    events: list[str],
) -> None:
    fee_id = new_partner_fee(world, team)
    payin = created(world, team, wallet_id, request_amount=amount, partner_fee_id=fee_id)
    tracking = ("tracking_transaction", "tracking_payment", "tracking_complete")
    assert payin["status"] == "processing"
    assert [payin[name]["step"] for name in tracking] == ["processing", "on_hold", "on_hold"]
    entry = world.entry(team.instance_id)
    assert {"type": "partner_fee", "id": fee_id} in entry["refs"]
    before = len(world.entries(team.instance_id))

    world.take_steps()

    ended = read(world, team, payin["id"])
    assert ended["status"] == status
    assert [ended[name]["step"] for name in tracking] == steps
    assert ended["tracking_transaction"]["status"] == arrived
    assert bool(ended["tracking_complete"]["transaction_hash"]) is (status == "completed")
    assert len(world.entries(team.instance_id)) in (before, 100), "it moved by itself"
    messages = told(world, payin["id"])
    assert sorted(each["webhook_event"] for each in messages) == events
    for message in messages:
        assert problems(message, webhooks()[message["webhook_event"]]) == []


def test_production_waits_for_the_operator(world: World) -> None:
    team = world.team(type="production", full=False)
    customer_id = new_customer(world, team)
    world.steps.release(team.instance_id)
    wallet_id = new_wallet(world, team, customer_id, network="base")
    payin = created(world, team, wallet_id, token="USDC")
    world.take_steps()
    assert read(world, team, payin["id"])["status"] == "processing"
    world.steps.release(team.instance_id)
    assert read(world, team, payin["id"])["status"] == "completed"


# A quote is used once


def test_a_quote_is_used_once(world: World, team: Team, wallet_id: str) -> None:
    quote_id = new_payin_quote(world, team, wallet_id)
    assert use(world, team, quote_id, "solana").status_code == 200
    before = world.snapshot()
    again = use(world, team, quote_id)
    assert (again.status_code, again.json()["code"]) == (400, "QUOTES_ALREADY_USED")
    unknown = use(world, team, "pq_000000000000")
    assert (unknown.status_code, unknown.json()["code"]) == (400, "QUOTES_NOT_FOUND")
    assert world.snapshot() == before


def test_another_instances_quote_is_nobodys(
    world: World, team: Team, strangers: Team, wallet_id: str
) -> None:
    reply = use(world, strangers, new_payin_quote(world, team, wallet_id))
    assert (reply.status_code, reply.json()["code"]) == (400, "QUOTES_NOT_FOUND")


def test_an_expired_quote_is_not_used(world: World, team: Team, wallet_id: str) -> None:
    quote_id = new_payin_quote(world, team, wallet_id)
    with world.work(None, team.instance_id) as work:
        work.session.get_one(PayinQuote, quote_id).expires_at = now() - timedelta(seconds=1)
    reply = use(world, team, quote_id)
    assert (reply.status_code, reply.json()["message"]) == (400, "quote_expired")


def test_of_many_who_use_a_quote_at_once_one_gets_the_payin(new_world: WorldMaker) -> None:
    world = new_world(served=True)
    team = world.team(full=False)
    wallet_id = new_blockchain_wallet(world, team, new_customer(world, team))
    quote_id = new_payin_quote(world, team, wallet_id)
    with ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(lambda _: use(world, team, quote_id), range(8)))
    codes = sorted(reply.json().get("code", "done") for reply in replies)
    assert codes == ["QUOTES_ALREADY_USED"] * 7 + ["done"]
    assert len(listed(world, team)) == 1
    actions = [entry["action"] for entry in world.entries(team.instance_id)]
    assert actions.count("payin.created") == 1


# Limits


def test_a_customer_moves_no_more_than_its_limits(world: World, team: Team) -> None:
    customer_id = new_customer(world, team)
    wallet_id = new_blockchain_wallet(world, team, customer_id)
    path = f"/v1/instances/{team.instance_id}/payin-quotes"
    body = {
        "blockchain_wallet_id": wallet_id,
        "request_amount": 10_000_01,
        "currency_type": "receiver",
        "cover_fees": True,
        "payment_method": "ach",
    }
    reply = world.call(team.owner, "POST", path, body)
    assert (reply.status_code, reply.json()["code"]) == (400, "LIMITS_AMOUNT_OUT_OF_RANGE")

    much = {"request_amount": 10_000_00, "currency_type": "receiver", "cover_fees": True}
    for _ in range(5):
        new_payin(world, team, wallet_id, **much)
    one_more = new_payin_quote(world, team, wallet_id, request_amount=10_00)
    before = world.snapshot()
    reply = use(world, team, one_more)
    assert (reply.status_code, reply.json()["code"]) == (400, "LIMITS_VOLUME_EXCEEDED")
    assert world.snapshot() == before
    # Each direction has limits of its own, and so has each customer.
    other = new_blockchain_wallet(world, team, new_customer(world, team))
    new_payin(world, team, other, **much)


# Lists, and the public page


def test_lists_are_narrowed(world: World) -> None:
    team = world.team(full=False)
    maria = new_customer(world, team)
    ledger = new_blockchain_wallet(world, team, maria)
    by_ach = new_payin(world, team, ledger)
    world.take_steps()
    body = bodies.business_customer(world.accepted_terms(team.instance_id), country="MX")
    customers = f"/v1/instances/{team.instance_id}/customers"
    acme = world.call(team.owner, "POST", customers, body).json()["id"]
    safe = new_wallet(world, team, acme, network="base_sepolia")
    by_pix = new_payin(world, team, safe, payment_method="pix")
    assert listed(world, team) == [by_pix, by_ach]
    assert listed(world, team, limit="1", starting_after=by_pix) == [by_ach]
    for query, found in (
        ({"customer_id": maria}, [by_ach]),
        ({"status": "completed"}, [by_ach]),
        ({"status": "processing"}, [by_pix]),
        ({"customer_name": "acme"}, [by_pix]),
        ({"customer_name": "ria sil"}, [by_ach]),
        ({"country": "MX"}, [by_pix]),
        ({"payment_method": "pix"}, [by_pix]),
        ({"network": "sepolia"}, [by_ach]),
        ({"token": "USDB"}, [by_pix, by_ach]),
        ({"token": "USDC"}, []),
        ({"bank_account_id": "ba_000000000000"}, []),
    ):
        assert listed(world, team, **query) == found, query
    refused = world.call(
        team.owner, "GET", f"/v1/instances/{team.instance_id}/payins", params={"status": "x"}
    )
    assert refused.status_code == 400


def test_a_payin_outlives_its_customer(world: World, team: Team) -> None:
    customer_id = new_customer(world, team)
    wallet_id = new_blockchain_wallet(world, team, customer_id, name="Ledger")
    payin_id = new_payin(world, team, wallet_id)
    quote_id = new_payin_quote(world, team, wallet_id)
    path = f"/v1/instances/{team.instance_id}/customers/{customer_id}"
    assert world.call(team.owner, "DELETE", path).status_code == 200
    payin = read(world, team, payin_id)
    assert (payin["first_name"], payin["name"]) == ("Maria", "Ledger")
    reply = use(world, team, quote_id)
    assert (reply.status_code, reply.json()["code"]) == (400, "CUSTOMERS_NOT_FOUND")


def test_the_public_page_says_how_to_pay_and_no_more(
    world: World, team: Team, wallet_id: str
) -> None:
    fee_id = new_partner_fee(world, team)
    rules = {"transfers_allowed_tax_id": "30-27383762-7", "pse_document_number": "900123456"}
    for method in ("transfers", "pse"):
        payin_id = new_payin(
            world,
            team,
            wallet_id,
            payment_method=method,
            request_amount=1_000_000_00,
            payer_rules=rules,
            partner_fee_id=fee_id,
        )
        reply = world.call(None, "GET", f"/v1/e/payins/{payin_id}")
        assert reply.status_code == 200
        for hidden in ("30-27383762-7", "900123456", fee_id, "Ledger", ADDRESS, "maria@"):
            assert hidden not in reply.text
        page = reply.json()
        assert page["status"] == "processing"
        instruction = page["tracking_transaction"]["transfers_instruction"]
        assert bool(page["pse_payment_link"] or instruction["account"])
    unknown = world.call(None, "GET", "/v1/e/payins/pi_000000000000")
    assert (unknown.status_code, unknown.json()["code"]) == (404, "PAYINS_NOT_FOUND")


# Deposits


def new_virtual_account(world: World, team: Team, customer_id: str, wallet_id: str) -> str:
    path = f"/v1/instances/{team.instance_id}/customers/{customer_id}/virtual-accounts"
    body = {
        "banking_partner": "jpmorgan",
        "token": "USDB",
        "blockchain_wallet_id": wallet_id,
        "sole_proprietor_doc_type": "salary_slip",
        "sole_proprietor_doc_file": bodies.DOCUMENT,
    }
    reply = world.call(team.owner, "POST", path, body)
    assert reply.status_code == 200, reply.text
    account_id: str = reply.json()["id"]
    return account_id


DEPOSITED = Deposit(
    amount=SENT,
    reference="wire-1",
    payment_method="wire",
    sender_name="Acme Inc",
    sender_bank_name="Example Bank",
    sender_account_number="9876543210",
)


def test_what_is_paid_into_a_virtual_account_comes_in_by_itself(world: World, team: Team) -> None:
    customer_id = new_customer(world, team)
    wallet_id = new_blockchain_wallet(world, team, customer_id, name="Ledger")
    account_id = new_virtual_account(world, team, customer_id, wallet_id)
    opened = world.entry(team.instance_id)
    assert opened["entity_id"] == account_id

    for _ in range(2):  # A bank may tell of it twice.
        with world.work(SYSTEM_ACTOR, team.instance_id) as work:
            payin_id = deposit_arrived(work, world.app.state.outside, account_id, DEPOSITED).id

    entry = world.entry(team.instance_id)
    assert (entry["action"], entry["entity_id"]) == ("payin.created", payin_id)
    assert (entry["actor_type"], entry["role"]) == ("system", "system")
    assert entry["effect"] == {"cause": opened["id"]}
    assert entry["entity_label"] == "100.00 USD to Ledger"
    assert [ref["type"] for ref in entry["refs"]] == [
        "quote",
        "customer",
        "blockchain_wallet",
        "virtual_account",
    ]
    assert "9876543210" not in str(entry)
    assert listed(world, team, customer_id=customer_id) == [payin_id]
    listing = f"/v1/instances/{team.instance_id}/audit-logs?entity_id={payin_id}"
    assert world.get(team.owner, listing)["data"] == [], "shown to those who ask for it"

    payin = read(world, team, payin_id)
    assert payin["receiver_amount"] == RECEIVED
    transaction = payin["tracking_transaction"]
    assert (transaction["step"], transaction["sender_name"]) == ("completed", "Acme Inc")
    assert transaction["sender_account_number"] == "•••• 3210"
    assert "3210" not in world.call(None, "GET", f"/v1/e/payins/{payin_id}").text
    world.take_steps()
    assert read(world, team, payin_id)["status"] == "completed"


def test_a_deposit_can_come_as_a_step_and_bears_the_fee_of_virtual_accounts(
    world: World,
) -> None:
    team = world.team(full=False)
    customer_id = new_customer(world, team)
    wallet_id = new_blockchain_wallet(world, team, customer_id)
    account_id = new_virtual_account(world, team, customer_id, wallet_id)
    fee_id = new_partner_fee(world, team, virtual_account_set=True, payin_flat_fee=10)
    for reference, amount in (("ach-1", SENT), ("ach-2", 40)):
        with world.work(None, team.instance_id) as work:
            work.add(
                Step(
                    instance_id=team.instance_id,
                    name=DEPOSIT,
                    subject_id=account_id,
                    outcome="completed",
                    details={"amount": amount, "reference": reference},
                    due_at=now(),
                )
            )
        world.take_steps()
    small, usual = (read(world, team, each) for each in listed(world, team))
    assert (usual["partner_fee_id"], usual["partner_fee_amount"]) == (fee_id, 60)
    # Less than the fees bears none: what arrived is passed on.
    assert (small["partner_fee_id"], small["receiver_amount"]) == (None, 39)


def test_a_customers_own_account_takes_its_money(world: World, team: Team) -> None:
    customer_id = new_customer(world, team)
    wallet_id = new_blockchain_wallet(world, team, customer_id)
    account_id = new_virtual_account(world, team, customer_id, wallet_id)
    path = f"/v1/instances/{team.instance_id}/customers/{customer_id}/virtual-accounts"
    own = world.get(team.owner, f"{path}/{account_id}")["us"]["ach"]["account_number"]
    for method, number in (
        ("ach", own),
        ("wire", own),
        ("international_swift", own),
        ("rtp", "000123456789"),
    ):
        payin = created(world, team, wallet_id, payment_method=method)
        assert payin["blindpay_bank_details"]["account_number"] == number
        assert bool(payin["memo_code"]) is (method == "rtp")

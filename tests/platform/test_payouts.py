"""Payouts: single use of quotes, limits, how they end, documents, lists, and what strangers see."""

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
from deedbook.platform.payments.customers.models import Customer
from deedbook.platform.payments.payout_quotes.models import PayoutQuote
from world.contract import problems, webhooks
from world.fixtures import WorldMaker
from world.people import Team
from world.rows.bank_accounts import BODIES, new_bank_account
from world.rows.customers import new_customer
from world.rows.partner_fees import new_partner_fee
from world.rows.payouts import SENDERS, documents, new_payout, new_quote, payouts_of
from world.world import World


@pytest.fixture(scope="module")
def account_id(world: World, teams: Callable[[str, str], Team]) -> str:
    team = teams("own", "development")
    return new_bank_account(world, team, new_customer(world, team))


def use(
    world: World, team: Team, quote_id: str, chain: str = "evm", sender: str = SENDERS["sepolia"]
) -> Response:
    body = {"quote_id": quote_id, "sender_wallet_address": sender}
    return world.call(team.owner, "POST", payouts_of(team, chain), body)


def read(world: World, team: Team, payout_id: str) -> dict[str, Any]:
    payout: dict[str, Any] = world.get(team.owner, payouts_of(team, payout_id))
    return payout


def refused(reply: Response) -> tuple[int, str]:
    return reply.status_code, reply.json()["code"]


def events(world: World, team: Team, payout_id: str) -> Iterator[str]:
    """Give the names of what was told of a payout, each in the shape of the contract."""
    with world.database.read() as session:
        for event in session.scalars(select(Event).where(Event.instance_id == team.instance_id)):
            if event.payload["id"] == payout_id:
                assert problems(event.payload, webhooks()[event.type]) == []
                yield event.type


def step(world: World, team: Team, name: str, subject_id: str, outcome: str) -> None:
    """Have an answer of the outside world arrive."""
    with world.work(None) as work:
        work.add(
            Step(
                instance_id=team.instance_id,
                name=name,
                subject_id=subject_id,
                outcome=outcome,
                due_at=now(),
            )
        )
    world.take_steps()


@pytest.mark.parametrize(
    ("amount", "status", "payment", "complete", "told"),
    [
        (10_000, "completed", "sent", "paid", ["complete", "new", "partnerFee", "update"]),
        (66_600, "failed", "failed", None, ["complete", "new", "update"]),
        (77_700, "refunded", "returned", "tokens_refunded", ["complete", "new", "update"]),
    ],
)
def test_a_payout_ends(
    world: World,
    team: Team,
    account_id: str,
    amount: int,
    status: str,
    payment: str,
    complete: str | None,
    told: list[str],
) -> None:
    fee_id = new_partner_fee(world, team)
    made = new_payout(world, team, account_id, request_amount=amount, partner_fee_id=fee_id)
    assert made["status"] == made["tracking_payment"]["step"] == "processing"
    assert made["tracking_documents"] is None
    entries = len(world.entries(team.instance_id))
    world.take_steps()

    payout = read(world, team, made["id"])
    assert payout["status"] == status
    assert payout["tracking_payment"]["provider_status"] == payment
    assert payout["tracking_payment"]["recipient_account_number"] == "•••• 4821"
    assert payout["tracking_complete"]["status"] == complete
    assert payout["tracking_transaction"]["status"] == "found"
    assert payout["tracking_transaction"]["transaction_hash"].startswith("0x")
    assert len(world.entries(team.instance_id)) == entries, "it moved along by itself"
    assert sorted(events(world, team, made["id"])) == [f"payout.{name}" for name in told]


@pytest.mark.parametrize("rail", BODIES)
def test_every_rail_is_paid_out_and_no_number_is_shown_whole(
    world: World, team: Team, rail: str
) -> None:
    account_id = new_bank_account(world, team, new_customer(world, team), rail)
    payout_id = new_payout(world, team, account_id)["id"]
    entry = world.entry(team.instance_id)
    payout = read(world, team, payout_id)
    assert (payout["type"], payout["name"]) == (rail, BODIES[rail]["name"])
    assert (payout["first_name"], payout["legal_name"]) == ("Maria", None)
    for field in (
        "account_number",
        "spei_clabe",
        "transfers_account",
        "ach_cop_bank_account",
        "swift_account_number_iban",
        "sepa_iban",
    ):
        if field in BODIES[rail]:
            assert payout[field] == f"•••• {BODIES[rail][field][-4:]}"
            assert BODIES[rail][field] not in f"{payout}{entry}"


def test_a_payout_outlives_its_account_and_its_customer(world: World, team: Team) -> None:
    customer_id = new_customer(world, team)
    account_id = new_bank_account(world, team, customer_id)
    made = new_payout(world, team, account_id)["id"]
    quote_id = new_quote(world, team, account_id)["id"]
    customer = f"/v1/instances/{team.instance_id}/customers/{customer_id}"
    assert world.call(team.owner, "DELETE", customer).status_code == 200

    assert refused(use(world, team, quote_id)) == (400, "BANK_ACCOUNTS_NOT_FOUND")
    world.take_steps()
    payout = read(world, team, made)
    assert (payout["status"], payout["name"], payout["last_name"]) == (
        "completed",
        "Itaú",
        "Silva",
    )


# Quotes and senders


def test_a_quote_is_used_once_and_expires(world: World, team: Team, account_id: str) -> None:
    quote_id = new_quote(world, team, account_id)["id"]
    assert use(world, team, quote_id).status_code == 200
    assert refused(use(world, team, quote_id)) == (400, "QUOTES_ALREADY_USED")

    quote_id = new_quote(world, team, account_id)["id"]
    with world.work(None) as work:
        work.session.get_one(PayoutQuote, quote_id).expires_at = now() - timedelta(seconds=1)
    before = world.snapshot()
    reply = use(world, team, quote_id)
    assert refused(reply) == (400, "QUOTES_EXPIRED")
    assert reply.json()["message"] == "quote_expired"
    assert refused(use(world, team, "qu_000000000000")) == (400, "QUOTES_NOT_FOUND")
    assert world.snapshot() == before


def test_a_quote_of_another_instance_is_none(
    world: World, team: Team, strangers: Team, account_id: str
) -> None:
    quote_id = new_quote(world, team, account_id)["id"]
    assert refused(use(world, strangers, quote_id)) == (400, "QUOTES_NOT_FOUND")
    assert use(world, team, quote_id).status_code == 200


@pytest.mark.parametrize(
    ("network", "chain", "sender", "expected", "named"),
    [
        ("sepolia", "solana", "sepolia", "BLOCKCHAIN_NETWORK_NOT_SUPPORTED", "quote_id"),
        ("sepolia", "stellar/authorize", "sepolia", "BLOCKCHAIN_NETWORK_NOT_SUPPORTED", "quote_id"),
        ("solana_devnet", "evm", "solana_devnet", "BLOCKCHAIN_NETWORK_NOT_SUPPORTED", "quote_id"),
        ("stellar_testnet", "stellar", "sepolia", "VALIDATION_INVALID_REQUEST", "sender_wallet"),
    ],
)
def test_a_quote_is_for_its_chain_and_an_address_on_it(
    world: World, team: Team, account_id: str, network: str, chain: str, sender: str,
    expected: str, named: str,
) -> None:  # fmt: skip
    quote_id = new_quote(world, team, account_id, network=network)["id"]
    before = world.snapshot()
    reply = use(world, team, quote_id, chain, SENDERS[sender])
    assert refused(reply) == (400, expected)
    assert named in reply.json()["description"]
    assert world.snapshot() == before


def test_a_sender_on_stellar_gets_what_to_sign_and_the_quote_stays(
    world: World, team: Team, account_id: str
) -> None:
    quote_id = new_quote(world, team, account_id, network="stellar_testnet")["id"]
    before = world.snapshot()
    reply = use(world, team, quote_id, "stellar/authorize", SENDERS["stellar_testnet"])
    assert reply.json()["transaction_hash"]
    assert world.snapshot() == before
    signed = {
        "quote_id": quote_id,
        "sender_wallet_address": SENDERS["stellar_testnet"],
        "signed_transaction": "AAAAAgAAAAB=",
    }
    made = world.call(team.owner, "POST", payouts_of(team, "stellar"), signed)
    assert read(world, team, made.json()["id"])["signed_transaction"] == "AAAAAgAAAAB="
    assert "AAAAAgAAAAB=" not in repr(world.entry(team.instance_id))


def test_two_requests_at_once_make_one_payout(new_world: WorldMaker) -> None:
    world = new_world(served=True)
    team = world.team(full=False)
    account_id = new_bank_account(world, team, new_customer(world, team))
    quote_id = new_quote(world, team, account_id)["id"]
    with ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(lambda _: use(world, team, quote_id), range(8)))
    assert sorted(reply.status_code for reply in replies) == [200] + [400] * 7
    assert {reply.json().get("code") for reply in replies} == {None, "QUOTES_ALREADY_USED"}
    assert len(world.get(team.owner, payouts_of(team))["data"]) == 1
    actions = [entry["action"] for entry in world.entries(team.instance_id)]
    assert actions.count("payout.created") == 1


# Limits


def test_a_day_and_a_month_have_limits(world: World, team: Team) -> None:
    customer_id = new_customer(world, team)
    account_id = new_bank_account(world, team, customer_id)
    with world.work(None) as work:
        customer = work.session.get_one(Customer, customer_id)
        customer.daily_limit, customer.monthly_limit = 250_000, 300_000
    quotes = [new_quote(world, team, account_id, request_amount=77_700)["id"] for _ in range(4)]
    assert [use(world, team, each).status_code for each in quotes] == [200, 200, 200, 400]
    assert refused(use(world, team, quotes[3])) == (400, "LIMITS_VOLUME_EXCEEDED")
    # What came back was not moved.
    world.take_steps()
    assert use(world, team, quotes[3]).status_code == 200
    with world.work(None) as work:
        customer = work.session.get_one(Customer, customer_id)
        customer.daily_limit, customer.monthly_limit = 250_000, 100_000
    quote_id = new_quote(world, team, account_id, request_amount=50_000)["id"]
    assert refused(use(world, team, quote_id)) == (400, "LIMITS_VOLUME_EXCEEDED")


def test_payouts_at_once_do_not_exceed_a_limit_together(new_world: WorldMaker) -> None:
    world = new_world(served=True)
    team = world.team(full=False)
    customer_id = new_customer(world, team)
    account_id = new_bank_account(world, team, customer_id)
    with world.work(None) as work:
        work.session.get_one(Customer, customer_id).daily_limit = 25_000
    quotes = [new_quote(world, team, account_id)["id"] for _ in range(6)]
    with ThreadPoolExecutor(6) as pool:
        replies = list(pool.map(lambda quote_id: use(world, team, quote_id), quotes))
    assert sorted(reply.status_code for reply in replies) == [200] * 2 + [400] * 4


def test_a_wallet_has_to_hold_what_is_sent(world: World, team: Team) -> None:
    customer_id = new_customer(world, team)
    account_id = new_bank_account(world, team, customer_id)
    with world.work(None) as work:
        customer = work.session.get_one(Customer, customer_id)
        customer.per_transaction_limit = customer.daily_limit = customer.monthly_limit = 10**12
    quote_id = new_quote(world, team, account_id, request_amount=100_000_001)["id"]
    reply = use(world, team, quote_id)
    assert refused(reply) == (400, "PAYOUTS_INSUFFICIENT_BALANCE")
    assert reply.json()["message"] == "not_enough_balance"


# Documents


@pytest.fixture
def waiting(world: World, team: Team) -> str:
    """A payout over SWIFT, which waits for documents."""
    account_id = new_bank_account(world, team, new_customer(world, team), "international_swift")
    return str(new_payout(world, team, account_id)["id"])


def submit(world: World, team: Team, payout_id: str, **fields: Any) -> Response:
    path = payouts_of(team, payout_id, "documents")
    return world.call(team.owner, "POST", path, documents() | fields)


def test_swift_waits_for_documents_and_then_goes_on(world: World, team: Team, waiting: str) -> None:
    world.take_steps()
    payout = read(world, team, waiting)
    assert (payout["status"], payout["tracking_documents"]["status"]) == (
        "on_hold",
        "waiting_documents",
    )
    assert submit(world, team, waiting).json() == {"success": True}
    payout = read(world, team, waiting)
    assert (payout["status"], payout["tracking_documents"]["status"]) == ("processing", None)
    assert payout["transaction_document_id"] == "INV-7"
    assert refused(submit(world, team, waiting)) == (400, "PAYOUTS_DOCUMENTS_NOT_ACCEPTED")
    world.take_steps()
    assert read(world, team, waiting)["status"] == "completed"
    told = sorted(events(world, team, waiting))
    assert told == ["payout.complete", "payout.new", "payout.update", "payout.update"]


def test_documents_that_are_rejected_are_asked_for_again(
    world: World, team: Team, waiting: str
) -> None:
    assert submit(world, team, waiting, transaction_document_id="Fail").status_code == 200
    payout = read(world, team, waiting)
    assert (payout["status"], payout["tracking_documents"]["status"]) == (
        "on_hold",
        "waiting_documents",
    )
    assert submit(world, team, waiting, description=None).status_code == 200
    entry = world.entry(team.instance_id)
    assert entry["personal"]["changes"]["transaction_document_id"] == {
        "from": "Fail",
        "to": "INV-7",
    }


def test_other_rails_wait_for_no_documents(world: World, team: Team, account_id: str) -> None:
    payout_id = new_payout(world, team, account_id)["id"]
    before = world.snapshot()
    assert refused(submit(world, team, payout_id)) == (400, "PAYOUTS_DOCUMENTS_NOT_ACCEPTED")
    assert world.snapshot() == before


def test_on_production_everything_waits_for_the_operator(world: World) -> None:
    team = world.team(type="production", full=False)
    customer_id = new_customer(world, team)
    world.steps.release(team.instance_id)
    account_id = new_bank_account(world, team, customer_id, "international_swift")
    world.steps.release(team.instance_id)
    payout_id = new_payout(world, team, account_id, network="base", token="USDC")["id"]
    assert submit(world, team, payout_id).status_code == 200
    world.take_steps()
    assert read(world, team, payout_id)["tracking_documents"]["status"] == "compliance_reviewing"
    assert refused(submit(world, team, payout_id)) == (400, "PAYOUTS_DOCUMENTS_NOT_ACCEPTED")
    # The review, and then the settlement that follows from it.
    assert world.steps.release(team.instance_id) == 2
    assert read(world, team, payout_id)["status"] == "completed"


def test_an_answer_that_comes_twice_or_too_late_is_nothing(
    world: World, team: Team, account_id: str, waiting: str
) -> None:
    payout_id = new_payout(world, team, account_id)["id"]
    world.take_steps()
    before = read(world, team, payout_id), read(world, team, waiting)
    for subject in (payout_id, waiting, "po_000000000000"):
        step(world, team, "payout.settle", subject, "failed")
        step(world, team, "payout.review", subject, "approved")
    assert (read(world, team, payout_id), read(world, team, waiting)) == before
    with world.database.read() as session:
        assert session.scalar(select(Step.id)) is None


# Lists, and strangers


def test_filters(world: World) -> None:
    team = world.team(full=False)
    maria = new_customer(world, team)
    acme = new_customer(world, team, first_name="Zoë", last_name="Élan", country="PT")
    pix = new_bank_account(world, team, maria)
    swift = new_bank_account(world, team, acme, "international_swift")
    first = new_payout(world, team, pix)["id"]
    second = new_payout(world, team, pix, network="base_sepolia", request_amount=66_600)["id"]
    third = new_payout(world, team, swift)["id"]
    world.take_steps()

    def ids(**query: str) -> list[str]:
        page = world.get(team.owner, payouts_of(team), params=query)
        return [each["id"] for each in page["data"]]

    assert ids() == [third, second, first]
    assert ids(limit="1") == [third]
    assert ids(starting_after=second) == [first]
    assert ids(status="on_hold") == [third]
    assert ids(status="failed") == [second]
    assert ids(customer_id=maria) == ids(receiver_id=maria) == [second, first]
    assert ids(bank_account_id=swift) == ids(payment_method="international_swift") == [third]
    assert ids(country="PT") == ids(customer_name="ZOË É") == [third]
    assert ids(network="base_sepolia") == [second]
    assert ids(token="USDB", status="completed") == [first]
    assert ids(token="USDC") == ids(customer_name="%") == []
    bad = world.call(team.owner, "GET", payouts_of(team) + "?payment_method=cash")
    assert refused(bad) == (400, "VALIDATION_FAILED")


def test_strangers_see_how_far_it_is_and_no_name(world: World, team: Team, account_id: str) -> None:
    payout_id = new_payout(world, team, account_id, description="Rent of Maria")["id"]
    reply = world.call(None, "GET", f"/v1/e/payouts/{payout_id}")
    payout = reply.json()
    assert (payout["status"], payout["name"]) == ("processing", "•••• 4821")
    for private in ("Maria", "Silva", "Itaú", "6070", "123.456"):
        assert private not in reply.text
    unknown = world.call(None, "GET", "/v1/e/payouts/po_000000000000")
    assert refused(unknown) == (404, "PAYOUTS_NOT_FOUND")

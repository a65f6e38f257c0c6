"""Billing: what is owed and claimable, paid and collected, and shown as a document."""

from __future__ import annotations

import re
import threading
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from deedbook.database.base import now
from deedbook.platform.settings.billing.links import (
    LINK_LIFE,
    LinkExpired,
    check_link,
    document_link,
)
from deedbook.platform.settings.billing.models import Invoice
from deedbook.platform.settings.billing.pdf import one_page
from deedbook.platform.settings.billing.service import BillingNotAvailable
from world.fixtures import WorldMaker
from world.operations import OPERATIONS, READS
from world.people import Team
from world.rows.billing import DETAILS, WALLET, close
from world.rows.blockchain_wallets import new_blockchain_wallet
from world.rows.customers import new_customer
from world.rows.partner_fees import new_partner_fee
from world.rows.payins import new_payin
from world.world import World

COLLECT = {"network": "base", "token": "USDC", "wallet_address": WALLET}


@pytest.fixture
def acme(world: World) -> Team:
    return world.team(type="production", full=False)


def billing(team: Team, what: str) -> str:
    return f"/v1/instances/{team.instance_id}/billing/{what}"


def invoice_of(world: World, team: Team, invoice_id: str) -> dict[str, Any]:
    found: dict[str, Any] = world.get(team.owner, billing(team, f"invoices/{invoice_id}"))
    return found


def pay(world: World, team: Team, invoice_id: str) -> Any:
    return world.call(team.owner, "POST", billing(team, f"invoices/{invoice_id}/pay"))


def collect(world: World, team: Team, invoice_id: str, **fields: Any) -> Any:
    path = billing(team, f"invoices/{invoice_id}/collect")
    return world.call(team.owner, "POST", path, {**COLLECT, **fields})


def test_a_development_instance_has_no_billing(world: World) -> None:
    team = world.team(full=False)
    before = world.snapshot()
    values = {"instance_id": team.instance_id, "invoice_id": "iv_000000000000"}
    paths: list[tuple[str, str, object]] = [
        ("GET", row.path, None) for row in READS if "/billing/" in row.path
    ]
    paths += [
        (row.method, row.path, DETAILS if "details" in row.path else COLLECT)
        for row in OPERATIONS
        if row.action.startswith("billing.")
    ]
    assert len(paths) == 11
    for method, path, body in paths:
        reply = world.call(team.owner, method, path.format(**values), body)
        assert (reply.status_code, reply.json()["code"]) == (403, "BILLING_NOT_AVAILABLE"), path
    with pytest.raises(BillingNotAvailable):
        close(world, team)
    assert world.snapshot() == before


def test_details_are_empty_until_somebody_says(world: World, acme: Team) -> None:
    empty = world.get(acme.owner, billing(acme, "details"))
    assert empty == {**dict.fromkeys(DETAILS, ""), "copy_emails": []}
    reply = world.call(acme.owner, "PUT", billing(acme, "details"), {**DETAILS, "email": ""})
    assert (reply.status_code, reply.json()["email"]) == (200, "")
    assert world.get(acme.owner, billing(acme, "details")) == {**DETAILS, "email": ""}
    assert DETAILS["tax_id"] not in repr(world.entries(acme.instance_id))


def test_closing_a_period_issues_what_is_owed_and_what_may_be_collected(
    world: World, acme: Team
) -> None:
    current = world.get(acme.owner, billing(acme, "invoices"))["current"]
    owing_id, claimable_id = close(world, acme)
    reply = world.get(acme.owner, billing(acme, "invoices"))
    claimable, owing = reply["invoices"]
    assert (owing["id"], owing["status"]) == (owing_id, "owing")
    assert (claimable["id"], claimable["status"]) == (claimable_id, "claimable")
    year = f"{now():%Y}"
    assert [owing["reference"], claimable["reference"]] == [f"{year}-0001", f"{year}-0002"]
    # The price of the plan, and its minimum where nothing was used.
    assert (owing["total_to_pay"], owing["total_to_collect"]) == (70_000, 0)
    (item,) = invoice_of(world, acme, owing_id)["items"]
    assert (item["amount"], item["id"][:3]) == (50_000, "ri_")
    assert owing["total_to_pay"] == owing["subscription_price"] + item["amount"]
    assert (claimable["total_to_pay"], claimable["items"]) == (0, [])
    assert owing["period_start"] == claimable["period_start"] == current["period_start"]
    assert owing["due_date"] > owing["period_end"]
    # The next period begins where this one ended.
    assert reply["current"]["period_start"] == owing["period_end"]
    assert reply["current"]["total_to_pay"] == 70_000

    second, first = world.entries(acme.instance_id)[:2]
    for entry, kind, amount in ((first, "owing", 70_000), (second, "claimable", 0)):
        assert entry["action"] == "billing.invoice_issued"
        assert (entry["actor_type"], entry["auth_method"]) == ("system", "operator")
        assert (entry["metadata"]["kind"], entry["metadata"]["amount"]) == (kind, amount)
    # Neither a user nor a key did it, so it is not in the list that asks for nothing more.
    log = world.get(acme.owner, f"/v1/instances/{acme.instance_id}/audit-logs")
    assert [each["action"] for each in log["data"]] == ["instance.created"]


def test_an_invoice_has_the_fees_of_what_was_completed_in_its_period(
    world: World, acme: Team
) -> None:
    customer_id = new_customer(world, acme)
    world.steps.release(acme.instance_id)
    wallet_id = new_blockchain_wallet(world, acme, customer_id, network="polygon")
    fee_id = new_partner_fee(world, acme, payin_flat_fee=150, payin_percentage_fee=0)
    asked = {"token": "USDC", "partner_fee_id": fee_id}
    done = new_payin(world, acme, wallet_id, **asked)
    world.steps.release(acme.instance_id)
    new_payin(world, acme, wallet_id, **asked)
    payin = world.get(acme.owner, f"/v1/instances/{acme.instance_id}/payins/{done}")
    assert payin["status"] == "completed"

    owing, claimable = (invoice_of(world, acme, each) for each in close(world, acme))
    assert owing["payin_billing_fees"] == payin["billing_fee_amount"] > 0
    assert claimable["total_to_collect"] == owing["payin_partner_fees"] == 150
    # The minimum is owed with them, whatever they are under it.
    assert owing["total_to_pay"] == 70_000
    assert owing["items"][0]["amount"] == 50_000 - owing["payin_billing_fees"]

    # What was completed is billed once; what came later is in the next period.
    assert invoice_of(world, acme, close(world, acme)[0])["payin_billing_fees"] == 0
    world.steps.release(acme.instance_id)
    current = world.get(acme.owner, billing(acme, "invoices"))["current"]
    assert current["payin_partner_fees"] == current["total_to_collect"] == 150


def test_paying_gives_wallets_and_the_invoice_is_paid_when_the_money_is_there(
    world: World, acme: Team
) -> None:
    owing, _ = close(world, acme)
    first = pay(world, acme, owing).json()
    assert first["amount"] == 70_000
    assert first["tron_wallet"].startswith("T")
    assert pay(world, acme, owing).json() == first, "the same payment is still awaited"
    assert invoice_of(world, acme, owing)["status"] == "owing"
    world.take_steps()
    assert invoice_of(world, acme, owing)["status"] == "owing", "production waits"
    assert world.steps.release(acme.instance_id) == 1
    paid = invoice_of(world, acme, owing)
    assert (paid["status"], paid["payment_id"][:3]) == ("paid", "ip_")

    before = world.snapshot()
    reply = pay(world, acme, owing)
    assert (reply.status_code, reply.json()["code"]) == (409, "BILLING_INVOICE_NOT_PAYABLE")
    assert world.snapshot() == before


def test_a_payment_that_failed_may_be_made_again(world: World, acme: Team) -> None:
    owing, _ = close(world, acme)
    first = pay(world, acme, owing).json()
    payment_id = invoice_of(world, acme, owing)["payment_id"]
    fail_next_step(world, acme)
    world.steps.release(acme.instance_id)
    assert invoice_of(world, acme, owing)["status"] == "owing"
    second = pay(world, acme, owing).json()
    assert second["tron_wallet"] != first["tron_wallet"]
    entry = world.entry(acme.instance_id)
    again = invoice_of(world, acme, owing)["payment_id"]
    assert entry["changes"] == {"payment_id": {"from": payment_id, "to": again}}
    world.steps.release(acme.instance_id)
    assert invoice_of(world, acme, owing)["status"] == "paid"


def fail_next_step(world: World, team: Team) -> None:
    """Let the outside world fail in what it was last asked."""
    from deedbook.platform.outside.models import Step

    with world.database.write() as session:
        rows = select(Step).where(Step.instance_id == team.instance_id)
        session.scalars(rows).one().outcome = "failed"
        session.commit()


def test_what_is_owed_too_long_is_overdue_and_may_still_be_paid(world: World, acme: Team) -> None:
    owing, _ = close(world, acme)
    with world.database.read() as session:
        invoice = session.get_one(Invoice, owing)
    assert invoice.due_date is not None
    assert invoice.status_at(invoice.due_date) == "owing"
    assert invoice.status_at(invoice.due_date + timedelta(seconds=1)) == "overdue"
    assert pay(world, acme, owing).status_code == 200


def test_fees_are_collected_once(world: World, acme: Team) -> None:
    owing, claimable = close(world, acme)
    reply = collect(world, acme, claimable)
    assert reply.json() == {
        "collection_id": reply.json()["collection_id"],
        "status": "pending",
        "amount": 0,
        **COLLECT,
    }
    for wrong in (collect(world, acme, claimable), collect(world, acme, owing)):
        assert (wrong.status_code, wrong.json()["code"]) == (409, "BILLING_INVOICE_NOT_PAYABLE")
    wrong = pay(world, acme, claimable)
    assert (wrong.status_code, wrong.json()["code"]) == (409, "BILLING_INVOICE_NOT_PAYABLE")
    world.steps.release(acme.instance_id)
    collected = invoice_of(world, acme, claimable)
    assert (collected["status"], collected["collection_id"][:3]) == ("collected", "ic_")


def test_a_collection_that_failed_may_be_made_again(world: World, acme: Team) -> None:
    _, claimable = close(world, acme)
    assert collect(world, acme, claimable).status_code == 200
    fail_next_step(world, acme)
    world.steps.release(acme.instance_id)
    assert collect(world, acme, claimable).status_code == 200


def test_a_wallet_that_cannot_be_is_refused(world: World, acme: Team) -> None:
    _, claimable = close(world, acme)
    before = world.snapshot()
    reply = collect(world, acme, claimable, network="tron")
    assert (reply.status_code, reply.json()["code"]) == (400, "VALIDATION_INVALID_REQUEST")
    assert world.snapshot() == before


def test_of_two_who_collect_at_once_one_does(new_world: WorldMaker) -> None:
    world = new_world(served=True)
    team = world.team(type="production", full=False)
    _, claimable = close(world, team)
    statuses: list[int] = []

    def run() -> None:
        statuses.append(collect(world, team, claimable).status_code)

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [200, 409, 409, 409]
    done = [each for each in world.entries(team.instance_id) if "collected" in each["action"]]
    assert len(done) == 1


def test_an_invoice_can_be_read_as_a_document_by_a_link_that_runs_out(
    world: World, acme: Team
) -> None:
    world.call(acme.owner, "PUT", billing(acme, "details"), DETAILS)
    owing, claimable = close(world, acme)
    for invoice_id, amount in (
        (owing, b"To pay: USD 700.00"),
        (claimable, b"To collect: USD 0.00"),
    ):
        url = world.get(acme.owner, billing(acme, f"invoices/{invoice_id}/pdf"))["url"]
        document = world.call(None, "GET", url)
        assert document.headers["Content-Type"] == "application/pdf"
        assert document.content.startswith(b"%PDF-1.4")
        assert amount in document.content
        assert b"Acme Ltda" in document.content
        url = invoice_of(world, acme, invoice_id)["url"]
        assert world.call(None, "GET", url).status_code == 200
    forged = re.sub(r"iv_\w+", owing, url)
    for wrong in (forged, url.replace("expires=", "expires=9"), url[:-1], f"{url}é"):
        reply = world.call(None, "GET", wrong)
        assert (reply.status_code, reply.json()["code"]) == (403, "BILLING_LINK_EXPIRED")


def test_a_link_is_good_for_a_quarter_of_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    secret, moment = b"s" * 32, now()
    link = document_link("https://pay.example", secret, "iv_000000000000")
    expires, signature = re.findall(r"=(\w+)", link)
    module = "deedbook.platform.settings.billing.links.now"
    monkeypatch.setattr(module, lambda: moment + LINK_LIFE - timedelta(seconds=1))
    check_link(secret, "iv_000000000000", int(expires), signature)
    monkeypatch.setattr(module, lambda: moment + LINK_LIFE + timedelta(seconds=5))
    with pytest.raises(LinkExpired):
        check_link(secret, "iv_000000000000", int(expires), signature)


def test_no_text_breaks_a_document() -> None:
    document = one_page([r"(a) \ b", "é", "日本", "two\nlines", "\x1b[31m"])
    assert rb"(\(a\) \\ b) Tj" in document
    assert "(é)".encode("latin-1") in document
    assert b"(??)" in document
    assert b"(twolines)" in document
    # Each object is where the table says that it is.
    places = re.findall(rb"(\d{10}) 00000 n", document)
    for number, place in enumerate(places, 1):
        assert document[int(place) :].startswith(b"%d 0 obj" % number)
    table = int(document.split(b"startxref\n")[1].split()[0])
    assert document[table:].startswith(b"xref")
    (length,) = re.findall(rb"/Length (\d+)", document)
    assert document.split(b">>\nstream\n")[1][int(length) :].startswith(b"\nendstream")

"""Payouts, payins and transfers, each made from a quote, and the tools for developers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from browser.authenticator import add_authenticator
from browser.operations import (
    PDF,
    WALLET,
    approved_customer,
    expect_activity,
    go,
    payout,
    pix_account,
    press,
    swift_account,
)
from browser.server import Server
from browser.watch import Watch

Enter = Callable[..., object]
MARIA = "Maria Silva"


@pytest.fixture(autouse=True)
def _looked_at_once(watch: Watch) -> None:
    """An entry is looked at as soon as it is there: its proof may come a moment later."""
    watch.expect_status(409)


def choose_maria(page: Page) -> None:
    """Find the customer by a part of the name, and choose it."""
    page.get_by_label("Find a customer").fill("maria")
    customer = page.get_by_label("Customer", exact=True)
    option = customer.get_by_role("option", name=MARIA)
    customer.select_option(value=option.get_attribute("value"))


def test_a_payout_is_quoted_confirmed_with_a_passkey_and_followed(
    page: Page, server: Server, enter: Enter
) -> None:
    add_authenticator(page)
    office = server.office()
    pix_account(server, office, approved_customer(server, office))
    enter(office.owner)
    go(page, server, office, "settings/security")
    press(page, "Add a passkey")
    page.get_by_role("textbox", name="Name").fill("Work laptop")
    press(page, "Add the passkey")
    expect(page.get_by_role("cell", name="Work laptop", exact=True).first).to_be_visible()

    go(page, server, office, "payouts")
    press(page, "Create a payout")
    choose_maria(page)
    expect(page.get_by_label("Bank account")).to_contain_text("Nubank")
    page.get_by_label("Amount, USDB").fill("25.50")
    press(page, "Get a quote")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Good for")
    expect(dialog).to_contain_text(MARIA)
    expect(dialog).to_contain_text("25.50 USDB")
    page.get_by_label("Wallet that the tokens come from").fill(WALLET)
    page.get_by_label("Confirm with my passkey").check()
    press(page, "Create the payout")
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"BRL to {MARIA}")
    expect_activity(page, "created a payout")
    [entry, *_] = server.log(office, "feature=payout")
    assert (entry["has_passkey"], entry["metadata"]["sender_amount"]) == (True, 2550)


def test_a_quote_that_has_expired_is_asked_for_again_with_what_was_entered(
    page: Page, server: Server, enter: Enter
) -> None:
    page.clock.install()
    office = server.office()
    pix_account(server, office, approved_customer(server, office))
    enter(office.owner)
    go(page, server, office, "payouts")
    press(page, "Create a payout")
    choose_maria(page)
    expect(page.get_by_label("Bank account")).to_contain_text("Nubank")
    page.get_by_label("Amount, USDB").fill("7.25")
    press(page, "Get a quote")
    expect(page.get_by_role("timer")).to_be_visible()
    page.clock.fast_forward("05:00")
    expect(page.get_by_role("heading", name="The quote has expired")).to_be_visible()
    press(page, "Change or ask again")
    expect(page.get_by_label("Amount, USDB")).to_have_value("7.25")
    expect(page.get_by_label("Bank account")).to_contain_text("Nubank")
    press(page, "Get a quote")
    expect(page.get_by_role("timer")).to_be_visible()


def test_the_document_that_a_payout_waits_for_is_handed_in(
    page: Page, server: Server, enter: Enter
) -> None:
    office = server.office()
    account_id = swift_account(server, office, approved_customer(server, office))
    payout_id = payout(server, office, account_id)
    enter(office.owner)
    go(page, server, office, f"payouts/{payout_id}")
    press(page, "Submit documents")
    page.get_by_label("Number of the document").fill("INV-2026-11")
    page.get_by_label("File", exact=True).set_input_files(PDF)  # type: ignore[arg-type]
    expect(page.get_by_text("paper.pdf is there")).to_be_visible()
    press(page, "Submit the document")
    expect(page.get_by_role("definition").filter(has_text="INV-2026-11")).to_be_visible()
    expect(page.get_by_role("button", name="Submit documents")).to_have_count(0)
    expect_activity(page, "submitted")


def test_a_payin_says_how_it_is_paid(page: Page, server: Server, enter: Enter) -> None:
    office = server.office()
    customer_id = approved_customer(server, office)
    path = f"{office.path}/customers/{customer_id}/wallets"
    server.send(office.owner, "POST", path, {"name": "Savings", "network": "sepolia"})
    enter(office.owner)
    go(page, server, office, "payins")
    press(page, "Create a payin")
    choose_maria(page)
    expect(page.get_by_label("Wallet", exact=True)).to_contain_text("Savings")
    page.get_by_label("Paid by").select_option(label="PSE")
    page.get_by_label("Number of the document").fill("1234567890")
    page.get_by_label("Paid by").select_option(label="Pix")
    expect(page.get_by_label("Number of the document")).to_have_count(0)
    page.get_by_label("Amount, BRL").fill("100")
    press(page, "Get a quote")
    expect(page.get_by_role("dialog")).to_contain_text("100.00 BRL")
    press(page, "Create the payin")
    expect(page.get_by_role("region", name="How to pay")).to_contain_text("Pix code")
    expect_activity(page, "created a payin of 100.00 BRL")


def test_a_transfer_out_of_a_wallet(page: Page, server: Server, enter: Enter) -> None:
    office = server.office()
    customer_id = approved_customer(server, office)
    path = f"{office.path}/customers/{customer_id}/wallets"
    body = {"name": "Savings", "network": "sepolia"}
    wallet_id = server.send(office.owner, "POST", path, body)["id"]
    enter(office.owner)
    go(page, server, office, f"customers/{customer_id}/wallets/{wallet_id}")
    page.get_by_role("link", name="Transfer from it").click()
    expect(page.get_by_label("From the wallet")).to_contain_text("Savings")
    page.get_by_label("Amount, USDB").fill("12.34")
    page.get_by_label("To the address").fill(WALLET)
    press(page, "Get a quote")
    expect(page.get_by_role("dialog")).to_contain_text(WALLET)
    press(page, "Create the transfer")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"12.34 USDB from {MARIA}")
    expect_activity(page, "created a transfer")


def test_the_tools_for_developers_lead_to_their_entries(
    page: Page, server: Server, enter: Enter
) -> None:
    office = server.office()
    enter(office.owner)
    go(page, server, office, "development-tools")
    press(page, "Mint")
    page.get_by_label("Network").select_option(label="Stellar testnet")
    page.get_by_label("Address").fill("G" + "A" * 55)
    page.get_by_label("Amount").fill("12.5")
    press(page, "Mint")
    expect(page.get_by_role("heading", name="Minted")).to_be_visible()
    press(page, "Done")
    press(page, "Create a trustline")
    page.get_by_label("Address").fill("G" + "A" * 55)
    press(page, "Create the trustline")
    expect(page.get_by_role("dialog")).to_contain_text(
        "The owner of the address signs this transaction"
    )
    press(page, "Done")
    press(page, "Prepare a delegation")
    page.get_by_label("Address of the owner").fill("1" * 32)
    page.get_by_label("How much").select_option(label="An amount of a token")
    page.get_by_label("Address of the token").fill("1" * 32)
    page.get_by_label("Amount, in units of the token").fill("0.5")
    press(page, "Prepare the delegation")
    page.get_by_role("dialog").get_by_role("link", name="Activity").click()
    entries = page.get_by_role("table", name="Audit log entries")
    expect(entries).to_contain_text("0.5")
    made = {entry["action"] for entry in server.log(office, "feature=blockchain_operation")}
    assert made == {"usdb.minted", "asset_trustline.created", "solana_delegation.prepared"}

"""Customers and what they have, run from the pages; each act is found in the activity beside it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from browser.operations import PDF, approved_customer, expect_activity, go, press, tab
from browser.server import Server
from browser.watch import Watch
from deedbook.web.roles import Role

Enter = Callable[..., object]


@pytest.fixture(autouse=True)
def _looked_at_once(watch: Watch) -> None:
    """An entry is looked at as soon as it is there: its proof may come a moment later."""
    watch.expect_status(409)


def test_a_customer_accepts_the_terms_and_is_created_edited_and_deleted(
    page: Page, server: Server, enter: Enter, watch: Watch
) -> None:
    # The customer's own page has no icon.
    watch.expect_status(404)
    office = server.office()
    enter(office.owner)
    go(page, server, office, "customers")
    expect(page.get_by_role("heading", name="No customers yet")).to_be_visible()
    press(page, "Create a customer")
    press(page, "Open the terms here")
    press(page, "Accept the terms")
    page.get_by_label("E-mail address").fill("zoe@example.com")
    page.get_by_label("Country", exact=True).select_option(label="Brazil")
    page.get_by_label("First name").fill("Zoë")
    page.get_by_label("Last name").fill("Ito")
    press(page, "Create the customer")
    expect(page.get_by_role("heading", name="Zoë Ito", level=1)).to_be_visible()

    expect_activity(page, "created the customer Zoë Ito")
    press(page, "Edit")
    page.get_by_label("City").fill("Recife")
    press(page, "Save the changes")
    # What was looked at just now does not stay as it was.
    expect_activity(page, "updated the customer Zoë Ito")
    tab(page, "Details")
    expect(page.get_by_role("definition").filter(has_text="Recife")).to_be_visible()
    [changed] = server.log(office, "action=customer.updated")
    # Nothing that the form only had in it.
    assert [*changed["changes"], *changed["personal"]["changes"]] == ["city"]

    press(page, "Delete")
    press(page, "Delete the customer")
    expect(page.get_by_role("heading", name="No customers yet")).to_be_visible()
    assert server.log(office)[0]["action"] == "customer.deleted"


def test_a_bank_account_is_asked_for_what_its_rail_needs(
    page: Page, server: Server, enter: Enter
) -> None:
    office = server.office()
    customer_id = approved_customer(server, office)
    enter(office.owner)
    go(page, server, office, f"customers/{customer_id}?tab=bank-accounts")
    press(page, "Add a bank account")
    expect(page.get_by_label("Pix key")).to_be_visible()
    page.get_by_label("Rail").select_option(label="SPEI · MX")
    expect(page.get_by_label("Pix key")).to_have_count(0)
    institution = page.get_by_label("Code of the institution")
    expect(institution).to_have_count(0)
    page.get_by_label("How the account is named").select_option(label="Debit card")
    expect(institution).to_be_visible()
    page.get_by_label("How the account is named").select_option(label="CLABE")
    page.get_by_label("Name of this account").fill("BBVA")
    page.get_by_label("Name of the account's holder").fill("Maria Silva")
    number = page.get_by_label("CLABE, card number or telephone number")
    number.fill("12")
    press(page, "Add the bank account")
    assert number.evaluate("field => field.validationMessage") != ""
    number.fill("032180000118359719")
    press(page, "Add the bank account")

    page.get_by_role("link", name="BBVA").click()
    expect(page.get_by_role("definition").filter(has_text="9719")).to_be_visible()
    assert "032180000118359719" not in page.content()
    tab(page, "Offramp wallets")
    press(page, "Open an offramp wallet")
    press(page, "Open the wallet")
    expect(page.get_by_role("cell", name="Sepolia")).to_be_visible()
    # What refers to the account belongs to its activity too.
    expect_activity(page, "opened offramp wallet")
    expect_activity(page, "added bank account")

    press(page, "Remove")
    press(page, "Remove the bank account")
    expect(page.get_by_role("heading", name="No bank accounts yet")).to_be_visible()
    expect_activity(page, "removed bank account")


def test_wallets_virtual_accounts_and_limits_of_a_customer(
    page: Page, server: Server, enter: Enter
) -> None:
    office = server.office()
    customer_id = approved_customer(server, office)
    enter(office.owner)
    go(page, server, office, f"customers/{customer_id}?tab=wallets")
    press(page, "Add a blockchain wallet")
    page.get_by_label("Name").fill("Ledger")
    page.get_by_label("Address").fill("0x" + "ab" * 20)
    press(page, "Add the wallet")
    expect(page.get_by_role("link", name="Ledger")).to_be_visible()
    press(page, "Open a wallet")
    page.get_by_label("Name").fill("Savings")
    press(page, "Open the wallet")
    page.get_by_role("link", name="Savings").click()
    expect(page.get_by_role("definition").filter(has_text="1,000,000 USDB")).to_be_visible()
    expect_activity(page, "opened the wallet Savings")

    page.get_by_role("link", name="Maria Silva").click()
    tab(page, "Virtual accounts")
    press(page, "Open a virtual account")
    press(page, "Open the account")
    page.get_by_role("link", name="JPMorgan Chase").click()
    press(page, "Change the destination")
    press(page, "Change the destination")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect_activity(page, "opened the virtual account")

    page.get_by_role("link", name="Maria Silva").click()
    tab(page, "Limits")
    press(page, "Ask for an increase")
    page.get_by_label("In a day, USD").fill("60000.50")
    page.get_by_label("File of the document").set_input_files(PDF)  # type: ignore[arg-type]
    expect(page.get_by_text("paper.pdf is there")).to_be_visible()
    press(page, "Ask for the increase")
    expect(page.get_by_role("cell", name="60,000.50 USD in a day").first).to_be_visible()
    expect_activity(page, "asked for higher limits")


def test_nobody_is_offered_what_their_role_may_not_do(
    page: Page, server: Server, enter: Enter
) -> None:
    office = server.office(Role.VIEWER, Role.DEVELOPER)
    customer_id = approved_customer(server, office)
    enter(office.members[Role.VIEWER])
    go(page, server, office, f"customers/{customer_id}?tab=bank-accounts")
    expect(page.get_by_role("heading", name="No bank accounts yet")).to_be_visible()
    # A bank account cannot be added, nor the customer changed, nor the log read.
    main = page.get_by_role("main")
    expect(main.get_by_role("button")).to_have_count(0)
    expect(main.get_by_role("link", name="Activity")).to_have_count(0)
    go(page, server, office, "payouts")
    expect(page.get_by_role("heading", name="No payouts yet")).to_be_visible()
    expect(main.get_by_role("button")).to_have_count(0)

    enter(office.members[Role.DEVELOPER])
    go(page, server, office, "customers")
    expect(page.get_by_role("link", name="Development tools")).to_be_visible()
    expect(page.get_by_role("link", name="Payouts")).to_have_count(0)


def test_a_name_from_outside_stays_text(page: Page, server: Server, enter: Enter) -> None:
    office = server.office()
    name = "<img src=x onerror=alert(1)>\u202eeniL"
    customer_id = server.customer(office, office.owner, {"first_name": name})
    enter(office.owner)
    go(page, server, office, f"customers/{customer_id}")
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_contain_text("<img src=x onerror=alert(1)>")
    # Named, so that it turns nothing around.
    expect(heading).to_contain_text("U+202E")
    press(page, "Delete")
    expect(page.get_by_role("dialog")).to_contain_text("U+202E")
    assert "\u202e" not in page.title()

"""The pages of customers and payments, by what people see of them."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from browser.server import Office, Server

# Of nobody.
WALLET = "0x52f1a7c03be94d6f8e20b15c7d3a4e9f60718293"
PDF = {"name": "paper.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n%%EOF\n"}


def go(page: Page, server: Server, office: Office, place: str) -> None:
    """Go to a page of an instance."""
    page.goto(f"{server.url}/dashboard/instances/{office.instance_id}/{place}")


def tab(page: Page, name: str) -> None:
    """Open a part of a detail page."""
    page.get_by_role("navigation", name="About").get_by_role("link", name=name).click()


def expect_activity(page: Page, words: str) -> None:
    """Look into the activity of what the page shows, and open its entry beside it."""
    tab(page, "Activity")
    entries = page.get_by_role("table", name="Audit log entries")
    entries.get_by_role("row").filter(has_text=words).first.click()
    expect(page.get_by_role("complementary")).to_contain_text(words)
    page.keyboard.press("Escape")
    expect(page.get_by_role("complementary")).to_have_count(0)


def press(page: Page, button: str) -> None:
    """Press a button by all of its words: in the dialog, if one is open."""
    page.get_by_role("button", name=button, exact=True).last.click()


def approved_customer(server: Server, office: Office) -> str:
    """Make a customer who can pay and be paid at once."""
    customer_id = server.customer(office, office.owner)
    server.world.take_steps()
    return customer_id


def pix_account(server: Server, office: Office, customer_id: str) -> str:
    """Make an account of a customer in Brazil."""
    body = {"type": "pix", "name": "Nubank", "pix_key": "maria@example.com"}
    path = f"{office.path}/customers/{customer_id}/bank-accounts"
    return _made(server, office, path, body)


def swift_account(server: Server, office: Office, customer_id: str) -> str:
    """Make an account to which payments wait for documents."""
    address = {"address_line_1": "1 Strand", "city": "London", "state_province_region": "London"}
    body = {
        "type": "international_swift",
        "name": "Barclays",
        "recipient_relationship": "first_party",
        "account_class": "individual",
        "swift_code_bic": "BARCGB22",
        "swift_account_holder_name": "Maria Silva",
        "swift_account_number_iban": "GB29NWBK60161331926819",
        **{f"swift_beneficiary_{name}": value for name, value in address.items()},
        "swift_beneficiary_country": "GB",
        "swift_beneficiary_postal_code": "WC2N 5HR",
        "swift_bank_name": "Barclays",
        **{f"swift_bank_{name}": value for name, value in address.items()},
        "swift_bank_country": "GB",
        "swift_bank_postal_code": "WC2N 5HR",
    }
    path = f"{office.path}/customers/{customer_id}/bank-accounts"
    return _made(server, office, path, body)


def payout(server: Server, office: Office, bank_account_id: str) -> str:
    """Pay out to an account."""
    asked = {"bank_account_id": bank_account_id, "request_amount": 10_000, "network": "sepolia"}
    quote_id = _made(server, office, f"{office.path}/quotes", asked)
    body = {"quote_id": quote_id, "sender_wallet_address": WALLET}
    return _made(server, office, f"{office.path}/payouts/evm", body)


def _made(server: Server, office: Office, path: str, body: dict[str, Any]) -> str:
    made: dict[str, Any] = server.send(office.owner, "POST", path, body)
    return str(made["id"])

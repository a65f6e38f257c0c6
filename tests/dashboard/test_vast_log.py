"""One act among a hundred thousand is found in a moment, by keys alone."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from browser.log_page import LogPage
from browser.server import Office, Server
from dashboard.test_keyboard import tab_to
from deedbook.cli.seeding import seed_instance
from world.people import Caller
from world.rows.bank_accounts import bank_account

Enter = Callable[[Caller], LogPage]
ENTRIES = 100_000


def test_the_deletion_of_a_bank_account_by_a_named_key_is_found(
    server: Server, page: Page, enter: Enter
) -> None:
    owner = server.person("Olga", "Adeyemi")
    instance_id = seed_instance(
        server.world.database, entries=ENTRIES, days=365, owner_email=owner.email, random_seed=1
    )
    robot = server.key(instance_id, owner, "Treasury robot")
    office = Office(instance_id, owner, {}, robot)
    customer = f"{office.path}/customers/{server.customer(office, owner)}"
    accounts = [
        server.send(owner, "POST", f"{customer}/bank-accounts", bank_account())["id"]
        for _ in range(2)
    ]
    server.send(robot, "DELETE", f"{customer}/bank-accounts/{accounts[0]}", None)
    server.send(owner, "DELETE", f"{customer}/bank-accounts/{accounts[1]}", None)

    log = enter(owner).open(instance_id)
    page.keyboard.press("/")
    page.keyboard.type("operation:delete feature:bank key:treasury")
    page.keyboard.press("Enter")
    expect(log.rows).to_have_count(1)
    expect(page.get_by_text("1 entry · All time")).to_be_visible()
    tab_to(page, log.rows.first.get_by_role("link"))
    page.keyboard.press("Enter")
    expect(log.pane.get_by_role("heading", level=2)).to_have_text(
        "Treasury robot removed bank account Itaú •••• 4821"
    )
    expect(log.value("Entity", "Id")).to_have_text(accounts[0])

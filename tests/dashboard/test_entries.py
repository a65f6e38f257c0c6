"""What was done is in the list, and all of it in the pane."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from browser.log_page import LogPage
from browser.server import FIREFOX, Server
from browser.watch import Watch
from deedbook.cli.context import operator_acts_as
from deedbook.cli.seeding import seed_instance
from deedbook.engine import Outcome
from deedbook.platform.identity.users.models import User
from deedbook.web.roles import Role
from world.people import Caller

Enter = Callable[[Caller], LogPage]


def test_a_customer_made_with_a_key_is_at_the_top_after_a_refresh(
    server: Server, page: Page, enter: Enter
) -> None:
    office = server.office()
    log = enter(office.owner).open(office.instance_id)
    customer_id = server.customer(
        office,
        office.key,
        {"first_name": "Joana", "last_name": "Prado", "email": "joana@example.com"},
        ip_address="200.160.0.8",
        user_agent="acme-python/3.0.0",
    )
    page.get_by_role("button", name="Refresh").click()
    newest = log.rows.first
    expect(newest).to_contain_text("created the customer Joana Prado")
    expect(newest).to_contain_text("Production backend")
    expect(newest).to_contain_text("BR200.160.0.8")

    [entry, *_] = server.log(office)
    newest.click()
    expect(log.pane.get_by_role("heading", level=2)).to_have_text(
        "Production backend created the customer Joana Prado"
    )
    expect(log.pane.get_by_role("heading", level=2)).to_be_focused()
    expect(log.value("Actor", "Name")).to_have_text("Production backend")
    expect(log.value("Actor", "Type")).to_have_text("API key")
    expect(log.value("Actor", "Id")).to_have_text(office.key.id)
    prefix = entry["actor"]["key_prefix"]
    assert office.key.token.startswith(prefix)
    expect(log.value("Actor", "Key prefix")).to_have_text(f"{prefix}…")
    expect(log.value("Actor", "Key made by")).to_have_text("Ana Souza")
    expect(log.value("Actor", "Role then")).to_have_text("Owner")
    expect(log.section("Verification")).to_contain_text("Passkeys do not apply to API keys")
    expect(log.value("Entity", "Id")).to_have_text(customer_id)
    expect(log.value("Request", "IP address")).to_have_text("200.160.0.8")
    expect(log.value("Request", "Country")).to_contain_text("Brazil")
    expect(log.value("Request", "User agent")).to_contain_text("acme-python 3.0.0")
    expect(log.value("Request", "Request id")).to_have_text(entry["request_id"])
    expect(log.value("Request", "Route")).to_have_text("POST /v1/instances/{instance_id}/customers")
    expect(log.value("Metadata", "Email")).to_have_text("joana@example.com")
    expect(log.value("Metadata", "KYC type")).to_have_text("standard")
    # Of the key's secret, only the prefix was ever kept.
    assert office.key.token not in page.content()


def test_a_new_role_shows_what_it_was_and_what_it_is(server: Server, enter: Enter) -> None:
    office = server.office(Role.OPERATIONS)
    dana = office.members[Role.OPERATIONS]
    path = f"{office.path}/members/{dana.id}"
    server.send(office.owner, "PUT", path, {"user_role": "finance"})
    log = enter(office.owner).open(office.instance_id)
    log.rows.first.click()
    expect(log.pane.get_by_role("heading", level=2)).to_have_text(
        "Ana Souza made Dana Levi finance"
    )
    change = log.section("Changes").get_by_role("row").last
    expect(change.get_by_role("rowheader")).to_have_text("Role")
    expect(change.get_by_role("cell")).to_have_text(["operations", "finance"])
    expect(log.value("Actor", "E-mail")).to_have_text(office.owner.email)
    expect(log.value("Actor", "How")).to_have_text("Session opened with an e-mailed code")
    expect(log.section("Verification")).to_contain_text("No passkey")
    expect(log.value("Request", "User agent")).to_contain_text("Firefox 128 on Windows")
    expect(log.value("Request", "User agent")).to_contain_text(FIREFOX)


def test_loading_more_to_the_beginning_shows_every_entry_once(
    server: Server, page: Page, enter: Enter
) -> None:
    owner = server.person()
    instance_id = seed_instance(
        server.world.database, entries=130, days=30, owner_email=owner.email, random_seed=7
    )
    path = f"/v1/instances/{instance_id}/audit-logs?include=denied,system&limit=1000"
    ids = [each["id"] for each in server.send(owner, "GET", path, None)["data"]]
    assert len(ids) == 132
    log = enter(owner).open(instance_id)
    more = page.get_by_role("button", name="Load 50 more")
    log.expect_ids(ids[:50])
    more.click()
    log.expect_ids(ids[:100])
    # The next entry of the last one is on a page that is not there yet.
    log.row(ids[99]).click()
    page.keyboard.press("j")
    expect(log.pane.locator("header code")).to_have_text(ids[100])
    log.expect_ids(ids)
    expect(more).to_have_count(0)
    expect(page.get_by_text("No older entries.")).to_be_visible()
    # Every day has its heading, and none has two.
    days = log.table.locator("th[scope=rowgroup]").all_inner_texts()
    assert len(days) == len(set(days)) > 20


def test_one_goes_from_entry_to_entry_by_keys_and_buttons(
    server: Server, page: Page, enter: Enter
) -> None:
    office = server.office(Role.ADMIN)
    ids = [each["id"] for each in server.log(office)]
    log = enter(office.owner).open(office.instance_id)
    shown = log.pane.locator("header code")

    page.keyboard.press("j")
    expect(shown).to_have_text(ids[0])
    expect(page.get_by_role("button", name="Previous entry")).to_be_disabled()
    page.keyboard.press("j")
    expect(shown).to_have_text(ids[1])
    page.keyboard.press("ArrowDown")
    expect(shown).to_have_text(ids[2])
    page.keyboard.press("k")
    expect(shown).to_have_text(ids[1])
    page.get_by_role("button", name="Next entry").click()
    expect(shown).to_have_text(ids[2])
    assert log.query() == {"entry": [ids[2]]}
    expect(log.rows.locator("a[aria-current]")).to_have_attribute("id", f"row-{ids[2]}")

    # Escape leads back to the row of the entry, and Back does not lead through all of them.
    page.keyboard.press("Escape")
    expect(log.pane).to_have_count(0)
    expect(log.row(ids[2]).get_by_role("link")).to_be_focused()
    page.go_back()
    expect(shown).to_have_text(ids[2])
    page.go_back()
    expect(log.pane).to_have_count(0)


def test_an_entry_opens_by_its_address_even_if_the_filters_hide_it(
    server: Server, page: Page, enter: Enter
) -> None:
    office = server.office(Role.ADMIN)
    [*_, founded] = [each["id"] for each in server.log(office)]
    log = enter(office.owner).open(office.instance_id, f"?feature=api_key&entry={founded}")
    expect(log.pane.get_by_role("heading", level=2)).to_contain_text("Acme Payments")
    expect(log.row(founded)).to_have_count(0)
    # Nothing is next to what is not in the list.
    expect(page.get_by_role("button", name="Next entry")).to_have_count(0)
    page.get_by_role("button", name="Close (Esc)").click()
    expect(log.pane).to_have_count(0)
    assert log.query() == {"feature": ["api_key"]}


def test_a_copied_link_opens_the_entry_for_a_colleague(
    server: Server,
    page: Page,
    context: BrowserContext,
    new_context: Callable[..., BrowserContext],
    enter: Enter,
) -> None:
    office = server.office(Role.ADMIN)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    [_, entry, *_] = server.log(office)
    log = enter(office.owner).open(office.instance_id, f"?operation=create&entry={entry['id']}")
    log.pane.get_by_role("button", name="Copy link").click()
    expect(log.pane.get_by_role("button", name="Copied")).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")
    assert link == log.address(office.instance_id, f"?entry={entry['id']}")
    log.pane.get_by_role("button", name="Copy entry id").click()
    page.wait_for_function(
        "async id => (await navigator.clipboard.readText()) === id", arg=entry["id"]
    )

    elsewhere = new_context().new_page()
    elsewhere.goto(server.link(office.members[Role.ADMIN]))
    expect(elsewhere.get_by_role("heading", name="Audit logs")).to_be_visible()
    elsewhere.goto(link)
    theirs = LogPage(elsewhere, server.url)
    expect(theirs.pane.locator("header code")).to_have_text(entry["id"])


def test_the_pasted_id_of_an_entry_opens_it(
    server: Server, page: Page, context: BrowserContext, enter: Enter
) -> None:
    office = server.office(Role.ADMIN)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    entry_id = server.log(office)[3]["id"]
    log = enter(office.owner).open(office.instance_id)
    page.evaluate("text => navigator.clipboard.writeText(text)", f" {entry_id}\n")
    page.keyboard.press("/")
    expect(log.field).to_be_focused()
    page.keyboard.press("Control+V")
    expect(log.pane.locator("header code")).to_have_text(entry_id)
    expect(log.field).to_have_value("")
    assert log.query() == {"entry": [entry_id]}


@pytest.mark.parametrize("which", ["another instance's", "nobody's", "no id at all"])
def test_an_entry_that_this_instance_does_not_have_is_said_so(
    server: Server, watch: Watch, enter: Enter, which: str
) -> None:
    office = server.office()
    elsewhere = server.office()
    entry_id = {
        "another instance's": server.log(elsewhere)[0]["id"],
        "nobody's": "al_000000000000",
        "no id at all": "../../whoami",
    }[which]
    watch.expect_status(404)
    log = enter(office.owner).open(office.instance_id, f"?entry={entry_id}")
    expect(log.pane).to_contain_text(f"This instance has no entry with the id {entry_id}.")
    expect(log.pane.get_by_role("button", name="Retry")).to_have_count(0)


def test_the_refused_the_automatic_and_the_operators_acts_are_marked(
    server: Server, enter: Enter
) -> None:
    office = server.office()
    ana = User(id=office.owner.id, email=office.owner.email, first_name="Ana", last_name="Souza")
    automatic = server.append(office)
    by_operator = server.append(office, actor=operator_acts_as(ana, Role.OWNER))
    refused = server.append(office, actor=office.owner.actor, outcome=Outcome.DENIED)
    log = enter(office.owner).open(office.instance_id)

    expect(log.row(automatic)).to_contain_text("System")
    expect(log.row(automatic)).to_contain_text("Automatic")
    expect(log.row(by_operator)).to_contain_text("Operator")
    expect(log.row(refused)).to_contain_text("refused: created the customer")
    expect(log.row(refused).get_by_text("Denied", exact=True)).to_be_visible()
    log.row(refused).click()
    expect(log.pane.get_by_role("heading", level=2)).to_contain_text(
        "was refused: created the customer Maria Silva"
    )
    expect(log.pane).to_contain_text("Nothing was changed.")
    log.row(by_operator).click()
    expect(log.value("Actor", "How")).to_have_text("By the operator, on the command line")
    log.row(automatic).click()
    expect(log.value("Actor", "Type")).to_have_text("System")
    expect(log.section("Request")).to_have_count(0)


def test_a_row_gives_a_filter_for_each_of_its_values(
    server: Server, page: Page, enter: Enter
) -> None:
    office = server.office(Role.ADMIN)
    customer_id = server.customer(office, office.key)
    log = enter(office.owner).open(office.instance_id)
    log.rows.first.get_by_role("button", name="Filter for this").click()
    page.get_by_role("menuitem", name="Actor").click()
    expect(log.menu("API key")).to_have_text("API key is Production backend")
    assert log.query() == {"api_key_id": [office.key.id]}
    log.rows.first.click()
    log.pane.get_by_role("button", name="History of this entity").click()
    page.wait_for_url(f"**?entity_id={customer_id}&entry=*")
    log.expect_ids([each["id"] for each in server.log(office, f"entity_id={customer_id}")])

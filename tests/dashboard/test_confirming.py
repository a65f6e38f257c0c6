"""Passkeys as people use them: added and used on the pages, and what the log then shows."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from browser.authenticator import NO_SUGGESTIONS, add_authenticator
from browser.log_page import LogPage
from browser.server import Office, Server
from browser.watch import Watch
from deedbook.web.roles import Role


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A page with an authenticator."""
    page = context.new_page()
    add_authenticator(page)
    return page


def settings(server: Server, office: Office, place: str) -> str:
    """Give the address of a page of the settings."""
    return f"{server.url}/dashboard/instances/{office.instance_id}/settings/{place}"


def add_passkey(page: Page, name: str = "Work laptop") -> None:
    """Add a passkey on the page of one's own security."""
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_role("textbox", name="Name").fill(name)
    page.get_by_role("button", name="Add the passkey").click()
    passkeys = page.get_by_role("region", name="Passkeys").last
    expect(passkeys.get_by_role("cell", name=name, exact=True)).to_be_visible()


def change_role(page: Page, name: str, role: str) -> None:
    """Open the dialog of somebody's role, and choose one."""
    page.get_by_role("button", name=f"Change role of {name}").click()
    page.get_by_role("combobox", name="Role").select_option(label=role)


def expect_confirmed(page: Page, server: Server, office: Office) -> None:
    """Look at the newest entry: what its pane says, and whether it can be checked again."""
    log = LogPage(page, server.url).open(office.instance_id)
    log.rows.first.click()
    expect(log.pane).to_contain_text("Passkey confirmed for this act")
    entry = server.log(office)[0]
    path = f"{office.path}/audit-logs/{entry['id']}/verification"
    found = server.send(office.owner, "GET", path, None)
    assert (found["result"], found["problems"]) == ("verified", [])


def test_add_a_passkey_sign_in_with_it_and_confirm_a_change_of_role(
    page: Page, context: BrowserContext, server: Server, enter: Callable[..., object], watch: Watch
) -> None:
    office = server.office(Role.ADMIN)
    enter(office.owner)
    page.goto(settings(server, office, "security"))
    expect(page.get_by_role("heading", name="No passkeys yet")).to_be_visible()
    add_passkey(page)
    expect(page.get_by_role("cell", name="Passkey added")).to_be_visible()

    # Signed out, the passkey is all that is needed.
    # By the button; what is suggested has a test of its own.
    page.add_init_script(NO_SUGGESTIONS)
    context.clear_cookies()
    watch.expect_status(401)
    page.goto(settings(server, office, "team"))
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", name="Team")).to_be_visible()

    change_role(page, "Ben Carter", "Viewer")
    page.get_by_label("Confirm with my passkey").check()
    page.get_by_role("button", name="Change the role", exact=True).click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("row", name=re.compile("Ben Carter"))).to_contain_text("Viewer")
    expect_confirmed(page, server, office)


def test_a_passkey_is_suggested_where_the_address_is_asked_for(
    page: Page, context: BrowserContext, server: Server, enter: Callable[..., object], watch: Watch
) -> None:
    office = server.office()
    enter(office.owner)
    page.goto(settings(server, office, "security"))
    add_passkey(page)
    context.clear_cookies()
    watch.expect_status(401)
    page.goto(settings(server, office, "security"))
    # The virtual authenticator takes the first suggestion.
    sessions = page.get_by_role("region", name="Sessions").last
    expect(sessions.get_by_role("row", name=re.compile("This device"))).to_contain_text("Passkey")


def test_an_instance_that_requires_passkeys_asks_for_one(
    page: Page, server: Server, enter: Callable[..., object], watch: Watch
) -> None:
    office = server.office(Role.ADMIN)
    enter(office.owner)
    page.goto(settings(server, office, "security"))
    add_passkey(page)
    page.goto(settings(server, office, "team"))
    change_role(page, "Ben Carter", "Finance")
    # Required while the page is open, so that it learns it from the refusal.
    body = {"name": "Acme Payments", "require_passkey": True}
    server.send(office.owner, "PUT", office.path, body)
    watch.expect_status(403)
    page.get_by_role("button", name="Change the role", exact=True).click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("This has to be confirmed with your passkey")
    dialog.get_by_role("button", name="Change the role", exact=True).click()
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("row", name=re.compile("Ben Carter"))).to_contain_text("Finance")
    expect_confirmed(page, server, office)

    # Loaded anew the page knows: no refusal first.
    page.goto(settings(server, office, "api-keys"))
    page.get_by_role("button", name="Create a key").click()
    page.get_by_role("textbox", name="Name").fill("Reports")
    expect(page.get_by_label("Confirm with my passkey")).to_be_checked()
    page.get_by_role("button", name="Create the key").click()
    expect(page.get_by_role("button", name="I have copied it")).to_be_visible()
    expect_confirmed(page, server, office)


def test_who_has_no_passkey_is_led_to_add_one(
    page: Page, server: Server, enter: Callable[..., object], watch: Watch
) -> None:
    office = server.office(Role.ADMIN)
    enter(office.owner)
    page.goto(settings(server, office, "security"))
    add_passkey(page)
    body = {"name": "Acme Payments", "require_passkey": True}
    server.send(office.owner, "PUT", office.path, body)

    enter(office.members[Role.ADMIN])
    watch.expect_status(403)
    page.goto(settings(server, office, "api-keys"))
    page.get_by_role("button", name="Revoke Production backend").click()
    page.get_by_role("button", name="Revoke the key").click()
    expect(page.get_by_role("dialog")).to_contain_text("and you have none")
    page.get_by_role("link", name="Add a passkey").click()
    expect(page.get_by_role("heading", name="No passkeys yet")).to_be_visible()


def test_rename_and_remove_a_passkey_and_end_other_sessions(page: Page, server: Server) -> None:
    office = server.office()
    page.goto(server.link(office.owner))
    page.get_by_role("button", name="Account menu").click()
    page.get_by_role("menuitem", name="Passkeys and sessions").click()
    expect(page.get_by_role("heading", name="Security")).to_be_visible()

    add_passkey(page)
    page.get_by_role("button", name="Rename Work laptop").click()
    page.get_by_role("textbox", name="Name").fill("Old laptop")
    page.get_by_role("button", name="Rename", exact=True).click()
    page.get_by_role("button", name="Remove Old laptop").click()
    page.get_by_role("button", name="Remove the passkey").click()
    expect(page.get_by_role("heading", name="No passkeys yet")).to_be_visible()
    assert server.send(office.owner, "GET", "/v1/whoami/passkeys", None) == []

    page.get_by_role("button", name="Sign out everywhere else").click()
    page.get_by_role("button", name="Sign out there").click()
    expect(page.get_by_role("button", name="Sign out everywhere else")).to_have_count(0)
    assert server.call(office.owner, "GET", "/v1/whoami").status_code == 401
    expect(page.get_by_role("cell", name="Passkey removed")).to_be_visible()


def test_the_general_settings_are_changed_one_by_one(
    page: Page, server: Server, enter: Callable[..., object]
) -> None:
    office = server.office()
    enter(office.owner)
    page.goto(settings(server, office, "general"))
    # Who has no passkey cannot ask everyone else for theirs.
    expect(page.get_by_role("button", name="Switch off notifications by e-mail")).to_be_visible()
    expect(page.get_by_role("button", name="Switch on required passkeys")).to_have_count(0)
    page.get_by_role("link", name="add a passkey of your own").click()
    add_passkey(page)

    page.get_by_role("link", name="General").click()
    page.get_by_role("button", name="Switch on required passkeys").click()
    page.get_by_role("button", name="Require passkeys", exact=True).click()
    page.get_by_role("button", name="Switch off required passkeys").wait_for()

    page.get_by_role("button", name="Rename the instance").click()
    page.get_by_role("textbox", name="Name").fill("Acme Treasury")
    page.get_by_role("button", name="Rename", exact=True).click()
    expect(page.get_by_role("button", name="Switch instance")).to_contain_text("Acme Treasury")

    page.get_by_role("button", name="Change the addresses").click()
    page.get_by_role("textbox", name="E-mail addresses").fill("a@example.com, b@example.com")
    page.get_by_role("button", name="Save the addresses").click()
    expect(page.get_by_role("dialog")).to_have_count(0)

    emails, name, required = server.log(office)[:3]
    assert [name["has_passkey"], emails["has_passkey"]] == [True, True]
    assert set(required["changes"]) == {"require_passkey"}
    assert set(name["changes"]) == {"name"}
    found = server.send(office.owner, "GET", office.path, None)
    assert (found["name"], found["require_passkey"]) == ("Acme Treasury", True)


def test_the_owner_hands_over_and_the_next_one_deletes(
    page: Page, server: Server, enter: Callable[..., object]
) -> None:
    office = server.office(Role.ADMIN)
    ben = office.members[Role.ADMIN]
    enter(office.owner)
    page.goto(settings(server, office, "general"))
    page.get_by_role("button", name="Transfer").click()
    typed = page.get_by_role("textbox", name="type the name of the instance")
    typed.fill("Acme")
    page.get_by_role("button", name="Transfer the ownership").click()
    expect(page.get_by_role("alert")).to_contain_text("not the name of the instance")
    typed.fill("Acme Payments")
    page.get_by_role("button", name="Transfer the ownership").click()
    # What the owner alone may do is gone with the ownership.
    expect(page.get_by_role("heading", name="Ownership")).to_have_count(0)
    assert server.send(ben, "GET", office.path, None)["user_role"] == "owner"

    enter(ben)
    page.goto(settings(server, office, "general"))
    page.get_by_role("button", name="Delete").click()
    typed.fill("Acme Payments")
    page.get_by_role("button", name="Delete the instance").click()
    expect(page.get_by_role("heading", name="Choose an instance")).to_be_visible()
    assert server.send(ben, "GET", "/v1/instances", None) == []


def test_a_viewer_sees_the_settings_and_changes_none(
    page: Page, server: Server, enter: Callable[..., object]
) -> None:
    office = server.office(Role.VIEWER)
    enter(office.members[Role.VIEWER])
    page.goto(settings(server, office, "general"))
    main = page.get_by_role("main")
    expect(main.get_by_role("heading", name="Require passkeys")).to_be_visible()
    expect(main.get_by_role("button")).to_have_count(0)


def test_readings_say_who_read_the_log_and_what_for(
    page: Page, server: Server, enter: Callable[..., object]
) -> None:
    office = server.office()
    enter(office.owner)
    log = LogPage(page, server.url).open(office.instance_id, "?feature=api_key&operation=create")
    page.get_by_role("link", name="Readings").click()
    row = page.get_by_role("row", name="Feature is API keys; Operation is Create").first
    expect(row).to_contain_text("Ana Souza (User, Owner)")
    page.get_by_role("link", name="Back to the log").click()
    expect(log.rows.first).to_be_visible()

"""Signing in, choosing an instance, and signing out."""

from __future__ import annotations

import re
from urllib.parse import quote

from playwright.sync_api import Page, expect

from browser.log_page import LogPage
from browser.server import Server
from browser.watch import Watch


def send_code(page: Page, server: Server, email: str) -> str:
    """Fill in the address, and give the code that was sent there."""
    page.get_by_label("E-mail address").fill(email)
    page.get_by_role("button", name="Send a sign-in code").click()
    expect(page.get_by_role("heading", name="Enter the code")).to_be_visible()
    return server.world.mailer.code_for(email)


def test_a_wrong_code_is_refused_and_the_right_one_signs_in(
    page: Page, server: Server, watch: Watch
) -> None:
    office = server.office()
    watch.expect_status(401)
    page.goto("/dashboard/")
    code = send_code(page, server, office.owner.email)
    field = page.get_by_label("Sign-in code")
    field.fill("000000" if code != "000000" else "111111")
    problem = page.get_by_role("alert")
    expect(problem).to_contain_text("does not sign anyone in")
    expect(field).to_have_attribute("aria-invalid", "true")

    field.fill(code)
    expect(page.get_by_role("heading", name="Audit logs")).to_be_visible()
    expect(page.get_by_role("button", name="Account menu")).to_contain_text("Ana Souza")


def test_a_link_leads_back_to_the_log_with_its_filters(
    page: Page, server: Server, watch: Watch
) -> None:
    office = server.office()
    watch.expect_status(401)
    log = LogPage(page, server.url)
    asked = log.address(office.instance_id, "?feature=api_key&operation=create")
    page.goto(asked)
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    code = send_code(page, server, office.owner.email)
    page.get_by_label("Sign-in code").fill(code)
    expect(log.rows).to_have_count(1)
    assert page.url == asked
    expect(log.menu("Feature")).to_have_text("Feature is API keys")


def test_a_sign_in_link_works_once_and_leaves_the_address(
    page: Page, server: Server, watch: Watch
) -> None:
    office = server.office()
    link = server.link(office.owner)
    page.goto(link)
    expect(page.get_by_role("heading", name="Audit logs")).to_be_visible()
    assert "#" not in page.url
    page.go_back()
    page.go_forward()
    assert "#" not in page.url

    page.context.clear_cookies()
    watch.expect_status(401)
    page.goto(link)
    expect(page.get_by_role("alert")).to_contain_text("it is wrong, used or too old")
    # And there is the other way in, at once.
    expect(page.get_by_label("E-mail address")).to_be_focused()
    assert page.url == f"{server.url}/dashboard/sign-in"


def test_after_signing_out_nothing_can_be_read(page: Page, server: Server, watch: Watch) -> None:
    office = server.office()
    page.goto(server.link(office.owner))
    log = LogPage(page, server.url)
    expect(log.rows.first).to_be_visible()
    page.get_by_role("button", name="Account menu").click()
    page.get_by_role("menuitem", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert page.context.cookies() == []

    watch.expect_status(401)
    page.go_back()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    expect(log.rows).to_have_count(0)
    assert quote("/settings/audit-logs", safe="") in page.url


def test_a_person_of_several_instances_chooses_one(page: Page, server: Server) -> None:
    owner = server.person("Ana", "Souza")
    first = server.office(owner=owner, name="Acme Payments")
    second = server.office(owner=owner, name="Acme Treasury")
    page.goto(server.link(owner))
    expect(page.get_by_role("heading", name="Choose an instance")).to_be_visible()
    choices = page.get_by_role("listitem")
    expect(choices).to_have_count(2)
    expect(choices.filter(has_text="Acme Payments")).to_contain_text("Owner")
    page.get_by_role("link", name="Acme Treasury").click()
    log = LogPage(page, server.url)
    log.expect_ids([each["id"] for each in server.log(second)])
    assert f"/instances/{second.instance_id}/settings/audit-logs" in page.url
    expect(page).to_have_title("Audit logs · Acme Treasury · Deedbook")

    # From one to the other, without a trace of the one in the other.
    page.get_by_role("button", name="Switch instance").click()
    page.get_by_role("menuitemradio", name="Acme Payments").click()
    page.wait_for_url(re.compile(first.instance_id))
    log.expect_ids([each["id"] for each in server.log(first)])

    # It is remembered.
    page.goto("/dashboard/")
    page.wait_for_url(re.compile(first.instance_id))


def test_a_person_of_no_instance_is_told_what_to_do(page: Page, server: Server) -> None:
    nobody = server.person("Fatou", "Diop")
    page.goto(server.link(nobody))
    words = page.get_by_text("You are not a member of any instance yet.")
    expect(words).to_contain_text(nobody.email)

"""What a reader is told when the server or the network fails."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from browser.log_page import LogPage
from browser.server import Server
from browser.watch import Watch
from world.people import Caller

Enter = Callable[[Caller], LogPage]
LIST = "**/audit-logs?*limit=50*"
TRACE_ID = "0123456789abcdef0123456789abcdef"


def broken(route: Route) -> None:
    """Answer as the server does when something in it broke."""
    problem = {
        "success": False,
        "code": "INTERNAL_ERROR",
        "description": "Something went wrong on our side.",
        "errors": [],
        "trace_id": TRACE_ID,
    }
    route.fulfill(status=500, content_type="application/json", body=json.dumps(problem))


def unreachable(route: Route) -> None:
    """Do not answer at all."""
    route.abort("connectionrefused")


@pytest.mark.parametrize(
    ("failure", "words"),
    [
        (broken, "Something went wrong on our side."),
        (unreachable, "The server could not be reached."),
    ],
)
def test_a_list_that_does_not_load_says_why_and_can_be_tried_again(
    server: Server,
    page: Page,
    watch: Watch,
    enter: Enter,
    failure: Callable[[Route], None],
    words: str,
) -> None:
    office = server.office()
    watch.expect_status(500)
    watch.expect("net::ERR_CONNECTION_REFUSED")
    log = enter(office.owner)
    page.route(LIST, failure)
    page.goto(log.address(office.instance_id, "?operation=create"))
    problem = page.get_by_role("alert")
    expect(problem).to_contain_text("The audit log did not load")
    expect(problem).to_contain_text(words)
    if failure is broken:
        expect(problem.locator("code")).to_have_text(TRACE_ID)
    page.unroute(LIST)
    problem.get_by_role("button", name="Retry").click()
    log.expect_ids([each["id"] for each in server.log(office, "operation=create")])
    assert log.query() == {"operation": ["create"]}


def test_an_entry_that_does_not_load_can_be_tried_again(
    server: Server, page: Page, watch: Watch, enter: Enter
) -> None:
    office = server.office()
    [*_, founded] = [each["id"] for each in server.log(office)]
    watch.expect_status(500)
    page.route(f"**/audit-logs/{founded}", broken)
    log = enter(office.owner).open(office.instance_id, f"?feature=api_key&entry={founded}")
    expect(log.pane.get_by_role("alert")).to_contain_text("The entry did not load")
    page.unroute(f"**/audit-logs/{founded}")
    log.pane.get_by_role("button", name="Retry").click()
    expect(log.pane.locator("header code")).to_have_text(founded)


def test_a_mistyped_filter_is_refused_by_name(
    server: Server, page: Page, watch: Watch, enter: Enter
) -> None:
    office = server.office()
    watch.expect_status(400)
    log = enter(office.owner)
    page.goto(log.address(office.instance_id, "?featur=customer"))
    expect(page.get_by_role("alert")).to_contain_text("featur")
    # The slip stands there to be seen, and to be taken away.
    log.remove_button("featur is customer").click()
    log.expect_ids([each["id"] for each in server.log(office)])


def test_a_session_that_ends_leads_to_the_sign_in_page_and_back(
    server: Server, page: Page, watch: Watch, enter: Enter
) -> None:
    office = server.office()
    log = enter(office.owner).open(office.instance_id, "?operation=create")
    address = page.url
    server.send(office.owner, "DELETE", "/v1/sessions/current", None)
    watch.expect_status(401)
    page.get_by_role("button", name="Refresh").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    expect(log.rows).to_have_count(0)
    page.get_by_label("E-mail address").fill(office.owner.email)
    page.get_by_label("E-mail address").press("Enter")
    field = page.get_by_label("Sign-in code")
    expect(field).to_be_visible()
    field.fill(server.world.mailer.code_for(office.owner.email))
    expect(log.rows.first).to_be_visible()
    assert page.url == address


def test_an_address_that_leads_nowhere_says_so(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/dashboard/instances/in_000000000000/nothing/here")
    expect(page.get_by_role("heading", name="There is no such page")).to_be_visible()

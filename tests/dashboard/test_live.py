"""What comes in while one reads moves nothing, and what goes out is a file."""

from __future__ import annotations

import csv
from collections.abc import Callable

from playwright.sync_api import Page, expect

from browser import axe
from browser.log_page import LogPage
from browser.server import Server
from world.people import Caller

Enter = Callable[[Caller], LogPage]


def test_an_entry_that_comes_in_waits_while_another_is_read(
    server: Server, page: Page, enter: Enter
) -> None:
    office = server.office()
    for _ in range(12):
        server.customer(office, office.key)
    server.world.seal()
    page.set_viewport_size({"width": 1280, "height": 560})
    log = enter(office.owner).open(office.instance_id)
    page.keyboard.press("l")
    expect(page.get_by_role("button", name="Live")).to_have_attribute("aria-pressed", "true")
    assert log.query() == {"live": ["1"]}

    read = log.rows.nth(8)
    read.scroll_into_view_if_needed()
    read.click()
    heading = log.pane.get_by_role("heading", level=2)
    expect(heading).to_contain_text("created the customer")
    before = read.bounding_box()
    server.customer(office, office.owner, {"first_name": "Newcomer"})
    server.world.seal()
    waiting = page.get_by_role("button", name="1 new entry")
    expect(waiting).to_be_visible()
    expect(page.get_by_role("status")).to_have_text("1 new entry")
    assert read.bounding_box() == before
    expect(log.rows.filter(has_text="Newcomer")).to_have_count(0)

    # The place was kept by the entry's id, not by its number.
    entry_id = log.query()["entry"][0]
    page.keyboard.press(".")
    expect(log.rows.first).to_contain_text("Newcomer")
    expect(waiting).to_have_count(0)
    assert log.query()["entry"] == [entry_id]
    expect(log.row(entry_id).get_by_role("link")).to_have_attribute("aria-current", "true")

    page.reload()
    expect(log.rows.first).to_contain_text("Newcomer")
    expect(page.get_by_role("button", name="Live")).to_have_attribute("aria-pressed", "true")


def test_what_is_typed_is_found_and_goes_out_as_a_file(
    server: Server, page: Page, enter: Enter
) -> None:
    office = server.office()
    server.customer(office, office.key, {"first_name": "Yuki", "last_name": "Tanaka"})
    server.customer(office, office.owner, {"first_name": "Jon", "last_name": "Doe"})
    log = enter(office.owner).open(office.instance_id)
    page.keyboard.press("/")
    page.keyboard.type("tanaka operation:create -feature:api")
    page.keyboard.press("Enter")
    expect(log.rows).to_have_count(1)
    expect(log.rows.first).to_contain_text("Yuki Tanaka")
    expect(log.remove_button("Text is tanaka")).to_be_visible()
    asked = {"operation": ["create"], "not_feature": ["api_key"], "q": ["tanaka"]}
    assert log.query() == asked

    page.get_by_role("button", name="Export…").click()
    page.get_by_role("radio", name="CSV").check()
    with page.expect_download() as download:
        page.get_by_role("dialog").get_by_role("button", name="Export", exact=True).click()
    with download.value.path().open(encoding="utf-8-sig", newline="") as file:
        names = [line["entity_label"] for line in csv.DictReader(file)]
    assert "Yuki Tanaka" in names
    assert "Jon Doe" not in names
    assert download.value.suggested_filename.startswith(office.instance_id)
    (newest, *_) = server.log(office)
    assert newest["action"] == "audit_log.exported"

    log.remove_button("Text is tanaka").click()
    expect(log.rows.filter(has_text="Jon Doe")).to_have_count(1)
    page.go_back()
    expect(log.rows).to_have_count(1)
    assert log.query() == asked


def test_it_all_fits_at_four_times_the_size(server: Server, page: Page, enter: Enter) -> None:
    office = server.office()
    server.customer(office, office.key)
    # WCAG 2.2, 1.4.10: what 1280 by 1024 shows of a page at 400 %.
    page.set_viewport_size({"width": 320, "height": 256})
    log = enter(office.owner).open(office.instance_id)
    steps: tuple[Callable[[], object], ...] = (
        lambda: log.field.fill("operation:"),
        lambda: page.get_by_role("option", name="Create").click(),
        lambda: page.get_by_role("button", name="Time:").click(),
        lambda: page.keyboard.press("Escape"),
        lambda: log.rows.first.get_by_role("link").click(),
    )
    for step in steps:
        step()
        wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(wider) == 0
    expect(log.pane).to_contain_text("created the customer")
    assert log.query()["operation"] == ["create"]
    assert axe.violations(page) == []

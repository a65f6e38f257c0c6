"""Finding one act among many; the address is the state."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from browser.log_page import LogPage
from browser.server import Office, Server
from deedbook.cli.seeding import seed_instance
from deedbook.web.roles import Role
from world.people import Caller

Enter = Callable[[Caller], LogPage]


@pytest.fixture(scope="module")
def office(server: Server) -> Office:
    """An instance in which people and a key did things of several sorts."""
    office = server.office(Role.ADMIN, Role.OPERATIONS)
    dana = office.members[Role.OPERATIONS]
    first = server.customer(office, office.key, {"first_name": "Joana"})
    server.customer(office, dana, {"first_name": "Rui"})
    server.customer(office, dana, {"first_name": "Ines"})
    update = {"email": "joana@example.com", "country": "BR", "occupation": "Baker"}
    server.send(dana, "PUT", f"{office.path}/customers/{first}", update)
    server.send(office.owner, "DELETE", f"{office.path}/customers/{first}", None)
    server.append(office)
    return office


@pytest.fixture
def log(office: Office, enter: Enter) -> LogPage:
    """The page with all of its entries."""
    return enter(office.owner).open(office.instance_id)


def ids(server: Server, office: Office, **query: str | list[str]) -> list[str]:
    """Give what the API answers, which other tests hold to be right."""
    return [each["id"] for each in server.log(office, urlencode(query, doseq=True))]


@pytest.mark.parametrize(
    ("title", "option", "key", "said"),
    [
        ("Feature", "Customers", "feature", "Customers"),
        ("Operation", "Delete", "operation", "Delete"),
        ("Actor type", "System", "actor_type", "System"),
        ("User", "Dana Levi", "user_id", "Dana Levi"),
        ("API key", "Production backend", "api_key_id", "Production backend"),
    ],
)
def test_a_filter_narrows_the_list_and_stays(
    server: Server,
    office: Office,
    page: Page,
    log: LogPage,
    title: str,
    option: str,
    key: str,
    said: str,
) -> None:
    value = {"user_id": office.members[Role.OPERATIONS].id, "api_key_id": office.key.id}.get(
        key, option.lower().removesuffix("s") if key == "feature" else option.lower()
    )
    everything = ids(server, office)
    found = ids(server, office, **{key: value})
    assert 0 < len(found) < len(everything)

    log.choose(title, option)
    log.expect_ids(found)
    assert log.query() == {key: [value]}
    expect(log.menu(title)).to_have_text(f"{title} is {said}")

    page.reload()
    log.expect_ids(found)
    page.go_back()
    log.expect_ids(everything)
    page.go_forward()
    log.expect_ids(found)
    log.remove_button(f"{title} is {said}").click()
    log.expect_ids(everything)
    assert log.query() == {}
    # The focus is not lost with the chip.
    expect(log.menu(title)).to_be_focused()


def test_the_id_of_an_entity_finds_its_history(
    server: Server, office: Office, page: Page, log: LogPage
) -> None:
    entity_id = server.log(office, "operation=delete")[0]["entity_id"]
    found = ids(server, office, entity_id=entity_id)
    assert len(found) == 3
    log.field.fill(f" {entity_id} ")
    log.field.press("Enter")
    log.expect_ids(found)
    assert log.query() == {"entity_id": [entity_id]}
    page.reload()
    log.expect_ids(found)
    log.remove_button(f"Entity is {entity_id}").click()
    log.expect_ids(ids(server, office))
    expect(log.field).to_be_focused()


def test_values_of_one_filter_add_up_and_filters_cut_down(
    server: Server, office: Office, page: Page, log: LogPage
) -> None:
    log.choose("Operation", "Update", "Delete")
    log.expect_ids(ids(server, office, operation=["update", "delete"]))
    expect(log.menu("Operation")).to_have_text("Operation is Update or Delete")
    log.choose("User", "Ana Souza")
    log.expect_ids(ids(server, office, operation=["update", "delete"], user_id=office.owner.id))
    assert set(log.query()) == {"operation", "user_id"}
    # One step back takes back what was chosen in one menu.
    page.go_back()
    log.expect_ids(ids(server, office, operation=["update", "delete"]))
    page.go_forward()
    page.get_by_role("button", name="Clear all").click()
    log.expect_ids(ids(server, office))
    assert log.query() == {}


def test_a_menu_says_how_many_there_would_be(
    server: Server, office: Office, page: Page, log: LogPage
) -> None:
    log.choose("Feature", "Customers")
    log.menu("Operation").click()
    count = len(ids(server, office, feature="customer", operation="create"))
    created = page.get_by_role("option", name="Create")
    expect(created).to_have_text(f"Create{count}")


def test_a_filter_that_only_the_api_has_works_from_the_address(
    server: Server, office: Office, log: LogPage
) -> None:
    log.open(office.instance_id, "?not_feature=customer&entity_type=invite")
    log.expect_ids(ids(server, office, not_feature="customer", entity_type="invite"))
    log.remove_button("Feature is not Customers").click()
    log.expect_ids(ids(server, office, entity_type="invite"))


def test_no_match_says_what_was_asked_and_leads_back(
    server: Server, office: Office, page: Page, log: LogPage
) -> None:
    log.choose("User", "Ben Carter")
    log.choose("Operation", "Delete")
    expect(page.get_by_role("heading", name="No entry matches")).to_be_visible()
    conditions = page.locator("#main").get_by_role("listitem")
    expect(conditions).to_have_count(2)
    conditions.get_by_role("button", name="Remove: User is Ben Carter").click()
    log.expect_ids(ids(server, office, operation="delete"))


@pytest.fixture(scope="module")
def month(server: Server) -> Office:
    """An instance with two entries on each day of a month."""
    owner = server.person()
    instance_id = seed_instance(
        server.world.database, entries=60, days=30, owner_email=owner.email, random_seed=3
    )
    return Office(instance_id, owner, {}, owner)


def test_a_span_up_to_now_is_kept_as_the_words_it_was_chosen_by(
    server: Server, month: Office, page: Page, enter: Enter
) -> None:
    log = enter(month.owner).open(month.instance_id)
    everything = ids(server, month)
    page.get_by_role("button", name="Time: All time").click()
    page.get_by_role("button", name="Last 7 days").click()
    expect(page.get_by_role("button", name="Time: Last 7 days")).to_be_visible()
    expect(log.rows).to_have_count(14)
    log.expect_ids(everything[:14])
    assert log.query() == {"range": ["7d"]}
    page.reload()
    log.expect_ids(everything[:14])
    page.go_back()
    expect(page.get_by_role("button", name="Time: All time")).to_be_visible()


def test_fixed_days_are_days_where_the_reader_is(
    server: Server, month: Office, page: Page, enter: Enter
) -> None:
    log = enter(month.owner).open(month.instance_id)
    entries = server.log(month)
    # The reader is three hours behind Greenwich: midnight there is 03:00 UTC.
    day = entries[20]["created_at"][:10]
    page.get_by_role("button", name="Time: All time").click()
    page.get_by_label("From, day").fill(day)
    page.get_by_label("To, day").fill(day)
    page.get_by_role("button", name="Apply").click()
    page.wait_for_url("**start_date=*")
    [start], [end] = log.query()["start_date"], log.query()["end_date"]
    assert start == f"{day}T03:00:00Z"
    assert end[11:] == "03:00:00Z"
    log.expect_ids([each["id"] for each in entries if start <= each["created_at"] < end])
    page.reload()
    expect(log.table.locator("th[scope=rowgroup]")).to_have_count(1)

    # The same fields, turned to UTC, ask for the same time.
    page.get_by_role("button", name="Time:").click()
    page.get_by_label("UTC", exact=True).check()
    expect(page.get_by_label("From, time")).to_have_value("03:00")
    page.get_by_label("From, time").fill("")
    page.get_by_label("To, day").fill(day)
    page.get_by_label("To, time").fill("")
    page.get_by_role("button", name="Apply").click()
    page.wait_for_url(f"**start_date={day}&end_date={day}")
    log.expect_ids([each["id"] for each in entries if each["created_at"].startswith(day)])


def test_days_in_the_wrong_order_are_refused(month: Office, page: Page, enter: Enter) -> None:
    log = enter(month.owner).open(month.instance_id)
    page.get_by_role("button", name="Time: All time").click()
    page.get_by_label("From, day").fill("2026-05-02")
    page.get_by_label("To, day").fill("2026-05-01")
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_role("alert")).to_contain_text("must be before")
    assert log.query() == {}


def test_drawing_over_the_chart_looks_closer_and_back_leads_out(
    server: Server, page: Page, enter: Enter
) -> None:
    office = server.office()
    log = enter(office.owner).open(office.instance_id)
    chart = page.get_by_role("region", name="Entries over time")
    expect(chart).to_contain_text("entries · All time")
    bars = chart.locator("[aria-hidden]").first
    box = bars.bounding_box()
    assert box is not None

    page.mouse.move(box["x"] + box["width"] * 0.25, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.75, box["y"] + 10, steps=5)
    page.mouse.up()
    page.mouse.move(0, 0)
    page.wait_for_url(re.compile("start_date=.*&end_date="))
    expect(chart).not_to_contain_text("All time")

    page.keyboard.press("Backspace")
    expect(chart).to_contain_text("All time")
    assert log.query() == {}

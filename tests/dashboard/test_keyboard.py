"""Everything can be done without a mouse."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from browser.log_page import LogPage
from browser.server import Server
from deedbook.web.roles import Role
from world.people import Caller

Enter = Callable[[Caller], LogPage]


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until something has the focus, as who sees where it is would."""
    for _ in range(60):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not lead to {wanted}")


def test_one_filters_opens_an_entry_and_closes_it_by_keys_alone(
    server: Server, page: Page, enter: Enter
) -> None:
    office = server.office(Role.ADMIN)
    server.customer(office, office.key)
    log = enter(office.owner).open(office.instance_id)
    everything = [each["id"] for each in server.log(office)]

    # Past the sidebar in one step.
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()

    tab_to(page, log.menu("Feature"))
    page.keyboard.press("Enter")
    field = page.get_by_role("combobox", name="Feature")
    expect(field).to_be_focused()
    page.keyboard.type("team")
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Control+A")
    page.keyboard.type("invite")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(log.menu("Feature")).to_be_focused()
    found = [each["id"] for each in server.log(office, "feature=invite")]
    log.expect_ids(found)

    link = log.rows.first.get_by_role("link")
    tab_to(page, link)
    page.keyboard.press("Enter")
    expect(log.pane.get_by_role("heading", level=2)).to_be_focused()
    tab_to(page, log.pane.get_by_role("button", name="Copy link"))
    page.keyboard.press("Escape")
    expect(log.pane).to_have_count(0)
    expect(link).to_be_focused()

    tab_to(page, log.rows.first.get_by_role("button", name="Filter for this"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("menu")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(page.get_by_role("menu")).to_have_count(0)
    page.keyboard.press("/")
    expect(log.field).to_be_focused()
    page.keyboard.press("Shift+Tab")
    tab_to(page, log.remove_button("Feature is"))
    page.keyboard.press("Enter")
    log.expect_ids(everything)


def test_what_has_the_focus_is_seen(server: Server, page: Page, enter: Enter) -> None:
    office = server.office(Role.ADMIN, Role.OPERATIONS, Role.VIEWER)
    for number in range(20):
        server.customer(office, office.key, {"first_name": f"Maria {number}"})
    page.set_viewport_size({"width": 1024, "height": 500})
    log = enter(office.owner).open(office.instance_id)
    log.rows.last.get_by_role("link").focus()
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        state = page.evaluate(
            """() => {
              const focused = document.activeElement;
              const box = focused.getBoundingClientRect();
              const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
              const style = getComputedStyle(focused);
              return {
                covered: !focused.contains(top) && !top?.contains(focused),
                ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
                what: focused.outerHTML.slice(0, 120),
              };
            }"""
        )
        assert not state["covered"], state
        assert state["ring"], state


def test_single_keys_can_be_switched_off_and_never_disturb_typing(
    server: Server, page: Page, enter: Enter
) -> None:
    office = server.office()
    log = enter(office.owner).open(office.instance_id)
    log.field.press_sequentially("jk/j")
    expect(log.field).to_have_value("jk/j")
    expect(log.pane).to_have_count(0)
    page.get_by_role("button", name="Account menu").click()
    shortcuts = page.get_by_role("menuitemcheckbox", name="Single-key shortcuts")
    expect(shortcuts).to_be_checked()
    shortcuts.click()
    page.keyboard.press("Escape")
    page.reload()
    expect(log.rows.first).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("/")
    expect(log.pane).to_have_count(0)
    expect(log.field).not_to_be_focused()

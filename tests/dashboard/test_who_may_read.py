"""Who may not read the log is told so, and sees nothing of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from browser.log_page import LogPage
from browser.server import Server
from browser.watch import Watch
from deedbook.web.roles import Role
from world.people import Caller

Enter = Callable[[Caller], LogPage]
TOLD = "Only owners and admins can see audit logs"


@pytest.mark.parametrize("role", [Role.VIEWER, Role.DEVELOPER])
def test_other_members_are_told_whom_to_ask(
    server: Server, page: Page, watch: Watch, enter: Enter, role: Role
) -> None:
    office = server.office(Role.ADMIN, role)
    [entry, *_] = server.log(office)
    log = enter(office.members[role])
    watch.expect_status(403)
    page.goto(log.address(office.instance_id, f"?entry={entry['id']}"))
    expect(page.get_by_role("heading", name=TOLD)).to_be_visible()
    expect(page.get_by_text("Ask Ana Souza")).to_contain_text("or Ben Carter")
    # Not an entry, and nothing to look for one with.
    expect(log.rows).to_have_count(0)
    expect(log.pane).to_have_count(0)
    expect(log.filters).to_have_count(0)
    assert "Production backend" not in page.content()


def test_an_admin_reads_it(server: Server, enter: Enter) -> None:
    office = server.office(Role.ADMIN)
    log = enter(office.members[Role.ADMIN]).open(office.instance_id)
    log.expect_ids([each["id"] for each in server.log(office)])


def test_who_is_made_a_viewer_is_told_at_the_next_refresh(
    server: Server, page: Page, watch: Watch, enter: Enter
) -> None:
    office = server.office(Role.ADMIN)
    admin = office.members[Role.ADMIN]
    log = enter(admin).open(office.instance_id)
    path = f"{office.path}/members/{admin.id}"
    server.send(office.owner, "PUT", path, {"user_role": "viewer"})
    watch.expect_status(403)
    page.get_by_role("button", name="Refresh").click()
    expect(page.get_by_role("heading", name=TOLD)).to_be_visible()
    expect(log.rows).to_have_count(0)


def test_a_stranger_learns_nothing_of_an_instance(
    server: Server, page: Page, watch: Watch, enter: Enter
) -> None:
    office = server.office(name="Secret Ventures")
    watch.expect_status(403)
    log = enter(server.person("Eve", "Stone"))
    page.goto(log.address(office.instance_id))
    expect(page.get_by_role("heading", name=TOLD)).to_be_visible()
    assert "Secret Ventures" not in page.content()

"""The same page before the other database."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import BrowserContext, expect

from browser.log_page import LogPage
from browser.server import serving
from deedbook.web.roles import Role


def test_one_signs_in_filters_and_reads_an_entry_on_postgres(
    postgres_url: str, tmp_path: Path, new_context: Callable[..., BrowserContext]
) -> None:
    with serving(postgres_url, tmp_path) as server:
        office = server.office(Role.ADMIN)
        server.customer(office, office.key, {"first_name": "Joana", "last_name": "Prado"})
        context = new_context(server.url)
        page = context.new_page()
        page.goto(server.link(office.members[Role.ADMIN]))
        log = LogPage(page, server.url)
        log.expect_ids([each["id"] for each in server.log(office)])
        log.choose("Feature", "Customers")
        log.expect_ids([each["id"] for each in server.log(office, "feature=customer")])
        log.rows.first.click()
        expect(log.pane.get_by_role("heading", level=2)).to_have_text(
            "Production backend created the customer Joana Prado"
        )
        expect(log.value("Request", "Country")).to_contain_text("Brazil")
        context.close()

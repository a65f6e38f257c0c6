"""The page of the audit log, as its reader uses it."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, Page, expect


class LogPage:
    """Settings → Audit logs."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self._url = url
        self.table = page.get_by_role("table", name="Audit log entries")
        self.rows = self.table.locator("tr:has(a[id^='row-'])")
        self.pane = page.get_by_role("complementary")
        self.filters = page.get_by_role("region", name="Filters")
        self.field = page.get_by_role("combobox", name="Filter, search")

    def address(self, instance_id: str, query: str = "") -> str:
        """Give the address of an instance's log."""
        return f"{self._url}/dashboard/instances/{instance_id}/settings/audit-logs{query}"

    def open(self, instance_id: str, query: str = "") -> LogPage:
        """Go there, and wait until entries are listed."""
        self.page.goto(self.address(instance_id, query))
        expect(self.rows.first).to_be_visible()
        return self

    def query(self) -> dict[str, list[str]]:
        """Give what the address asks for."""
        return parse_qs(urlsplit(self.page.url).query)

    def row(self, entry_id: str) -> Locator:
        """Give the row of an entry."""
        return self.table.locator(f"tr:has(a#row-{entry_id})")

    def ids(self) -> list[str]:
        """Give the ids of the entries that are listed, from the top."""
        links = self.rows.locator("a[id^='row-']")
        return [
            str(each).removeprefix("row-")
            for each in links.evaluate_all("links => links.map(link => link.id)")
        ]

    def expect_ids(self, ids: list[str]) -> None:
        """Wait until exactly these entries are listed, in this order."""
        links = self.rows.locator("a[id^='row-']")
        # The last answer stays on the page, marked as busy, until the next one is there.
        expect(self.page.locator("#main [aria-busy=true]")).to_have_count(0)
        expect(links).to_have_count(len(ids))
        assert self.ids() == ids

    def menu(self, title: str) -> Locator:
        """Give the button of a filter, which reads as what it asks for once it is set."""
        return self.filters.get_by_role("button", name=title).first

    def choose(self, title: str, *options: str) -> None:
        """Choose values of a filter, and close its menu."""
        self.menu(title).click()
        choices = self.page.get_by_role("listbox", name=title)
        for option in options:
            choice = choices.get_by_role("option", name=option)
            choice.click()
            expect(choice).to_have_attribute("aria-selected", "true")
        self.page.keyboard.press("Escape")
        expect(choices).to_have_count(0)

    def remove_button(self, chip: str) -> Locator:
        """Give the button that takes a filter away."""
        return self.filters.get_by_role("button", name=f"Remove filter: {chip}")

    def section(self, title: str) -> Locator:
        """Give a part of the pane."""
        heading = self.page.get_by_role("heading", name=title, exact=True)
        return self.pane.locator("section").filter(has=heading)

    def value(self, section: str, label: str) -> Locator:
        """Give a value in the pane."""
        term = self.page.get_by_text(label, exact=True)
        rows = self.section(section).locator("dl > div")
        return rows.filter(has=self.page.locator("dt").and_(term)).locator("dd")

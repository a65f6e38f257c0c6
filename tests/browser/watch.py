"""What a browser complains of, and where it asks for things."""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, ConsoleMessage, Dialog, Page, Request


@dataclass
class Watch:
    """Listens to all pages of a test."""

    complaints: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    _origins: set[str] = field(default_factory=set)
    _expected: list[str] = field(default_factory=list)

    def listen(self, context: BrowserContext, origin: str) -> None:
        """Listen to a context that has to do with one server alone."""
        self._origins.add(f"{origin}/")
        context.on("console", self._on_console)
        context.on("weberror", lambda error: self.complaints.append(f"{error.error}"))
        context.on("request", self._on_request)
        context.on("page", self._on_page)

    def expect(self, words: str) -> None:
        """Say that complaints with these words belong to the test."""
        self._expected.append(words)

    def expect_status(self, *statuses: int) -> None:
        """Say that answers with these statuses belong to the test: a browser logs each."""
        for status in statuses:
            self.expect(f"the server responded with a status of {status} ")

    def unexpected(self) -> list[str]:
        """Give what nobody expected."""
        return [
            complaint
            for complaint in self.complaints
            if not any(words in complaint for words in self._expected)
        ]

    def strangers(self) -> list[str]:
        """Give the addresses that were asked and are not the server's."""
        ours = tuple(self._origins)
        return [each for each in self.addresses if not each.startswith(ours)]

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.type}: {message.text}")

    def _on_request(self, request: Request) -> None:
        self.addresses.append(request.url)

    def _on_page(self, page: Page) -> None:
        # A dialog can only come from a script that was let in.
        page.on("dialog", self._on_dialog)

    def _on_dialog(self, dialog: Dialog) -> None:
        self.complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()

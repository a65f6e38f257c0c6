"""Fixtures of the tests in a browser. They run on one worker, with one browser."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

import deedbook
from browser.log_page import LogPage
from browser.server import Server, serving
from browser.watch import Watch
from world.people import Caller

HERE = Path(__file__).parent
DASHBOARD = Path(deedbook.__file__).parent / "web" / "static" / "dashboard"
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Whatever a page may ask for, no other machine is asked.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost",
)

# In milliseconds. Two cores may be shared with other work; what is in time waits for nothing.
TIMEOUT = 30_000

Enter = Callable[[Caller], LogPage]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep these tests together on one worker."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium, if this machine has one and there is something to look at."""
    executable = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if executable is None:
        pytest.skip("there is no Chromium on this machine: `apt-get install chromium`")
    if not (DASHBOARD / "index.html").exists():
        pytest.skip("the dashboard is not built: `npm --prefix dashboard run build`")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        expect.set_options(timeout=TIMEOUT)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def server(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:  # noqa: ARG001 (no browser, no server)
    """A server on SQLite, shared by all these tests: each founds an instance of its own."""
    home = tmp_path_factory.mktemp("server")
    with serving(f"sqlite:///{home / 'deedbook.db'}", home) as server:
        yield server


@pytest.fixture
def watch() -> Iterator[Watch]:
    """What the browser complains of: nothing that the test does not expect."""
    watch = Watch()
    yield watch
    assert watch.unexpected() == []
    assert watch.strangers() == []


@pytest.fixture
def new_context(
    browser: Browser, server: Server, watch: Watch
) -> Iterator[Callable[..., BrowserContext]]:
    """A maker of contexts, each a browser of its own to the server, away from Greenwich."""
    with ExitStack() as stack:

        def make(url: str = server.url, **options: object) -> BrowserContext:
            settings = {
                "base_url": url,
                "locale": "en-GB",
                "timezone_id": "America/Sao_Paulo",
                "viewport": {"width": 1440, "height": 900},
                "reduced_motion": "reduce",
                **options,
            }
            context = browser.new_context(**settings)  # type: ignore[arg-type]
            stack.callback(context.close)
            context.set_default_timeout(TIMEOUT)
            watch.listen(context, url)
            return context

        yield make


@pytest.fixture
def context(new_context: Callable[..., BrowserContext]) -> BrowserContext:
    """A browser that nobody has used."""
    return new_context()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A page of that browser."""
    return context.new_page()


@pytest.fixture
def enter(context: BrowserContext, page: Page, server: Server) -> Enter:
    """Give somebody a seat at the browser, signed in."""

    def enter(caller: Caller) -> LogPage:
        context.add_cookies(
            [{"name": "deedbook_session", "value": caller.token, "url": server.url}]
        )
        return LogPage(page, server.url)

    return enter

"""How much a first visit loads, and what the page lets in."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from urllib.parse import urlsplit

from playwright.sync_api import Page

from browser.log_page import LogPage
from browser.server import Server
from browser.watch import Watch
from world.people import Caller

Enter = Callable[[Caller], LogPage]
LOADED = """() => performance.getEntriesByType('resource')
  .filter(({ name }) => name.includes('/dashboard/'))
  .map(({ name, transferSize }) => [name, transferSize])"""


def test_a_first_visit_loads_little_and_a_second_nothing(
    server: Server, page: Page, enter: Enter
) -> None:
    office = server.office()
    log = enter(office.owner).open(office.instance_id)
    page.wait_for_load_state("networkidle")
    loaded: list[tuple[str, int]] = page.evaluate(LOADED)
    bodies = {
        path: server.call(None, "GET", path).content
        for path in ["/dashboard/", *(urlsplit(url).path for url, _ in loaded)]
    }
    # As a proxy would send them; fonts are compressed by themselves.
    fonts = sum(len(body) for path, body in bodies.items() if path.endswith(".woff2"))
    others = {
        path: len(gzip.compress(body))
        for path, body in bodies.items()
        if not path.endswith(".woff2")
    }
    assert len(others) > 3
    assert sum(others.values()) < 200_000, others
    assert fonts < 100_000

    log.open(office.instance_id)
    page.wait_for_load_state("networkidle")
    again = dict(page.evaluate(LOADED))
    assert {url: size for url, size in again.items() if "/assets/" in url and size} == {}


def test_the_page_lets_no_foreign_script_in_and_nobody_frame_it(page: Page, watch: Watch) -> None:
    reply = page.goto("/dashboard/sign-in")
    assert reply is not None
    policy = reply.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "*" not in policy
    watch.expect("Content Security Policy")
    blocked = page.evaluate(
        """() => new Promise(resolve => {
          document.addEventListener('securitypolicyviolation', event => resolve(event.blockedURI));
          const script = document.createElement('script');
          script.textContent = 'window.owned = true';
          document.body.append(script);
        })"""
    )
    assert blocked == "inline"
    assert page.evaluate("window.owned") is None
    assert len(watch.unexpected()) < len(watch.complaints)

"""Whatever a tenant or their customer wrote, it is text, and it stays where it belongs."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Dialog, Page, expect

from browser.log_page import LogPage
from browser.server import Server
from world import bodies
from world.hostile import HOSTILE
from world.people import Caller

Enter = Callable[[Caller], LogPage]


def u(point: int) -> str:
    """Give how the dashboard names a character that cannot be seen."""
    return f"\u2039U+{point:04X}\u203a"


SCRIPT = "<script>document.title='owned'</script><img src=x onerror=alert(1)>"
NAMES = {
    "bidi": ("Maria\u202egnp.exe\u2066", f"Maria{u(0x202E)}gnp.exe{u(0x2066)}"),
    "script": (SCRIPT, SCRIPT),
    "long": ("W" * 2_000, "W" * 2_000),
    "controls": ("a\x07b\x1b[31mc\x7f", f"a{u(7)}b{u(0x1B)}[31mc{u(0x7F)}"),
    "invisible": (
        "Ana\u200b\u00ad\u2060 Souza\U000e0041",
        f"Ana{u(0x200B)}{u(0xAD)}{u(0x2060)} Souza{u(0xE0041)}",
    ),
    "sentence": ("{label} {entity_id}", "{label} {entity_id}"),
}


def overflow(page: Page) -> int:
    """Give by how much the page is wider than its window."""
    wider: int = page.evaluate(
        "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return wider


@pytest.mark.parametrize(("name", "shown"), NAMES.values(), ids=NAMES)
def test_a_name_is_shown_for_what_it_is_and_does_nothing(
    server: Server, page: Page, enter: Enter, name: str, shown: str
) -> None:
    owner = server.person(name[:100], name[:100])
    office = server.office(owner=owner, name=name[:100], key_name=name[:100])
    terms = server.world.accepted_terms(office.instance_id)
    body = bodies.business_customer(terms, legal_name=name)
    server.customer(office, office.key, json.dumps(body).encode(), user_agent="x" * 2_000)
    log = enter(owner).open(office.instance_id)
    expect(log.rows.first).to_contain_text(f"created the customer {shown}")
    for width in (400, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert overflow(page) == 0
    log.rows.first.get_by_role("link").click()
    heading = log.pane.get_by_role("heading", level=2)
    expect(heading).to_contain_text(f"created the customer {shown}")
    for width in (400, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert overflow(page) == 0
        assert log.pane.evaluate("pane => pane.scrollWidth - pane.clientWidth") == 0
    # One script is the page's own, in its head; no picture and no other was let in.
    assert page.title() != "owned"
    assert page.evaluate("document.querySelectorAll('img, script:not([src])').length") == 1
    # A filter that is named after it is no less tame.
    log.open(office.instance_id, f"?api_key_id={office.key.id}")
    expect(log.menu("API key")).to_contain_text(shown[:40])
    assert overflow(page) == 0


def test_of_two_hundred_hostile_names_none_runs(server: Server, page: Page, enter: Enter) -> None:
    office = server.office()
    run: list[str] = []

    def note(dialog: Dialog) -> None:
        run.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", note)
    for text in HOSTILE:
        name = {"name": text[:200].strip() or "-", "permission": "full_access"}
        server.call(
            office.owner,
            "POST",
            f"{office.path}/api-keys",
            json.dumps(name).encode(),
            # HTTP lets through what can be printed, and no space around it.
            user_agent=re.sub(r"[^!-~ ]", "?", text)[:500].strip() or "-",
        )
    log = enter(office.owner).open(office.instance_id)
    more = page.get_by_role("button", name="Load 50 more")
    while more.count():
        shown = log.rows.count()
        more.click()
        expect(log.rows).not_to_have_count(shown)
        expect(page.get_by_role("button", name="Loading…")).to_have_count(0)
    assert log.rows.count() > 200
    assert overflow(page) == 0
    assert run == []
    assert page.title().startswith("Audit logs")
    assert page.url.startswith(f"{server.url}/dashboard/")
    assert page.evaluate("document.querySelectorAll('img, iframe, script:not([src])').length") == 1


def test_a_hostile_address_is_no_less_text(server: Server, page: Page, enter: Enter) -> None:
    office = server.office()
    log = enter(office.owner)
    page.goto(
        log.address(office.instance_id, "?entity_id=%3Cscript%3Ealert(1)%3C/script%3E%E2%80%AE")
    )
    expect(page.get_by_role("heading", name="No entry matches")).to_be_visible()
    expect(log.filters).to_contain_text(f"Entity is <script>alert(1)</script>{u(0x202E)}")


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/dashboard/", "//evil.example/", "javascript:alert(1)"]
)
def test_a_sign_in_page_leads_nowhere_else(server: Server, page: Page, elsewhere: str) -> None:
    link = server.link(server.office().owner)
    page.goto(link.replace("#", f"?next={elsewhere}#"))
    expect(page.get_by_role("heading", name="Audit logs")).to_be_visible()
    assert page.url.startswith(f"{server.url}/dashboard/instances/")

"""The pages of customers and payments: fit for everyone to use, and kept as pictures to look at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any, Final, Literal

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from browser import axe
from browser.server import Server
from deedbook.cli.demo import DEMO_OWNER, make_demo
from world.people import Caller

PICTURES = Path(__file__).parents[2] / "dashboard" / "test-results"
THEMES: Final[tuple[Literal["light", "dark"], ...]] = ("light", "dark")


@dataclass(frozen=True)
class Demo:
    """The demo's owner, and where in the API its first instance is."""

    owner: Caller
    server: Server
    path: str

    def newest(self, place: str, **wanted: str) -> str:
        """Give the id of the newest of a list that is so."""
        found: Any = self.server.send(self.owner, "GET", f"{self.path}/{place}", None)
        rows = found["data"] if isinstance(found, dict) else found
        return str(next(row["id"] for row in rows if wanted.items() <= row.items()))


@pytest.fixture(scope="module")
def demo(server: Server) -> Demo:
    """The demo, which is there already when others have looked at it."""
    make_demo(server.world.settings)
    owner = server.world.person(DEMO_OWNER)
    first, *_ = server.send(owner, "GET", "/v1/instances", None)
    return Demo(owner, server, f"/v1/instances/{first['id']}")


def addresses(demo: Demo) -> dict[str, str]:
    """Give the address of each page by the name of its picture."""
    maria = f"customers/{demo.newest('customers', first_name='Maria')}"
    accounts = f"{maria}/bank-accounts"
    return {
        "customers": "customers",
        "customers-none": "customers?full_name=nobody",
        "customer": maria,
        "customer-bank-accounts": f"{maria}?tab=bank-accounts",
        "customer-wallets": f"{maria}?tab=wallets",
        "customer-virtual-accounts": f"{maria}?tab=virtual-accounts",
        "customer-limits": f"{maria}?tab=limits",
        "customer-activity": f"{maria}?tab=activity",
        "bank-account": f"{accounts}/{demo.newest(accounts)}",
        "offramp-wallets": f"{accounts}/{demo.newest(accounts)}?tab=offramp-wallets",
        "blockchain-wallet": (
            f"{maria}/blockchain-wallets/{demo.newest(f'{maria}/blockchain-wallets')}"
        ),
        "wallet": f"{maria}/wallets/{demo.newest(f'{maria}/wallets')}",
        "virtual-account": f"{maria}/virtual-accounts/{demo.newest(f'{maria}/virtual-accounts')}",
        "payouts": "payouts",
        "payout": f"payouts/{demo.newest('payouts')}",
        "payins": "payins",
        "payin": f"payins/{demo.newest('payins')}",
        "transfers": "transfers",
        "transfer": f"transfers/{demo.newest('transfers')}",
        "development-tools": "development-tools",
    }


DIALOGS = {
    "terms": ("customers", "Create a customer"),
    "create-customer": ("customers?tos_id=to_000000000000", ""),
    "add-bank-account": ("customer-bank-accounts", "Add a bank account"),
    "create-payout": ("payouts", "Create a payout"),
    "create-payin": ("payins", "Create a payin"),
    "create-transfer": ("transfers", "Create a transfer"),
    "ask-for-increase": ("customer-limits", "Ask for an increase"),
}


def test_everyone_can_use_the_pages_of_operations(
    server: Server, demo: Demo, new_context: Callable[..., BrowserContext]
) -> None:
    if not axe.SCRIPT.exists():
        pytest.skip("there is no axe-core: `npm --prefix dashboard ci`")
    context = new_context()
    context.add_cookies(
        [{"name": "deedbook_session", "value": demo.owner.token, "url": server.url}]
    )
    page = context.new_page()
    instance = f"/dashboard/{demo.path.removeprefix('/v1/')}"
    found: dict[str, list[str]] = {}
    pages = addresses(demo)
    for name, place in pages.items():
        page.goto(f"{instance}/{place}")
        found[name] = look(page, name)
    for name, (place, button) in DIALOGS.items():
        page.goto(f"{instance}/{pages.get(place, place)}")
        if button:
            page.get_by_role("button", name=button).click()
        expect(page.get_by_role("dialog")).to_be_visible()
        found[name] = look(page, name)
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def look(page: Page, name: str) -> list[str]:
    """Take a page's pictures, and give what is wrong with it."""
    wrong = []
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_text("Loading…")).to_have_count(0)
    page.evaluate("document.fonts.ready")
    # The last is 1280 pixels at 400 %.
    for theme, width in product(THEMES, (1440, 400, 320)):
        page.emulate_media(color_scheme=theme)
        page.set_viewport_size({"width": width, "height": 900})
        if width != 320:
            path = PICTURES / f"{name}-{theme}-{width}.png"
            page.screenshot(path=path, animations="disabled")
        wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        if page.evaluate(wider) != 0:
            wrong.append(f"is wider than {width} pixels")
        # Its colours are the same at any width.
        if width == 1440 or (width == 400 and theme == "light"):
            wrong += [f"{theme}: {each}" for each in axe.violations(page)]
    page.set_viewport_size({"width": 1440, "height": 900})
    return wrong

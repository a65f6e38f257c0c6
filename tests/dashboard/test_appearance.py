"""The fixed states of the page: fit for everyone to use, and kept as pictures to look at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Final, Literal

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from browser import axe
from browser.authenticator import add_authenticator
from browser.log_page import LogPage
from browser.server import Office, Server
from browser.watch import Watch
from deedbook.cli.demo import DEMO_OWNER, make_demo
from deedbook.web.roles import Role
from world.people import Caller

PICTURES = Path(__file__).parents[2] / "dashboard" / "test-results"
THEMES: Final[tuple[Literal["light", "dark"], ...]] = ("light", "dark")


@dataclass(frozen=True)
class Cast:
    """Who is looked over the shoulder of."""

    demo: Office
    """An instance that has lived a little."""
    production_id: str
    """Its sister, which is onboarded and billed."""
    viewer: Caller
    """A viewer of another instance, which is the only one of theirs."""
    guest_of_two: Caller


@pytest.fixture(scope="module")
def cast(server: Server) -> Cast:
    """The demo, and some people beside it."""
    make_demo(server.world.settings)
    ana = server.world.person(DEMO_OWNER)
    demo, production = server.send(ana, "GET", "/v1/instances", None)
    office = server.office(Role.ADMIN, Role.VIEWER)
    guest = server.person("Fatou", "Diop")
    for name in ("Acme Payments", "Acme Treasury"):
        server.office(owner=guest, name=name)
    instance = Office(demo["id"], ana, {}, ana)
    return Cast(instance, production["id"], office.members[Role.VIEWER], guest)


@dataclass(frozen=True)
class Stage:
    """A state of the page being set up."""

    server: Server
    cast: Cast
    page: Page
    watch: Watch

    def enter(self, caller: Caller) -> LogPage:
        """Sign somebody in."""
        self.page.context.add_cookies(
            [{"name": "deedbook_session", "value": caller.token, "url": self.server.url}]
        )
        return LogPage(self.page, self.server.url)

    def log(self, query: str = "") -> LogPage:
        """Show the demo's log to its owner."""
        return self.enter(self.cast.demo.owner).open(self.cast.demo.instance_id, query)


def sign_in(stage: Stage) -> None:
    stage.page.goto("/dashboard/sign-in")
    expect(stage.page.get_by_label("E-mail address")).to_be_visible()


def chooser(stage: Stage) -> None:
    stage.enter(stage.cast.guest_of_two)
    stage.page.goto("/dashboard/instances")
    expect(stage.page.get_by_role("link", name="Acme Treasury")).to_be_visible()


def whole_list(stage: Stage) -> None:
    stage.log()


def filtered(stage: Stage) -> None:
    stage.log("?feature=customer&operation=create&operation=update&range=30d")


def menu(stage: Stage) -> None:
    stage.log("?operation=create").menu("Feature").click()
    expect(stage.page.get_by_role("option", name="Customers")).to_contain_text("Customers")


def dates(stage: Stage) -> None:
    stage.log("?start_date=2026-01-05&end_date=2099-01-01")
    stage.page.get_by_role("button", name="Time:").click()
    expect(stage.page.get_by_role("button", name="Apply")).to_be_visible()


def pane(stage: Stage) -> None:
    log = stage.log()
    log.rows.filter(has_text="updated the customer").first.click()
    stage.page.mouse.move(0, 0)
    expect(log.section("Changes")).to_be_visible()
    expect(stage.page.get_by_role("status")).not_to_be_empty()


def integrity(stage: Stage) -> None:
    stage.server.world.seal()
    log = stage.log()
    log.rows.nth(3).click()
    expect(log.section("Integrity")).to_contain_text("checked in this browser")
    log.section("Integrity").get_by_text("What this shows").click()
    log.section("Integrity").scroll_into_view_if_needed()


def live(stage: Stage) -> None:
    log = stage.log("?live=1&range=24h")
    log.rows.nth(2).click()
    newcomer = {"first_name": "Nora", "last_name": "Berg"}
    stage.server.customer(stage.cast.demo, stage.cast.demo.owner, newcomer)
    stage.server.world.seal()
    expect(log.page.get_by_role("button", name="new entr")).to_be_visible()


def typed(stage: Stage) -> None:
    stage.log().field.fill("-feature:payin operation:")
    expect(stage.page.get_by_role("option", name="Delete")).to_contain_text("9")


def views(stage: Stage) -> None:
    demo = stage.cast.demo
    views = stage.server.send(demo.owner, "GET", f"{demo.path}/audit-log-views", None)
    for name in {"Deletions by keys", "مشاهدة الحذف", "A view " + "of many words " * 5}:
        if name.strip() not in {each["name"] for each in views}:
            body = {"name": name, "query": "operation=delete"}
            stage.server.send(demo.owner, "POST", f"{demo.path}/audit-log-views", body)
    stage.log("?operation=create").page.get_by_role("button", name="Views").click()
    expect(stage.page.get_by_role("menuitem", name="Save these filters")).to_be_visible()


def extremes(stage: Stage) -> None:
    """What names and addresses may look like."""
    office = stage.server.office(Role.ADMIN, owner=stage.server.person("ابتسام", "الخوارزمي"))
    long = stage.server.join(
        office.instance_id,
        office.owner,
        Role.ADMIN,
        "Maximiliana-Konstantina " * 3,
        "von Hohenlohe",
    )
    agent = f"Mozilla/5.0 (X11; Linux x86_64) {'Gecko/20100101 ' * 20}Firefox/141.0"
    name = {"first_name": "Wolfeschlegelsteinhausenbergerdorff" * 2, "last_name": "x" * 40}
    customer_id = stage.server.customer(office, long, name, user_agent=agent)
    stage.server.customer(office, office.owner, {"first_name": "يوسف", "last_name": "\u202eevil"})
    stage.server.send(
        office.owner, "DELETE", f"{office.path}/members/{long.id}?api_keys=keep", None
    )
    log = stage.enter(office.owner).open(office.instance_id)
    log.rows.filter(has_text="Wolfeschlegel").first.click()
    expect(log.value("Entity", "Id")).to_have_text(customer_id)


def found(stage: Stage) -> None:
    demo = stage.cast.demo
    team = {each["first_name"]: each["id"] for each in stage.server.team(demo)}
    log = stage.log(f"?user_id={team['Dana']}&user_id={team['Ana']}&range=7d")
    log.rows.filter(has_text="Yuki Tanaka").first.click()
    stage.page.mouse.move(0, 0)
    expect(log.section("Request")).to_be_visible()
    expect(log.menu("User")).to_have_text("User is Dana Levi or Ana Souza")


def no_match(stage: Stage) -> None:
    log = stage.enter(stage.cast.demo.owner)
    stage.page.goto(
        log.address(stage.cast.demo.instance_id, "?feature=team_member&operation=create")
    )
    expect(stage.page.get_by_role("heading", name="No entry matches")).to_be_visible()


def not_allowed(stage: Stage) -> None:
    stage.watch.expect_status(403)
    stage.enter(stage.cast.viewer)
    stage.page.goto("/dashboard/")
    expect(stage.page.get_by_text("Ask Ana Souza")).to_be_visible()


def error(stage: Stage) -> None:
    stage.watch.expect_status(500)
    stage.page.route("**/audit-logs?*", lambda route: route.fulfill(status=500))
    log = stage.enter(stage.cast.demo.owner)
    stage.page.goto(log.address(stage.cast.demo.instance_id))
    expect(stage.page.get_by_role("button", name="Retry")).to_be_visible()


def settings(stage: Stage, place: str) -> None:
    """Show a page of the settings to the demo's owner."""
    stage.enter(stage.cast.demo.owner)
    stage.page.goto(f"/dashboard/instances/{stage.cast.demo.instance_id}/settings/{place}")


def production(stage: Stage, place: str) -> None:
    """Show a page of the settings of the demo's production instance."""
    stage.enter(stage.cast.demo.owner)
    stage.page.goto(f"/dashboard/instances/{stage.cast.production_id}/settings/{place}")


def security(stage: Stage) -> None:
    add_authenticator(stage.page)
    settings(stage, "security")
    stage.page.get_by_role("button", name="Add a passkey").click()
    stage.page.get_by_role("textbox", name="Name").fill("Work laptop")
    stage.page.get_by_role("button", name="Add the passkey").click()
    expect(stage.page.get_by_role("cell", name="Passkey added").first).to_be_visible()
    stage.page.get_by_role("button", name="Remove Work laptop").first.wait_for()


def general(stage: Stage) -> None:
    settings(stage, "general")
    expect(stage.page.get_by_role("button", name="Transfer")).to_be_visible()


def team(stage: Stage) -> None:
    settings(stage, "team")
    expect(stage.page.get_by_role("row", name="Ana Souza")).to_be_visible()


def api_keys(stage: Stage) -> None:
    settings(stage, "api-keys")
    expect(stage.page.get_by_role("row", name="Backend")).to_be_visible()


def memory(stage: Stage) -> None:
    stage.server.world.seal()
    settings(stage, "log-integrity")
    expect(stage.page.get_by_text("Nobody gets checkpoints by mail")).to_be_visible()


def retention(stage: Stage) -> None:
    settings(stage, "log-retention")
    expect(stage.page.get_by_role("heading", level=1)).to_be_visible()
    expect(stage.page.get_by_text("Loading…")).to_have_count(0)


def keys(stage: Stage) -> None:
    stage.log()
    stage.page.keyboard.press("?")
    expect(stage.page.get_by_role("dialog", name="Keys")).to_be_visible()


def commands(stage: Stage) -> None:
    stage.log()
    stage.page.keyboard.press("Control+K")
    expect(stage.page.get_by_role("combobox", name="Go to a page")).to_be_focused()


def webhooks(stage: Stage) -> None:
    settings(stage, "webhooks")
    stage.page.get_by_role("button", name="Add an endpoint").click()
    stage.page.get_by_role("combobox", name="Events").select_option(label="Only some")
    expect(stage.page.get_by_label("A payout ended")).to_be_visible()


def webhook(stage: Stage) -> None:
    settings(stage, "webhooks")
    stage.page.get_by_role("link", name="https://").first.click()
    expect(stage.page.get_by_role("heading", name="Deliveries")).to_be_visible()


def partner_fees(stage: Stage) -> None:
    production(stage, "partner-fees")
    expect(stage.page.get_by_role("link", name="Marketplace")).to_be_visible()


def partner_fee(stage: Stage) -> None:
    partner_fees(stage)
    stage.page.get_by_role("link", name="Marketplace").click()
    expect(stage.page.get_by_text("1% + $1.50")).to_be_visible()


def billing(stage: Stage) -> None:
    production(stage, "billing")
    expect(stage.page.get_by_text("Collected")).to_be_visible()
    expect(stage.page.get_by_text("Acme Payments Ltda")).to_be_visible()


def not_billed(stage: Stage) -> None:
    settings(stage, "billing")
    expect(stage.page.get_by_role("heading", name="Nothing is billed here")).to_be_visible()


def onboarding(stage: Stage) -> None:
    production(stage, "onboarding")
    expect(stage.page.get_by_text("6 of 6 steps done")).to_be_visible()


def onboarding_form(stage: Stage) -> None:
    onboarding(stage)
    stage.page.get_by_role("button", name="Change Ana Souza").click()
    expect(stage.page.get_by_label("First name")).to_have_value("Ana")


def deletion(stage: Stage) -> None:
    general(stage)
    stage.page.get_by_role("button", name="Delete").click()
    expect(stage.page.get_by_role("dialog")).to_be_visible()


def confirmation(stage: Stage) -> None:
    security(stage)
    settings(stage, "team")
    stage.page.get_by_role("button", name="Invite someone").click()
    stage.page.get_by_role("textbox", name="E-mail address").fill("new@example.com")
    stage.watch.expect_status(403)
    required = {
        "code": "AUTH_PASSKEY_REQUIRED",
        "description": "Confirm this with a passkey.",
    }
    stage.page.route("**/invites", lambda route: route.fulfill(status=403, json=required))
    stage.page.get_by_role("button", name="Send the invite").click()
    expect(stage.page.get_by_role("dialog")).to_contain_text("confirmed with your passkey")


def readings(stage: Stage) -> None:
    stage.log("?feature=customer&operation=create")
    settings(stage, "audit-logs/readings")
    expect(stage.page.get_by_role("row", name="Feature is Customers").first).to_be_visible()


STATES = (
    sign_in,
    chooser,
    whole_list,
    filtered,
    menu,
    dates,
    pane,
    integrity,
    live,
    typed,
    views,
    extremes,
    found,
    no_match,
    not_allowed,
    error,
    security,
    general,
    team,
    api_keys,
    memory,
    retention,
    keys,
    commands,
    webhooks,
    webhook,
    partner_fees,
    partner_fee,
    billing,
    not_billed,
    onboarding,
    onboarding_form,
    deletion,
    confirmation,
    readings,
)


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_everyone_can_use_a_state_of_the_page(
    server: Server,
    cast: Cast,
    new_context: Callable[..., BrowserContext],
    watch: Watch,
    state: Callable[[Stage], None],
) -> None:
    if not axe.SCRIPT.exists():
        pytest.skip("there is no axe-core: `npm --prefix dashboard ci`")
    page = new_context().new_page()
    state(Stage(server, cast, page, watch))
    page.evaluate("document.fonts.ready")
    for theme, width in product(THEMES, (1440, 400)):
        page.emulate_media(color_scheme=theme)
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(
            path=PICTURES / f"{state.__name__}-{theme}-{width}.png", animations="disabled"
        )
        # Its colours are the same at any width.
        if width == 1440 or theme == "light":
            assert axe.violations(page) == [], theme
        wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(wider) == 0

"""The pages of Settings: each does its thing for real, and its entry is in the log."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import FilePayload, Page, expect

from browser.authenticator import add_authenticator
from browser.log_page import LogPage
from browser.server import Office, Server
from browser.watch import Watch
from deedbook.cli.context import operator_alone
from deedbook.platform.settings.billing.service import close_period
from deedbook.platform.settings.webhook_endpoints.fan_out import EventFanOut
from deedbook.web.roles import Role

Enter = Callable[..., LogPage]
PDF: FilePayload = {
    "name": "deed.pdf",
    "mimeType": "application/pdf",
    "buffer": b"%PDF-1.7\n%%EOF\n",
}


def goto(page: Page, server: Server, instance_id: str, place: str) -> None:
    page.goto(f"{server.url}/dashboard/instances/{instance_id}/settings/{place}")


def press(page: Page, *names: str) -> None:
    """Press one button after another, each by its whole name."""
    for name in names:
        page.get_by_role("button", name=name, exact=True).click()


def production(server: Server, name: str = "Acme Live") -> Office:
    """Found a production instance."""
    owner = server.person()
    body = {"name": name, "type": "production"}
    made = server.send(owner, "POST", "/v1/instances", body)
    return Office(made["id"], owner, {}, owner)


def actions(server: Server, office: Office, feature: str) -> list[str]:
    """Give what was done in a feature, the latest first."""
    return [each["action"] for each in server.log(office, f"feature={feature}")]


def test_a_webhook_endpoint_is_added_confirmed_and_deleted(
    page: Page, server: Server, enter: Enter
) -> None:
    add_authenticator(page)
    office = server.office()
    enter(office.owner)
    goto(page, server, office.instance_id, "security")
    press(page, "Add a passkey")
    page.get_by_role("textbox", name="Name").fill("Laptop")
    press(page, "Add the passkey")
    page.get_by_role("cell", name="Passkey added").wait_for()

    # Where the API says that deliveries can be looked at.
    path = f"{office.path}/webhook-endpoints"
    page.goto(server.send(office.owner, "GET", f"{path}/portal-access", None)["url"])
    press(page, "Add an endpoint")
    page.get_by_role("textbox", name="Address").fill("https://api.acme.example/hooks")
    press(page, "Add the endpoint")
    page.get_by_role("link", name="https://api.acme.example/hooks").click()
    expect(page.get_by_role("heading", name="Nothing was sent yet")).to_be_visible()

    # To look at the secret is an act: it can be confirmed, and the log says so.
    press(page, "View the signing secret")
    page.get_by_label("Confirm with my passkey").check()
    press(page, "View the secret")
    expect(page.get_by_role("dialog")).to_contain_text("whsec_")
    press(page, "Done")
    viewed = server.log(office, "feature=webhook_endpoint")[0]
    assert (viewed["action"], viewed["has_passkey"]) == ("webhook_endpoint.secret_viewed", True)

    press(page, "Delete the endpoint")
    page.get_by_role("dialog").get_by_role("button", name="Delete the endpoint").click()
    expect(page.get_by_role("heading", name="No webhook endpoints yet")).to_be_visible()
    page.get_by_role("link", name="Activity").click()
    log = LogPage(page, server.url)
    expect(log.rows).to_have_count(3)
    expect(log.rows.first).to_contain_text("stopped events from being sent to")


def test_a_delivery_is_shown_and_sent_again(page: Page, server: Server, enter: Enter) -> None:
    office = server.office()
    body = {"url": "https://nowhere.invalid/hooks", "events": ["customer.new"]}
    made = server.send(office.owner, "POST", f"{office.path}/webhook-endpoints", body)
    server.customer(office, office.owner)
    while EventFanOut(server.world.database).run_once():
        pass
    enter(office.owner)
    goto(page, server, office.instance_id, f"webhooks/{made['id']}")
    row = page.get_by_role("row", name=re.compile("customer.new"))
    expect(row).to_contain_text("On its way")
    expect(row).to_contain_text("Not tried yet")
    row.get_by_role("button", name="Send again").click()
    press(page, "Send it again")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_partner_fee_is_created_and_deleted(page: Page, server: Server, enter: Enter) -> None:
    office = server.office()
    enter(office.owner)
    goto(page, server, office.instance_id, "partner-fees")
    press(page, "Create a fee")
    page.get_by_role("textbox", name="Name").fill("Marketplace")
    page.get_by_role("spinbutton", name="On payouts, in percent").fill("1.15")
    page.get_by_role("spinbutton", name="On payouts, in dollars").fill("0.29")
    press(page, "Create the fee")
    expect(page.get_by_role("row", name=re.compile("Marketplace"))).to_contain_text("1.15% + $0.29")
    (created,) = server.log(office, "feature=partner_fee")
    assert created["metadata"]["payout_percentage_fee"] == 115

    page.get_by_role("link", name="Marketplace").click()
    press(page, "Delete", "Delete the fee")
    expect(page.get_by_role("heading", name="No partner fees yet")).to_be_visible()
    assert actions(server, office, "partner_fee")[0] == "partner_fee.deleted"


def test_an_invoice_is_paid_and_the_details_are_changed(
    page: Page, server: Server, enter: Enter
) -> None:
    office = production(server)
    with server.world.work(operator_alone(), office.instance_id) as work:
        close_period(work)
    enter(office.owner)
    goto(page, server, office.instance_id, "billing")
    page.get_by_role("button", name="Pay ").click()
    press(page, "Pay the invoice")
    expect(page.get_by_role("dialog")).to_contain_text("On Solana")
    press(page, "Done")
    expect(page.get_by_role("row", name=re.compile("payment awaited"))).to_have_count(1)

    page.get_by_role("button", name="Change the billing details").click()
    page.get_by_role("textbox", name="Name").fill("Acme Live Ltda")
    page.get_by_role("combobox", name="Country").select_option(label="Brazil")
    press(page, "Save the details")
    expect(page.get_by_text("Acme Live Ltda")).to_be_visible()

    press(page, "Open the portal")
    page.get_by_role("dialog").get_by_role("button", name="Open the portal").click()
    expect(page.get_by_role("link", name="Go to the billing portal")).to_be_visible()
    assert actions(server, office, "billing")[:3] == [
        "billing.portal_session_created",
        "billing.details_updated",
        "billing.invoice_paid",
    ]


def test_a_development_instance_is_not_billed_and_nothing_is_asked(
    page: Page, server: Server, enter: Enter, watch: Watch
) -> None:
    office = server.office()
    enter(office.owner)
    goto(page, server, office.instance_id, "billing")
    expect(page.get_by_role("heading", name="Nothing is billed here")).to_be_visible()
    assert [each for each in watch.addresses if "/billing/" in each] == []


def test_a_business_is_onboarded_step_by_step(page: Page, server: Server, enter: Enter) -> None:
    office = production(server)
    enter(office.owner)
    goto(page, server, office.instance_id, "onboarding")
    standing = page.get_by_role("main").get_by_role("status")
    expect(standing).to_contain_text("0 of 6 steps done")

    page.get_by_role("button", name="Fill in Business details").click()
    for label, text in {
        "Legal name": "Acme Live Ltda",
        "Tax id": "12.345.678/0001-95",
        "Founded on": "2015-05-01",
        "State of incorporation": "PE",
        "Address": "1 Long Road",
        "Postal code": "50030-230",
        "City": "Recife",
        "State or region": "PE",
    }.items():
        page.get_by_label(label, exact=True).fill(text)
    page.get_by_role("combobox", name="Country").select_option(label="Brazil")
    press(page, "Submit the details")
    expect(standing).to_contain_text("Next: Business profile")

    page.get_by_role("button", name="Fill in Business profile").click()
    page.get_by_role("combobox", name="Where most of it goes").select_option(label="Mexico")
    press(page, "Add the country", "Submit the profile")
    expect(standing).to_contain_text("Next: Ownership documents")

    press(page, "Add the papers")
    page.get_by_label("Proof of ownership").set_input_files(PDF)
    expect(page.get_by_text("deed.pdf is there")).to_be_visible()
    press(page, "Submit the papers")
    expect(page.get_by_text("Still without a proof of incorporation and address")).to_be_visible()
    press(page, "Add an owner")
    page.get_by_label("First name").fill("Ana")
    page.get_by_label("Last name").fill("Souza")
    press(page, "Add the owner")
    expect(page.get_by_role("button", name="Remove Ana Souza")).to_be_visible()

    page.get_by_role("button", name="Fill in Applicant").click()
    page.get_by_label("They may act for the business").check()
    press(page, "Name the applicant")
    expect(page.get_by_text("Ana Souza, who may act for the business")).to_be_visible()
    press(page, "Start the check")
    page.get_by_role("dialog").get_by_role("button", name="Start the check").click()
    expect(standing).to_contain_text("Next: Completion")
    press(page, "Complete", "Complete the onboarding")
    expect(standing).to_have_text("6 of 6 steps done.")

    assert actions(server, office, "onboarding") == [
        "onboarding.completed",
        "onboarding.liveness_submitted",
        "onboarding.applicant_submitted",
        "onboarding.ownership_documents_submitted",
        "onboarding.ownership_documents_submitted",
        "onboarding.business_profile_submitted",
        "onboarding.business_details_submitted",
    ]


def test_an_instance_is_created_and_its_settings_are_shown(
    page: Page, server: Server, enter: Enter
) -> None:
    enter(server.person())
    page.goto(f"{server.url}/dashboard/instances")
    press(page, "Create an instance")
    page.get_by_role("textbox", name="Name").fill("Acme Sandbox")
    press(page, "Create the instance")
    expect(LogPage(page, server.url).rows.first).to_contain_text("Acme Sandbox")

    page.get_by_role("link", name="General").click()
    page.get_by_role("button", name="Change the addresses").click()
    page.get_by_role("textbox", name="E-mail addresses").fill("law@example.com")
    press(page, "Save the addresses")
    expect(page.get_by_role("main")).to_contain_text("law@example.com")


def test_who_is_removed_leaves_no_key_behind_if_one_says_so(
    page: Page, server: Server, enter: Enter
) -> None:
    office = server.office(Role.ADMIN)
    ben = office.members[Role.ADMIN]
    body = {"name": "Ben's script", "permission": "full_access"}
    server.send(ben, "POST", f"{office.path}/api-keys", body)
    enter(office.owner)
    goto(page, server, office.instance_id, "team")
    page.get_by_role("button", name="Remove Ben Carter").click()
    expect(page.get_by_role("dialog")).to_contain_text("Ben's script")
    page.get_by_role("combobox", name="Their API keys").select_option("revoke")
    press(page, "Remove from the team")
    expect(page.get_by_role("row", name=re.compile("Ben Carter"))).to_have_count(0)
    assert actions(server, office, "api_key")[0] == "api_key.deleted"

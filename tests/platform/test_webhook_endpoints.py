"""Webhook endpoints: where they may lead, what is delivered to them, and how it can be checked."""

from __future__ import annotations

import base64
import json
import re
import threading
from collections.abc import Iterator
from datetime import timedelta
from ipaddress import ip_address
from typing import Any

import pytest
from sqlalchemy import func, select
from standardwebhooks import Webhook, WebhookVerificationError

from deedbook.database.base import now
from deedbook.platform.events.models import Event
from deedbook.platform.settings.webhook_endpoints.delivery import (
    CLAIMED_FOR,
    RETRY_AFTER,
    WebhookDeliverer,
)
from deedbook.platform.settings.webhook_endpoints.fan_out import KEPT_FOR, EventFanOut
from deedbook.platform.settings.webhook_endpoints.models import WebhookDelivery, WebhookEndpoint
from deedbook.web.outbound import Outbound
from world.fixtures import WorldMaker
from world.people import Team
from world.receiver import Received, Receiver, receiving
from world.rows.customers import new_customer
from world.rows.webhook_endpoints import new_endpoint
from world.world import World

NAMED = "https://hooks.example.com"


@pytest.fixture
def open_world(new_world: WorldMaker) -> World:
    """A world whose webhooks may come to this machine."""
    return new_world(webhooks_to_private_addresses=True)


@pytest.fixture
def acme(open_world: World) -> Team:
    return open_world.team(full=False)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as found:
        yield found


def endpoints_of(team: Team) -> str:
    return f"/v1/instances/{team.instance_id}/webhook-endpoints"


def secret_of(world: World, team: Team, endpoint_id: str) -> str:
    key: str = world.get(team.owner, f"{endpoints_of(team)}/{endpoint_id}/secret")["key"]
    return key


def deliveries_of(world: World, team: Team, endpoint_id: str) -> list[dict[str, Any]]:
    path = f"{endpoints_of(team)}/{endpoint_id}/deliveries"
    found: list[dict[str, Any]] = world.get(team.owner, path)["data"]
    return found


def deliverer(world: World) -> WebhookDeliverer:
    state = world.app.state
    return WebhookDeliverer(world.database, state.outbound, state.pipeline.secret)


def deliver(world: World) -> None:
    """Send everything that is due."""
    while EventFanOut(world.database).run_once():
        pass
    while deliverer(world).run_once():
        pass


def let_time_pass(world: World, **columns: Any) -> None:
    """Change when deliveries are due, or what else is given."""
    with world.database.write() as session:
        for row in session.scalars(select(WebhookDelivery)):
            for name, value in (columns or {"next_attempt_at": now()}).items():
                if row.status == "pending" or columns:
                    setattr(row, name, value)
        session.commit()


def verified(received: Received, secret: str) -> Any:
    """Check a message as a receiver does, under the names that the library has for the headers."""
    headers = {
        name: received.headers[name.replace("webhook", "svix")]
        for name in ("webhook-id", "webhook-timestamp", "webhook-signature")
    }
    return Webhook(secret).verify(received.body, headers)


# Creation


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://hooks.example.com/", "WEBHOOKS_URL_INVALID"),
        ("ftp://hooks.example.com/", "WEBHOOKS_URL_INVALID"),
        ("https://127.0.0.1/", "WEBHOOKS_URL_INVALID"),
        # Other ways to write the same address.
        ("https://2130706433/", "WEBHOOKS_URL_INVALID"),
        ("https://0x7f.1/", "WEBHOOKS_URL_INVALID"),
        ("https://0177.0.0.1/", "WEBHOOKS_URL_INVALID"),
        ("https://[::ffff:10.0.0.1]/", "WEBHOOKS_URL_INVALID"),
        ("https://localhost:8443/", "WEBHOOKS_URL_INVALID"),
        ("https://user:password@hooks.example.com/", "WEBHOOKS_URL_INVALID"),
        ("https://hooks.example.com/" + "a" * 2048, "VALIDATION_FAILED"),
        ("hooks.example.com", "VALIDATION_FAILED"),
    ],
)
def test_an_address_out_of_bounds_is_refused_by_name(
    world: World, team: Team, url: str, code: str
) -> None:
    before = world.snapshot()
    reply = world.call(team.owner, "POST", endpoints_of(team), {"url": url, "events": []})
    assert (reply.status_code, reply.json()["code"]) == (400, code)
    assert "url" in reply.json()["description"]
    assert world.snapshot() == before


def test_an_event_that_nobody_knows_is_refused_by_name(world: World, team: Team) -> None:
    body = {"url": "https://hooks.example.com/", "events": ["payout.new", "payout.old"]}
    reply = world.call(team.owner, "POST", endpoints_of(team), body)
    assert (reply.status_code, reply.json()["code"]) == (400, "VALIDATION_FAILED")
    assert reply.json()["errors"][0].startswith("events.1")


def test_an_instance_has_twenty_five_endpoints_and_not_one_more(world: World) -> None:
    team = world.team(full=False)
    ids = [new_endpoint(world, team, "https://hooks.example.com/") for _ in range(25)]
    body = {"url": "https://hooks.example.com/", "events": []}
    reply = world.call(team.owner, "POST", endpoints_of(team), body)
    assert (reply.status_code, reply.json()["code"]) == (400, "WEBHOOKS_LIMIT_REACHED")

    world.call(team.owner, "DELETE", f"{endpoints_of(team)}/{ids[0]}")
    assert world.call(team.owner, "POST", endpoints_of(team), body).status_code == 200
    assert len(world.get(team.owner, endpoints_of(team))) == 25


def test_two_that_come_at_once_are_not_one_too_many(new_world: WorldMaker) -> None:
    world = new_world(served=True)
    team = world.team(full=False)
    for _ in range(24):
        new_endpoint(world, team, "https://hooks.example.com/")
    body = {"url": "https://hooks.example.com/", "events": []}
    statuses: list[int] = []

    def create() -> None:
        statuses.append(world.call(team.owner, "POST", endpoints_of(team), body).status_code)

    threads = [threading.Thread(target=create) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [200, 400, 400, 400]


def test_a_token_in_an_address_is_in_no_entry(world: World) -> None:
    team = world.team(full=False)
    endpoint_id = new_endpoint(world, team, "https://hooks.example.com/a?token=hush#b")
    shown = world.get(team.owner, endpoints_of(team))
    assert shown[0]["url"] == "https://hooks.example.com/a?token=hush#b"
    world.call(team.owner, "DELETE", f"{endpoints_of(team)}/{endpoint_id}")
    entries = world.entries(team.instance_id)
    assert entries[0]["entity_label"] == "https://hooks.example.com/a"
    assert "hush" not in repr(entries)


# The secret


def test_a_secret_is_the_same_each_time_and_who_looks_is_recorded(world: World) -> None:
    team = world.team(full=False)
    first, second = (new_endpoint(world, team, "https://hooks.example.com/") for _ in range(2))
    secret = secret_of(world, team, first)
    assert re.fullmatch(r"whsec_[A-Za-z0-9+/]{43}=", secret)
    assert len(base64.b64decode(secret.removeprefix("whsec_"))) == 32
    assert secret_of(world, team, first) == secret
    assert secret_of(world, team, second) != secret

    viewed = [each["action"] for each in world.entries(team.instance_id)][:3]
    assert viewed == ["webhook_endpoint.secret_viewed"] * 3
    assert secret not in repr(world.entries(team.instance_id))
    assert secret not in repr(world.snapshot())


def test_a_page_of_another_site_cannot_have_a_secret_viewed(world: World) -> None:
    team = world.team(full=False)
    endpoint_id = new_endpoint(world, team, "https://hooks.example.com/")
    url = f"{endpoints_of(team)}/{endpoint_id}/secret"
    browser = world.browser()
    browser.cookies.set("deedbook_session", team.owner.token)
    before = world.snapshot()
    foreign = browser.get(url, headers={"Sec-Fetch-Site": "cross-site"})
    assert (foreign.status_code, world.snapshot()) == (403, before)
    own = browser.get(url, headers={"Sec-Fetch-Site": "same-origin"})
    assert own.status_code == 200


def test_the_portal_is_a_page_of_the_dashboard(world: World, team: Team) -> None:
    url = world.get(team.owner, f"{endpoints_of(team)}/portal-access")["url"]
    assert url == f"http://localhost:8000/dashboard/instances/{team.instance_id}/settings/webhooks"


# Delivery


def test_a_message_is_signed_and_says_what_happened(
    open_world: World, acme: Team, receiver: Receiver
) -> None:
    endpoint_id = new_endpoint(open_world, acme, receiver.url)
    customer_id = new_customer(open_world, acme, first_name="Zoë")
    deliver(open_world)

    (received,) = receiver.received
    payload = verified(received, secret_of(open_world, acme, endpoint_id))
    assert payload["webhook_event"] == "customer.new"
    assert (payload["id"], payload["first_name"]) == (customer_id, "Zoë")
    assert received.headers["content-type"] == "application/json"
    with pytest.raises(WebhookVerificationError):
        verified(received, "whsec_" + base64.b64encode(b"another").decode())

    (delivery,) = deliveries_of(open_world, acme, endpoint_id)
    assert received.headers["svix-id"] == delivery["event_id"]
    assert delivery["event_id"].startswith("msg_")
    assert {**delivery, "last_attempt_at": ..., "created_at": ...} == {
        "id": delivery["id"],
        "endpoint_id": endpoint_id,
        "event_id": delivery["event_id"],
        "event_type": "customer.new",
        "status": "delivered",
        "attempts": 1,
        "response_status": 200,
        "error": None,
        "last_attempt_at": ...,
        "next_attempt_at": None,
        "created_at": ...,
    }
    (shown,) = open_world.get(acme.owner, endpoints_of(acme))
    assert shown["last_event_at"] is not None
    assert "Zoë" not in json.dumps(deliveries_of(open_world, acme, endpoint_id))


def test_an_endpoint_is_told_of_the_events_it_wants_and_of_its_own_instance(
    open_world: World, acme: Team, receiver: Receiver
) -> None:
    with receiving() as choosy, receiving() as foreign:
        new_endpoint(open_world, acme, receiver.url)
        new_endpoint(open_world, acme, choosy.url, "payout.new", "customer.delete")
        new_endpoint(open_world, open_world.team(full=False), foreign.url)
        customer_id = new_customer(open_world, acme)
        path = f"/v1/instances/{acme.instance_id}/customers/{customer_id}"
        assert open_world.call(acme.owner, "DELETE", path).status_code == 200
        deliver(open_world)
        told = [json.loads(each.body)["webhook_event"] for each in receiver.received]
        assert sorted(told) == ["customer.delete", "customer.new"]
        assert [json.loads(each.body)["webhook_event"] for each in choosy.received] == [
            "customer.delete"
        ]
        assert foreign.received == []
    with open_world.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Event)) == 0


def test_a_message_that_was_not_taken_is_sent_again_under_its_id_until_it_has_failed(
    open_world: World, acme: Team, receiver: Receiver
) -> None:
    endpoint_id = new_endpoint(open_world, acme, receiver.url)
    new_customer(open_world, acme)
    receiver.status = 500
    for attempt, delay in enumerate(RETRY_AFTER, 1):
        deliver(open_world)
        (delivery,) = deliveries_of(open_world, acme, endpoint_id)
        assert (delivery["status"], delivery["attempts"]) == ("pending", attempt)
        assert (delivery["response_status"], delivery["error"]) == (500, None)
        with open_world.database.read() as session:
            row = session.scalars(select(WebhookDelivery)).one()
            assert row.next_attempt_at is not None
            assert row.last_attempt_at is not None
            # It is counted from the end of the attempt, which took a moment.
            assert delay <= row.next_attempt_at - row.last_attempt_at < delay + CLAIMED_FOR
        let_time_pass(open_world)
    deliver(open_world)

    (delivery,) = deliveries_of(open_world, acme, endpoint_id)
    assert (delivery["status"], delivery["next_attempt_at"]) == ("failed", None)
    assert delivery["attempts"] == len(receiver.received) == 8
    assert {each.headers["svix-id"] for each in receiver.received} == {delivery["event_id"]}

    receiver.status = 204
    path = f"{endpoints_of(acme)}/{endpoint_id}/deliveries/{delivery['id']}/retry"
    again = open_world.call(acme.owner, "POST", path)
    assert (again.status_code, again.json()["status"]) == (200, "pending")
    deliver(open_world)
    (delivery,) = deliveries_of(open_world, acme, endpoint_id)
    assert (delivery["status"], delivery["attempts"]) == ("delivered", 9)
    assert open_world.entry(acme.instance_id)["action"] == "customer.created"


@pytest.mark.parametrize("status", [301, 307, 400, 404, 410, 429, 503])
def test_anything_but_success_is_a_failure_and_no_redirect_is_followed(
    open_world: World, acme: Team, receiver: Receiver, status: int
) -> None:
    with receiving() as elsewhere:
        receiver.status, receiver.headers = status, {"Location": elsewhere.url}
        endpoint_id = new_endpoint(open_world, acme, receiver.url)
        new_customer(open_world, acme)
        deliver(open_world)
        assert elsewhere.received == []
    (delivery,) = deliveries_of(open_world, acme, endpoint_id)
    assert (delivery["status"], delivery["response_status"]) == ("pending", status)


def test_an_endpoint_that_is_away_is_told_why(open_world: World, acme: Team) -> None:
    with receiving() as gone:
        url = gone.url
    endpoint_id = new_endpoint(open_world, acme, url)
    new_customer(open_world, acme)
    deliver(open_world)
    (delivery,) = deliveries_of(open_world, acme, endpoint_id)
    assert (delivery["response_status"], delivery["error"]) == (None, "the connection failed")


def test_a_slow_endpoint_holds_up_nobody_else(
    open_world: World, acme: Team, receiver: Receiver
) -> None:
    receiver.may_answer.clear()
    with receiving() as quick:
        slow_id = new_endpoint(open_world, acme, receiver.url)
        new_customer(open_world, acme)
        new_customer(open_world, acme)
        EventFanOut(open_world.database).run_once()
        slow = threading.Thread(target=deliverer(open_world).run_once)
        slow.start()
        assert receiver.came.wait(30)

        # While one waits, another delivers to the neighbour, and none sends more to the slow one.
        neighbour = open_world.team(full=False)
        new_endpoint(open_world, neighbour, quick.url)
        new_customer(open_world, neighbour)
        deliver(open_world)
        assert (len(quick.received), len(receiver.received)) == (1, 1)

        receiver.may_answer.set()
        slow.join()
    deliver(open_world)
    assert [each["status"] for each in deliveries_of(open_world, acme, slow_id)] == [
        "delivered",
        "delivered",
    ]


def test_one_instance_cannot_keep_everyone_busy(open_world: World, acme: Team) -> None:
    with receiving() as first, receiving() as second, receiving() as third:
        slow = (first, second, third)
        threads = []
        for each in slow:
            each.may_answer.clear()
            new_endpoint(open_world, acme, each.url)
        new_customer(open_world, acme)
        EventFanOut(open_world.database).run_once()
        for _ in range(2):
            threads.append(threading.Thread(target=deliverer(open_world).run_once))
            threads[-1].start()
        while sum(each.came.is_set() for each in slow) < 2:
            any(each.came.wait(0.01) for each in slow)
        assert not deliverer(open_world).run_once(), "a third one would be one too many"
        for each in slow:
            each.may_answer.set()
        for thread in threads:
            thread.join()
        deliver(open_world)
        assert [len(each.received) for each in slow] == [1, 1, 1]


class Killed(BaseException):
    """The process ends here."""


def test_a_message_whose_sender_was_killed_is_sent_again_under_its_id(
    open_world: World, acme: Team, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    endpoint_id = new_endpoint(open_world, acme, receiver.url)
    new_customer(open_world, acme)
    EventFanOut(open_world.database).run_once()
    post = open_world.app.state.outbound.post

    def killed(*arguments: Any) -> int:
        post(*arguments)
        raise Killed

    monkeypatch.setattr(open_world.app.state.outbound, "post", killed)
    with pytest.raises(Killed):
        deliverer(open_world).run_once()
    monkeypatch.undo()
    deliver(open_world)
    assert len(receiver.received) == 1, "the claim still holds"

    let_time_pass(open_world)
    with open_world.database.write() as session:
        session.scalars(select(WebhookEndpoint)).one().busy_until = now()
        session.commit()
    deliver(open_world)
    (delivery,) = deliveries_of(open_world, acme, endpoint_id)
    assert (delivery["status"], delivery["attempts"]) == ("delivered", 2)
    first, second = receiver.received
    assert first.headers["svix-id"] == second.headers["svix-id"]


def test_the_result_of_an_attempt_that_was_given_up_changes_nothing(
    open_world: World, acme: Team, receiver: Receiver
) -> None:
    endpoint_id = new_endpoint(open_world, acme, receiver.url)
    new_customer(open_world, acme)
    EventFanOut(open_world.database).run_once()
    receiver.may_answer.clear()
    late = threading.Thread(target=deliverer(open_world).run_once)
    late.start()
    assert receiver.came.wait(30)
    with open_world.database.write() as session:
        row = session.scalars(select(WebhookDelivery)).one()
        row.attempts, row.status, row.next_attempt_at = 2, "failed", None
        session.commit()
    receiver.may_answer.set()
    late.join()
    (delivery,) = deliveries_of(open_world, acme, endpoint_id)
    assert (delivery["status"], delivery["attempts"]) == ("failed", 2)


def test_a_deleted_endpoint_and_a_closed_instance_are_told_of_nothing_more(
    open_world: World, acme: Team, receiver: Receiver
) -> None:
    endpoint_id = new_endpoint(open_world, acme, receiver.url)
    new_customer(open_world, acme)
    EventFanOut(open_world.database).run_once()
    path = f"{endpoints_of(acme)}/{endpoint_id}"
    assert open_world.call(acme.owner, "DELETE", path).status_code == 200
    new_endpoint(open_world, acme, receiver.url)
    new_customer(open_world, acme)
    EventFanOut(open_world.database).run_once()
    new_customer(open_world, acme)
    closed = open_world.call(acme.owner, "DELETE", f"/v1/instances/{acme.instance_id}")
    assert closed.status_code == 200
    deliver(open_world)
    assert receiver.received == []


def test_what_was_delivered_is_forgotten_after_a_month(
    open_world: World, acme: Team, receiver: Receiver
) -> None:
    endpoint_id = new_endpoint(open_world, acme, receiver.url)
    new_customer(open_world, acme)
    deliver(open_world)
    let_time_pass(open_world, created_at=now() - KEPT_FOR - timedelta(seconds=1))
    assert len(deliveries_of(open_world, acme, endpoint_id)) == 1
    new_customer(open_world, acme)
    deliver(open_world)
    assert len(deliveries_of(open_world, acme, endpoint_id)) == 1


def test_an_endpoint_that_leads_inside_is_not_reached_on_a_server_for_others(
    new_world: WorldMaker, receiver: Receiver
) -> None:
    """Its name was public when it was made, or nobody had looked."""
    world = new_world()
    team = world.team(full=False)
    endpoint_id = new_endpoint(world, team, receiver.url.replace("http://127.0.0.1", NAMED))
    new_customer(world, team)
    world.app.state.outbound = Outbound(resolver=lambda _host, _port: [ip_address("127.0.0.1")])
    deliver(world)
    (delivery,) = deliveries_of(world, team, endpoint_id)
    assert (delivery["status"], delivery["response_status"]) == ("pending", None)
    assert delivery["error"] == "its name leads to an address that is not public"
    assert receiver.received == []


def test_a_delivery_of_another_endpoint_cannot_be_sent_again(
    open_world: World, acme: Team, receiver: Receiver
) -> None:
    first = new_endpoint(open_world, acme, receiver.url)
    second = new_endpoint(open_world, acme, receiver.url, "payout.new")
    new_customer(open_world, acme)
    deliver(open_world)
    (delivery,) = deliveries_of(open_world, acme, first)
    path = f"{endpoints_of(acme)}/{second}/deliveries/{delivery['id']}/retry"
    reply = open_world.call(acme.owner, "POST", path)
    assert (reply.status_code, reply.json()["code"]) == (404, "WEBHOOKS_DELIVERY_NOT_FOUND")


def test_deliveries_are_paged_like_every_list(
    open_world: World, acme: Team, receiver: Receiver
) -> None:
    endpoint_id = new_endpoint(open_world, acme, receiver.url)
    for _ in range(3):
        new_customer(open_world, acme)
    EventFanOut(open_world.database).run_once()
    path = f"{endpoints_of(acme)}/{endpoint_id}/deliveries"
    first = open_world.get(acme.owner, f"{path}?limit=2")
    after = first["pagination"]["next_page"]
    rest = open_world.get(acme.owner, f"{path}?limit=2&starting_after={after}")
    assert [len(each["data"]) for each in (first, rest)] == [2, 1]
    assert len({each["id"] for each in first["data"] + rest["data"]}) == 3

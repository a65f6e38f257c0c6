"""A company's first day on the platform, over HTTP, and what its log says in the evening.

    python day.py --url http://localhost:8000 --founder TOKEN --colleague TOKEN

Each act is sent by somebody and noted in a diary: who, what, on which entity. In the evening the log
has to hold the same, in the same order, and nothing else. What the platform does by itself in the
meantime (a review, a settlement) moves things along, and is no act of anybody's.
"""

from __future__ import annotations

import argparse
import json
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen
from uuid import uuid4

import papers

Operator = Callable[..., Any]


@dataclass(frozen=True)
class Someone:
    """A person with the token of their session, or a program with its key."""

    url: str
    token: str
    id: str = ""

    def send(self, method: str, path: str, body: object = None) -> Any:  # noqa: ANN401 (JSON has no narrower type)
        """Send a request, and give the JSON of the reply."""
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        data = None if body is None else json.dumps(body).encode()
        request = Request(self.url + path, data, headers, method=method)  # noqa: S310 (the caller's URL)
        try:
            with urlopen(request) as reply:  # noqa: S310
                return json.load(reply)
        except HTTPError as error:
            error.add_note(f"{method} {path}: {error.read().decode()}")
            raise


@dataclass(frozen=True)
class Act:
    """Who did what to which entity."""

    actor: str
    action: str
    entity: str


@dataclass
class Instance:
    """An instance of the company's, and the diary of what was done in it."""

    id: str
    diary: list[Act] = field(default_factory=list)

    @property
    def path(self) -> str:
        return f"/v1/instances/{self.id}"

    def act(
        self,
        who: Someone,
        action: str,
        method: str,
        path: str,
        body: object = None,
        *,
        entity: str = "",
    ) -> Any:  # noqa: ANN401
        """Do something and note it; the entity is the one of the reply unless it is named."""
        reply = who.send(method, path if path.startswith("/v1") else self.path + path, body)
        self.diary.append(Act(who.id, action, entity or reply["id"]))
        return reply


def play(url: str, founder_token: str, colleague_token: str, operator: Operator) -> list[Instance]:
    """Play the day, compare the diaries with the log, and give both instances."""
    founder, colleague = (signed_in(url, each) for each in (founder_token, colleague_token))
    production = open_for_business(founder, operator)
    development = try_everything(founder, colleague)
    for instance in (production, development):
        compare(instance, read_log(founder, instance))
    follow_a_payout(founder, development)
    return [production, development]


def signed_in(url: str, token: str) -> Someone:
    """Find out whose token it is."""
    return Someone(url, token, Someone(url, token).send("GET", "/v1/whoami")["id"])


# Morning: the company opens for business.


def open_for_business(founder: Someone, operator: Operator) -> Instance:
    """Found a production instance, take every step of its onboarding, and settle the first bill."""
    instance = found(founder, "Jangada", "production")
    for step, paper in {
        "business_details": papers.BUSINESS_DETAILS,
        "business_profile": papers.BUSINESS_PROFILE,
        "ownership_documents": papers.OWNERSHIP_DOCUMENTS,
        "applicant": papers.APPLICANT,
    }.items():
        action, path = f"onboarding.{step}_submitted", f"/onboarding/{step}"
        instance.act(founder, action, "PUT", path, paper, entity=instance.id)
    instance.act(
        founder,
        "onboarding.liveness_submitted",
        "POST",
        "/onboarding/liveness",
        papers.LIVENESS,
        entity=instance.id,
    )
    instance.act(
        founder, "onboarding.completed", "POST", "/onboarding/complete", entity=instance.id
    )
    operator("simulate", "approve", "--instance", instance.id)
    settle_the_bill(instance, founder, operator)
    return instance


def settle_the_bill(instance: Instance, founder: Someone, operator: Operator) -> None:
    """Pay what the company owes, and collect what it earned."""
    instance.act(
        founder,
        "billing.details_updated",
        "PUT",
        "/billing/details",
        papers.BILLING_DETAILS,
        entity=instance.id,
    )
    issued = operator("billing", "close-period", "--instance", instance.id)["invoices"]
    owing, earned = (invoice["id"] for invoice in issued)
    instance.diary += [Act("system", "billing.invoice_issued", each) for each in (owing, earned)]
    pay, collect = f"/billing/invoices/{owing}/pay", f"/billing/invoices/{earned}/collect"
    instance.act(founder, "billing.invoice_paid", "POST", pay, entity=owing)
    instance.act(
        founder, "billing.fees_collected", "POST", collect, papers.COLLECTION, entity=earned
    )
    instance.act(
        founder,
        "billing.portal_session_created",
        "POST",
        "/billing/portal-session",
        entity=instance.id,
    )


# The day: a colleague and a program try everything where no money is real.


def try_everything(founder: Someone, colleague: Someone) -> Instance:
    """Found a development instance, and do in it what there is to do."""
    instance = found(founder, "Jangada, for trying", "development")
    bring_in(instance, founder, colleague)
    program = make_key(instance, founder)
    maria = enrol_customers(instance, colleague)
    places = open_accounts(instance, colleague, maria)
    move_money(instance, founder, program, places)
    return instance


def found(founder: Someone, name: str, kind: str) -> Instance:
    """Found an instance of the company's."""
    body = {"name": name, "type": kind}
    instance = Instance(founder.send("POST", "/v1/instances", body)["id"])
    instance.diary.append(Act(founder.id, "instance.created", instance.id))
    return instance


def bring_in(instance: Instance, founder: Someone, colleague: Someone) -> None:
    """Invite a colleague, who accepts, and is then trusted with more."""
    email = colleague.send("GET", "/v1/whoami")["email"]
    invitation = {"email": email, "user_role": "viewer"}
    invite = instance.act(founder, "invite.created", "POST", "/invites", invitation)["id"]
    accept = f"/v1/invites/{invite}/accept"
    instance.act(colleague, "invite.accepted", "POST", accept, entity=invite)
    instance.act(
        founder,
        "team_member.role_updated",
        "PUT",
        f"/members/{colleague.id}",
        {"user_role": "operations"},
        entity=colleague.id,
    )


def make_key(instance: Instance, founder: Someone) -> Someone:
    """Make a key for the company's program."""
    body = {"name": "Checkout", "permission": "full_access"}
    key = instance.act(founder, "api_key.created", "POST", "/api-keys", body)
    return Someone(founder.url, key["token"], key["id"])


def enrol_customers(instance: Instance, colleague: Someone) -> str:
    """Enrol a person and a business; the person may then move more than most. Gives her id."""
    ids: list[str] = []
    for customer in (papers.MARIA, papers.ACME):
        body = {**customer, "tos_id": accept_terms(instance, colleague)}
        ids.append(instance.act(colleague, "customer.created", "POST", "/customers", body)["id"])
    maria = ids[0]
    instance.act(
        colleague,
        "customer_limit_increase.created",
        "POST",
        f"/customers/{maria}/limit-increase",
        papers.HIGHER_LIMITS,
    )
    return maria


def accept_terms(instance: Instance, someone: Someone) -> str:
    """Have a customer accept the terms of service, as they would in a browser."""
    key = {"idempotency_key": str(uuid4())}
    page = someone.send("POST", f"/v1/e/instances/{instance.id}/tos", key)["url"]
    session = {"session_token": page.partition("session_token=")[2]}
    tos_id: str = someone.send("PUT", "/v1/e/tos", {**key, **session})["tos_id"]
    return tos_id


@dataclass(frozen=True)
class Places:
    """Where Maria's money can be."""

    swift_account: str
    blockchain_wallet: str
    wallet: str


def open_accounts(instance: Instance, colleague: Someone, maria: str) -> Places:
    """Open accounts and wallets of every kind for a customer."""

    def open_one(kind: str, path: str, body: object) -> str:
        path = f"/customers/{maria}/{path}"
        opened: str = instance.act(colleague, f"{kind}.created", "POST", path, body)["id"]
        return opened

    pix = open_one("bank_account", "bank-accounts", papers.PIX)
    swift = open_one("bank_account", "bank-accounts", papers.SWIFT)
    open_one("offramp_wallet", f"bank-accounts/{pix}/offramp-wallets", papers.OFFRAMP_WALLET)
    ledger = open_one("blockchain_wallet", "blockchain-wallets", papers.BLOCKCHAIN_WALLET)
    savings = open_one("wallet", "wallets", papers.WALLET)
    account = {**papers.VIRTUAL_ACCOUNT, "blockchain_wallet_id": ledger}
    open_one("virtual_account", "virtual-accounts", account)
    return Places(swift_account=swift, blockchain_wallet=ledger, wallet=savings)


def move_money(instance: Instance, founder: Someone, program: Someone, places: Places) -> None:
    """Set a fee and a webhook endpoint, and let the program take in, pay out and transfer."""
    fee = instance.act(founder, "partner_fee.created", "POST", "/partner-fees", papers.PARTNER_FEE)
    hook = instance.act(
        founder,
        "webhook_endpoint.created",
        "POST",
        "/webhook-endpoints",
        papers.WEBHOOK_ENDPOINT,
    )["id"]
    secret = f"/webhook-endpoints/{hook}/secret"
    instance.act(founder, "webhook_endpoint.secret_viewed", "GET", secret, entity=hook)

    def quote(path: str, body: object) -> str:
        """A quote moves nothing, so it is no act."""
        quote_id: str = program.send("POST", instance.path + path, body)["id"]
        return quote_id

    payin = {**papers.PAYIN, "wallet_id": places.wallet, "partner_fee_id": fee["id"]}
    used = {"payin_quote_id": quote("/payin-quotes", payin)}
    instance.act(program, "payin.created", "POST", "/payins/evm", used)

    payout = {**papers.PAYOUT, "bank_account_id": places.swift_account, "partner_fee_id": fee["id"]}
    used = {"quote_id": quote("/quotes", payout), "sender_wallet_address": papers.LEDGER}
    paid = instance.act(program, "payout.created", "POST", "/payouts/evm", used)["id"]
    documents = f"/payouts/{paid}/documents"
    instance.act(
        program, "payout.documents_submitted", "POST", documents, papers.INVOICE, entity=paid
    )

    transfer = {**papers.TRANSFER, "wallet_id": places.wallet}
    used = {"transfer_quote_id": quote("/transfer-quotes", transfer)}
    instance.act(program, "transfer.created", "POST", "/transfers", used)


# Evening: the founder reads the log.


def read_log(founder: Someone, instance: Instance) -> list[dict[str, Any]]:
    """Give the log of an instance, oldest first, with what the system and the operator did."""
    query = "?limit=1000&include=denied,system"
    newest_first = founder.send("GET", f"{instance.path}/audit-logs{query}")["data"]
    return list(reversed(newest_first))


def compare(instance: Instance, log: list[dict[str, Any]]) -> None:
    """Hold the log against the diary: one entry for each act, in order, and none besides."""
    for act, entry in zip_longest(instance.diary, log):
        recorded = entry and Act(actor_of(entry), entry["action"], entry["entity_id"])
        if recorded != act:
            raise SystemExit(f"{instance.id}: done was {act}, and recorded {recorded}")


def actor_of(entry: dict[str, Any]) -> str:
    """Give the id of the person or the key, or `system`."""
    return str(entry["user_id"] or entry["api_key_id"] or entry["actor_type"])


def follow_a_payout(founder: Someone, instance: Instance) -> dict[str, dict[str, Any]]:
    """Go from the payout to what led to it, and give by type the entry that made each."""
    log = read_log(founder, instance)
    payout = next(entry for entry in log if entry["action"] == "payout.created")
    made = {
        ref["type"]: entry
        for ref in payout["refs"]
        for entry in log
        if (entry["operation"], entry["entity_id"]) == ("create", ref["id"])
    }
    if not made.keys() >= {"bank_account", "customer", "partner_fee"}:
        raise SystemExit(f"{instance.id}: of what led to the payout only {sorted(made)} is found")
    return made


def command(*arguments: str) -> Any:  # noqa: ANN401
    """Run a command of the operator's, and give what it prints as JSON."""
    done = subprocess.run(["deedbook", *arguments, "--json"], check=True, stdout=subprocess.PIPE)  # noqa: S603, S607
    return json.loads(done.stdout)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    for name, meaning in (
        ("--url", "where the server is"),
        ("--founder", "the token of the founder's session"),
        ("--colleague", "the token of a colleague's session"),
    ):
        options.add_argument(name, required=True, help=meaning)
    given = options.parse_args()
    for instance in play(given.url, given.founder, given.colleague, command):
        print(f"{instance.id}: {len(instance.diary)} acts, {len(instance.diary)} entries")  # noqa: T201


if __name__ == "__main__":
    main()

"""Bank accounts: rails, numbers, review, gates, what is shown of them, and what goes with them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from httpx2 import Response
from sqlalchemy import select

from deedbook.platform.events.models import Event
from deedbook.platform.payments.bank_accounts.models import BankAccount
from deedbook.platform.payments.offramp_wallets.models import OfframpWallet
from deedbook.platform.payments.offramp_wallets.service import offramp_wallet_at
from deedbook.platform.payments.reference.bank_details import RAILS
from world.contract import problems, webhooks
from world.people import Team
from world.rows.bank_accounts import ACCOUNTS, bank_account, new_bank_account
from world.rows.customers import new_customer
from world.rows.offramp_wallets import WALLETS, new_offramp_wallet
from world.world import World

RAIL_NAMES = sorted(RAILS)


@pytest.fixture(scope="module")
def customer_id(world: World, teams: Callable[[str, str], Team]) -> str:
    team = teams("own", "development")
    return new_customer(world, team)


@pytest.fixture(scope="module")
def production(world: World) -> Team:
    return world.team(type="production", full=False)


def create(world: World, team: Team, customer_id: str, body: object) -> Response:
    path = ACCOUNTS.format(instance_id=team.instance_id, customer_id=customer_id)
    return world.call(team.owner, "POST", path, body)


def listed(world: World, team: Team, customer_id: str, **filters: str) -> list[str]:
    path = ACCOUNTS.format(instance_id=team.instance_id, customer_id=customer_id)
    return [each["id"] for each in world.get(team.owner, path, params=filters)]


def read(world: World, team: Team, customer_id: str, bank_account_id: str) -> Any:
    path = ACCOUNTS.format(instance_id=team.instance_id, customer_id=customer_id)
    return world.get(team.owner, f"{path}/{bank_account_id}")


def assert_refused(
    world: World, team: Team, reply: Response, code: str, named: str, status: int = 400
) -> None:
    problem = reply.json()
    assert (reply.status_code, problem["code"]) == (status, code), problem
    assert named in f"{problem['errors']} {problem['description']}"
    # A refused request is not in the log.
    newest = world.entry(team.instance_id)
    assert newest["request_id"] != reply.headers["X-Request-Id"]


# Rails


@pytest.mark.parametrize("rail", RAIL_NAMES)
def test_an_account_of_each_rail_is_kept_as_it_was_sent_but_for_its_number(
    world: World, team: Team, customer_id: str, rail: str
) -> None:
    sent = bank_account(rail)
    reply = create(world, team, customer_id, sent)
    assert reply.status_code == 200, reply.text
    account = reply.json()
    number = RAILS[sent["type"]].number
    shown = sent if number == "pix_key" else {**sent, number: f"•••• {sent[number][-4:]}"}
    assert shown.items() <= account.items()
    assert account["status"] == "approved"
    assert account["country"]
    assert read(world, team, customer_id, account["id"]) == account
    # What is paid out to is whole.
    with world.database.read() as session:
        assert session.get_one(BankAccount, account["id"]).number == sent[number]
    entry = world.entry(team.instance_id)
    assert entry["entity_label"] == f"{sent['name']} •••• {sent[number][-4:]}"
    assert entry["metadata"]["last_four"] == sent[number][-4:]
    assert sent[number] not in repr(entry)


@pytest.mark.parametrize(
    ("rail", "key"),
    [(rail, field.key) for rail in RAIL_NAMES for field in RAILS[rail].fields if field.required],
)
def test_what_a_rail_needs_is_asked_for_by_name(
    world: World, team: Team, customer_id: str, rail: str, key: str
) -> None:
    for nothing in (..., "", None) if key != "name" else (...,):
        reply = create(world, team, customer_id, bank_account(rail, **{key: nothing}))
        assert_refused(world, team, reply, "VALIDATION_FAILED", key)


@pytest.mark.parametrize(
    ("rail", "fields", "needed", "value"),
    [
        ("international_swift", {"account_class": "business"}, "business_industry", "541611"),
        (
            "international_swift",
            {"swift_beneficiary_country": "HK"},
            "phone_number",
            "+85291234567",
        ),
        ("international_swift", {"swift_beneficiary_country": "JP"}, "tax_id", "1234567890123"),
        (
            "international_swift",
            {"swift_bank_country": "IN"},
            "swift_ifsc_branch_code",
            "HDFC0000001",
        ),
        (
            "spei_bitso",
            {"spei_protocol": "phonenum", "spei_clabe": "5512345678"},
            "spei_institution_code",
            "40012",
        ),
        (
            "spei_bitso",
            {"spei_protocol": "debitcard", "spei_clabe": "4242424242424242"},
            "spei_institution_code",
            "40012",
        ),
    ],
)
def test_what_another_field_makes_necessary(
    world: World,
    team: Team,
    customer_id: str,
    rail: str,
    fields: dict[str, str],
    needed: str,
    value: str,
) -> None:
    reply = create(world, team, customer_id, bank_account(rail, **fields))
    assert_refused(world, team, reply, "VALIDATION_FAILED", needed)
    reply = create(world, team, customer_id, bank_account(rail, **fields, **{needed: value}))
    assert reply.status_code == 200, reply.text


WRONG = [
    ("ach", {"routing_number": "021000022"}, "BANK_ACCOUNTS_INVALID_ROUTING"),
    ("ach", {"routing_number": "12345"}, "BANK_ACCOUNTS_INVALID_ROUTING"),
    ("wire", {"account_number": "12"}, "VALIDATION_INVALID_REQUEST"),
    ("rtp", {"routing_number": "000000518"}, "BANK_ACCOUNTS_RTP_NOT_SUPPORTED"),
    ("pix", {"pix_key": "nonsense"}, "VALIDATION_INVALID_REQUEST"),
    ("pix", {"pix_key": "81987654321", "force_cpf_cnpj": True}, "VALIDATION_INVALID_REQUEST"),
    ("pix_safe", {"pix_safe_bank_code": "34"}, "BANK_ACCOUNTS_INVALID_BANK_CODE"),
    ("pix_safe", {"pix_safe_branch_code": "1"}, "VALIDATION_INVALID_REQUEST"),
    ("pix_safe", {"pix_safe_cpf_cnpj": "123.456.789-00"}, "CUSTOMERS_INVALID_TAX_ID"),
    ("ted", {"ted_bank_code": "abc"}, "BANK_ACCOUNTS_INVALID_BANK_CODE"),
    ("ted", {"ted_cpf_cnpj": "11.222.333/0001-82"}, "CUSTOMERS_INVALID_TAX_ID"),
    ("spei_bitso", {"spei_clabe": "032180000118359710"}, "VALIDATION_INVALID_REQUEST"),
    (
        "spei_bitso",
        {"spei_institution_code": "4001x"},
        "BANK_ACCOUNTS_INVALID_BANK_CODE",
    ),
    (
        "transfers_bitso",
        {"transfers_account": "2850590940090418135202"},
        "VALIDATION_INVALID_REQUEST",
    ),
    ("ach_cop_bitso", {"ach_cop_email": "maria"}, "VALIDATION_INVALID_REQUEST"),
    ("ach_cop_bitso", {"ach_cop_bank_code": "x"}, "BANK_ACCOUNTS_INVALID_BANK_CODE"),
    ("ach_cop_bitso", {"ach_cop_document_id": "1"}, "CUSTOMERS_INVALID_TAX_ID"),
    ("international_swift", {"swift_code_bic": "BARC"}, "BANK_ACCOUNTS_INVALID_BANK_CODE"),
    ("international_swift", {"swift_code_bic": "BARCZZ22"}, "BANK_ACCOUNTS_INVALID_BANK_CODE"),
    (
        "international_swift",
        {"swift_account_number_iban": "GB82WEST12345698765433"},
        "VALIDATION_INVALID_REQUEST",
    ),
    ("international_swift", {"swift_bank_country": "KP"}, "CUSTOMERS_COUNTRY_NOT_SUPPORTED"),
    ("international_swift", {"phone_number": "call me"}, "CUSTOMERS_INVALID_PHONE"),
    ("international_swift", {"tax_id": "?"}, "CUSTOMERS_INVALID_TAX_ID"),
    ("international_swift", {"swift_payment_code": "xx_swift_1"}, "VALIDATION_FAILED"),
    ("sepa", {"sepa_iban": "DE89370400440532013001"}, "VALIDATION_INVALID_REQUEST"),
    ("sepa", {"sepa_beneficiary_country": "FR"}, "VALIDATION_INVALID_REQUEST"),
    ("sepa", {"sepa_beneficiary_country": "US"}, "CUSTOMERS_COUNTRY_NOT_SUPPORTED"),
    ("sepa", {"sepa_beneficiary_bic": "COBADEF"}, "BANK_ACCOUNTS_INVALID_BANK_CODE"),
]


@pytest.mark.parametrize(("rail", "fields", "code"), WRONG)
def test_a_number_that_cannot_be_is_refused_with_its_own_code(
    world: World, team: Team, customer_id: str, rail: str, fields: dict[str, Any], code: str
) -> None:
    named = next(iter(fields))
    named = "sepa_" if named == "sepa_beneficiary_country" else named
    reply = create(world, team, customer_id, bank_account(rail, **fields))
    assert_refused(world, team, reply, code, named)


@pytest.mark.parametrize(
    ("rail", "fields", "kept"),
    [
        ("sepa", {"sepa_iban": "de89 3704 0044 0532 0130 00"}, "DE89370400440532013000"),
        (
            "sepa",
            {"sepa_iban": "FR1420041010050500013M02606", "sepa_beneficiary_country": "RE"},
            "FR1420041010050500013M02606",
        ),
        ("international_swift", {"swift_account_number_iban": "12-3456"}, "12-3456"),
        ("pix", {"pix_key": "+5581987654321"}, "+5581987654321"),
        ("pix", {"pix_key": "81987654321"}, "81987654321"),
        ("pix", {"pix_key": "123.456.789-09", "force_cpf_cnpj": True}, "123.456.789-09"),
        ("pix", {"pix_key": "12.ABC.345/01DE-35"}, "12.ABC.345/01DE-35"),
        (
            "pix",
            {"pix_key": "123e4567-e89b-12d3-a456-426614174000"},
            "123e4567-e89b-12d3-a456-426614174000",
        ),
        (
            "transfers_bitso",
            {"transfers_type": "ALIAS", "transfers_account": "maria.silva"},
            "maria.silva",
        ),
    ],
)
def test_numbers_as_people_write_them(
    world: World, team: Team, customer_id: str, rail: str, fields: dict[str, Any], kept: str
) -> None:
    bank_account_id = new_bank_account(world, team, customer_id, rail, **fields)
    with world.database.read() as session:
        assert session.get_one(BankAccount, bank_account_id).number == kept


def test_the_number_of_another_rail_is_left_out_like_an_unknown_field(
    world: World, team: Team, customer_id: str
) -> None:
    body = bank_account("pix", account_number="nonsense", sepa_iban="nonsense", nonsense=1)
    account = create(world, team, customer_id, body).json()
    assert (account["account_number"], account["sepa_iban"]) == (None, None)
    # Details of the holder fit every rail.
    body = bank_account("pix", account_class="business", city="Recife")
    account = create(world, team, customer_id, body).json()
    assert (account["account_class"], account["city"]) == ("business", "Recife")


def test_nobody_approves_their_own_account(world: World, team: Team, customer_id: str) -> None:
    body = {**bank_account(), "name": "Fail", "status": "approved"}
    assert create(world, team, customer_id, body).json()["status"] == "rejected"


# Gates and review


def test_light_verification_is_not_enough_for_american_banks(world: World, team: Team) -> None:
    customer_id = new_customer(world, team, kyc_type="light")
    for rail in ("ach", "wire", "rtp"):
        reply = create(world, team, customer_id, bank_account(rail))
        assert_refused(world, team, reply, "BANK_ACCOUNTS_PARTNER_NOT_SUPPORTED", "type")
    new_bank_account(world, team, customer_id, "pix")


def test_a_customer_who_is_not_approved_has_no_accounts(world: World, team: Team) -> None:
    customer_id = new_customer(world, team, first_name="Fail")
    reply = create(world, team, customer_id, bank_account())
    assert_refused(world, team, reply, "CUSTOMERS_KYC_NOT_APPROVED", "identity")


@pytest.mark.parametrize(
    ("rail", "field"),
    [
        ("pix", "name"),
        ("ach", "beneficiary_name"),
        ("international_swift", "swift_account_holder_name"),
        ("sepa", "sepa_beneficiary_legal_name"),
        ("ach_cop_bitso", "ach_cop_beneficiary_first_name"),
    ],
)
def test_an_account_of_fail_is_rejected(
    world: World, team: Team, customer_id: str, rail: str, field: str
) -> None:
    reply = create(world, team, customer_id, bank_account(rail, **{field: "Fail"}))
    assert reply.json()["status"] == "rejected"


def test_on_production_an_account_waits_for_its_review(world: World, production: Team) -> None:
    customer_id = new_customer(world, production)
    world.steps.release(production.instance_id)
    good = new_bank_account(world, production, customer_id, "pix")
    bad = new_bank_account(world, production, customer_id, "pix", name="Fail")
    gone = new_bank_account(world, production, customer_id, "pix")
    assert read(world, production, customer_id, good)["status"] == "verifying"
    assert listed(world, production, customer_id, status="approved") == []

    wallets = WALLETS.format(
        instance_id=production.instance_id, customer_id=customer_id, bank_account_id=good
    )
    reply = world.call(production.owner, "POST", wallets, {"network": "base"})
    assert_refused(world, production, reply, "BANK_ACCOUNTS_INCOMPLETE", "not approved")

    path = ACCOUNTS.format(instance_id=production.instance_id, customer_id=customer_id)
    assert world.call(production.owner, "DELETE", f"{path}/{gone}").status_code == 200
    before = len(world.entries(production.instance_id))
    world.steps.release(production.instance_id)
    assert read(world, production, customer_id, good)["status"] == "approved"
    assert read(world, production, customer_id, bad)["status"] == "rejected"
    assert listed(world, production, customer_id, status="rejected") == [bad]
    assert len(world.entries(production.instance_id)) == before, "a review is no act of anybody"


# Lists and events


def test_the_list_is_filtered_and_newest_first(world: World, team: Team) -> None:
    customer_id, other = new_customer(world, team), new_customer(world, team)
    pix = new_bank_account(world, team, customer_id, "pix", name="100%_Pix")
    ach = new_bank_account(world, team, customer_id, "ach", country="BR")
    sepa = new_bank_account(world, team, customer_id, "sepa")
    new_bank_account(world, team, other, "pix")
    assert listed(world, team, customer_id) == [sepa, ach, pix]
    assert listed(world, team, customer_id, type="pix") == [pix]
    assert listed(world, team, customer_id, name="%_pIX") == [pix]
    assert listed(world, team, customer_id, bank_account_id=ach) == [ach]
    assert listed(world, team, customer_id, country="BR") == [ach, pix]
    assert listed(world, team, customer_id, country="DE", status="approved") == [sepa]
    assert listed(world, team, customer_id, status="verifying") == []
    assert listed(world, team, customer_id, status="", name=" ") == [sepa, ach, pix]
    path = ACCOUNTS.format(instance_id=team.instance_id, customer_id=customer_id)
    assert world.call(team.owner, "GET", path, params={"status": "nonsense"}).status_code == 400
    # The account of one customer is not there for another.
    reply = world.call(team.owner, "GET", path.replace(customer_id, other) + f"/{pix}")
    assert (reply.status_code, reply.json()["code"]) == (400, "BANK_ACCOUNTS_NOT_FOUND")


def test_webhook_endpoints_are_told_of_a_new_account(
    world: World, team: Team, customer_id: str
) -> None:
    bank_account_id = new_bank_account(world, team, customer_id, "sepa")
    with world.database.read() as session:
        told = session.scalars(select(Event).where(Event.type == "bankAccount.new")).all()
        payload = next(each.payload for each in told if each.payload["id"] == bank_account_id)
    assert problems(payload, webhooks()["bankAccount.new"]) == []
    assert payload["sepa_iban"] == "•••• 3000"


# Off-ramp wallets


@pytest.mark.parametrize("network", ["base_sepolia", "solana_devnet"])
def test_an_address_leads_to_its_wallet_however_it_is_written(
    world: World, team: Team, customer_id: str, network: str
) -> None:
    places = {
        "customer_id": customer_id,
        "bank_account_id": new_bank_account(world, team, customer_id),
    }
    wallet = new_offramp_wallet(world, team, places, network=network)
    address = wallet["address"]
    asked = "0x" + address[2:].upper() if network == "base_sepolia" else address
    with world.database.read() as session:
        found = offramp_wallet_at(session, team.instance_id, network, asked)
        assert found is not None
        assert found.id == wallet["id"]
        assert offramp_wallet_at(session, "in_000000000000", network, asked) is None
        assert offramp_wallet_at(session, team.instance_id, "sepolia", asked) is None
    account = read(world, team, customer_id, places["bank_account_id"])
    assert account["offramp_wallets"] == [wallet]
    # Without a name of the client's own, a wallet is called by the ends of its address.
    label = world.entry(team.instance_id)["entity_label"]
    assert label == f"{address[:6]}…{address[-4:]} on {network}"


def test_off_ramp_wallets_are_on_chains_that_the_instance_uses(
    world: World, team: Team, production: Team, customer_id: str
) -> None:
    account = new_bank_account(world, team, customer_id)
    path = WALLETS.format(
        instance_id=team.instance_id, customer_id=customer_id, bank_account_id=account
    )
    for network, code in (
        ("base", "BLOCKCHAIN_NETWORK_NOT_SUPPORTED"),
        ("stellar_testnet", "VALIDATION_FAILED"),
    ):
        reply = world.call(team.owner, "POST", path, {"network": network})
        assert_refused(world, team, reply, code, "network")
    mainnet_customer = new_customer(
        world, production, email="rui@example.com", tax_id="987.654.321-00"
    )
    world.steps.release(production.instance_id)
    places = {
        "customer_id": mainnet_customer,
        "bank_account_id": new_bank_account(world, production, mainnet_customer),
    }
    world.steps.release(production.instance_id)
    assert new_offramp_wallet(world, production, places, network="tron")["address"][0] == "T"


def test_a_wallet_that_is_not_there(world: World, team: Team, customer_id: str) -> None:
    account = new_bank_account(world, team, customer_id)
    path = WALLETS.format(
        instance_id=team.instance_id, customer_id=customer_id, bank_account_id=account
    )
    reply = world.call(team.owner, "GET", f"{path}/ow_000000000000")
    assert (reply.status_code, reply.json()["code"]) == (400, "WALLETS_NOT_FOUND")
    assert world.get(team.owner, path) == []


@pytest.mark.parametrize("whole_customer", [False, True])
def test_wallets_go_with_their_account_and_accounts_with_their_customer(
    world: World,
    team: Team,
    whole_customer: bool,  # noqa: FBT001
) -> None:
    customer_id = new_customer(world, team)
    accounts = [new_bank_account(world, team, customer_id) for _ in range(2)]
    for account in accounts:
        for _ in range(2):
            new_offramp_wallet(
                world, team, {"customer_id": customer_id, "bank_account_id": account}
            )
    path = f"/v1/instances/{team.instance_id}/customers/{customer_id}"
    deleted = path if whole_customer else f"{path}/bank-accounts/{accounts[0]}"
    before = len(world.entries(team.instance_id))
    assert world.call(team.owner, "DELETE", deleted).status_code == 200
    assert len(world.entries(team.instance_id)) == min(before + 1, 100), "one act, one entry"
    left = [] if whole_customer else accounts[1:]
    with world.database.read() as session:
        rows = session.scalars(select(BankAccount.id).where(BankAccount.customer_id == customer_id))
        assert rows.all() == left
        wallets = select(OfframpWallet.bank_account_id)
        found = session.scalars(wallets.where(OfframpWallet.customer_id == customer_id))
        assert found.all() == left * 2

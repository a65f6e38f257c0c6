"""What happens in the demo, in its order: three months, up to an hour ago."""

from __future__ import annotations

from deedbook.cli.context import operator_alone
from deedbook.cli.demo import live, team
from deedbook.cli.demo.customers import (
    ask_for_higher_limits,
    new_account,
    new_blockchain_wallet,
    new_business,
    new_person,
    new_wallet,
)
from deedbook.cli.demo.payments import (
    FAILING,
    deposit_in_offramp_wallet,
    deposit_in_virtual_account,
    hand_in_invoice,
    pay_in,
    pay_out,
    transfer,
    try_chains,
)
from deedbook.cli.demo.people import ANA, BEN, CHI, DANA, FATOU, TEAM
from deedbook.cli.demo.stage import Key, Stage
from deedbook.platform.payments.requests_for_information.schemas import RfiField, RfiSection
from deedbook.platform.payments.requests_for_information.service import open_request


def play(stage: Stage) -> str:
    """Let it all happen, and give the id of the first instance."""
    stage.clock.turn_to(days_ago=92)
    for person in TEAM:
        stage.enter(person)
    path = team.found(stage, "Acme Payments (demo)", "development")
    backend = _set_up(stage, path)
    maria, account = _first_customers(stage, path, backend)
    wallet_id = _open_wallets(stage, path, backend, maria)
    stage.clock.turn_to(days_ago=48)
    production = team.found(stage, "Acme Payments Live (demo)", "production")
    live.onboard(stage, production)
    _pay(stage, path, backend, account, wallet_id)
    stage.clock.turn_to(days_ago=27)
    live.do_business(stage, production)
    _answer_questions(stage, path, maria)
    stage.clock.turn_to(days_ago=12)
    live.settle_accounts(stage, production)
    _this_week(stage, path, backend, account, wallet_id)
    stage.leave()
    return path.rpartition("/")[2]


def _set_up(stage: Stage, path: str) -> Key:
    stage.clock.turn_to(days_ago=91.6)
    team.gather(stage, path)
    team.configure(stage, path)
    stage.clock.turn_to(days_ago=88.3)
    backend, staging, trial = team.make_keys(stage, path)
    stage.clock.turn_to(days_ago=86.4)
    try_chains(stage, path, CHI)
    try_chains(stage, path, staging)
    team.listen(stage, path)
    stage.clock.turn_to(days_ago=81.2)
    team.revoke(stage, path, trial, backend)
    return backend


def _first_customers(stage: Stage, path: str, backend: Key) -> tuple[str, str]:
    """Give the path of Maria, and the id of the account that is paid most."""
    stage.clock.turn_to(days_ago=77.5)
    maria = f"{path}/customers/{new_person(stage, path, DANA, 'Maria Lima', 'BR')}"
    john = f"{path}/customers/{new_person(stage, path, backend, 'John Doe', 'US')}"
    account = new_account(stage, maria, DANA, "pix_safe", "Maria Lima")
    new_account(stage, john, backend, "ach", "John Doe")
    stage.clock.turn_to(days_ago=71.1)
    lucia = f"{path}/customers/{new_person(stage, path, backend, 'Lucía Fernández', 'MX')}"
    new_account(stage, lucia, backend, "spei_bitso", "Lucía Fernández")
    kwame = f"{path}/customers/{new_person(stage, path, DANA, 'Kwame Mensah', 'GH')}"
    swift = new_account(stage, kwame, DANA, "international_swift", "Kwame Mensah")
    stage.act(DANA, "PUT", maria, {"email": "maria.lima@example.com", "country": "BR"})
    stage.clock.turn_to(days_ago=66.8)
    anvil = f"{path}/customers/{new_business(stage, path, DANA, 'Anvil Comércio Ltda', 'BR')}"
    spare = new_account(stage, anvil, backend, "ted", "Anvil Comércio Ltda")
    stage.act(DANA, "DELETE", f"{anvil}/bank-accounts/{spare}")
    payout_id = pay_out(stage, path, FATOU, swift, 310_00, passkey=True)
    hand_in_invoice(stage, path, FATOU, payout_id)
    return maria, account


def _open_wallets(stage: Stage, path: str, backend: Key, customer: str) -> str:
    """Give the id of the managed wallet."""
    stage.clock.turn_to(days_ago=60.2)
    ledger = new_blockchain_wallet(stage, customer, DANA, "Ledger")
    phone = new_blockchain_wallet(stage, customer, backend, "Phone", "polygon_amoy")
    wallet_id = new_wallet(stage, customer, backend, "Savings")
    spare = new_wallet(stage, customer, backend, "Holidays")
    stage.act(DANA, "DELETE", f"{customer}/wallets/{spare}")
    stage.clock.turn_to(days_ago=55.4)
    opened = {"banking_partner": "citi", "token": "USDB", "blockchain_wallet_id": phone}
    account = stage.act(BEN, "POST", f"{customer}/virtual-accounts", opened)
    moved = {"token": "USDB", "blockchain_wallet_id": ledger}
    stage.act(BEN, "PUT", f"{customer}/virtual-accounts/{account['id']}", moved)
    stage.act(DANA, "DELETE", f"{customer}/blockchain-wallets/{phone}")
    deposit_in_virtual_account(stage, path, account["id"], 940_00, "Globex Inc.")
    pay_in(stage, path, backend, ledger, 250_00)
    return wallet_id


def _pay(stage: Stage, path: str, backend: Key, account_id: str, wallet_id: str) -> None:
    stage.clock.turn_to(days_ago=43.7)
    fees = f"{path}/partner-fees"
    fee = {
        "name": "Marketplace",
        "payout_percentage_fee": 100,
        "payout_flat_fee": 150,
        "payin_percentage_fee": 50,
        "payin_flat_fee": 0,
        "virtual_account_set": False,
    }
    fee_id = stage.act(BEN, "POST", fees, fee, passkey=True)["id"]
    trial_id = stage.act(FATOU, "POST", fees, {**fee, "name": "Launch offer"}, passkey=True)["id"]
    pay_out(stage, path, backend, account_id, 120_00, partner_fee_id=fee_id)
    pay_in(stage, path, backend, wallet_id, 500_00, "wire")
    stage.clock.turn_to(days_ago=39.2)
    pay_in(stage, path, FATOU, wallet_id, FAILING)
    transfer(stage, path, FATOU, wallet_id, 75_00, passkey=True)
    stage.act(FATOU, "DELETE", f"{fees}/{trial_id}", passkey=True)
    stage.clock.turn_to(days_ago=34.9)
    pay_out(stage, path, backend, account_id, 88_40, partner_fee_id=fee_id)
    pay_out(stage, path, FATOU, account_id, 210_00, description="Rent", passkey=True)


def _answer_questions(stage: Stage, path: str, customer: str) -> None:
    """Let compliance ask about a customer, and have it answered."""
    stage.clock.turn_to(days_ago=21.3)
    ask_for_higher_limits(stage, customer, DANA)
    asked = RfiField(key="source_of_funds", label="Where does the money come from?", required=True)
    section = RfiSection(
        title="Source of funds", description="We need to know more.", fields=[asked]
    )
    instance_id, _, customer_id = customer.removeprefix("/v1/instances/").split("/")
    with stage.work(operator_alone(), instance_id) as work:
        open_request(work, customer_id, [section])
    with stage.work(operator_alone(), instance_id) as work:
        open_request(work, None, [section])
    answer = {"source_of_funds": "Salary"}
    stage.act(DANA, "POST", f"{customer}/rfi", answer)
    stage.act(ANA, "POST", f"{path}/rfi", {"source_of_funds": "Fees of our customers"})
    stage.settle()
    team.try_what_is_not_theirs(stage, path, customer_id)


def _this_week(stage: Stage, path: str, backend: Key, account_id: str, wallet_id: str) -> None:
    stage.clock.turn_to(days_ago=6.1)
    ola = f"{path}/customers/{new_person(stage, path, DANA, 'Ola Nowak', 'PL')}"
    account = new_account(stage, ola, DANA, "sepa", "Ola Nowak")
    opened = {"network": "base_sepolia", "external_id": "till-3"}
    wallets = f"{ola}/bank-accounts/{account}/offramp-wallets"
    offramp = stage.act(DANA, "POST", wallets, opened)
    team.change(stage, path)
    stage.clock.turn_to(days_ago=3.4)
    yuki = f"{path}/customers/{new_person(stage, path, DANA, 'Yuki Tanaka', 'JP')}"
    stage.act(DANA, "PUT", yuki, {"email": "yuki.tanaka@example.com", "country": "JP"})
    old = new_person(stage, path, backend, "Jon Doe", "US")
    stage.act(DANA, "DELETE", f"{path}/customers/{old}")
    stage.clock.turn_to(days_ago=1.2)
    deposit_in_offramp_wallet(stage, path, offramp, 64_00)
    pay_in(stage, path, backend, wallet_id, 300_00)
    stage.clock.turn_to(days_ago=0.1)
    transfer(stage, path, backend, wallet_id, 42_00)
    pay_out(stage, path, FATOU, account_id, 150_00, description="Invoice 77", passkey=True)
    pay_out(stage, path, backend, account_id, 59_90)

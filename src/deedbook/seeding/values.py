"""What is new about each sort of act, made up: amounts, rails, names that agree with one another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, TypeAlias

from deedbook.engine import Changes
from deedbook.seeding.chance import BUSINESSES, Chance

Values: TypeAlias = dict[str, Any]
Known: TypeAlias = Mapping[str, Any]

_RAILS: Final = (
    *(("pix_safe", "Itaú", "BR", "BRL", 5_37), ("ted", "Bradesco", "BR", "BRL", 5_37)),
    *(("ach", "Chase", "US", "USD", 1_00), ("wire", "Wells Fargo", "US", "USD", 1_00)),
    *(("spei_bitso", "BBVA", "MX", "MXN", 18_42), ("sepa", "Commerzbank", "DE", "EUR", 86)),
    ("international_swift", "Barclays", "GB", "USD", 1_00),
)
_COUNTRIES: Final = ("BR", "BR", "BR", "US", "US", "MX", "DE", "GB", "GH", "JP")
_NETWORKS: Final = ("sepolia", "base_sepolia", "polygon_amoy", "arbitrum_sepolia")
_METHODS: Final = (("ach", "USD", 1_00), ("wire", "USD", 1_00), ("pix", "BRL", 5_37))
_WALLET_NAMES: Final = ("Ledger", "Phone", "Savings", "Treasury", "Payroll", "Till")
_PURPOSES: Final = (None, None, "Rent", "Invoice", "Salary", "Refund")
_STAR: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


def customer(chance: Chance, _: Known) -> Values:
    """Give a person or a business."""
    is_person = chance.random() < 0.8  # noqa: PLR2004 (four in five)
    name = chance.name() if is_person else f"{chance.one_of(BUSINESSES)} {chance.id('')[1:4]} Ltda"
    return {
        "label": name,
        "type": "individual" if is_person else "business",
        "kyc_type": "standard",
        "kyc_status": "approved",
        "country": chance.one_of(_COUNTRIES),
        "name": name,
        "customer_name": name,
        "email": f"{name.split()[0].lower()}.{chance.below(10_000)}@example.com",
        "external_id": f"crm-{chance.below(1_000_000)}" if chance.below(2) else None,
    }


def bank_account(chance: Chance, known: Known) -> Values:
    """Give an account of some rail, in the name of its customer."""
    rail, bank, country, currency, rate = chance.one_of(_RAILS)
    last_four = f"{chance.below(10_000):04d}"
    return {
        "label": f"{bank} •••• {last_four}",
        "bank_account": f"{bank} •••• {last_four}",
        "rail": rail,
        "status": "approved",
        "country": country,
        "account_class": known["type"],
        "recipient_relationship": "employee",
        "last_four": last_four,
        "name": bank,
        "beneficiary": known["customer_name"],
        "recipient_name": known["customer_name"],
        "currency": currency,
        "rate": rate,
    }


def wallet(chance: Chance, _: Known) -> Values:
    """Give a wallet of either sort."""
    name = chance.one_of(_WALLET_NAMES)
    return {
        "label": name,
        "wallet": name,
        "name": name,
        "network": chance.one_of(_NETWORKS),
        "is_account_abstraction": True,
        "address": chance.address(),
        "external_id": None,
    }


def offramp_wallet(chance: Chance, _: Known) -> Values:
    """Give the off-ramp wallet of a till."""
    till = f"till-{chance.below(1_000)}"
    return {
        "label": till,
        "network": chance.one_of(_NETWORKS),
        "address": chance.address(),
        "external_id": till,
    }


def virtual_account(chance: Chance, _: Known) -> Values:
    """Give a virtual account."""
    last_four = f"{chance.below(10_000):04d}"
    return {
        "label": f"Citi •••• {last_four}",
        "banking_partner": "citi",
        "token": "USDB",
        "kyc_status": "approved",
        "last_four": last_four,
    }


def payin(chance: Chance, known: Known) -> Values:
    """Give a payment into a wallet."""
    method, currency, rate = chance.one_of(_METHODS)
    cents = chance.cents()
    sent = cents * rate // 100
    return {
        "label": f"{sent // 100}.{sent % 100:02d} {currency} to {known['wallet']}",
        "sender_amount": sent,
        "currency": currency,
        "payment_method": method,
        "receiver_amount": cents * 99 // 100,
        "token": "USDB",
        "partner_fee_amount": 0,
        "memo_code": chance.hex(8) if method == "wire" else None,
        "sender_name": None,
    }


def payout(chance: Chance, known: Known) -> Values:
    """Give a payment to an account."""
    cents = chance.cents()
    return {
        "label": known["bank_account"],
        "sender_amount": cents,
        "token": "USDB",
        "network": chance.one_of(_NETWORKS),
        "receiver_amount": cents * 985 // 1000 * known["rate"] // 100,
        "partner_fee_amount": 0,
        "sender_wallet_address": chance.address(),
        "description": chance.one_of(_PURPOSES),
    }


def documents(chance: Chance, known: Known) -> Values:
    """Give the document of a payout."""
    return {
        "label": known["bank_account"],
        "transaction_document_type": "invoice",
        "transaction_document_id": f"INV-{chance.below(100_000)}",
    }


def document_changes(_: Chance, known: Known) -> Changes:
    """Say which document there is now."""
    number = {"from": None, "to": known["transaction_document_id"]}
    return Changes(
        {"transaction_document_type": {"from": None, "to": "invoice"}},
        {"transaction_document_id": number},
    )


def transfer(chance: Chance, known: Known) -> Values:
    """Give a transfer out of a wallet."""
    to = chance.address()
    return {
        "label": f"{to[:6]}…{to[-4:]}",
        "amount": chance.cents(),
        "token": "USDB",
        "customer_network": known["network"],
        "customer_wallet_address": to,
    }


def limits(chance: Chance, known: Known) -> Values:
    """Give higher limits."""
    thousands = 10 * (1 + chance.below(10))
    return {
        "label": known["customer_name"],
        "per_transaction": thousands * 1_000_00,
        "daily": thousands * 3_000_00,
        "monthly": thousands * 10_000_00,
        "currency": "USD",
        "supporting_document_type": "individual_pay_stub",
        "status": "approved",
    }


def key(chance: Chance, _: Known) -> Values:
    """Give an API key that is not used."""
    name = f"Integration {chance.below(1_000)}"
    return {
        "label": name,
        "name": name,
        "prefix": f"dk_test_{chance.id('')[1:5]}",
        "permission": "full_access",
        "role": "developer",
        "reads_log": False,
        "ip_whitelist": [],
    }


def invite(chance: Chance, _: Known) -> Values:
    """Give an invite."""
    email = f"guest.{chance.below(100_000)}@example.com"
    return {"label": email, "email": email, "role": chance.one_of(("viewer", "operations"))}


def new_role(chance: Chance, known: Known) -> Values:
    """Give a member another role."""
    role = chance.one_of([each for each in ("viewer", "operations") if each != known["role"]])
    return {"role": role, "previous_role": known["role"]}


def role_changes(_: Chance, known: Known) -> Changes:
    """Say what the role was."""
    return Changes({"role": {"from": known["previous_role"], "to": known["role"]}})


def partner_fee(chance: Chance, _: Known) -> Values:
    """Give a fee."""
    name = f"Fee {chance.below(1_000)}"
    return {
        "label": name,
        "name": name,
        "payout_percentage_fee": 10 * chance.below(20),
        "payout_flat_fee": 50 * chance.below(6),
        "payin_percentage_fee": 50,
        "payin_flat_fee": 0,
        "virtual_account_set": False,
    }


def webhook_endpoint(chance: Chance, _: Known) -> Values:
    """Give an endpoint."""
    url = f"https://hooks.example/{chance.hex(8)}"
    return {"label": url, "url": url, "events": ["payout.complete"]}


def trustline(chance: Chance, _: Known) -> Values:
    """Give an address of Stellar."""
    address = "G" + "".join(chance.one_of(_STAR) for _ in range(55))
    return {"label": None, "entity_id": address, "network": "stellar_testnet", "token": "USDB"}


def minted(chance: Chance, known: Known) -> Values:
    """Give an amount for an address of Stellar."""
    minted = {"amount": str(1 + chance.below(5_000)), "transaction_hash": chance.hex(64)}
    return {**trustline(chance, known), **minted}


def nothing_new(_: Chance, __: Known) -> Values:
    """Leave all as it is known."""
    return {}


def moved(chance: Chance, _: Known) -> Changes:
    """Say that a customer lives in another city."""
    city = {"from": "Recife", "to": chance.one_of(("Olinda", "Lisbon", "Accra", "Austin"))}
    return Changes(personal={"city": city})

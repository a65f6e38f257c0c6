"""What can happen in a seeded log: each act, how often it comes, and what its entry says.

An act is on something that an earlier entry of the log made (`of`), and may make something (`makes`).
Whatever the thing before is known by, what comes of it is known by as well: the payout of an account
by the account's rail and last four, and by its customer's name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from deedbook.cli.seeding.chance import BUSINESSES, Chance
from deedbook.engine import Changes

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """One sort of act. `fill` gives what is new about it, its `label` among that."""

    action: str
    weight: int
    fill: Callable[[Chance, Known], Values]
    of: str = "instance"
    makes: str | None = None
    prefix: str = ""
    ends: bool = False
    fresh_refs: Mapping[str, str] = field(default_factory=dict)
    """What it refers to that has no entry of its own, such as a quote: its type and its prefix."""
    changes: Callable[[Chance, Known], Changes] | None = None


def _customer(chance: Chance, _: Known) -> Values:
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


def _bank_account(chance: Chance, known: Known) -> Values:
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


def _wallet(chance: Chance, _: Known) -> Values:
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


def _offramp_wallet(chance: Chance, _: Known) -> Values:
    till = f"till-{chance.below(1_000)}"
    return {
        "label": till,
        "network": chance.one_of(_NETWORKS),
        "address": chance.address(),
        "external_id": till,
    }


def _virtual_account(chance: Chance, _: Known) -> Values:
    last_four = f"{chance.below(10_000):04d}"
    return {
        "label": f"Citi •••• {last_four}",
        "banking_partner": "citi",
        "token": "USDB",
        "kyc_status": "approved",
        "last_four": last_four,
    }


def _payin(chance: Chance, known: Known) -> Values:
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


def _payout(chance: Chance, known: Known) -> Values:
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


def _documents(chance: Chance, known: Known) -> Values:
    return {
        "label": known["bank_account"],
        "transaction_document_type": "invoice",
        "transaction_document_id": f"INV-{chance.below(100_000)}",
    }


def _document_changes(_: Chance, known: Known) -> Changes:
    number = {"from": None, "to": known["transaction_document_id"]}
    return Changes(
        {"transaction_document_type": {"from": None, "to": "invoice"}},
        {"transaction_document_id": number},
    )


def _transfer(chance: Chance, known: Known) -> Values:
    to = chance.address()
    return {
        "label": f"{to[:6]}…{to[-4:]}",
        "amount": chance.cents(),
        "token": "USDB",
        "customer_network": known["network"],
        "customer_wallet_address": to,
    }


def _limits(chance: Chance, known: Known) -> Values:
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


def _key(chance: Chance, _: Known) -> Values:
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


def _invite(chance: Chance, _: Known) -> Values:
    email = f"guest.{chance.below(100_000)}@example.com"
    return {"label": email, "email": email, "role": chance.one_of(("viewer", "operations"))}


def _new_role(chance: Chance, known: Known) -> Values:
    role = chance.one_of([each for each in ("viewer", "operations") if each != known["role"]])
    return {"role": role, "previous_role": known["role"]}


def _role_changes(_: Chance, known: Known) -> Changes:
    return Changes({"role": {"from": known["previous_role"], "to": known["role"]}})


def _partner_fee(chance: Chance, _: Known) -> Values:
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


def _webhook_endpoint(chance: Chance, _: Known) -> Values:
    url = f"https://hooks.example/{chance.hex(8)}"
    return {"label": url, "url": url, "events": ["payout.complete"]}


def _trustline(chance: Chance, _: Known) -> Values:
    address = "G" + "".join(chance.one_of(_STAR) for _ in range(55))
    return {"label": None, "entity_id": address, "network": "stellar_testnet", "token": "USDB"}


def _minted(chance: Chance, known: Known) -> Values:
    minted = {"amount": str(1 + chance.below(5_000)), "transaction_hash": chance.hex(64)}
    return {**_trustline(chance, known), **minted}


def _nothing_new(_: Chance, __: Known) -> Values:
    return {}


def _moved(chance: Chance, _: Known) -> Changes:
    city = {"from": "Recife", "to": chance.one_of(("Olinda", "Lisbon", "Accra", "Austin"))}
    return Changes(personal={"city": city})


RECIPES: Final = (
    Recipe(
        action="customer.created",
        weight=60,
        fill=_customer,
        makes="customer",
        prefix="re",
        fresh_refs={"terms_of_service": "to"},
    ),
    Recipe(action="customer.updated", weight=40, of="customer", fill=_nothing_new, changes=_moved),
    Recipe(action="customer.deleted", weight=4, of="customer", fill=_nothing_new, ends=True),
    Recipe(
        action="bank_account.created",
        weight=70,
        of="customer",
        fill=_bank_account,
        makes="bank_account",
        prefix="ba",
    ),
    Recipe(
        action="bank_account.deleted", weight=6, of="bank_account", fill=_nothing_new, ends=True
    ),
    Recipe(
        action="blockchain_wallet.created",
        weight=40,
        of="customer",
        fill=_wallet,
        makes="blockchain_wallet",
        prefix="bw",
    ),
    Recipe(
        action="blockchain_wallet.deleted",
        weight=4,
        of="blockchain_wallet",
        fill=_nothing_new,
        ends=True,
    ),
    Recipe(
        action="wallet.created", weight=15, of="customer", fill=_wallet, makes="wallet", prefix="bl"
    ),
    Recipe(action="wallet.deleted", weight=2, of="wallet", fill=_nothing_new, ends=True),
    Recipe(
        action="offramp_wallet.created",
        weight=10,
        of="bank_account",
        fill=_offramp_wallet,
        makes="offramp_wallet",
        prefix="ow",
    ),
    Recipe(
        action="virtual_account.created",
        weight=10,
        of="blockchain_wallet",
        fill=_virtual_account,
        makes="virtual_account",
        prefix="va",
    ),
    Recipe(
        action="payin.created",
        weight=180,
        of="blockchain_wallet",
        fill=_payin,
        makes="payin",
        prefix="pi",
        fresh_refs={"quote": "pq"},
    ),
    Recipe(
        action="payout.created",
        weight=380,
        of="bank_account",
        fill=_payout,
        makes="payout",
        prefix="po",
        fresh_refs={"quote": "qu"},
    ),
    Recipe(
        action="payout.documents_submitted",
        weight=30,
        of="payout",
        fill=_documents,
        changes=_document_changes,
    ),
    Recipe(
        action="transfer.created",
        weight=50,
        of="wallet",
        fill=_transfer,
        makes="transfer",
        prefix="tr",
        fresh_refs={"quote": "qu"},
    ),
    Recipe(
        action="customer_limit_increase.created",
        weight=10,
        of="customer",
        fill=_limits,
        makes="limit_increase",
        prefix="rl",
    ),
    Recipe(action="api_key.created", weight=3, fill=_key, makes="api_key", prefix="ap"),
    Recipe(action="api_key.deleted", weight=2, of="api_key", fill=_nothing_new, ends=True),
    Recipe(action="invite.created", weight=4, fill=_invite, makes="invite", prefix="it"),
    Recipe(action="invite.deleted", weight=2, of="invite", fill=_nothing_new, ends=True),
    Recipe(
        action="team_member.role_updated",
        weight=2,
        of="user",
        fill=_new_role,
        changes=_role_changes,
    ),
    Recipe(
        action="partner_fee.created", weight=4, fill=_partner_fee, makes="partner_fee", prefix="pf"
    ),
    Recipe(action="partner_fee.deleted", weight=2, of="partner_fee", fill=_nothing_new, ends=True),
    Recipe(
        action="webhook_endpoint.created",
        weight=3,
        fill=_webhook_endpoint,
        makes="webhook_endpoint",
        prefix="we",
    ),
    Recipe(
        action="webhook_endpoint.secret_viewed",
        weight=3,
        of="webhook_endpoint",
        fill=_nothing_new,
    ),
    Recipe(
        action="webhook_endpoint.deleted",
        weight=1,
        of="webhook_endpoint",
        fill=_nothing_new,
        ends=True,
    ),
    Recipe(action="asset_trustline.created", weight=3, fill=_trustline),
    Recipe(action="usdb.minted", weight=10, fill=_minted),
)

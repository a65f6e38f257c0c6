"""The production instance: onboarding, and what is paid and earned with it."""

from __future__ import annotations

from typing import Final

from deedbook.cli.context import operator_alone
from deedbook.cli.demo.customers import DOCUMENT, new_account, new_person
from deedbook.cli.demo.payments import SENDER, pay_out
from deedbook.cli.demo.people import ANA, BEN, FATOU
from deedbook.cli.demo.stage import Stage
from deedbook.cli.demo.team import join
from deedbook.platform.settings.billing.service import close_period

_APPLICANT: Final = "ow_000000000001"
_STEPS: Final[dict[str, dict[str, object]]] = {
    "business_details": {
        "entity_type": "company",
        "legal_name": "Acme Payments Ltda",
        "tax_id": "12.345.678/0001-95",
        "state_of_incorporation": "PE",
        "formation_date": "2015-05-01T00:00:00.000Z",
        "trading_names": ["Acme"],
        "address_line_1": "1 Long Road",
        "address_line_2": None,
        "city": "Recife",
        "state_province_region": "PE",
        "postal_code": "50030-230",
        "country": "BR",
    },
    "business_profile": {
        "scenario": "custodial",
        "scenario_description": "We pay freelancers in other countries.",
        "has_kyc_screening": True,
        "is_regulated": False,
        "business_industry": "marketplace",
        "website": "https://acme.example/",
        "top_volume_by_country": ["BR", "MX"],
        "estimated_volume_per_month": "up_to_500",
    },
    "ownership_documents": {
        "incorporation_doc_file": DOCUMENT,
        "proof_of_ownership_doc_file": DOCUMENT,
        "proof_of_address_doc_type": "UTILITY_BILL",
        "proof_of_address_doc_file": DOCUMENT,
        "owners": [
            {
                "id": _APPLICANT,
                "role": "beneficial_owner",
                "first_name": "Ana",
                "last_name": "Souza",
                "date_of_birth": "1980-03-01T00:00:00.000Z",
                "tax_id": "123.456.789-09",
                "city": "Recife",
                "country": "BR",
            }
        ],
    },
    "applicant": {
        "applicant_id": _APPLICANT,
        "applicant_authorized": True,
        "legal_representative_doc_file": DOCUMENT,
    },
}


def onboard(stage: Stage, path: str) -> None:
    """Have Ana take every step; the business profile needs a second go."""
    for step, body in _STEPS.items():
        stage.act(ANA, "PUT", f"{path}/onboarding/{step}", body)
    larger = {**_STEPS["business_profile"], "estimated_volume_per_month": "up_to_1000"}
    stage.act(ANA, "PUT", f"{path}/onboarding/business_profile", larger)
    liveness = {"liveness_session_id": "liveness-0426"}
    stage.act(ANA, "POST", f"{path}/onboarding/liveness", liveness)
    stage.act(ANA, "POST", f"{path}/onboarding/complete")
    _release(stage, path)
    for person in (BEN, FATOU):
        join(stage, path, ANA, person)


def do_business(stage: Stage, path: str) -> None:
    """Have a customer paid, with a fee for us."""
    fee = {
        "name": "Marketplace",
        "payout_percentage_fee": 100,
        "payout_flat_fee": 150,
        "payin_percentage_fee": 50,
        "payin_flat_fee": 0,
        "virtual_account_set": False,
    }
    fee_id = stage.act(BEN, "POST", f"{path}/partner-fees", fee, passkey=True)["id"]
    customer_id = new_person(stage, path, BEN, "Helena Prado", "BR")
    _release(stage, path)
    customer = f"{path}/customers/{customer_id}"
    account_id = new_account(stage, customer, BEN, "pix_safe", "Helena Prado")
    _release(stage, path)
    live = {"network": "base", "token": "USDC", "partner_fee_id": fee_id}
    for cents in (820_00, 1_450_00):
        pay_out(stage, path, FATOU, account_id, cents, passkey=True, **live)
        _release(stage, path)


def settle_accounts(stage: Stage, path: str) -> None:
    """Close the period; what is owed is paid, what was earned is collected."""
    billing = f"{path}/billing"
    details = {
        "name": "Acme Payments Ltda",
        "email": "billing@demo.example",
        "tax_id": "12.345.678/0001-95",
        "address_line_1": "1 Long Road",
        "address_line_2": "",
        "city": "Recife",
        "state_province_region": "PE",
        "postal_code": "50030-230",
        "country": "BR",
        "copy_emails": ["cfo@demo.example"],
    }
    stage.act(FATOU, "PUT", f"{billing}/details", details, passkey=True)
    with stage.work(operator_alone(), path.rpartition("/")[2]) as work:
        owing, claimable = close_period(work)
    stage.act(FATOU, "POST", f"{billing}/portal-session")
    stage.act(FATOU, "POST", f"{billing}/invoices/{owing.id}/pay", passkey=True)
    wallet = {"network": "base", "token": "USDC", "wallet_address": SENDER}
    stage.act(FATOU, "POST", f"{billing}/invoices/{claimable.id}/collect", wallet, passkey=True)
    _release(stage, path)


def _release(stage: Stage, path: str) -> None:
    # In production the outside world answers when it is told to.
    stage.steps.release(path.rpartition("/")[2])

"""Reference data: what fields may hold, for whoever fills in a form."""

from __future__ import annotations

import re
from typing import Any

import pytest

from deedbook.platform.payments.bank_accounts.models import BankAccount
from deedbook.platform.payments.reference.bank_details import RAILS
from deedbook.platform.payments.reference.industries import INDUSTRIES
from deedbook.platform.payments.reference.swift_payment_codes import SWIFT_PAYMENT_CODES
from world.contract import named
from world.people import Team
from world.rows.bank_accounts import BODIES
from world.world import World

AVAILABLE = "/v1/available"


def test_rails_and_industries_need_no_caller(world: World) -> None:
    rails = world.get(None, f"{AVAILABLE}/rails")
    assert [each["value"] for each in rails] == list(RAILS)
    assert {"label": "Pix", "value": "pix", "country": "BR"} in rails
    industries = world.get(None, f"{AVAILABLE}/naics")
    assert {each["value"] for each in industries} == set(named("NaicsCode")["enum"])
    assert {"label": "Wineries", "value": "312130"} in industries


def test_the_codes_are_those_of_the_contract() -> None:
    assert set(RAILS) == set(named("CreateBankAccountIn")["properties"]["type"]["enum"])
    assert set(INDUSTRIES) == set(named("NaicsCode")["enum"])
    codes = named("SwiftPaymentCode")["enum"]
    assert sorted(SWIFT_PAYMENT_CODES) == sorted(codes)


@pytest.mark.parametrize("rail", list(RAILS))
def test_a_form_made_of_the_fields_makes_an_account(world: World, rail: str) -> None:
    """As a client would: fill in each field by what is said of it."""
    fields = world.get(None, f"{AVAILABLE}/bank-details", params={"rail": rail})
    sent = BODIES[rail]
    asked = {each["key"] for each in fields if each["required"]}
    assert asked <= set(sent), "the example has all that the rail needs"
    assert set(sent) <= {each["key"] for each in fields}
    for each in fields:
        assert each["label"]
        assert each["key"] == "force_cpf_cnpj" or hasattr(BankAccount, each["key"])
        value = sent.get(each["key"])
        if value is not None:
            assert re.search(each["regex"], value), each
            assert value in [item["value"] for item in each.get("items", [])] or "items" not in each
        when: dict[str, Any] = each.get("requiredWhen", {})
        assert when.get("field", "name") in {other["key"] for other in fields}


def test_a_field_says_when_it_is_needed(world: World) -> None:
    fields = world.get(None, f"{AVAILABLE}/bank-details", params={"rail": "international_swift"})
    by_key = {each["key"]: each for each in fields}
    assert by_key["business_industry"]["requiredWhen"] == {
        "field": "account_class",
        "operator": "eq",
        "values": ["business"],
    }
    assert "requiredWhen" not in by_key["name"]
    assert "items" not in by_key["name"]


@pytest.mark.parametrize("query", ["", "?rail=", "?rail=nonsense"])
def test_a_rail_that_is_not_there(world: World, query: str) -> None:
    reply = world.call(None, "GET", f"{AVAILABLE}/bank-details{query}")
    assert (reply.status_code, reply.json()["code"]) == (400, "VALIDATION_FAILED")
    assert reply.json()["errors"][0].startswith("rail")


def test_banks_by_their_bic(world: World, team: Team) -> None:
    for caller in (team.owner, world.person(), *team.keys.values()):
        found = world.get(caller, f"{AVAILABLE}/swift/CHASUS33")
        assert [each["bank"] for each in found] == ["JPMorgan Chase Bank"]
    assert world.get(team.owner, f"{AVAILABLE}/swift/CHASUS33XXX") == found
    assert world.get(team.owner, f"{AVAILABLE}/swift/chasus33") == found
    # A branch or bank that is not known is no bank that is made up.
    assert world.get(team.owner, f"{AVAILABLE}/swift/CHASUS33NYC") == []
    assert world.get(team.owner, f"{AVAILABLE}/swift/AAAAUS33") == []
    assert world.call(None, "GET", f"{AVAILABLE}/swift/CHASUS33").status_code == 401
    for wrong in ("CHASUS3", "CHASUS33X", "CHAS-S33"):
        assert world.call(team.owner, "GET", f"{AVAILABLE}/swift/{wrong}").status_code == 400

"""Customers: terms, verification, updates, owners, lists."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from httpx2 import Response

from deedbook.platform.payments.customers.models import Customer
from world import bodies
from world.people import Team
from world.rows.customers import new_customer
from world.world import World, unique

EVERY_FIELD = {
    "address_line_2": "Flat 2",
    "latitude": -8.05,
    "longitude": -34.9,
    "image_url": "https://files.example/photo.png",
    "proof_of_address_doc_type": "UTILITY_BILL",
    "proof_of_address_doc_file": bodies.DOCUMENT,
    "id_doc_back_file": bodies.DOCUMENT,
    "alternate_name": "Acme",
    "website": "https://acme.example",
    "source_of_funds_doc_type": "salary",
    "source_of_funds_doc_file": bodies.DOCUMENT,
    "purpose_of_transactions": "other",
    "purpose_of_transactions_explanation": "Rent",
    "account_purpose": "other",
    "account_purpose_other": "Savings",
    "business_type": "llc",
    "business_description": "Anvils",
    "business_industry": "541611",
    "estimated_annual_revenue": "0_99999",
    "source_of_wealth": "inheritance",
    "publicly_traded": False,
    "occupation": "Smith",
    "external_id": "crm-7",
    "additional_info": [],
}


@pytest.fixture(scope="module")
def production(world: World) -> Team:
    return world.team(type="production", full=False)


def customers_of(team: Team) -> str:
    return f"/v1/instances/{team.instance_id}/customers"


def create(world: World, team: Team, body: object) -> Response:
    return world.call(team.owner, "POST", customers_of(team), body)


def created(world: World, team: Team, body: object) -> dict[str, Any]:
    """Create a customer, and give it as it is read."""
    reply = create(world, team, body)
    assert reply.status_code == 200, reply.text
    assert reply.json()["id"] == reply.json()["customer_id"]
    return read(world, team, reply.json()["id"])


def read(world: World, team: Team, customer_id: str) -> dict[str, Any]:
    customer: dict[str, Any] = world.get(team.owner, f"{customers_of(team)}/{customer_id}")
    return customer


def update(world: World, team: Team, customer_id: str, **fields: object) -> Response:
    body = {"email": "maria@example.com", "country": "BR", **fields}
    return world.call(team.owner, "PUT", f"{customers_of(team)}/{customer_id}", body)


def assert_refused(
    world: World, team: Team, reply: Response, status: int, code: str, named: str = ""
) -> None:
    problem = reply.json()
    assert (reply.status_code, problem["code"]) == (status, code), problem
    assert named in f"{problem['errors']} {problem['description']}"
    # A refused request is not in the log.
    newest = world.entry(team.instance_id)
    assert newest["request_id"] != reply.headers["X-Request-Id"]


# Terms of service


def start_terms(world: World, team: Team, **fields: object) -> Response:
    path = f"/v1/e/instances/{team.instance_id}/tos"
    return world.call(None, "POST", path, {"idempotency_key": str(uuid4()), **fields})


def token_of(reply: Response) -> str:
    assert reply.status_code == 200, reply.text
    url: str = reply.json()["url"]
    return parse_qs(urlsplit(url).query)["session_token"][0]


def accept_terms(world: World, token: str, **fields: object) -> Response:
    body = {"session_token": token, "idempotency_key": str(uuid4()), **fields}
    return world.call(None, "PUT", "/v1/e/tos", body)


def test_a_customer_accepts_the_terms_on_the_page_and_is_then_created(
    world: World, team: Team
) -> None:
    before = len(world.entries(team.instance_id))
    started = start_terms(world, team, redirect_url="https://shop.example/thanks")
    page = world.http.get(started.json()["url"])
    assert page.status_code == 200
    assert page.headers["Content-Type"].startswith("text/html")
    script = world.http.get("/e/tos.js")
    assert script.headers["Content-Type"].startswith("text/javascript")

    accepted = accept_terms(world, token_of(started)).json()
    assert accepted["redirect_url"] == "https://shop.example/thanks"
    assert accepted["receiver_id"] is None
    assert len(world.entries(team.instance_id)) == before, "neither a user nor a key acted"
    customer = created(world, team, bodies.person_customer(accepted["tos_id"]))
    assert customer["tos_id"] == accepted["tos_id"]
    assert customer["is_tos_accepted"] is True


def test_terms_are_accepted_once(world: World, team: Team) -> None:
    token = token_of(start_terms(world, team))
    assert accept_terms(world, token).status_code == 200
    again = accept_terms(world, token)
    assert (again.status_code, again.json()["code"]) == (409, "TOS_ALREADY_ACCEPTED")
    unknown = accept_terms(world, "nonsense")
    assert (unknown.status_code, unknown.json()["code"]) == (404, "TOS_NOT_FOUND")


def test_a_key_of_terms_is_used_once_in_an_instance(
    world: World, team: Team, strangers: Team
) -> None:
    key = str(uuid4())
    assert start_terms(world, team, idempotency_key=key).status_code == 200
    again = start_terms(world, team, idempotency_key=key)
    assert again.status_code == 400
    assert again.json()["message"] == "idempotency_key_already_exists"
    assert start_terms(world, strangers, idempotency_key=key).status_code == 200


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"idempotency_key": "nonsense"}, "idempotency_key"),
        ({"customer_id": "x" * 16}, "customer_id"),
        ({"redirect_url": "javascript:alert(1)"}, "redirect_url"),
        ({"redirect_url": f"https://shop.example/{'x' * 3000}"}, "redirect_url"),
    ],
)
def test_terms_that_cannot_be_started(
    world: World, team: Team, fields: dict[str, object], named: str
) -> None:
    reply = start_terms(world, team, **fields)
    assert reply.status_code == 400
    assert reply.json()["errors"][0].startswith(named)


def test_of_an_accepted_customer_only_an_id_is_taken(world: World, team: Team) -> None:
    token = token_of(start_terms(world, team))
    reply = accept_terms(world, token, receiver_id="x" * 16)
    assert reply.status_code == 400
    assert reply.json()["errors"][0].startswith("receiver_id")


@pytest.mark.parametrize("nothing", [{}, {"tos_id": None}, {"tos_id": " "}])
def test_without_terms_there_is_no_customer(
    world: World, team: Team, nothing: dict[str, object]
) -> None:
    body = bodies.person_customer("")
    del body["tos_id"]
    body |= nothing
    reply = create(world, team, body)
    assert reply.json()["message"] == "please_accept_terms_of_service"
    assert_refused(world, team, reply, 400, "TOS_NOT_ACCEPTED", "tos_id")


def test_terms_that_are_open_used_unknown_or_anothers(
    world: World, team: Team, strangers: Team
) -> None:
    used = world.accepted_terms(team.instance_id)
    created(world, team, bodies.person_customer(used))
    for tos_id, code in (
        (used, "TOS_ALREADY_ACCEPTED"),
        (world.accepted_terms(strangers.instance_id), "TOS_NOT_FOUND"),
        ("to_000000000000", "TOS_NOT_FOUND"),
    ):
        reply = create(world, team, bodies.person_customer(tos_id))
        assert_refused(world, team, reply, 400, code, "tos_id")


# Verification


def test_development_approves_and_the_name_fail_rejects(world: World, team: Team) -> None:
    for make, name in (
        (bodies.person_customer, "first_name"),
        (bodies.business_customer, "legal_name"),
    ):
        for fields, status in (({}, "approved"), ({name: "Fail"}, "rejected")):
            body = make(world.accepted_terms(team.instance_id), **fields)
            assert created(world, team, body)["kyc_status"] == status
            assert world.entry(team.instance_id)["metadata"]["kyc_status"] == status


def test_development_asks_for_no_documents(world: World, team: Team) -> None:
    body = {
        "type": "individual",
        "kyc_type": "light",
        "email": "maria@example.com",
        "country": "BR",
        "tos_id": world.accepted_terms(team.instance_id),
    }
    assert created(world, team, body)["first_name"] is None
    assert world.entry(team.instance_id)["entity_label"] == "maria@example.com"


def test_production_verifies(world: World, production: Team) -> None:
    for make in (bodies.person_customer, bodies.business_customer):
        made = created(world, production, make(world.accepted_terms(production.instance_id)))
        assert made["kyc_status"] == "verifying"


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        *(
            ("person", field)
            for field in (
                *("first_name", "last_name", "date_of_birth", "tax_id", "id_doc_country"),
                *("id_doc_type", "id_doc_front_file", "selfie_file", "phone_number", "ip_address"),
                *("address_line_1", "city", "state_province_region", "postal_code"),
            )
        ),
        *(
            ("enhanced", field)
            for field in (
                *("source_of_funds_doc_type", "source_of_funds_doc_file"),
                *("purpose_of_transactions", "purpose_of_transactions_explanation"),
            )
        ),
        *(
            ("business", field)
            for field in (
                *("legal_name", "formation_date", "tax_id", "owners", "incorporation_doc_file"),
                *("proof_of_ownership_doc_file", "address_line_1", "city"),
                *("state_province_region", "postal_code"),
            )
        ),
    ],
)
def test_what_production_asks_for(world: World, production: Team, kind: str, field: str) -> None:
    make = bodies.business_customer if kind == "business" else bodies.person_customer
    body = make(world.accepted_terms(production.instance_id))
    if kind == "enhanced":
        funds = ("source_of", "purpose_of")
        extra = {name: value for name, value in EVERY_FIELD.items() if name.startswith(funds)}
        body = {**body, **extra, "kyc_type": "enhanced"}
    for missing in ({name: body[name] for name in body if name != field}, {**body, field: None}):
        reply = create(world, production, missing)
        assert reply.json()["errors"] == [f"{field}: is required"]
        assert reply.json()["message"] == "missing_required_fields"
        assert_refused(world, production, reply, 400, "VALIDATION_MISSING_REQUIRED_FIELDS")
    assert create(world, production, body).status_code == 200


@pytest.mark.parametrize(
    ("fields", "code", "named"),
    [
        ({"kyc_type": "enhanced"}, "CUSTOMERS_BUSINESS_ENHANCED_NOT_AVAILABLE", "kyc_type"),
        ({"phone_number": "call me"}, "CUSTOMERS_INVALID_PHONE", "phone_number"),
        ({"phone_number": "+0123456789"}, "CUSTOMERS_INVALID_PHONE", "phone_number"),
        ({"tax_id": "?"}, "CUSTOMERS_INVALID_TAX_ID", "tax_id"),
        (
            {"account_purpose": "other"},
            "VALIDATION_MISSING_REQUIRED_FIELDS",
            "account_purpose_other",
        ),
        (
            {"owners": [bodies.owner(), bodies.owner(country="US")]},
            "VALIDATION_MISSING_REQUIRED_FIELDS",
            "owners.1.tax_type",
        ),
        ({"country": "XX"}, "VALIDATION_FAILED", "country"),
        ({"email": "nonsense"}, "VALIDATION_FAILED", "email"),
        ({"type": "robot"}, "VALIDATION_FAILED", "type"),
        ({"latitude": 91}, "VALIDATION_FAILED", "latitude"),
        ({"website": "nonsense"}, "VALIDATION_FAILED", "website"),
        ({"ip_address": "999.1.1.1"}, "VALIDATION_FAILED", "ip_address"),
        ({"ip_address": f"fe80::1%{'x' * 500}"}, "VALIDATION_FAILED", "ip_address"),
        ({"business_industry": "000000"}, "VALIDATION_FAILED", "business_industry"),
        ({"occupation": "x" * 256}, "VALIDATION_FAILED", "occupation"),
        ({"legal_name": "x" * 10_000}, "VALIDATION_FAILED", "legal_name"),
        ({"owners": [bodies.owner(first_name="")]}, "VALIDATION_FAILED", "owners.0.first_name"),
        ({"owners": [bodies.owner()] * 51}, "VALIDATION_FAILED", "owners"),
        ({"additional_info": [{"label": "x", "value": "y"}]}, "VALIDATION_FAILED", "additional_"),
    ],
)
def test_values_that_cannot_be(
    world: World, team: Team, fields: dict[str, object], code: str, named: str
) -> None:
    body = bodies.business_customer(world.accepted_terms(team.instance_id), **fields)
    assert_refused(world, team, create(world, team, body), 400, code, named)


def test_production_knows_an_approved_customer_again(world: World, production: Team) -> None:
    email, tax_id = f"{unique('known')}@example.com", unique("tax")

    def body(**fields: object) -> dict[str, Any]:
        terms = world.accepted_terms(production.instance_id)
        return bodies.person_customer(terms, **{"email": email, "tax_id": tax_id, **fields})

    first = created(world, production, body())
    assert create(world, production, body()).status_code == 200, "while it is verified"
    with world.work(None) as work:
        # The system's own column: its change needs no entry.
        work.session.get_one(Customer, first["id"]).kyc_status = "approved"
    for fields in ({"tax_id": unique("tax")}, {"email": f"{unique('other')}@example.com"}):
        reply = create(world, production, body(**fields))
        assert_refused(world, production, reply, 400, "CUSTOMERS_ALREADY_APPROVED")


def test_on_development_the_same_customer_may_come_again(world: World, team: Team) -> None:
    made = [
        created(world, team, bodies.person_customer(world.accepted_terms(team.instance_id)))
        for _ in range(2)
    ]
    assert made[0]["email"] == made[1]["email"]
    assert made[0]["id"] != made[1]["id"]


# Reading


def test_what_was_given_is_what_is_read(world: World, team: Team) -> None:
    body = bodies.business_customer(world.accepted_terms(team.instance_id), **EVERY_FIELD)
    made = created(world, team, body)
    owners = made.pop("owners")
    for given in (field for field in body if field != "owners"):
        assert made[given] == body[given], given
    given_names = sorted(each["first_name"] for each in body["owners"])
    assert sorted(owner["first_name"] for owner in owners) == given_names
    for owner in owners:
        assert (owner["instance_id"], owner["customer_id"]) == (team.instance_id, made["id"])
        assert owner["id"].startswith("ub_")
        assert bodies.owner().items() <= {**owner, "first_name": "Ana"}.items()


def test_limits_are_in_cents(world: World, team: Team) -> None:
    customer_id = new_customer(world, team)
    path = f"/v1/instances/{team.instance_id}/limits/customers/{customer_id}"
    limits = world.get(team.owner, path)["limits"]
    shown = read(world, team, customer_id)["limit"]
    for direction in ("payin", "payout"):
        assert limits[direction] == {"daily": shown["daily"], "monthly": shown["monthly"]}
    assert 0 < shown["per_transaction"] <= shown["daily"] <= shown["monthly"]


def test_a_deleted_customer_is_gone_with_its_owners(world: World, team: Team) -> None:
    terms = world.accepted_terms(team.instance_id)
    made = created(world, team, bodies.business_customer(terms))
    path = f"{customers_of(team)}/{made['id']}"
    assert world.call(team.owner, "DELETE", path).status_code == 200
    for method, body in (
        ("GET", None),
        ("DELETE", None),
        ("PUT", {"email": "a@b.co", "country": "BR"}),
    ):
        reply = world.call(team.owner, method, path, body)
        assert_refused(world, team, reply, 400, "CUSTOMERS_NOT_FOUND")
    assert made["id"] not in repr(world.snapshot()["customer_owners"])


# Updates


def test_a_field_left_out_stays_and_null_clears(world: World, team: Team) -> None:
    customer_id = new_customer(world, team, external_id="crm-1", occupation="Smith")
    before = read(world, team, customer_id)
    assert update(world, team, customer_id, external_id=None, city="Olinda").status_code == 200
    after = read(world, team, customer_id)
    assert after.pop("updated_at") >= before.pop("updated_at")
    assert after == {**before, "external_id": None, "city": "Olinda"}
    entry = world.entry(team.instance_id)
    assert entry["changes"] == {}
    assert entry["personal"]["changes"] == {
        "external_id": {"from": "crm-1", "to": None},
        "city": {"from": "Recife", "to": "Olinda"},
    }


def test_of_a_tax_id_the_log_holds_the_last_four(world: World, team: Team) -> None:
    customer_id = new_customer(world, team, tax_id="111.222.333-44")
    assert update(world, team, customer_id, tax_id="555.666.777-88").status_code == 200
    assert world.entry(team.instance_id)["changes"] == {
        "tax_id": {"from": "•••• 3-44", "to": "•••• 7-88"}
    }
    assert update(world, team, customer_id, tax_id=None).status_code == 200
    assert world.entry(team.instance_id)["changes"] == {"tax_id": {"from": "•••• 7-88", "to": None}}
    kept = repr(world.entries(team.instance_id))
    assert "111.222" not in kept
    assert "555.666" not in kept


def test_fields_that_nobody_knows_are_not_believed_and_not_kept(world: World, team: Team) -> None:
    """Who, how and from where come from the request alone, and so does what was decided."""
    forged = {
        "id": "re_forged000000",
        "instance_id": "in_forged000000",
        "kyc_status": "forged",
        "created_at": "1999-01-01T00:00:00Z",
        "user_id": "us_forged000000",
        "role": "forged",
        "ip_address_of_caller": "6.6.6.6",
        "has_passkey": True,
        "request_id": "forged",
        "actor": {"name": "forged"},
        "metadata": {"forged": "forged"},
        "nonsense\u0000\u202e": "forged",
    }
    body = bodies.person_customer(world.accepted_terms(team.instance_id), **forged)
    made = created(world, team, body)
    for fields in ({}, forged):
        assert update(world, team, made["id"], **fields).status_code == 200
        assert "forged" not in repr(world.entries(team.instance_id))
        assert "forged" not in repr(read(world, team, made["id"]))
    assert world.entry(team.instance_id)["has_passkey"] is False
    assert made["kyc_status"] == "approved"


@pytest.fixture
def business(world: World, team: Team) -> dict[str, Any]:
    terms = world.accepted_terms(team.instance_id)
    return created(world, team, bodies.business_customer(terms))


def test_owners_are_changed_by_their_ids(
    world: World, team: Team, business: dict[str, Any]
) -> None:
    first, second = business["owners"]
    change = {"id": first["id"], "city": "Natal", "id_doc_type": "ID_CARD", "title": "CEO"}
    assert update(world, team, business["id"], owners=[change]).status_code == 200
    after = read(world, team, business["id"])["owners"]
    assert after == [{**first, **change}, second]
    entry, place = world.entry(team.instance_id), f"customer_owners.{first['id']}"
    assert entry["action"] == "customer.updated"
    assert entry["changes"] == {f"{place}.id_doc_type": {"from": "PASSPORT", "to": "ID_CARD"}}
    assert entry["personal"]["changes"] == {
        "email": {"from": "office@example.com", "to": "maria@example.com"},
        f"{place}.city": {"from": "Recife", "to": "Natal"},
        f"{place}.title": {"from": None, "to": "CEO"},
    }
    nothing: tuple[object, ...] = ([], None)
    for each in nothing:
        assert update(world, team, business["id"], owners=each).status_code == 200
        assert read(world, team, business["id"])["owners"] == after


def test_an_owner_of_another_customer_is_none_of_this_one(
    world: World, team: Team, business: dict[str, Any]
) -> None:
    terms = world.accepted_terms(team.instance_id)
    other = created(world, team, bodies.business_customer(terms))
    for owner_id in (other["owners"][0]["id"], "ub_000000000000", "nonsense"):
        change = {"id": owner_id, "city": "Natal"}
        reply = update(world, team, business["id"], city="Natal", owners=[change])
        assert_refused(world, team, reply, 422, "CUSTOMERS_INVALID_DATA", "owners")
    assert read(world, team, business["id"])["city"] == "Recife"


@pytest.mark.parametrize("field", ["first_name", "tax_id", "country", "id_doc_front_file", "role"])
def test_what_an_owner_has_to_have_cannot_be_cleared(
    world: World, team: Team, business: dict[str, Any], field: str
) -> None:
    owner_id = business["owners"][0]["id"]
    reply = update(world, team, business["id"], owners=[{"id": owner_id, field: None}])
    assert_refused(world, team, reply, 400, "VALIDATION_FAILED", f"owners.0.{field}")


def test_an_owner_in_the_united_states_has_a_tax_type(
    world: World, team: Team, business: dict[str, Any]
) -> None:
    owner_id = business["owners"][0]["id"]

    def change(**fields: object) -> Response:
        return update(world, team, business["id"], owners=[{"id": owner_id, **fields}])

    refused = (400, "VALIDATION_MISSING_REQUIRED_FIELDS", "owners.0.tax_type")
    assert_refused(world, team, change(country="US"), *refused)
    assert change(country="US", tax_type="SSN").status_code == 200
    # What is known already need not be said again, and cannot be taken away.
    assert change(country="US").status_code == 200
    assert_refused(world, team, change(tax_type=None), *refused)
    assert change(country="BR", tax_type=None).status_code == 200


def test_another_purpose_is_explained_before_or_after(world: World, team: Team) -> None:
    customer_id = new_customer(world, team)
    refused = (400, "VALIDATION_MISSING_REQUIRED_FIELDS", "account_purpose_other")

    def change(**fields: object) -> Response:
        return update(world, team, customer_id, **fields)

    assert_refused(world, team, change(account_purpose="other"), *refused)
    assert change(account_purpose="other", account_purpose_other="Savings").status_code == 200
    assert change(account_purpose="other").status_code == 200
    assert_refused(world, team, change(account_purpose_other=None), *refused)


def test_an_address_of_latitude_and_longitude_is_two_numbers(world: World, team: Team) -> None:
    customer_id = new_customer(world, team, latitude=1.5)
    path = f"{customers_of(team)}/{customer_id}"
    for number in (b"NaN", b"Infinity", b"-Infinity", b"1e999", b"91"):
        body = b'{"email": "maria@example.com", "country": "BR", "latitude": ' + number + b"}"
        reply = world.call(team.owner, "PUT", path, body)
        assert_refused(world, team, reply, 400, "VALIDATION_FAILED", "latitude")
    assert update(world, team, customer_id, latitude=-2.25).status_code == 200
    # An entry holds no floats: what is not whole is a decimal text.
    assert world.entry(team.instance_id)["personal"]["changes"] == {
        "latitude": {"from": "1.5", "to": "-2.25"}
    }


# Lists


@pytest.fixture(scope="module")
def crowd(world: World) -> Team:
    """An instance with seventeen customers, some of the same moment."""
    team = world.team(full=False)
    for number in range(17):
        fields = {
            "first_name": f"Zoë {number}",
            "last_name": "ÉLODIE Silva",
            "country": "BR" if number % 2 else "PT",
        }
        if number % 5 == 0:
            fields["first_name"] = "Fail"
        new_customer(world, team, **fields)
    with world.work(None) as work:
        rows = work.session.query(Customer).filter_by(instance_id=team.instance_id).all()
        for row in rows[3:9]:
            row.created_at = rows[3].created_at
    return team


def listed(world: World, team: Team, **query: object) -> Any:
    return world.get(team.owner, customers_of(team), params=query)


@pytest.mark.parametrize("limit", [1, 2, 5, 16, 17, 18, 1000])
def test_a_walk_sees_every_customer_once_both_ways(world: World, crowd: Team, limit: int) -> None:
    everyone = listed(world, crowd, limit=1000)["data"]
    ids = [each["id"] for each in everyone]
    assert len(set(ids)) == 17
    moments = [(each["created_at"], each["id"]) for each in everyone]
    assert moments == sorted(moments, reverse=True)

    page = listed(world, crowd, limit=limit)
    pages, seen = [page], [each["id"] for each in page["data"]]
    assert page["pagination"]["prev_page"] is None
    while (cursor := page["pagination"]["next_page"]) is not None:
        assert page["pagination"]["has_more"] is True
        page = listed(world, crowd, limit=limit, starting_after=cursor)
        pages.append(page)
        seen += [each["id"] for each in page["data"]]
        assert len(seen) <= len(ids), "no walk sees a customer twice"
    assert page["pagination"]["has_more"] is False
    assert seen == ids

    for expected in reversed(pages[:-1]):
        cursor = page["pagination"]["prev_page"]
        page = listed(world, crowd, limit=limit, ending_before=cursor)
        assert [each["id"] for each in page["data"]] == [each["id"] for each in expected["data"]]
        assert page["pagination"]["next_page"] == expected["pagination"]["next_page"]
    assert page["pagination"]["prev_page"] is None
    assert len(pages) == 1 or page["pagination"]["has_more"] is False


def test_a_page_from_an_offset(world: World, crowd: Team) -> None:
    ids = [each["id"] for each in listed(world, crowd, limit=1000)["data"]]
    for offset in (0, 1, 10, 16):
        page = listed(world, crowd, limit=5, offset=offset)
        assert [each["id"] for each in page["data"]] == ids[offset : offset + 5]
        assert (page["pagination"]["prev_page"] is None) is (offset == 0)
    assert listed(world, crowd, offset=17)["data"] == []


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("limit=0", "limit"),
        ("limit=1001", "limit"),
        ("limit=many", "limit"),
        ("offset=-1", "offset"),
        ("starting_after=re_000000000000", "starting_after"),
        ("ending_before=%00", "ending_before"),
        ("starting_after=a&ending_before=b", "starting_after, ending_before"),
        ("starting_after=a&offset=0", "starting_after, offset"),
        ("status=nonsense", "status"),
    ],
)
def test_a_page_that_cannot_be(world: World, crowd: Team, query: str, named: str) -> None:
    reply = world.call(crowd.owner, "GET", f"{customers_of(crowd)}?{query}")
    assert reply.status_code == 400
    assert reply.json()["errors"][0].startswith(named)


def test_filters(world: World, crowd: Team) -> None:
    everyone = listed(world, crowd, limit=1000)["data"]

    def names(**query: object) -> list[str]:
        return sorted(each["first_name"] for each in listed(world, crowd, **query)["data"])

    failed = [each for each in everyone if each["kyc_status"] == "rejected"]
    assert names(status="rejected") == ["Fail"] * 4 == [each["first_name"] for each in failed]
    assert len(names(status="approved")) == 13
    assert names(customer_id=everyone[3]["id"]) == [everyone[3]["first_name"]]
    assert len(names(country="BR")) + len(names(country="PT")) == 17
    assert names(country="DE") == []
    # A part of the full name, whatever the capitals; what LIKE means by % and _ is only text.
    assert names(full_name="zoë 16 élodie sil") == ["Zoë 16"]
    assert names(customer_name="ZOË 1") == [f"Zoë {n}" for n in (1, 11, 12, 13, 14, 16)]
    for nobody in ("%", "_", "Zoë%16", "\\"):
        assert names(full_name=nobody) == []
    assert names(full_name="FAIL", status="approved") == []


def test_a_filter_meets_the_names_of_businesses(
    world: World, team: Team, business: dict[str, Any]
) -> None:
    found = listed(world, team, customer_name="acme l", limit=1000)["data"]
    assert business["id"] in [each["id"] for each in found]
    assert {each["legal_name"] for each in found} == {"Acme Ltda"}


def test_a_list_holds_nothing_of_another_instance(
    world: World, crowd: Team, strangers: Team
) -> None:
    foreign = new_customer(world, strangers)
    assert listed(world, crowd, customer_id=foreign)["data"] == []
    path = f"{customers_of(crowd)}?starting_after={foreign}"
    assert world.call(crowd.owner, "GET", path).status_code == 400


def test_terms_that_are_accepted_later_take_the_place_of_the_first(
    world: World, team: Team
) -> None:
    first = world.accepted_terms(team.instance_id)
    customer = created(world, team, bodies.person_customer(first))
    later = world.accepted_terms(team.instance_id)

    assert update(world, team, customer["id"], tos_id=later).status_code == 200
    assert read(world, team, customer["id"])["tos_id"] == later
    entry = world.entry(team.instance_id)
    assert entry["changes"]["tos_id"] == {"from": first, "to": later}
    assert entry["refs"] == [{"type": "terms_of_service", "id": later}]

    # Without terms, or with the same, the customer keeps them; others' cannot be taken.
    for same in (None, later):
        assert update(world, team, customer["id"], tos_id=same).status_code == 200
    other = created(world, team, bodies.person_customer(world.accepted_terms(team.instance_id)))
    reply = update(world, team, customer["id"], tos_id=other["tos_id"])
    assert_refused(world, team, reply, 400, "TOS_ALREADY_ACCEPTED", "tos_id")
    assert read(world, team, customer["id"])["tos_id"] == later

"""What the library records, and deeds to record."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from deedbook.engine import (
    API_KEY,
    SYSTEM,
    USER,
    Action,
    Actor,
    Catalogue,
    Deed,
    Feature,
    Maker,
    Metadata,
    NoMetadata,
    Origin,
    Personal,
    Ref,
    Searchable,
)

INSTANCE = "in_000000000001"
OTHER_INSTANCE = "in_000000000002"


@dataclass(frozen=True, slots=True)
class LoanMetadata(Metadata):
    book: Searchable[str]
    borrower: Personal[str]
    fee: Decimal | None = None


LOANS = Feature("loan", "Loans")
BOOKS = Feature("book", "Books")

LENT = Action(
    name="loan.lent",
    feature=LOANS,
    operations=("create",),
    metadata=LoanMetadata,
    says="lent {book} to {borrower}",
    entity_type="loan",
    title="Book lent",
    refs=("book", "member"),
)
RETURNED = Action(
    name="loan.returned",
    feature=LOANS,
    operations=("update",),
    metadata=NoMetadata,
    says="took back {label}",
    entity_type="loan",
    title="Book returned",
)
SHELVED = Action(
    name="book.shelved",
    feature=BOOKS,
    operations=("create", "update"),
    metadata=NoMetadata,
    says="shelved {label}",
    entity_type="book",
    title="Book shelved",
)
WITHDRAWN = Action(
    name="book.withdrawn",
    feature=BOOKS,
    operations=("delete",),
    metadata=NoMetadata,
    says="withdrew {label}",
    entity_type="copy",
    title="Book withdrawn",
)
CATALOGUE = Catalogue([LENT, RETURNED, SHELVED, WITHDRAWN])

ADA = Actor(
    type=USER,
    id="us_00000000000A",
    name="Ada Lovelace",
    email="ada@example.com",
    image_url="https://example.com/ada.png",
    role="owner",
    auth_method="passkey_session",
    has_passkey=True,
    session_id="5e55",
)
KEY = Actor(
    type=API_KEY,
    id="ap_00000000000K",
    name="Returns desk",
    key_prefix="lib_live_4f",
    created_by=Maker(id="us_00000000000A", name="Ada Lovelace"),
    role="admin",
    auth_method="api_key",
)
CLOCK = Actor(type=SYSTEM, id=None, role="system", auth_method="operator")

DESK = Origin(
    ip_address="203.0.113.7",
    peer_ip="10.0.0.1",
    forwarded_for="203.0.113.7, 10.0.0.1",
    country="NO",
    country_source="iptocc 2026-10",
    user_agent="Desk/1.0",
    request_id="0123456789abcdef0123456789abcdef",
    method="POST",
    route="/v1/loans",
)


def lent(**changed: Any) -> Deed:
    """Give the deed of Ada, who lends Middlemarch to Charles."""
    sides: dict[str, Any] = {
        "instance_id": INSTANCE,
        "action": LENT,
        "operation": "create",
        "actor": ADA,
        "origin": DESK,
        "entity_id": "lo_000000000001",
        "entity_label": "Middlemarch, for Charles",
        "metadata": LoanMetadata(book="Middlemarch", borrower="Charles", fee=Decimal("1.50")),
        "refs": (Ref("book", "bo_000000000001"), Ref("member", "me_000000000001")),
    }
    return Deed(**{**sides, **changed})


def deed_of(action: Action[Metadata], **changed: Any) -> Deed:
    """Give a deed of any action."""
    if action is LENT:
        return lent(**changed)
    sides = {
        "action": action,
        "operation": action.operations[0],
        "metadata": NoMetadata(),
        "refs": (),
    }
    return lent(**{**sides, **changed})

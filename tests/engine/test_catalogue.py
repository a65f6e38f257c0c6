"""The catalogue refuses at import what contradicts itself, and a deed what the catalogue denies."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

import pytest

from deedbook.engine import (
    SYSTEM,
    USER,
    Action,
    Actor,
    ActorType,
    Catalogue,
    CatalogueError,
    Feature,
    InvalidDeed,
    Metadata,
    NoMetadata,
    Outcome,
    Personal,
    Ref,
    Refusal,
    Searchable,
)
from deedbook.engine.entry import write_down
from deedbook.engine.kinds import Kind
from sample.catalogue import CATALOGUE, LENT, LOANS, RETURNED, WITHDRAWN, deed_of, lent


def action(**changed: Any) -> Action[Metadata]:
    sides: dict[str, Any] = {
        "name": "loan.renewed",
        "feature": LOANS,
        "operations": ("update",),
        "metadata": NoMetadata,
        "says": "renewed {label}",
        "entity_type": "loan",
        "title": "Loan renewed",
    }
    return Action(**{**sides, **changed})


class PlainMetadata(Metadata):
    """Not a dataclass."""


@dataclass(frozen=True, slots=True)
class Renewal(Metadata):
    weeks: int
    reason: Personal[Searchable[str]]


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"name": "renewed"}, "'renewed' is no action name"),
        ({"name": "Loan.Renewed"}, "is no action name"),
        ({"name": "loan.renewed.again"}, "is no action name"),
        ({"operations": ()}, "names no operation"),
        ({"says": "renewed {book}"}, r"uses unknown \['book'\]"),
        ({"says": "renewed {}"}, "uses unknown"),
        ({"metadata": PlainMetadata}, "PlainMetadata must be a dataclass"),
    ],
)
def test_an_action_that_could_not_be_shown_is_refused(
    changed: dict[str, Any], refusal: str
) -> None:
    with pytest.raises(CatalogueError, match=refusal):
        action(**changed)


@pytest.mark.parametrize(
    ("actions", "refusal"),
    [
        ([action(), action()], "loan.renewed is in the catalogue twice"),
        ([action(entity_type="Loan")], "'Loan' is not in snake_case"),
        ([action(feature=Feature("my loan", "Loans"))], "'my loan' is not in snake_case"),
        ([action(refs=("a-book",))], "'a-book' is not in snake_case"),
        ([LENT, action(feature=Feature("loan", "Lending"))], "feature loan is defined twice"),
    ],
)
def test_a_catalogue_that_contradicts_itself_is_refused(
    actions: list[Action[Metadata]], refusal: str
) -> None:
    with pytest.raises(CatalogueError, match=refusal):
        Catalogue(actions)


def test_an_operation_outside_a_given_list_is_refused() -> None:
    with pytest.raises(CatalogueError, match=r"unknown operation \['create'\]"):
        Catalogue([LENT], operations=("lend",))


def test_operations_are_those_of_the_actions_unless_given() -> None:
    assert Catalogue([RETURNED, LENT]).operations == (*RETURNED.operations, *LENT.operations)
    assert Catalogue([LENT], operations=("x", "create")).operations == ("x", "create")


def test_two_kinds_with_one_number_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Kind, "number", 7)
    with pytest.raises(CatalogueError, match="share a number: rename one"):
        Catalogue([LENT, RETURNED])


def test_a_metadata_model_says_what_is_personal_and_what_is_searched() -> None:
    fields = {each.name: each for each in action(metadata=Renewal, says="{weeks} {reason}").fields}
    assert (fields["weeks"].personal, fields["weeks"].searchable) == (False, False)
    assert (fields["reason"].personal, fields["reason"].searchable) == (True, True)


def test_another_platform_has_its_own_actors_and_operations() -> None:
    librarian = ActorType("librarian", "user_id", r"\d+")
    catalogue = Catalogue(
        [action(operations=("renew",))], operations=("renew",), actor_types=(librarian,)
    )
    assert {(kind.operation, kind.actor_type) for kind in catalogue.kinds.values()} == {
        ("renew", "librarian")
    }


def test_the_number_of_a_kind_is_the_same_in_every_process() -> None:
    """It is stored with every entry: if this fails, filters lose the entries of today."""
    kind = Kind("loan", "create", "loan.lent", "loan", "user", Outcome.SUCCESS, True)
    text = b"loan.lent\ncreate\nuser\nsuccess\nTrue"
    assert kind.number == int.from_bytes(hashlib.sha256(text).digest()[:4], "big") >> 1
    assert CATALOGUE.kinds[kind.number] == kind


def test_has_passkey_applies_only_to_actors_who_have_passkeys() -> None:
    kinds = CATALOGUE.kinds.values()
    assert {kind.has_passkey for kind in kinds if kind.actor_type == "user"} == {True, False}
    assert {kind.has_passkey for kind in kinds if kind.actor_type != "user"} == {None}


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"operation": "delete"}, "loan.lent is no 'delete'"),
        ({"metadata": NoMetadata()}, "the metadata of loan.lent is a LoanMetadata"),
        ({"refs": (Ref("shelf", "1"),)}, r"does not refer to \['shelf'\]"),
        ({"refs": tuple(Ref("book", str(n)) for n in range(9))}, "9 refs: at most 8"),
        ({"entity_id": ""}, "needs an instance and an entity"),
        ({"instance_id": ""}, "needs an instance and an entity"),
    ],
)
def test_a_deed_that_the_catalogue_does_not_know_is_refused(
    changed: dict[str, Any], refusal: str
) -> None:
    with pytest.raises(InvalidDeed, match=refusal):
        lent(**changed)


@pytest.mark.parametrize(
    ("sides", "refusal"),
    [
        ({"type": USER, "id": None}, "an actor of type user with id None cannot be"),
        ({"type": SYSTEM, "id": "sy_1"}, "an actor of type system with id 'sy_1' cannot be"),
        ({"type": SYSTEM, "id": None, "has_passkey": True}, "passkeys do not apply"),
    ],
)
def test_an_actor_that_cannot_be_is_refused(sides: dict[str, Any], refusal: str) -> None:
    with pytest.raises(InvalidDeed, match=refusal):
        Actor(role="owner", auth_method="operator", **sides)


def test_a_denied_deed_may_say_with_what_it_was_refused() -> None:
    refused = deed_of(WITHDRAWN, metadata=Refusal("NOT_STAFF", 3), outcome=Outcome.DENIED)
    fields = [field.name for field in refused.metadata_fields]
    assert fields == ["code", "left_out"]
    assert json.loads(write_down(refused, 1).entry().record)["metadata"] == {
        "code": "NOT_STAFF",
        "left_out": 3,
    }
    with pytest.raises(InvalidDeed, match="metadata"):
        deed_of(WITHDRAWN, metadata=Refusal("NOT_STAFF"))

"""Whom or what an erasure or a hold is about: selectors on the wire, and who may not decide on them."""

from __future__ import annotations

import json
from typing import Annotated, Any, NamedTuple

from pydantic import BaseModel, StringConstraints, model_validator
from sqlalchemy import select
from sqlalchemy.orm import Session

from deedbook.engine import Catalogue, DeedbookError, InvalidDeed, Selector, ids
from deedbook.platform.identity.api_keys.models import ApiKey
from deedbook.platform.identity.users.models import User
from deedbook.recording import open_log
from deedbook.web.problems import InvalidRequest
from deedbook.web.schemas import Body

MAX_REASON: int = 500
Reason = Annotated[str, StringConstraints(min_length=1, max_length=MAX_REASON)]
_Id = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class ConcernsYou(DeedbookError):
    """What this is about is yours: somebody else has to decide on it."""

    code = "AUDIT_LOG_CONCERNS_YOU"
    status = 403
    is_denial = True


class SelectorIn(Body):
    """One entry, the entries of one user or API key, or an entity by its type and id."""

    entry_id: _Id | None = None
    user_id: _Id | None = None
    api_key_id: _Id | None = None
    entity_type: _Id | None = None
    entity_id: _Id | None = None

    @model_validator(mode="after")
    def _names_one(self) -> SelectorIn:
        try:
            self.selector()
        except InvalidDeed as error:
            raise ValueError(str(error)) from None
        return self

    def selector(self) -> Selector:
        """Give what it selects."""
        return Selector(**self.model_dump())


class SelectorOut(BaseModel):
    """What is selected; what it is not by is null."""

    entry_id: str | None = None
    user_id: str | None = None
    api_key_id: str | None = None
    entity_type: str | None = None
    entity_id: str | None = None


class PersonOut(BaseModel):
    """Who; the name is that of today, null where nobody has it any more."""

    id: str
    name: str | None


class Subject(NamedTuple):
    """A selector in two words, as entries and letters tell it."""

    type: str
    id: str


def subject_of(selector: Selector) -> Subject:
    """Give a selector in two words."""
    for type_, subject_id in (
        ("entry", selector.entry_id),
        ("user", selector.user_id),
        ("api_key", selector.api_key_id),
    ):
        if subject_id is not None:
            return Subject(type_, subject_id)
    return Subject(selector.entity_type or "", selector.entity_id or "")


def require_known_type(selector: Selector, catalogue: Catalogue) -> None:
    """Refuse a type of entity that no entry can be of. Raises `InvalidRequest`."""
    known = catalogue.entity_types.union(*(each.refs for each in catalogue.actions.values()))
    if selector.entity_type is not None and selector.entity_type not in known:
        raise InvalidRequest(["entity_type: no entry is of this type"])


def require_not_concerned(
    session: Session, instance_id: str, catalogue: Catalogue, selector: Selector, user_id: str
) -> None:
    """Refuse whoever acted there, or had a key of theirs act. Raises `ConcernsYou`."""
    if user_id in concerned(session, instance_id, catalogue, selector):
        raise ConcernsYou


def concerned(
    session: Session, instance_id: str, catalogue: Catalogue, selector: Selector
) -> frozenset[str]:
    """Give the users whose own acts a selector names, by themselves or by keys that they made."""
    users, keys = {selector.user_id}, {selector.api_key_id}
    if selector.entity_type == "user":
        users.add(selector.entity_id)
    if selector.entry_id is not None:
        entry = open_log(session, instance_id, catalogue).get(ids.read(selector.entry_id) or 0)
        record: dict[str, Any] = {} if entry is None else json.loads(entry.record)
        users.add(record.get("user_id"))
        keys.add(record.get("api_key_id"))
    makers = select(ApiKey.created_by_id).where(
        ApiKey.instance_id == instance_id, ApiKey.id.in_(keys - {None})
    )
    return frozenset(each for each in users if each) | frozenset(session.scalars(makers))


def people_of(session: Session, user_ids: set[str | None]) -> dict[str, PersonOut]:
    """Give people by id, as they are called now."""
    names = {
        user.id: user.name or user.email
        for user in session.scalars(select(User).where(User.id.in_(user_ids - {None})))
    }
    return {each: PersonOut(id=each, name=names.get(each)) for each in user_ids if each is not None}

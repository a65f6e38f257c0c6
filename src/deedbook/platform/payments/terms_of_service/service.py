"""Rules about terms of service."""

from __future__ import annotations

from typing import Final

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from deedbook.database.base import now
from deedbook.database.tokens import new_token, token_hash
from deedbook.engine import DeedbookError
from deedbook.platform.payments.terms_of_service.models import TermsOfService
from deedbook.recording import UnitOfWork

VERSION: Final = "1.0.1"


class KeyAlreadyExists(DeedbookError):
    """idempotency_key: was used before."""

    code = "VALIDATION_INVALID_REQUEST"
    status = 400
    machine_message = "idempotency_key_already_exists"


class TosNotFound(DeedbookError):
    """There are no such terms in this instance."""

    code = "TOS_NOT_FOUND"
    status = 404


class TosAlreadyAccepted(DeedbookError):
    """These terms were accepted already."""

    code = "TOS_ALREADY_ACCEPTED"
    status = 409


class TosNotAccepted(DeedbookError):
    """tos_id: the customer has to accept the terms of service first."""

    code = "TOS_NOT_ACCEPTED"
    status = 400
    machine_message = "please_accept_terms_of_service"


class NewCustomerTosNotFound(TosNotFound):
    """tos_id: there are no such terms in this instance."""

    # The wire contract has 400 where a new customer names them.
    status = 400


class NewCustomerTosUsed(TosAlreadyAccepted):
    """tos_id: these terms were accepted for another customer."""

    status = 400


def initiate(
    work: UnitOfWork,
    instance_id: str,
    *,
    idempotency_key: str,
    customer_id: str | None,
    redirect_url: str | None,
) -> str:
    """Give the token with which the terms can be accepted. Raises `KeyAlreadyExists`."""
    token = new_token()
    terms = TermsOfService(
        instance_id=instance_id,
        idempotency_key=idempotency_key,
        session_hash=token_hash(token),
        customer_id=customer_id,
        redirect_url=redirect_url,
        version=VERSION,
    )
    try:
        with work.savepoint():
            work.add(terms)
    except IntegrityError:
        raise KeyAlreadyExists from None
    return token


def by_token(session: Session, token: str) -> TermsOfService:
    """Give the terms that a token is for. Raises `TosNotFound`."""
    # any instance: the token was made for terms of one instance alone
    found = session.scalar(
        select(TermsOfService).where(TermsOfService.session_hash == token_hash(token))
    )
    if found is None:
        raise TosNotFound
    return found


def accept(work: UnitOfWork, token: str, *, customer_id: str | None) -> TermsOfService:
    """Accept the terms that a token is for, once."""
    terms = by_token(work.session, token)
    work.session.refresh(terms, with_for_update=True)
    if terms.accepted_at is not None:
        raise TosAlreadyAccepted
    terms.accepted_at = now()
    terms.customer_id = customer_id or terms.customer_id
    return terms


def accepted_terms(
    session: Session, instance_id: str, tos_id: str | None, *, customer_id: str | None = None
) -> TermsOfService:
    """Give accepted terms for a customer, who may be new. Raises when they are missing, open or used."""
    if tos_id is None:
        raise TosNotAccepted
    terms = session.scalar(
        select(TermsOfService)
        .where(TermsOfService.id == tos_id, TermsOfService.instance_id == instance_id)
        .with_for_update()
    )
    if terms is None:
        raise NewCustomerTosNotFound
    if terms.accepted_at is None:
        raise TosNotAccepted
    if terms.customer_id not in (None, customer_id):
        raise NewCustomerTosUsed
    return terms

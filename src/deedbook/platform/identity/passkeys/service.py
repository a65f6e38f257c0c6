"""Rules of passkeys: enrolling, signing in, confirming an act, and taking one away."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from sqlalchemy import Exists, Select, exists, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from deedbook.database.base import now
from deedbook.engine import DeedbookError
from deedbook.platform.identity.account_events.models import AccountEvent, Kind
from deedbook.platform.identity.account_events.service import note
from deedbook.platform.identity.instances.models import Instance, Membership
from deedbook.platform.identity.passkeys import challenges
from deedbook.platform.identity.passkeys.ceremonies import (
    Credential,
    RelyingParty,
    challenge_of,
    check_assertion,
    check_attestation,
)
from deedbook.platform.identity.passkeys.challenges import Purpose
from deedbook.platform.identity.passkeys.evidence import Statement, evidence_of
from deedbook.platform.identity.passkeys.models import Passkey
from deedbook.platform.identity.passkeys.schemas import Assertion, Attestation
from deedbook.platform.identity.users.models import User
from deedbook.recording import UnitOfWork
from deedbook.web.caller import UserCaller
from deedbook.web.roles import Role
from deedbook.web.verification import Act, PasskeyRefused

MOST_PASSKEYS: Final = 20
FRESH: Final = timedelta(minutes=15)


class PasskeyNotFound(DeedbookError):
    """You have no such passkey."""

    code = "PASSKEYS_NOT_FOUND"
    status = 404


class NoPasskey(DeedbookError):
    """You have no passkey yet: enrol one first, at POST /v1/whoami/passkeys/options."""

    code = "PASSKEYS_NOT_FOUND"
    status = 404


class TooManyPasskeys(DeedbookError):
    """A person has at most 20 passkeys: remove one first."""

    code = "PASSKEYS_LIMIT_REACHED"
    status = 409


class AlreadyEnrolled(DeedbookError):
    """This passkey is enrolled already."""

    code = "PASSKEYS_ALREADY_ENROLLED"
    status = 409


class LastPasskeyStays(DeedbookError):
    """You own an instance that requires passkeys: enrol another first, or stop requiring them."""

    code = "PASSKEYS_LAST"
    status = 409


class SignInAgain(DeedbookError):
    """Verify this with a passkey, or sign in again: this session is older than 15 minutes."""

    code = "AUTH_SIGN_IN_AGAIN"
    status = 403
    # It is about the person's own account, which belongs to no instance.
    is_denial = False


def has_passkey(user_id: str | InstrumentedAttribute[str]) -> Exists:
    """Give the SQL condition that a person (an id, or a column of ids) has a passkey."""
    return exists().where(Passkey.user_id == user_id)


def passkeys_of(session: Session, user_id: str) -> Sequence[Passkey]:
    """Give a person's passkeys, newest first."""
    rows = _own(user_id).order_by(Passkey.created_at.desc(), Passkey.id)
    return session.scalars(rows).all()


def start_enrolment(work: UnitOfWork, user_id: str) -> bytes:
    """Give the challenge for a new passkey."""
    return challenges.issue(work, Purpose.ENROL, user_id)


def enrol(
    work: UnitOfWork,
    caller: UserCaller,
    *,
    name: str,
    attestation: Attestation,
    relying_party: RelyingParty,
) -> Passkey:
    """Enrol a passkey that was made for this person's challenge.

    Raises `PasskeyRefused`, `SignInAgain`, `AlreadyEnrolled` and `TooManyPasskeys`.
    """
    _refuse_stale(work, caller)
    challenge = challenge_of(attestation.response.client_data_json)
    challenges.use(work.session, Purpose.ENROL, caller.user_id, challenge)
    made = check_attestation(attestation, challenge, relying_party)
    _take_turn(work.session, caller.user_id)
    if len(passkeys_of(work.session, caller.user_id)) >= MOST_PASSKEYS:
        raise TooManyPasskeys
    if work.session.scalar(select(exists().where(Passkey.credential_id == made.id))):
        raise AlreadyEnrolled
    passkey = work.add(
        Passkey(
            user_id=caller.user_id,
            name=name,
            credential_id=made.id,
            public_key=made.public_key,
            sign_count=made.sign_count,
            transports=attestation.response.transports,
        )
    )
    note(work, AccountEvent(user_id=caller.user_id, kind=Kind.PASSKEY_ADDED, label=name))
    return passkey


def rename(work: UnitOfWork, user_id: str, passkey_id: str, name: str) -> None:
    """Call a passkey something else. Raises `PasskeyNotFound`."""
    found = work.session.scalar(_own(user_id).where(Passkey.id == passkey_id).with_for_update())
    if found is None:
        raise PasskeyNotFound
    found.name = name


def remove(work: UnitOfWork, caller: UserCaller, passkey_id: str) -> None:
    """Take a passkey away; what it confirmed stays proved.

    Raises `PasskeyNotFound`, `SignInAgain` and `LastPasskeyStays`.
    """
    _take_turn(work.session, caller.user_id)
    own = passkeys_of(work.session, caller.user_id)
    passkey = next((each for each in own if each.id == passkey_id), None)
    if passkey is None:
        raise PasskeyNotFound
    _refuse_stale(work, caller)
    if len(own) == 1 and _owns_one_that_requires(work.session, caller.user_id):
        raise LastPasskeyStays
    work.delete(passkey)
    note(work, AccountEvent(user_id=caller.user_id, kind=Kind.PASSKEY_REMOVED, label=passkey.name))


def start_sign_in(work: UnitOfWork) -> bytes:
    """Give the challenge for a sign-in with whatever passkey there is."""
    return challenges.issue(work, Purpose.SIGN_IN, work.origin.ip_address or "nowhere")


def sign_in(work: UnitOfWork, assertion: Assertion, relying_party: RelyingParty) -> User | None:
    """Give the person who signed a challenge with their passkey, or None when nobody did."""
    passkey = None
    try:
        challenge = challenge_of(assertion.response.client_data_json)
        challenges.use(work.session, Purpose.SIGN_IN, None, challenge)
        passkey = _by_credential(work.session, assertion)
        _use(passkey, assertion, challenge, relying_party)
    except PasskeyRefused:
        if passkey is not None:
            failed = AccountEvent(
                user_id=passkey.user_id,
                kind=Kind.SIGN_IN_FAILED,
                auth_method="passkey_session",
            )
            note(work, failed)
        return None
    return work.session.get_one(User, passkey.user_id)


def start_act(
    work: UnitOfWork, caller: UserCaller, *, method: str, path: str, digest: str
) -> bytes:
    """Give the challenge that stands for one act. Raises `NoPasskey`."""
    if not caller.has_passkey:
        raise NoPasskey
    statement = _statement(challenges.new_nonce(), caller, method, path, digest)
    return challenges.issue(
        work, Purpose.ACT, caller.user_id, challenge=statement.challenge(), nonce=statement.nonce
    )


def confirm_act(
    session: Session,
    caller: UserCaller,
    act: Act,
    assertion: Assertion,
    relying_party: RelyingParty,
) -> bytes:
    """Check that a person confirmed this very act, and give the evidence. Raises `PasskeyRefused`."""
    challenge = challenge_of(assertion.response.client_data_json)
    nonce = challenges.use(session, Purpose.ACT, caller.user_id, challenge)
    digest = hashlib.sha256(act.body).hexdigest()
    statement = _statement(nonce or b"", caller, act.method, act.path, digest)
    if statement.challenge() != challenge:
        raise PasskeyRefused(
            "This challenge was made for another request: session, method, path and the bytes of the"
            " body have to be the same."
        )
    passkey = _by_credential(session, assertion)
    if passkey.user_id != caller.user_id:
        raise PasskeyRefused("This is no passkey of yours.")
    _use(passkey, assertion, challenge, relying_party)
    session.flush()
    return evidence_of(
        statement,
        body=act.body,
        assertion=assertion,
        public_key=passkey.public_key,
        relying_party=relying_party,
    )


def _own(user_id: str) -> Select[Passkey]:
    return select(Passkey).where(Passkey.user_id == user_id)


def _take_turn(session: Session, user_id: str) -> None:
    """Have the passkeys of one person used, added and removed one at a time."""
    session.get_one(User, user_id, with_for_update=True)


def _by_credential(session: Session, assertion: Assertion) -> Passkey:
    rows = select(Passkey).where(Passkey.credential_id == assertion.raw_id)
    found = session.scalar(rows)
    if found is not None:
        _take_turn(session, found.user_id)
        # What a neighbour did before our turn: the counter, or that it is gone.
        found = session.scalar(rows.execution_options(populate_existing=True))
    if found is None:
        raise PasskeyRefused("This passkey is not enrolled, or was removed.")
    return found


def _use(
    passkey: Passkey, assertion: Assertion, challenge: bytes, relying_party: RelyingParty
) -> None:
    """Check an answer of a passkey, and keep its counter."""
    handle = assertion.response.user_handle
    if handle is not None and handle != passkey.user_id.encode():
        raise PasskeyRefused("userHandle: is another person's.")
    credential = Credential(passkey.credential_id, passkey.public_key, passkey.sign_count)
    passkey.sign_count = check_assertion(assertion, challenge, credential, relying_party)
    passkey.last_used_at = now()


def _statement(nonce: bytes, caller: UserCaller, method: str, path: str, digest: str) -> Statement:
    return Statement(
        nonce=nonce,
        user_id=caller.user_id,
        session_id=caller.session_hash,
        method=method,
        path=path,
        body_sha256=digest,
    )


def _refuse_stale(work: UnitOfWork, caller: UserCaller) -> None:
    """Refuse to change who can confirm for a person in a session that may have been left open."""
    if work.evidence is None and now() - caller.opened_at > FRESH:
        raise SignInAgain


def _owns_one_that_requires(session: Session, user_id: str) -> bool:
    # any instance: whichever the person owns
    owned = select(Instance.id).join(Membership, Membership.instance_id == Instance.id)
    rows = owned.where(
        Membership.user_id == user_id,
        Membership.role == Role.OWNER,
        Instance.require_passkey,
        Instance.deleted_at.is_(None),
    )
    return session.scalar(rows.limit(1)) is not None

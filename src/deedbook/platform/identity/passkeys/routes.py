"""/v1/whoami/passkeys: a person's own passkeys, and the challenges that they sign."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy.orm import Session

from deedbook.platform.identity.passkeys import service
from deedbook.platform.identity.passkeys.ceremonies import NAME, RelyingParty
from deedbook.platform.identity.passkeys.schemas import (
    ChallengeIn,
    CreationOptions,
    Descriptor,
    PasskeyCreatedOut,
    PasskeyIn,
    PasskeyOut,
    RelyingPartyEntity,
    RenameIn,
    RequestOptions,
    UserEntity,
)
from deedbook.web.declarations import Anyone, SignedIn, needs, silent
from deedbook.web.routing import Person, Reading, Work, slice_router
from deedbook.web.schemas import Success

router = slice_router("/v1", tag="Passkeys")

_OWN = "a person's passkeys belong to no instance; changes are among the account's events"


async def _relying_party(request: Request) -> RelyingParty:
    found: RelyingParty = request.app.state.relying_party
    return found


RelyingPartyNow = Annotated[RelyingParty, Depends(_relying_party)]


@router.post("/whoami/passkeys/options")
@needs(SignedIn())
@silent("a challenge is no act")
def post_creation_options(work: Work, person: Person, rp: RelyingPartyNow) -> CreationOptions:
    """Give what a browser needs to make a passkey; works once, within two minutes."""
    return CreationOptions(
        rp=RelyingPartyEntity(id=rp.id, name=NAME),
        user=UserEntity(
            id=person.user_id.encode(), name=person.email, display_name=person.name or person.email
        ),
        challenge=service.start_enrolment(work, person.user_id),
        exclude_credentials=_descriptors(work.session, person.user_id),
    )


@router.post("/whoami/passkeys")
@needs(SignedIn())
@silent(_OWN)
def post_passkey(
    work: Work, person: Person, body: PasskeyIn, rp: RelyingPartyNow
) -> PasskeyCreatedOut:
    """Enrol a passkey, in a session of the last 15 minutes or confirmed with another passkey."""
    passkey = service.enrol(
        work, person, name=body.name, attestation=body.credential, relying_party=rp
    )
    work.session.flush()
    return PasskeyCreatedOut(id=passkey.id)


@router.get("/whoami/passkeys")
@needs(SignedIn())
def list_passkeys(session: Reading, person: Person) -> list[PasskeyOut]:
    """Give one's own passkeys, newest first."""
    return [
        PasskeyOut(
            id=passkey.id,
            name=passkey.name,
            created_at=passkey.created_at,
            last_used_at=passkey.last_used_at,
        )
        for passkey in service.passkeys_of(session, person.user_id)
    ]


@router.put("/whoami/passkeys/{passkey_id}")
@needs(SignedIn())
@silent(_OWN)
def put_passkey(work: Work, person: Person, passkey_id: str, body: RenameIn) -> Success:
    """Rename a passkey."""
    service.rename(work, person.user_id, passkey_id, body.name)
    return Success()


@router.delete("/whoami/passkeys/{passkey_id}")
@needs(SignedIn())
@silent(_OWN)
def delete_passkey(work: Work, person: Person, passkey_id: str) -> Success:
    """Remove a passkey, in a session of the last 15 minutes or confirmed with a passkey."""
    service.remove(work, person, passkey_id)
    return Success()


@router.post("/whoami/passkeys/challenge")
@needs(SignedIn())
@silent("a challenge is no act")
def post_challenge(
    work: Work, person: Person, body: ChallengeIn, rp: RelyingPartyNow
) -> RequestOptions:
    """Give the challenge for one request, to be sent in this session within two minutes.

    The request then carries the authenticator's answer in `X-Passkey-Assertion`.
    """
    challenge = service.start_act(
        work, person, method=body.method, path=body.path, digest=body.body_sha256
    )
    own = _descriptors(work.session, person.user_id)
    return RequestOptions(challenge=challenge, rp_id=rp.id, allow_credentials=own)


@router.post("/sign-in/passkey-options")
@needs(Anyone())
@silent("a challenge is no act")
def post_sign_in_options(work: Work, rp: RelyingPartyNow) -> RequestOptions:
    """Give the challenge for a sign-in with any passkey; the answer goes to POST /v1/sessions."""
    return RequestOptions(challenge=service.start_sign_in(work), rp_id=rp.id)


def _descriptors(session: Session, user_id: str) -> list[Descriptor]:
    return [
        Descriptor(id=passkey.credential_id, transports=passkey.transports)
        for passkey in service.passkeys_of(session, user_id)
    ]

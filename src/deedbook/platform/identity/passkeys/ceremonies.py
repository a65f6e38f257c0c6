"""What an authenticator signs, checked (WebAuthn Level 3, §7): the one place that knows the library.

User verification is required everywhere. What the library raises for bytes that are not what they
should be is no fixed set, so every failure of it is a refusal.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from webauthn import verify_authentication_response, verify_registration_response
from webauthn.helpers import parse_client_data_json
from webauthn.helpers.cose import COSEAlgorithmIdentifier
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticationCredential,
    AuthenticatorAssertionResponse,
    AuthenticatorAttestationResponse,
    RegistrationCredential,
)

from deedbook.platform.identity.passkeys.models import CREDENTIAL_ID_BYTES
from deedbook.platform.identity.passkeys.schemas import ALGORITHMS, Assertion, Attestation
from deedbook.web.verification import PasskeyRefused

NAME: Final = "Deedbook"
_DEFAULT_PORTS: Final = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class RelyingParty:
    """Who passkeys are made for: a host name, and the origin of its pages (RFC 6454)."""

    id: str
    origin: str


@dataclass(frozen=True, slots=True)
class Credential:
    """The public half of a passkey."""

    id: bytes
    public_key: bytes
    sign_count: int


def relying_party_of(public_url: str) -> RelyingParty:
    """Give the relying party of a server that people reach at an address."""
    parts = urlsplit(public_url)
    host = parts.hostname or ""
    shown = f"[{host}]" if ":" in host else host
    port = "" if parts.port in (None, _DEFAULT_PORTS.get(parts.scheme)) else f":{parts.port}"
    return RelyingParty(id=host, origin=f"{parts.scheme}://{shown}{port}")


def challenge_of(client_data: bytes) -> bytes:
    """Give the challenge that client data is about, not checked yet. Raises `PasskeyRefused`."""
    try:
        return parse_client_data_json(client_data).challenge
    except Exception:  # noqa: BLE001 (see above)
        raise PasskeyRefused("clientDataJSON: is not what an authenticator signs.") from None


def check_attestation(
    attestation: Attestation, challenge: bytes, relying_party: RelyingParty
) -> Credential:
    """Give the credential that was made. Raises `PasskeyRefused`."""
    response = attestation.response
    _refuse_framed(response.client_data_json)
    try:
        made = verify_registration_response(
            credential=RegistrationCredential(
                id=_same_ids(attestation),
                raw_id=attestation.raw_id,
                response=AuthenticatorAttestationResponse(
                    client_data_json=response.client_data_json,
                    attestation_object=response.attestation_object,
                ),
            ),
            expected_challenge=challenge,
            expected_rp_id=relying_party.id,
            expected_origin=relying_party.origin,
            require_user_verification=True,
            supported_pub_key_algs=[COSEAlgorithmIdentifier(each) for each in ALGORITHMS],
        )
    except Exception as error:
        raise PasskeyRefused(f"This passkey cannot be enrolled: {_reason(error)}") from error
    if made.credential_id != attestation.raw_id or len(made.credential_id) > CREDENTIAL_ID_BYTES:
        raise PasskeyRefused("This passkey cannot be enrolled: its id is not the one it signed.")
    return Credential(made.credential_id, made.credential_public_key, made.sign_count)


def check_assertion(
    assertion: Assertion, challenge: bytes, credential: Credential, relying_party: RelyingParty
) -> int:
    """Check that a credential signed a challenge, and give its new counter. Raises `PasskeyRefused`."""
    response = assertion.response
    _refuse_framed(response.client_data_json)
    if assertion.raw_id != credential.id:
        raise PasskeyRefused("This is an answer of another passkey.")
    try:
        checked = verify_authentication_response(
            credential=AuthenticationCredential(
                id=_same_ids(assertion),
                raw_id=assertion.raw_id,
                response=AuthenticatorAssertionResponse(
                    client_data_json=response.client_data_json,
                    authenticator_data=response.authenticator_data,
                    signature=response.signature,
                ),
            ),
            expected_challenge=challenge,
            expected_rp_id=relying_party.id,
            expected_origin=relying_party.origin,
            credential_public_key=credential.public_key,
            credential_current_sign_count=credential.sign_count,
            require_user_verification=True,
        )
    except Exception as error:
        raise PasskeyRefused(f"This answer is not valid: {_reason(error)}") from error
    return checked.new_sign_count


def _reason(error: Exception) -> str:
    """Give what the library says for people; of other failures only that the bytes are wrong."""
    return str(error) if isinstance(error, WebAuthnException) else "it cannot be read"


def _same_ids(credential: Assertion | Attestation) -> str:
    if credential.id != credential.raw_id:
        raise PasskeyRefused("id and rawId: are not the same.")
    return credential.model_dump(mode="json")["id"]  # type: ignore[no-any-return]


def _refuse_framed(client_data: bytes) -> None:
    """Refuse what was signed inside a frame of another site (WebAuthn Level 3, §7.2 step 13)."""
    try:
        framed = bool(parse_client_data_json(client_data).cross_origin)
    except Exception:  # noqa: BLE001 (see above)
        raise PasskeyRefused("clientDataJSON: is not what an authenticator signs.") from None
    if framed:
        raise PasskeyRefused("A passkey has to be used on our own page, not in a frame of another.")

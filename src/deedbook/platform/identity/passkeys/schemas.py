"""Passkeys on the wire: the JSON forms of WebAuthn Level 3, §5.1 and §5.5, and lists of one's own."""

from __future__ import annotations

import base64
import binascii
from typing import Annotated, Final, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
)
from pydantic.alias_generators import to_camel

from deedbook.web.schemas import Body, Moment

PASSKEY_TIMEOUT_MS: Final = 120_000
# COSE algorithms (IANA): ES256, Ed25519 and RS256, in the order in which they are wanted.
ALGORITHMS: Final = (-7, -8, -257)


def to_base64url(content: bytes) -> str:
    """Give base64url without padding (RFC 4648 §5)."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def from_base64url(value: object) -> bytes:
    """Read base64url without padding; raises `ValueError` for any other way to write the bytes."""
    if isinstance(value, bytes):
        return value
    if not isinstance(value, str):
        raise ValueError("is no base64url")  # noqa: TRY004 (pydantic takes a ValueError)
    try:
        content = base64.urlsafe_b64decode(value + "=" * (-len(value) % 4))
    except (binascii.Error, ValueError):
        raise ValueError("is no base64url") from None
    if to_base64url(content) != value:
        raise ValueError("is no base64url")
    return content


Base64Url = Annotated[
    bytes,
    BeforeValidator(from_base64url),
    PlainSerializer(to_base64url, return_type=str),
    WithJsonSchema({"type": "string", "format": "base64url"}),
]
PasskeyName = Annotated[str, StringConstraints(min_length=1, max_length=100)]


class _Wire(BaseModel):
    """Names as WebAuthn has them."""

    model_config = ConfigDict(alias_generator=to_camel, validate_by_name=True)


# What an authenticator answers


class AttestationResponse(_Wire):
    """The answer to the making of a passkey."""

    client_data_json: Base64Url = Field(alias="clientDataJSON")
    attestation_object: Base64Url
    transports: list[Annotated[str, StringConstraints(max_length=32)]] = Field(
        default=[], max_length=16
    )


class AssertionResponse(_Wire):
    """The answer to a challenge."""

    client_data_json: Base64Url = Field(alias="clientDataJSON")
    authenticator_data: Base64Url
    signature: Base64Url
    user_handle: Base64Url | None = None


class _Credential(_Wire):
    id: Base64Url
    raw_id: Base64Url
    type: Literal["public-key"]


class Attestation(_Credential):
    """What `navigator.credentials.create()` gives, as `toJSON()` writes it."""

    response: AttestationResponse


class Assertion(_Credential):
    """What `navigator.credentials.get()` gives, as `toJSON()` writes it."""

    response: AssertionResponse


# What an authenticator is asked


class Descriptor(_Wire):
    """A passkey that may, or may not, answer."""

    type: Literal["public-key"] = "public-key"
    id: Base64Url
    transports: list[str] = []


class RequestOptions(_Wire):
    """For `PublicKeyCredential.parseRequestOptionsFromJSON()`; an empty list allows any passkey."""

    challenge: Base64Url
    rp_id: str
    allow_credentials: list[Descriptor] = []
    user_verification: Literal["required"] = "required"
    timeout: int = PASSKEY_TIMEOUT_MS


class RelyingPartyEntity(_Wire):
    """Who asks."""

    id: str
    name: str


class UserEntity(_Wire):
    """Whose passkey it is to be."""

    id: Base64Url
    name: str
    display_name: str


class Parameter(_Wire):
    """An algorithm that is understood."""

    type: Literal["public-key"] = "public-key"
    alg: int


class Selection(_Wire):
    """What the authenticator has to be capable of."""

    resident_key: Literal["required"] = "required"
    require_resident_key: Literal[True] = True
    user_verification: Literal["required"] = "required"


class CreationOptions(_Wire):
    """For `PublicKeyCredential.parseCreationOptionsFromJSON()`."""

    rp: RelyingPartyEntity
    user: UserEntity
    challenge: Base64Url
    pub_key_cred_params: list[Parameter] = [Parameter(alg=each) for each in ALGORITHMS]
    exclude_credentials: list[Descriptor]
    authenticator_selection: Selection = Selection()
    attestation: Literal["none"] = "none"
    timeout: int = PASSKEY_TIMEOUT_MS


# A person's own passkeys


class PasskeyIn(Body):
    """A new passkey, by a name that its person will know it by."""

    name: PasskeyName
    credential: Attestation


class RenameIn(Body):
    """A passkey's new name."""

    name: PasskeyName


class PasskeyOut(BaseModel):
    """A passkey of one's own."""

    id: str
    name: str
    created_at: Moment
    last_used_at: Moment | None


class PasskeyCreatedOut(BaseModel):
    """The passkey is enrolled."""

    id: str


def _path(text: str) -> str:
    if not text.startswith("/") or not text.isascii() or not text.isprintable():
        raise ValueError("is the path of a request, as it is sent: /v1/…")
    return text


class ChallengeIn(Body):
    """The request that is to be verified: `path` with its query, and SHA-256 of the body's bytes."""

    method: Literal["GET", "POST", "PUT", "PATCH", "DELETE"]
    path: Annotated[str, StringConstraints(max_length=2048), AfterValidator(_path)]
    body_sha256: Annotated[str, StringConstraints(to_lower=True, pattern=r"^[0-9a-fA-F]{64}$")]

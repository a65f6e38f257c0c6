"""An authenticator in software, for demonstrations and tests: it really signs, with ES256.

It speaks the JSON forms of WebAuthn Level 3 (§5.1) that browsers speak: what `create` and `get` are
given is the server's options, what they give is what a page would send. There is no attestation
(format `none`, §8.7), and nobody is asked: whoever has the object is the verified user.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from webauthn.helpers import encode_cbor

USER_PRESENT: Final = 0x01
USER_VERIFIED: Final = 0x04
_ATTESTED: Final = 0x40


def base64url(content: bytes) -> str:
    """Give base64url without padding (RFC 4648 §5)."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


@dataclass(kw_only=True)
class SoftwareAuthenticator:
    """One passkey of one person, for pages of an origin. A synced passkey's counter stays 0.

    Without a `user_handle` it does not say whose it is, as a second factor does not.
    """

    origin: str
    flags: int = USER_PRESENT | USER_VERIFIED
    counter: int = 0
    credential_id: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    user_handle: bytes = b""
    _key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    def create(self, options: Mapping[str, Any]) -> dict[str, Any]:
        """Make the passkey, as `navigator.credentials.create()` would for these options."""
        self.user_handle = base64.urlsafe_b64decode(options["user"]["id"] + "==")
        numbers = self._key.public_key().public_numbers()
        # A COSE key (RFC 9053 §7.1): EC2, ES256, P-256.
        public_key = {
            1: 2,
            3: -7,
            -1: 1,
            -2: numbers.x.to_bytes(32, "big"),
            -3: numbers.y.to_bytes(32, "big"),
        }
        attested = (
            bytes(16)
            + struct.pack(">H", len(self.credential_id))
            + self.credential_id
            + encode_cbor(public_key)
        )
        data = self._data(options["rp"]["id"], _ATTESTED) + attested
        attestation = {"fmt": "none", "attStmt": {}, "authData": data}
        return self._answer(
            {
                "clientDataJSON": base64url(self._client_data("webauthn.create", options)),
                "attestationObject": base64url(encode_cbor(attestation)),
                "transports": ["internal"],
            }
        )

    def get(self, options: Mapping[str, Any]) -> dict[str, Any]:
        """Sign a challenge, as `navigator.credentials.get()` would for these options."""
        client_data = self._client_data("webauthn.get", options)
        data = self._data(options["rpId"])
        signed = data + hashlib.sha256(client_data).digest()
        return self._answer(
            {
                "clientDataJSON": base64url(client_data),
                "authenticatorData": base64url(data),
                "signature": base64url(self._key.sign(signed, ec.ECDSA(SHA256()))),
                "userHandle": base64url(self.user_handle) if self.user_handle else None,
            }
        )

    def header(self, options: Mapping[str, Any]) -> str:
        """Sign a challenge, and give the answer as `X-Passkey-Assertion` has it."""
        return base64url(json.dumps(self.get(options)).encode())

    def _data(self, rp_id: str, flags: int = 0) -> bytes:
        rp_id_hash = hashlib.sha256(rp_id.encode()).digest()
        return rp_id_hash + struct.pack(">BI", self.flags | flags, self.counter)

    def _client_data(self, kind: str, options: Mapping[str, Any]) -> bytes:
        said = {
            "type": kind,
            "challenge": options["challenge"],
            "origin": self.origin,
            "crossOrigin": False,
        }
        return json.dumps(said, separators=(",", ":")).encode()

    def _answer(self, response: dict[str, Any]) -> dict[str, Any]:
        return {
            "id": base64url(self.credential_id),
            "rawId": base64url(self.credential_id),
            "type": "public-key",
            "authenticatorAttachment": "platform",
            "clientExtensionResults": {},
            "response": response,
        }

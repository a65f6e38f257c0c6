"""What a passkey signs to confirm one act, what is kept of that, and how it is checked again.

The challenge is SHA-256 over the canonical JSON of what is confirmed: who, in which session, which
method, path and body. So the authenticator's signature covers the act itself, and the stored bytes
alone show it, long after the challenge, the passkey and the person are gone.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, ValidationError

from deedbook.engine.canonical import encode
from deedbook.platform.identity.passkeys.ceremonies import (
    Credential,
    RelyingParty,
    challenge_of,
    check_assertion,
)
from deedbook.platform.identity.passkeys.schemas import Assertion, Base64Url, to_base64url
from deedbook.web.verification import PasskeyRefused

_VERSION: Final = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What a person confirms; `session_id` is the hash that entries show."""

    nonce: bytes
    user_id: str
    session_id: str
    method: str
    path: str
    body_sha256: str

    def challenge(self) -> bytes:
        """Give the 32 bytes that stand for it."""
        stated = {
            "v": _VERSION,
            "nonce": to_base64url(self.nonce),
            "user_id": self.user_id,
            "session_id": self.session_id,
            "method": self.method,
            "path": self.path,
            "body_sha256": self.body_sha256,
        }
        return hashlib.sha256(b"deedbook act\n" + encode(stated)).digest()


class Evidence(BaseModel):
    """The kept bytes, read back."""

    model_config = ConfigDict(extra="forbid")

    v: int
    rp_id: str
    origin: str
    nonce: Base64Url
    challenge: Base64Url
    user_id: str
    session_id: str
    method: str
    path: str
    body: Base64Url
    public_key: Base64Url
    assertion: Assertion


def evidence_of(
    statement: Statement,
    *,
    body: bytes,
    assertion: Assertion,
    public_key: bytes,
    relying_party: RelyingParty,
) -> bytes:
    """Give what is kept with an entry, as canonical JSON."""
    return encode(
        {
            "v": _VERSION,
            "rp_id": relying_party.id,
            "origin": relying_party.origin,
            "nonce": to_base64url(statement.nonce),
            "challenge": to_base64url(statement.challenge()),
            "user_id": statement.user_id,
            "session_id": statement.session_id,
            "method": statement.method,
            "path": statement.path,
            "body": to_base64url(body),
            "public_key": to_base64url(public_key),
            "assertion": assertion.model_dump(mode="json", by_alias=True),
        }
    )


def judge(record: Mapping[str, Any], evidence: bytes) -> list[str]:
    """Say what is wrong with the evidence of an entry, for `deedbook.engine.examine`."""
    try:
        kept = Evidence.model_validate(json.loads(evidence))
    except (ValidationError, ValueError, RecursionError):
        return ["The evidence cannot be read."]
    statement = Statement(
        nonce=kept.nonce,
        user_id=kept.user_id,
        session_id=kept.session_id,
        method=kept.method,
        path=kept.path,
        body_sha256=hashlib.sha256(kept.body).hexdigest(),
    )
    problems = _differences(record, kept)
    if statement.challenge() != kept.challenge:
        problems.append("The challenge is not that of this method, path and body.")
    try:
        if challenge_of(kept.assertion.response.client_data_json) != kept.challenge:
            problems.append("Another challenge was signed.")
        check_assertion(
            kept.assertion,
            kept.challenge,
            # A counter says something at the moment of use alone.
            Credential(kept.assertion.raw_id, kept.public_key, sign_count=0),
            RelyingParty(kept.rp_id, kept.origin),
        )
    except PasskeyRefused as refused:
        problems.append(str(refused))
    return problems


def _differences(record: Mapping[str, Any], kept: Evidence) -> list[str]:
    """Say where the entry tells of another act than the one that was signed."""
    problems = []
    if kept.v != _VERSION:
        problems.append("The evidence is of a version that is not known.")
    if (record["user_id"], record["session_id"]) != (kept.user_id, kept.session_id):
        problems.append("Another person or session signed.")
    if record["method"] != kept.method:
        problems.append("Another method was signed.")
    if not _fits(record["route"] or "", kept.path, record["instance_id"]):
        problems.append("Another path was signed.")
    return problems


def _fits(route: str, path: str, instance_id: str) -> bool:
    """Tell whether a path is one of a route (`/v1/instances/{instance_id}/…`) in this instance."""
    template = route.replace("{instance_id}", instance_id)
    parts = (re.escape(part) for part in re.split(r"{[^}]*}", template))
    return re.fullmatch("[^/?]+".join(parts), path.partition("?")[0]) is not None

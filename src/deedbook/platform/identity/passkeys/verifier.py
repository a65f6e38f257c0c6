"""The platform's answer to the kit: whether a request was confirmed with a passkey."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import ValidationError
from sqlalchemy.orm import Session

from deedbook.platform.identity.passkeys.ceremonies import RelyingParty
from deedbook.platform.identity.passkeys.schemas import Assertion, from_base64url
from deedbook.platform.identity.passkeys.service import confirm_act
from deedbook.web.caller import UserCaller
from deedbook.web.verification import HEADER, Act, PasskeyRefused


@dataclass(frozen=True, slots=True)
class PlatformPasskeys:
    """Passkeys by the platform's own tables."""

    relying_party: RelyingParty

    def verify(self, session: Session, caller: UserCaller, act: Act, assertion: str) -> bytes:
        """Check an assertion for this very act, use up its challenge, and give the evidence."""
        try:
            read = Assertion.model_validate_json(from_base64url(assertion.rstrip("=")))
        except (ValidationError, ValueError):
            raise PasskeyRefused(
                f"{HEADER}: is not base64url of the JSON that an authenticator's assertion has."
            ) from None
        return confirm_act(session, caller, act, read, self.relying_party)

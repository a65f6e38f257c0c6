"""Passkey verification of one request: what is signed, when it is required, what it leaves behind.

It comes after validation and before the work, in the transaction of the work: a challenge is used up
exactly when the act that it was for is done.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Protocol

from fastapi import Request
from sqlalchemy.orm import Session

from deedbook.engine import DeedbookError
from deedbook.recording import UnitOfWork
from deedbook.web.caller import Caller, UserCaller
from deedbook.web.declarations import Declaration, Member

HEADER: Final = "X-Passkey-Assertion"
# What is recorded of any other feature is protected: a feature that nobody thought of is as well.
UNPROTECTED: Final = frozenset(
    {
        "customer",
        "bank_account",
        "blockchain_wallet",
        "blockchain_operation",
        "offramp_wallet",
        "virtual_account",
        "wallet",
        "payin",
        "customer_limit_increase",
        "onboarding",
    }
)


class PasskeyRequired(DeedbookError):
    """Confirm this with a passkey: sign a challenge and send the answer in X-Passkey-Assertion."""

    code = "AUTH_PASSKEY_REQUIRED"
    status = 403
    machine_message = "passkey_required"
    is_denial = True


class PasskeyRefused(DeedbookError):
    """This answer of an authenticator is not valid."""

    code = "AUTH_PASSKEY_INVALID"
    status = 403
    machine_message = "passkey_invalid"
    is_denial = True


@dataclass(frozen=True, slots=True)
class Act:
    """A request as it was sent: what a passkey signs. `path` includes the query, if there is one."""

    method: str
    path: str
    body: bytes


class Passkeys(Protocol):
    """What the kit asks of the platform about passkeys."""

    def verify(self, session: Session, caller: UserCaller, act: Act, assertion: str) -> bytes:
        """Check an assertion for this very act, use up its challenge, and give the evidence.

        `assertion` is the header as it came. Raises `PasskeyRefused`.
        """


@dataclass(frozen=True, slots=True)
class Verification:
    """The verification that a request brings, and whether it has to bring one."""

    passkeys: Passkeys
    act: Act
    assertion: str | None
    is_required: bool

    def check(self, caller: Caller | None, work: UnitOfWork) -> None:
        """Let the deeds of this request say that they were verified, if they were.

        Raises `PasskeyRefused` for an assertion that is not valid here, and `PasskeyRequired`.
        """
        if self.assertion is not None:
            if not isinstance(caller, UserCaller):
                raise PasskeyRefused(f"Only a person's session has passkeys: leave {HEADER} out.")
            evidence = self.passkeys.verify(work.session, caller, self.act, self.assertion)
            work.note_verified(evidence)
        elif self.is_required and isinstance(caller, UserCaller):
            if not caller.has_passkey:
                raise PasskeyRequired(
                    "This has to be confirmed with a passkey, and you have none: enrol one first."
                )
            raise PasskeyRequired


def act_of(request: Request, body: bytes) -> Act:
    """Give a request as its client wrote it."""
    path: bytes = request.scope["raw_path"]
    query: bytes = request.scope["query_string"]
    whole = path + b"?" + query if query else path
    return Act(request.method, whole.decode("latin-1"), body)


def is_protected(declaration: Declaration) -> bool:
    """Tell whether an instance that requires passkeys asks for one on this route.

    Derived from what the route records in an instance. To found one, or to accept an invite, is
    nothing that a team could protect.
    """
    return isinstance(declaration.permission, Member) and any(
        action.feature.name not in UNPROTECTED for action in declaration.records
    )


def refuse_idle_assertion(request: Request) -> None:
    """Refuse an assertion on a request that leaves nothing to verify: it would look verified."""
    if HEADER in request.headers:
        raise PasskeyRefused(f"Nothing is recorded of this request: leave {HEADER} out.")

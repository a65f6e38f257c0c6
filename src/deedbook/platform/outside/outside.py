"""What the platform asks of the outside world. A real one is put in by implementing `Outside`.

What takes time is asked for once and answered later: `review` and `settle` name the step that is to
take the answer, and whoever has it (a provider's webhook, the simulation's clock) runs that step.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from deedbook.recording import UnitOfWork


class Outcome(StrEnum):
    """How a review or a payment ended."""

    APPROVED = "approved"
    REJECTED = "rejected"
    COMPLETED = "completed"
    FAILED = "failed"
    REFUNDED = "refunded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """Something that the outside world has to decide or to do.

    `step` names what takes the answer (`customer.decide`), `subject_id` the row it is about. `names`
    and `amount` (in cents) are what the answer may depend on; `details` is handed to the step.
    """

    instance_id: str
    production: bool
    step: str
    subject_id: str
    names: tuple[str | None, ...] = ()
    amount: int | None = None
    details: Mapping[str, object] = field(default_factory=dict)


class Outside(Protocol):
    """Banks, chains, identity checks and billing."""

    def review(self, work: UnitOfWork, matter: Matter) -> Outcome | None:
        """Have something checked: the answer if there is one at once, or None when it comes later."""

    def settle(self, work: UnitOfWork, matter: Matter) -> None:
        """Have money moved; how that ended comes later."""

    def rate(self, source: str, target: str) -> Decimal:
        """Give how much of a target currency or token one unit of a source buys."""

    def new_address(self, network: str) -> str:
        """Open a wallet on a chain, and give its address."""

    def balances(self, network: str, address: str) -> Mapping[str, Decimal]:
        """Give what an address holds, by token, in units of the token."""

    def token_address(self, network: str, token: str) -> str:
        """Give the address of a token's own contract on a chain."""

    def payout_contract(self, network: str) -> str:
        """Give the address that takes the tokens of payouts, once their owner lets it."""

    def signer_of(self, network: str, signature: str) -> str | None:
        """Give the address that made a signature, or None when it is no signature."""

    def mint(
        self, work: UnitOfWork, instance_id: str, *, network: str, address: str, amount: Decimal
    ) -> str:
        """Give an address units of the development token, and give the transaction's hash.

        Where the address is one of the instance's own, the step `chain.deposit` tells of it later.
        """

    def new_transaction(self, network: str) -> str:
        """Put a transaction on a chain, and give its hash."""

    def unsigned_transaction(self, network: str) -> str:
        """Prepare a transaction for its owner to sign, in the form of the chain."""

    def bank_numbers(self) -> Mapping[str, str]:
        """Open an account at a bank: `account_number`, `routing_number` and `swift_number`."""

    def payment_code(self, method: str) -> str:
        """Open a way to pay in, and give what the payer needs.

        For `pix` the text to copy, for `spei` a CLABE, for `transfers` a CVU, for `pse` the address
        of a page.
        """

    def identity_check(self) -> str:
        """Open a check of a person's identity, and give the token that their browser needs."""

    def portal_url(self, customer: str) -> str:
        """Give the page on which a billing customer manages payment."""

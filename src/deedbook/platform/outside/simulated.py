"""A simulated outside world, in which development instances live and production ones can be tried.

It approves, settles and fails as documented: a name `Fail` is rejected, an amount of 666.00 fails and
one of 777.00 is refunded. On development instances this happens by itself; on production ones when an
operator says so. Every wallet holds enough, and every allowance is confirmed.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from base64 import b64encode
from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Final

from deedbook.database.base import now
from deedbook.database.ids import random_text
from deedbook.platform.outside.models import Step
from deedbook.platform.outside.outside import Matter, Outcome
from deedbook.recording import UnitOfWork

FAILING_NAME: Final = "Fail"
FAILING_AMOUNT: Final = 66_600
REFUNDED_AMOUNT: Final = 77_700

# How much of each one US dollar buys.
_PER_DOLLAR: Final[Mapping[str, Decimal]] = {
    "USD": Decimal(1),
    "USDC": Decimal(1),
    "USDT": Decimal(1),
    "USDB": Decimal(1),
    "BRL": Decimal("5.37"),
    "MXN": Decimal("18.42"),
    "COP": Decimal("4012.5"),
    "ARS": Decimal("1415.0"),
    "EUR": Decimal("0.86"),
}
_BALANCE: Final = Decimal(1_000_000)
_BASE58: Final = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_BASE32: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
# r, s and v of an ECDSA signature over secp256k1: 65 bytes in hex.
_EVM_SIGNATURE: Final = re.compile(r"0x[0-9a-fA-F]{130}")


class SimulatedOutside:
    """The outside world of development; `review_after` and `settle_after` say how long it takes."""

    def __init__(self, *, review_after: timedelta, settle_after: timedelta) -> None:
        self._review_after = review_after
        self._settle_after = settle_after

    def review(self, work: UnitOfWork, matter: Matter) -> Outcome | None:
        """Approve, unless somebody is called `Fail`; at once where a review takes no time."""
        outcome = Outcome.REJECTED if FAILING_NAME in matter.names else Outcome.APPROVED
        if not matter.production and not self._review_after:
            return outcome
        self._answer_later(work, matter, outcome, self._review_after)
        return None

    def settle(self, work: UnitOfWork, matter: Matter) -> None:
        """Complete a payment, but for the amounts that are there to fail."""
        outcomes = {FAILING_AMOUNT: Outcome.FAILED, REFUNDED_AMOUNT: Outcome.REFUNDED}
        outcome = outcomes.get(matter.amount or 0, Outcome.COMPLETED)
        self._answer_later(work, matter, outcome, self._settle_after)

    def rate(self, source: str, target: str) -> Decimal:
        """Give a fixed rate."""
        return _PER_DOLLAR[target] / _PER_DOLLAR[source]

    def new_address(self, network: str) -> str:
        """Give an address that looks like one of the chain."""
        return _address(network, secrets.token_bytes(64))

    def balances(self, network: str, address: str) -> Mapping[str, Decimal]:  # noqa: ARG002
        """Give enough of every token."""
        return dict.fromkeys(("USDC", "USDT", "USDB"), _BALANCE)

    def token_address(self, network: str, token: str) -> str:
        """Give an address that looks like one of the chain, the same each time."""
        return _address(network, hashlib.sha512(f"{token} on {network}".encode()).digest())

    def payout_contract(self, network: str) -> str:
        """Give an address that looks like one of the chain, the same each time."""
        return _address(network, hashlib.sha512(f"payouts on {network}".encode()).digest())

    def signer_of(self, network: str, signature: str) -> str | None:
        """Give an address that hangs on the signature alone; nothing is recovered from it."""
        if not _EVM_SIGNATURE.fullmatch(signature):
            return None
        return _address(network, hashlib.sha512(signature.lower().encode()).digest())

    def mint(
        self, work: UnitOfWork, instance_id: str, *, network: str, address: str, amount: Decimal
    ) -> str:
        """Tell of a deposit after a while; no balance is kept."""
        transaction = self.new_transaction(network)
        details = {
            "network": network,
            "address": address,
            "token": "USDB",
            "amount": str(amount),
            "transaction_hash": transaction,
        }
        matter = Matter(
            instance_id=instance_id,
            production=False,
            step="chain.deposit",
            subject_id=instance_id,
            details=details,
        )
        self._answer_later(work, matter, Outcome.COMPLETED, self._settle_after)
        return transaction

    def new_transaction(self, network: str) -> str:
        """Give a hash that looks like one of the chain."""
        prefix = "" if network.startswith(("stellar", "solana", "tron")) else "0x"
        return prefix + secrets.token_hex(32)

    def unsigned_transaction(self, network: str) -> str:
        """Give base64, as of a transaction, that no chain would take."""
        return b64encode(f"simulated {network} {random_text(120)}".encode()).decode()

    def bank_numbers(self) -> Mapping[str, str]:
        """Give numbers of no real account; 021000021 is a published example of a routing number."""
        return {
            "account_number": f"{secrets.randbelow(10**10):010d}",
            "routing_number": "021000021",
            "swift_number": f"{secrets.randbelow(10**12):012d}",
        }

    def payment_code(self, method: str) -> str:
        """Give what looks like one, and pays nobody."""
        if method == "pix":
            return f"simulated-pix-{random_text(32)}"
        if method == "pse":
            return f"https://pse.example/pay/{random_text(24)}"
        digits = 18 if method == "spei" else 22
        return f"{secrets.randbelow(10**digits):0{digits}d}"

    def identity_check(self) -> str:
        """Give a token that opens nothing."""
        return f"sim_{random_text(32)}"

    def portal_url(self, customer: str) -> str:
        """Give an address that leads nowhere."""
        return f"https://billing.example/portal/{customer}/{random_text(24)}"

    def _answer_later(
        self, work: UnitOfWork, matter: Matter, outcome: Outcome, after: timedelta
    ) -> None:
        work.add(
            Step(
                instance_id=matter.instance_id,
                name=matter.step,
                subject_id=matter.subject_id,
                outcome=outcome,
                details=dict(matter.details),
                due_at=None if matter.production else now() + after,
            )
        )


def _address(network: str, entropy: bytes) -> str:
    def text(alphabet: str, length: int) -> str:
        return "".join(alphabet[byte % len(alphabet)] for byte in entropy[:length])

    if network.startswith("stellar"):
        return "G" + text(_BASE32, 55)
    if network.startswith("solana"):
        return text(_BASE58, 44)
    if network == "tron":
        return "T" + text(_BASE58, 33)
    return "0x" + entropy[:20].hex()

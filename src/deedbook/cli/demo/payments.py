"""Money that comes in, goes out and moves, and what is done on chains for it."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from deedbook.cli.demo.customers import DOCUMENT
from deedbook.cli.demo.people import Person
from deedbook.cli.demo.stage import Key, Stage
from deedbook.platform.outside.steps import SYSTEM_ACTOR
from deedbook.platform.payments.payins import deposits as payins
from deedbook.platform.payments.payouts import deposits as payouts

SENDER: Final = "0x52f1a7c03be94d6f8e20b15c7d3a4e9f60718293"
# At this amount the simulated bank lets a payment fail.
FAILING: Final = 666_00
_STELLAR: Final = "GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVSGZ"
_SOLANA: Final = "7EqQdEULxWcraVx3mXKFjc84LhCkMGZCkRuDpvcMwJeK"
_SOLANA_MINT: Final = "9xQeWvG816bUx9EPjHmaT23yvVM2ZWbrrpZb9PusVFin"


def pay_in(
    stage: Stage, path: str, who: Person | Key, wallet_id: str, cents: int, method: str = "ach"
) -> None:
    """Have money come in that becomes tokens in a wallet, and let it settle."""
    quote = {
        "wallet_id" if wallet_id.startswith("bl_") else "blockchain_wallet_id": wallet_id,
        "currency_type": "sender",
        "cover_fees": False,
        "request_amount": cents,
        "payment_method": method,
        "token": "USDB",
    }
    made = stage.act(who, "POST", f"{path}/payin-quotes", quote)
    stage.act(who, "POST", f"{path}/payins/evm", {"payin_quote_id": made["id"]})
    stage.settle()


def pay_out(
    stage: Stage,
    path: str,
    who: Person | Key,
    account_id: str,
    cents: int,
    *,
    passkey: bool = False,
    **fields: object,
) -> str:
    """Have money paid out, let it settle, and give the payout's id."""
    quote = {
        "bank_account_id": account_id,
        "currency_type": "sender",
        "cover_fees": False,
        "request_amount": cents,
        "network": "sepolia",
        "token": "USDB",
        **fields,
    }
    made = stage.act(who, "POST", f"{path}/quotes", quote)
    body = {"quote_id": made["id"], "sender_wallet_address": SENDER}
    payout = stage.act(who, "POST", f"{path}/payouts/evm", body, passkey=passkey)
    stage.settle()
    return str(payout["id"])


def hand_in_invoice(stage: Stage, path: str, who: Person | Key, payout_id: str) -> None:
    """Have the document handed in that a payout over SWIFT waits for, and let it settle."""
    body = {
        "transaction_document_type": "invoice",
        "transaction_document_id": "INV-2048",
        "transaction_document_file": DOCUMENT,
        "description": "Design work",
    }
    stage.act(who, "POST", f"{path}/payouts/{payout_id}/documents", body)
    stage.settle()


def transfer(
    stage: Stage, path: str, who: Person | Key, wallet_id: str, cents: int, *, passkey: bool = False
) -> None:
    """Have tokens moved out of a managed wallet, and let it settle."""
    quote = {
        "wallet_id": wallet_id,
        "amount_reference": "sender",
        "cover_fees": False,
        "request_amount": cents,
        "sender_token": "USDB",
        "customer_wallet_address": SENDER,
        "customer_token": "USDB",
        "customer_network": "sepolia",
    }
    made = stage.act(who, "POST", f"{path}/transfer-quotes", quote)
    stage.act(who, "POST", f"{path}/transfers", {"transfer_quote_id": made["id"]}, passkey=passkey)
    stage.settle()


def deposit_in_offramp_wallet(stage: Stage, path: str, wallet: dict[str, str], cents: int) -> None:
    """Let tokens arrive at an off-ramp wallet: the system pays them out by itself."""
    arrived = payouts.Deposit(
        network=wallet["network"],
        address=wallet["address"],
        token="USDB",  # noqa: S106 (a currency)
        amount=Decimal(cents) / 100,
        transaction_hash=stage.app.state.outside.new_transaction(wallet["network"]),
    )
    with stage.work(SYSTEM_ACTOR, path.rpartition("/")[2]) as work:
        payouts.deposit_arrived(work, stage.app.state.outside, arrived)
    stage.settle()


def deposit_in_virtual_account(
    stage: Stage, path: str, account_id: str, cents: int, sender: str
) -> None:
    """Let dollars arrive in a virtual account: the system turns them into tokens by itself."""
    arrived = payins.Deposit(amount=cents, reference="wire 0426", sender_name=sender)
    with stage.work(SYSTEM_ACTOR, path.rpartition("/")[2]) as work:
        payins.deposit_arrived(work, stage.app.state.outside, account_id, arrived)
    stage.settle()


def try_chains(stage: Stage, path: str, who: Person | Key) -> None:
    """Have the chains tried out: a trustline, tokens on two of them, and a delegation."""
    stage.act(who, "POST", f"{path}/create-asset-trustline", {"address": _STELLAR})
    minted = {"address": _STELLAR, "amount": "1250.50", "signedXdr": "AAAA"}
    stage.act(who, "POST", f"{path}/mint-usdb-stellar", minted)
    stage.act(who, "POST", f"{path}/mint-usdb-solana", {"address": _SOLANA, "amount": "500"})
    delegation = {"owner_address": _SOLANA, "token_address": _SOLANA_MINT, "amount": "250"}
    stage.act(who, "POST", f"{path}/prepare-delegate-solana", delegation)
    stage.settle()

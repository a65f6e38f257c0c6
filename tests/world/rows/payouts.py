"""Rows of payouts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from deedbook.web.roles import Area
from world import bodies
from world.operation import INSTANCE, Operation, Prepared, Read
from world.people import Team
from world.rows.bank_accounts import new_bank_account
from world.rows.customers import new_customer
from world.rows.partner_fees import new_partner_fee
from world.world import World

# An address on a network of each sort of chain.
SENDERS: Mapping[str, str] = {
    "sepolia": "0x52f1a7c03be94d6f8e20b15c7d3a4e9f60718293",
    "solana_devnet": "7EqQdEULxWcraVx3mXKFjc84LhCkMGZCkRuDpvcMwJeK",
    "stellar_testnet": "GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVSGZ",
}
_NOT_FOUND = (404, "PAYOUTS_NOT_FOUND")


def payouts_of(team: Team, *more: str) -> str:
    """Give the path of an instance's payouts, or of more below it."""
    return "/".join((f"/v1/instances/{team.instance_id}/payouts", *more))


def quote_body(bank_account_id: str, /, **fields: Any) -> dict[str, Any]:
    """Give a quote of 100.00 that can be had."""
    return {
        "bank_account_id": bank_account_id,
        "currency_type": "sender",
        "cover_fees": False,
        "request_amount": 10_000,
        "network": "sepolia",
        "token": "USDB",
        **fields,
    }


def new_quote(world: World, team: Team, bank_account_id: str, /, **fields: Any) -> dict[str, Any]:
    """Give a new quote, as the reply has it."""
    path = f"/v1/instances/{team.instance_id}/quotes"
    reply = world.call(team.owner, "POST", path, quote_body(bank_account_id, **fields))
    assert reply.status_code == 200, reply.text
    quote: dict[str, Any] = reply.json()
    return quote


def new_payout(world: World, team: Team, bank_account_id: str, /, **fields: Any) -> dict[str, Any]:
    """Give a new payout on an EVM chain, as the reply has it."""
    quote = new_quote(world, team, bank_account_id, **fields)
    body = {"quote_id": quote["id"], "sender_wallet_address": SENDERS["sepolia"]}
    reply = world.call(team.owner, "POST", payouts_of(team, "evm"), body)
    assert reply.status_code == 200, reply.text
    payout: dict[str, Any] = reply.json()
    return payout


def documents() -> dict[str, Any]:
    """Give what a payout over SWIFT waits for."""
    return {
        "transaction_document_type": "invoice",
        "transaction_document_id": "INV-7",
        "transaction_document_file": bodies.DOCUMENT,
        "description": "Anvils",
    }


def _created_on(network: str) -> Callable[[World, Team], Prepared]:
    def prepare(world: World, team: Team) -> Prepared:
        customer_id = new_customer(world, team)
        account_id = new_bank_account(world, team, customer_id)
        fee_id = new_partner_fee(world, team)
        quote = new_quote(
            world,
            team,
            account_id,
            network=network,
            partner_fee_id=fee_id,
            description="Rent",
        )
        body = {"quote_id": quote["id"], "sender_wallet_address": SENDERS[network]}
        if network != "sepolia":
            body["signed_transaction"] = "AAAAAg=="
        return Prepared(
            body=body,
            label="Itaú •••• 4821",
            metadata={
                "sender_amount": 10_000,
                "token": "USDB",
                "network": network,
                "receiver_amount": 51_798,
                "currency": "BRL",
                "rail": "pix_safe",
                "last_four": "4821",
                "partner_fee_amount": 250,
            },
            personal_metadata={
                "customer_name": "Maria Silva",
                "recipient_name": "Maria Silva",
                "sender_wallet_address": SENDERS[network],
                "description": "Rent",
            },
            refs=(
                ("quote", quote["id"]),
                ("bank_account", account_id),
                ("customer", customer_id),
                ("partner_fee", fee_id),
            ),
        )

    return prepare


def _documents_submitted(world: World, team: Team) -> Prepared:
    customer_id = new_customer(world, team)
    account_id = new_bank_account(world, team, customer_id, "international_swift")
    payout = new_payout(world, team, account_id)
    body = documents()
    return Prepared(
        values={"payout_id": payout["id"]},
        body=body,
        entity_id=payout["id"],
        label="Barclays •••• 5432",
        metadata={
            "transaction_document_type": "invoice",
            "receiver_amount": 9850,
            "currency": "USD",
            "rail": "international_swift",
            "last_four": "5432",
        },
        personal_metadata={"transaction_document_id": "INV-7"},
        changes={"transaction_document_type": {"from": None, "to": "invoice"}},
        personal_changes={
            "transaction_document_id": {"from": None, "to": "INV-7"},
            "transaction_document_file": {"from": None, "to": bodies.DOCUMENT},
            "transaction_document_description": {"from": None, "to": "Anvils"},
        },
        refs=(("bank_account", account_id), ("customer", customer_id)),
    )


def _a_payout(world: World, team: Team) -> Mapping[str, str]:
    account_id = new_bank_account(world, team, new_customer(world, team))
    return {"payout_id": new_payout(world, team, account_id)["id"]}


def _some_payouts(world: World, team: Team) -> Mapping[str, str]:
    _a_payout(world, team)
    return {}


OPERATIONS: tuple[Operation, ...] = (
    *(
        Operation(
            action="payout.created",
            operation="create",
            method="POST",
            path=f"{INSTANCE}/payouts/{chain}",
            area=Area.PAYMENTS,
            entity_type="payout",
            prepare=_created_on(network),
        )
        for chain, network in (
            ("evm", "sepolia"),
            ("solana", "solana_devnet"),
            ("stellar", "stellar_testnet"),
        )
    ),
    Operation(
        action="payout.documents_submitted",
        operation="update",
        method="POST",
        path=f"{INSTANCE}/payouts/{{payout_id}}/documents",
        area=Area.DOCUMENTS,
        entity_type="payout",
        prepare=_documents_submitted,
        not_found=_NOT_FOUND,
    ),
)

READS: tuple[Read, ...] = (
    Read(path=f"{INSTANCE}/payouts", area=Area.PAYMENTS, prepare=_some_payouts),
    Read(
        path=f"{INSTANCE}/payouts/{{payout_id}}",
        area=Area.PAYMENTS,
        prepare=_a_payout,
        not_found=_NOT_FOUND,
    ),
)

"""What can happen in a seeded log: each act, how often it comes, and what its entry says.

An act is on something that an earlier entry of the log made (`of`), and may make something (`makes`).
Whatever the thing before is known by, what comes of it is known by as well: the payout of an account
by the account's rail and last four, and by its customer's name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from deedbook.engine import Changes
from deedbook.seeding import values
from deedbook.seeding.chance import Chance
from deedbook.seeding.values import Known, Values


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """One sort of act. `fill` gives what is new about it, its `label` among that."""

    action: str
    weight: int
    fill: Callable[[Chance, Known], Values]
    of: str = "instance"
    makes: str | None = None
    prefix: str = ""
    ends: bool = False
    fresh_refs: Mapping[str, str] = field(default_factory=dict)
    """What it refers to that has no entry of its own, such as a quote: its type and its prefix."""
    changes: Callable[[Chance, Known], Changes] | None = None


RECIPES: Final = (
    Recipe(
        action="customer.created",
        weight=60,
        fill=values.customer,
        makes="customer",
        prefix="re",
        fresh_refs={"terms_of_service": "to"},
    ),
    Recipe(
        action="customer.updated",
        weight=40,
        of="customer",
        fill=values.nothing_new,
        changes=values.moved,
    ),
    Recipe(action="customer.deleted", weight=4, of="customer", fill=values.nothing_new, ends=True),
    Recipe(
        action="bank_account.created",
        weight=70,
        of="customer",
        fill=values.bank_account,
        makes="bank_account",
        prefix="ba",
    ),
    Recipe(
        action="bank_account.deleted",
        weight=6,
        of="bank_account",
        fill=values.nothing_new,
        ends=True,
    ),
    Recipe(
        action="blockchain_wallet.created",
        weight=40,
        of="customer",
        fill=values.wallet,
        makes="blockchain_wallet",
        prefix="bw",
    ),
    Recipe(
        action="blockchain_wallet.deleted",
        weight=4,
        of="blockchain_wallet",
        fill=values.nothing_new,
        ends=True,
    ),
    Recipe(
        action="wallet.created",
        weight=15,
        of="customer",
        fill=values.wallet,
        makes="wallet",
        prefix="bl",
    ),
    Recipe(action="wallet.deleted", weight=2, of="wallet", fill=values.nothing_new, ends=True),
    Recipe(
        action="offramp_wallet.created",
        weight=10,
        of="bank_account",
        fill=values.offramp_wallet,
        makes="offramp_wallet",
        prefix="ow",
    ),
    Recipe(
        action="virtual_account.created",
        weight=10,
        of="blockchain_wallet",
        fill=values.virtual_account,
        makes="virtual_account",
        prefix="va",
    ),
    Recipe(
        action="payin.created",
        weight=180,
        of="blockchain_wallet",
        fill=values.payin,
        makes="payin",
        prefix="pi",
        fresh_refs={"quote": "pq"},
    ),
    Recipe(
        action="payout.created",
        weight=380,
        of="bank_account",
        fill=values.payout,
        makes="payout",
        prefix="po",
        fresh_refs={"quote": "qu"},
    ),
    Recipe(
        action="payout.documents_submitted",
        weight=30,
        of="payout",
        fill=values.documents,
        changes=values.document_changes,
    ),
    Recipe(
        action="transfer.created",
        weight=50,
        of="wallet",
        fill=values.transfer,
        makes="transfer",
        prefix="tr",
        fresh_refs={"quote": "qu"},
    ),
    Recipe(
        action="customer_limit_increase.created",
        weight=10,
        of="customer",
        fill=values.limits,
        makes="limit_increase",
        prefix="rl",
    ),
    Recipe(action="api_key.created", weight=3, fill=values.key, makes="api_key", prefix="ap"),
    Recipe(action="api_key.deleted", weight=2, of="api_key", fill=values.nothing_new, ends=True),
    Recipe(action="invite.created", weight=4, fill=values.invite, makes="invite", prefix="it"),
    Recipe(action="invite.deleted", weight=2, of="invite", fill=values.nothing_new, ends=True),
    Recipe(
        action="team_member.role_updated",
        weight=2,
        of="user",
        fill=values.new_role,
        changes=values.role_changes,
    ),
    Recipe(
        action="partner_fee.created",
        weight=4,
        fill=values.partner_fee,
        makes="partner_fee",
        prefix="pf",
    ),
    Recipe(
        action="partner_fee.deleted", weight=2, of="partner_fee", fill=values.nothing_new, ends=True
    ),
    Recipe(
        action="webhook_endpoint.created",
        weight=3,
        fill=values.webhook_endpoint,
        makes="webhook_endpoint",
        prefix="we",
    ),
    Recipe(
        action="webhook_endpoint.secret_viewed",
        weight=3,
        of="webhook_endpoint",
        fill=values.nothing_new,
    ),
    Recipe(
        action="webhook_endpoint.deleted",
        weight=1,
        of="webhook_endpoint",
        fill=values.nothing_new,
        ends=True,
    ),
    Recipe(action="asset_trustline.created", weight=3, fill=values.trustline),
    Recipe(action="usdb.minted", weight=10, fill=values.minted),
)

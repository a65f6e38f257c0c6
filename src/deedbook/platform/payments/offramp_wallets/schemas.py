"""Off-ramp wallets on the wire."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, StringConstraints

from deedbook.platform.payments.bank_accounts.schemas import WalletOfAccountOut
from deedbook.platform.payments.chains import OfframpNetwork
from deedbook.web.schemas import Body, Moment, none_if_blank

ExternalId = Annotated[
    Annotated[str, StringConstraints(max_length=2048)] | None, BeforeValidator(none_if_blank)
]


class CreateOfframpWalletIn(Body):
    """A new off-ramp wallet; `external_id` is what the client calls it."""

    network: OfframpNetwork
    external_id: ExternalId = None


class OfframpWalletOut(WalletOfAccountOut):
    """An off-ramp wallet."""

    instance_id: str
    customer_id: str
    bank_account_id: str
    created_at: Moment
    updated_at: Moment

"""What is paid into virtual accounts: it becomes tokens by itself."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Final

from sqlalchemy.orm import Session

from deedbook.database.base import now, shown
from deedbook.engine import DeedbookError, Filters, Page
from deedbook.engine.filters import Match
from deedbook.platform.identity.instances.models import Instance
from deedbook.platform.outside.models import Step
from deedbook.platform.outside.outside import Outside
from deedbook.platform.payments import pricing
from deedbook.platform.payments.customers.service import customer_of
from deedbook.platform.payments.partner_fees.models import PartnerFee
from deedbook.platform.payments.partner_fees.service import fees, virtual_account_fee
from deedbook.platform.payments.payin_quotes.methods import PaymentMethod
from deedbook.platform.payments.payin_quotes.models import PayinQuote
from deedbook.platform.payments.payins.instructions import bank_details
from deedbook.platform.payments.payins.models import Payin
from deedbook.platform.payments.payins.service import payins, take_in
from deedbook.platform.payments.virtual_accounts import audit as virtual_accounts
from deedbook.platform.payments.virtual_accounts.models import VirtualAccount
from deedbook.platform.payments.virtual_accounts.service import virtual_account_of
from deedbook.recording import UnitOfWork, open_log

DEPOSIT: Final = "virtual_account.deposit"
_VISIBLE: Final = 4


class AccountNotApproved(DeedbookError):
    """This virtual account is not approved: it has no number that could be paid into."""

    code = "VIRTUAL_ACCOUNTS_NOT_APPROVED"
    status = 403


@dataclass(frozen=True, slots=True, kw_only=True)
class Deposit:
    """Dollars that arrived, in cents. `reference` is the bank's name of it: no two have the same."""

    amount: int
    reference: str
    payment_method: PaymentMethod = "ach"
    sender_name: str | None = None
    sender_bank_name: str | None = None
    sender_account_number: str | None = None


def take_deposit(work: UnitOfWork, outside: Outside, step: Step) -> None:
    """Take a deposit that the bank tells of; the step is about the virtual account."""
    deposit_arrived(work, outside, step.subject_id, Deposit(**step.details))


def deposit_arrived(work: UnitOfWork, outside: Outside, account_id: str, deposit: Deposit) -> Payin:
    """Change what was paid into a virtual account of the unit's instance to tokens, once a deposit.

    Raises `VirtualAccountNotFound` and `AccountNotApproved`.
    """
    # Locked: what is told twice at once is paid in once.
    account = virtual_account_of(work.session, work.instance_id or "", account_id, lock=True)
    if not account.is_approved:
        raise AccountNotApproved
    earlier = payins(
        account.instance_id, virtual_account_id=account.id, deposit_reference=deposit.reference
    )
    if (taken := work.session.scalar(earlier)) is not None:
        return taken
    quote = _quote(work, outside, account, deposit)
    cause = _cause(work, account)
    return take_in(
        work,
        outside,
        quote,
        customer_of(work.session, account.instance_id, account.customer_id),
        account,
        effect=None if cause is None else {"cause": cause},
        deposit_reference=deposit.reference,
        bank_details=bank_details(account),
        tracking_transaction=_tracked(deposit),
    )


def _quote(
    work: UnitOfWork, outside: Outside, account: VirtualAccount, deposit: Deposit
) -> PayinQuote:
    """Price a deposit at the rate of now; the quote is used at once."""
    instance = work.session.get_one(Instance, account.instance_id)
    fee = _fee(work.session, account)
    quotation = pricing.payin_quotation(outside.rate(account.token, "USD"))
    asked = pricing.Asked(deposit.amount, "sender", cover_fees=False)
    taken = pricing.payin_fees(fee, production=instance.is_production)
    try:
        price = pricing.payin_price(asked, quotation, taken)
    except pricing.AmountTooSmall:
        # It is here and has to go on: what is less than the fees bears none.
        fee, price = None, pricing.payin_price(asked, quotation, pricing.Fees(flat=0))
    quote = work.add(
        PayinQuote(
            instance_id=instance.id,
            customer_id=account.customer_id,
            blockchain_wallet_id=account.blockchain_wallet_id,
            partner_fee_id=fee and fee.id,
            payment_method=deposit.payment_method,
            currency="USD",
            token=account.token,
            request_amount=deposit.amount,
            commercial_quotation=quotation.commercial,
            blindpay_quotation=quotation.ours,
            is_otc=False,
            expires_at=now(),
            used_at=now(),
            **asdict(price),
        )
    )
    work.session.flush()
    return quote


def _fee(session: Session, account: VirtualAccount) -> PartnerFee | None:
    """Give the fee of the account, or the one that the instance has for all of them."""
    own = (fee for fee in fees(session, account.instance_id) if fee.id == account.partner_fee_id)
    return next(own, None) or virtual_account_fee(session, account.instance_id)


def _cause(work: UnitOfWork, account: VirtualAccount) -> str | None:
    """Give the id of the entry by which somebody opened the account, and so had this paid in."""
    log = open_log(work.session, account.instance_id, work.catalogue)
    opened = Filters(
        {
            "action": Match(frozenset({virtual_accounts.CREATED.name})),
            "entity_id": Match(frozenset({account.id})),
        },
        include=frozenset(work.catalogue.actor_types),
    )
    entries = log.find(opened, Page(limit=1)).entries
    return entries[0].shown_id if entries else None


def _tracked(deposit: Deposit) -> dict[str, str | None]:
    number = deposit.sender_account_number
    return {
        "step": "completed",
        "status": "completed",
        "completed_at": shown(now()),
        "transaction_reference": deposit.reference,
        "sender_name": deposit.sender_name,
        "sender_bank_name": deposit.sender_bank_name,
        "sender_account_number": f"•••• {number[-_VISIBLE:]}" if number else None,
    }

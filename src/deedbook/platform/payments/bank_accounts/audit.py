"""What is recorded of bank accounts."""

from __future__ import annotations

from dataclasses import dataclass

from deedbook.engine import Action, Feature, Metadata, Personal, Searchable

BANK_ACCOUNT = Feature("bank_account", title="Bank accounts")


@dataclass(frozen=True, slots=True)
class BankAccountMetadata(Metadata):
    """A bank account as it was at the act; of its number only the last four characters."""

    rail: str
    status: str
    country: str
    account_class: str | None
    recipient_relationship: str | None
    last_four: Searchable[str]
    name: Personal[Searchable[str]]
    beneficiary: Personal[Searchable[str | None]]


CREATED = Action(
    "bank_account.created",
    BANK_ACCOUNT,
    ("create",),
    BankAccountMetadata,
    says="added bank account {label}",
    entity_type="bank_account",
    title="Bank account added",
    refs=("customer",),
)
DELETED = Action(
    "bank_account.deleted",
    BANK_ACCOUNT,
    ("delete",),
    BankAccountMetadata,
    says="removed bank account {label}",
    entity_type="bank_account",
    title="Bank account removed",
    refs=("customer",),
)

ACTIONS = (CREATED, DELETED)

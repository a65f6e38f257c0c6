"""What has to be known of a customer before an account is opened in its name."""

from __future__ import annotations

from typing import Final

from deedbook.engine import DeedbookError
from deedbook.platform.payments.customers.models import Customer
from deedbook.platform.payments.customers.rules import MissingFields
from deedbook.platform.payments.virtual_accounts.schemas import CreateVirtualAccountIn

_BUSINESS_PROFILE: Final = (
    "account_purpose",
    "business_type",
    "business_description",
    "business_industry",
    "estimated_annual_revenue",
    "source_of_wealth",
    "publicly_traded",
)


class DocumentsRequired(DeedbookError):
    """sole_proprietor_doc_type, sole_proprietor_doc_file: an individual's account needs a document."""

    code = "VIRTUAL_ACCOUNTS_DOCUMENTS_REQUIRED"
    status = 400


def check_new(customer: Customer, body: CreateVirtualAccountIn, *, production: bool) -> None:
    """Raise what a bank would miss; a development instance asks for no documents."""
    if customer.type == "business":
        missing = [name for name in _BUSINESS_PROFILE if getattr(customer, name) in (None, "")]
        if missing:
            raise MissingFields([f"customer.{name}" for name in missing])
    elif production and not (body.sole_proprietor_doc_type and body.sole_proprietor_doc_file):
        raise DocumentsRequired

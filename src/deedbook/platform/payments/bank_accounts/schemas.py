"""Bank accounts on the wire."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, PlainSerializer, StringConstraints

from deedbook.platform.payments.bank_accounts.models import BankAccount
from deedbook.platform.payments.chains import OfframpNetwork
from deedbook.platform.payments.reference.bank_details import (
    AccountClass,
    AccountType,
    ColombianDocument,
    RailName,
    RecipientRelationship,
    SpeiProtocol,
    TransfersType,
)
from deedbook.platform.payments.reference.codes import CountryCode, NaicsCode
from deedbook.platform.payments.reference.swift_payment_codes import SwiftPaymentCode
from deedbook.web.schemas import Body, Moment

BankAccountStatus = Literal["verifying", "approved", "rejected", "deprecated"]
Name = Annotated[str, StringConstraints(min_length=1, max_length=255)]
Text = Annotated[str, StringConstraints(max_length=2048)]
Text32 = Annotated[str, StringConstraints(max_length=32)]
Text50 = Annotated[str, StringConstraints(max_length=50)]
Text128 = Annotated[str, StringConstraints(max_length=128)]


class CreateBankAccountIn(Body):
    """A new bank account. What its rail needs besides a name: `/v1/available/bank-details`."""

    type: RailName
    name: Name
    recipient_relationship: RecipientRelationship | None = None
    swift_payment_code: SwiftPaymentCode | None = None
    pix_key: Text | None = None
    force_cpf_cnpj: bool | None = None
    beneficiary_name: Text128 | None = None
    routing_number: Text | None = None
    account_number: Text | None = None
    account_type: AccountType | None = None
    account_class: AccountClass | None = None
    address_line_1: Text | None = None
    address_line_2: Text | None = None
    city: Text | None = None
    state_province_region: Text | None = None
    country: CountryCode | None = None
    postal_code: Text | None = None
    pix_safe_bank_code: Text | None = None
    pix_safe_branch_code: Text | None = None
    pix_safe_cpf_cnpj: Text | None = None
    ted_bank_code: Text | None = None
    ted_branch_code: Text | None = None
    ted_cpf_cnpj: Text | None = None
    spei_protocol: SpeiProtocol | None = None
    spei_institution_code: Text | None = None
    spei_clabe: Text | None = None
    transfers_type: TransfersType | None = None
    transfers_account: Text | None = None
    ach_cop_beneficiary_first_name: Text | None = None
    ach_cop_beneficiary_last_name: Text | None = None
    ach_cop_document_id: Text | None = None
    ach_cop_document_type: ColombianDocument | None = None
    ach_cop_email: Text | None = None
    ach_cop_bank_code: Text | None = None
    ach_cop_bank_account: Text | None = None
    swift_code_bic: Text | None = None
    swift_account_holder_name: Text50 | None = None
    swift_account_number_iban: Text | None = None
    swift_beneficiary_address_line_1: Text | None = None
    swift_beneficiary_address_line_2: Text | None = None
    swift_beneficiary_country: CountryCode | None = None
    swift_beneficiary_city: Text | None = None
    swift_beneficiary_state_province_region: Text | None = None
    swift_beneficiary_postal_code: Text | None = None
    swift_bank_name: Text | None = None
    swift_bank_address_line_1: Text | None = None
    swift_bank_address_line_2: Text | None = None
    swift_bank_country: CountryCode | None = None
    swift_bank_city: Text | None = None
    swift_bank_state_province_region: Text | None = None
    swift_bank_postal_code: Text | None = None
    swift_ifsc_branch_code: Text | None = None
    swift_intermediary_bank_swift_code_bic: Text | None = None
    swift_intermediary_bank_account_number_iban: Text | None = None
    swift_intermediary_bank_name: Text | None = None
    swift_intermediary_bank_country: CountryCode | None = None
    sepa_iban: Text | None = None
    sepa_beneficiary_bic: Text | None = None
    sepa_beneficiary_legal_name: Text128 | None = None
    sepa_beneficiary_address_line_1: Text | None = None
    sepa_beneficiary_address_line_2: Text | None = None
    sepa_beneficiary_city: Text | None = None
    sepa_beneficiary_state_province_region: Text | None = None
    sepa_beneficiary_postal_code: Text | None = None
    sepa_beneficiary_country: CountryCode | None = None
    business_industry: NaicsCode | None = None
    phone_number: Text | None = None
    tax_id: Text32 | None = None
    date_of_birth: Text32 | None = None


class WalletOfAccountOut(BaseModel):
    """An address whose deposits are paid out to the account."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    external_id: str | None
    circle_wallet_id: str | None = None
    network: OfframpNetwork
    address: str


def _last_four(number: str | None) -> str | None:
    return number and f"•••• {number[-4:]}"


# Account numbers, by whatever name a country has for them, are shown by their last four characters.
LastFour = Annotated[str | None, PlainSerializer(_last_four)]


class BankAccountOut(BaseModel):
    """A bank account. Numbers are masked; a Pix key is no number but what its holder tells people."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    type: RailName
    name: str
    status: BankAccountStatus
    pix_key: str | None
    beneficiary_name: str | None
    routing_number: str | None
    account_number: LastFour
    account_type: str | None
    account_class: str | None
    address_line_1: str | None
    address_line_2: str | None
    city: str | None
    state_province_region: str | None
    country: str | None
    postal_code: str | None
    spei_protocol: str | None
    spei_institution_code: str | None
    spei_clabe: LastFour
    transfers_type: str | None
    transfers_account: LastFour
    ach_cop_beneficiary_first_name: str | None
    ach_cop_beneficiary_last_name: str | None
    ach_cop_document_id: str | None
    ach_cop_document_type: str | None
    ach_cop_email: str | None
    ach_cop_bank_code: str | None
    ach_cop_bank_account: LastFour
    swift_code_bic: str | None
    swift_account_holder_name: str | None
    swift_account_number_iban: LastFour
    swift_beneficiary_address_line_1: str | None
    swift_beneficiary_address_line_2: str | None
    swift_beneficiary_country: str | None
    swift_beneficiary_city: str | None
    swift_beneficiary_state_province_region: str | None
    swift_beneficiary_postal_code: str | None
    swift_bank_name: str | None
    swift_bank_address_line_1: str | None
    swift_bank_address_line_2: str | None
    swift_bank_country: str | None
    swift_bank_city: str | None
    swift_bank_state_province_region: str | None
    swift_bank_postal_code: str | None
    swift_ifsc_branch_code: str | None
    swift_intermediary_bank_swift_code_bic: str | None
    swift_intermediary_bank_account_number_iban: LastFour
    swift_intermediary_bank_name: str | None
    swift_intermediary_bank_country: str | None
    sepa_iban: LastFour
    sepa_beneficiary_bic: str | None
    sepa_beneficiary_legal_name: str | None
    sepa_beneficiary_address_line_1: str | None
    sepa_beneficiary_address_line_2: str | None
    sepa_beneficiary_city: str | None
    sepa_beneficiary_state_province_region: str | None
    sepa_beneficiary_postal_code: str | None
    sepa_beneficiary_country: str | None
    business_industry: str | None
    phone_number: str | None
    tax_id: str | None
    date_of_birth: str | None
    pix_safe_bank_code: str | None
    pix_safe_branch_code: str | None
    pix_safe_cpf_cnpj: str | None
    ted_bank_code: str | None
    ted_branch_code: str | None
    ted_cpf_cnpj: str | None
    recipient_relationship: str | None
    swift_payment_code: str | None
    tron_wallet_hash: str | None = None
    offramp_wallets: list[WalletOfAccountOut]
    created_at: Moment

    @classmethod
    def of(cls, account: BankAccount) -> BankAccountOut:
        """Give a bank account as the wire has it."""
        return cls.model_validate(account)

"""Virtual accounts on the wire."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel

from deedbook.platform.payments.chains import Network, Token
from deedbook.platform.payments.customers.models import Customer
from deedbook.platform.payments.customers.schemas import Url
from deedbook.platform.payments.customers.values import KycStatus
from deedbook.platform.payments.virtual_accounts.banks import BANKS, Bank, BankingPartner
from deedbook.platform.payments.virtual_accounts.models import VirtualAccount
from deedbook.web.schemas import Body, OptionalId

DocumentType = Literal["master_service_agreement", "salary_slip", "bank_statement"]
AccountType = Literal["Personal checking", "Business checking"]


class UpdateVirtualAccountIn(Body):
    """Where the money goes: the token, the wallet, and the partner fee that is taken from it."""

    token: Token
    blockchain_wallet_id: str
    partner_fee_id: OptionalId = None


class CreateVirtualAccountIn(UpdateVirtualAccountIn):
    """A new virtual account."""

    banking_partner: BankingPartner
    sole_proprietor_doc_type: DocumentType | None = None
    sole_proprietor_doc_file: Url | None = None


class RailOut(BaseModel):
    """The numbers for one rail, empty until the account is approved."""

    routing_number: str
    account_number: str


class BeneficiaryOut(BaseModel):
    """Whose account it is, for whoever pays into it."""

    name: str
    address_line_1: str
    address_line_2: str

    @classmethod
    def of(cls, customer: Customer) -> BeneficiaryOut:
        """Give a customer as a beneficiary; what is not known of the address is empty."""
        return cls(
            name=customer.name,
            address_line_1=customer.address_line_1 or "",
            address_line_2=customer.address_line_2 or "",
        )


class ReceivingBankOut(BaseModel):
    """The bank that holds the account."""

    name: str
    address_line_1: str
    address_line_2: str | None


class IntermediaryBankOut(BaseModel):
    """A bank on the way of a SWIFT transfer."""

    name: str | None
    swift_code_bic: str | None
    routing_number: str | None
    address_line_1: str | None
    address_line_2: str | None


class UsAccountOut(BaseModel):
    """An account in the United States, rail by rail."""

    ach: RailOut
    wire: RailOut
    rtp: RailOut
    swift_bic_code: str | None
    swift_account_number: str | None
    account_type: AccountType
    beneficiary: BeneficiaryOut
    receiving_bank: ReceivingBankOut
    swift_receiving_bank: ReceivingBankOut | None
    swift_intermediary_bank: IntermediaryBankOut | None

    @classmethod
    def of(cls, account: VirtualAccount) -> UsAccountOut:
        """Give the numbers and names that whoever pays in has to know."""
        bank = BANKS[account.banking_partner]
        rail = RailOut(
            routing_number=account.routing_number or "",
            account_number=account.account_number or "",
        )
        takes_swift = account.is_approved and bank.bic is not None
        individual = account.customer.type == "individual"
        return cls(
            ach=rail,
            wire=rail,
            rtp=rail,
            swift_bic_code=bank.bic if takes_swift else None,
            swift_account_number=account.swift_account_number if takes_swift else None,
            account_type="Personal checking" if individual else "Business checking",
            beneficiary=BeneficiaryOut.of(account.customer),
            receiving_bank=_receiving(bank),
            swift_receiving_bank=_receiving(bank) if takes_swift else None,
            swift_intermediary_bank=None,
        )


class PaysIntoOut(BaseModel):
    """The wallet that the money arrives in."""

    network: Network
    address: str


class VirtualAccountOut(BaseModel):
    """A virtual account."""

    id: str
    customer_id: str
    banking_partner: BankingPartner
    kyc_status: KycStatus
    us: UsAccountOut
    token: Token
    blockchain_wallet_id: str
    blockchain_wallet: PaysIntoOut
    partner_fee_id: str | None

    @classmethod
    def of(cls, account: VirtualAccount) -> VirtualAccountOut:
        """Give a virtual account as the wire has it.

        Its numbers are whole: they are there to be handed to whoever pays in.
        """
        wallet = account.blockchain_wallet
        return cls(
            id=account.id,
            customer_id=account.customer_id,
            banking_partner=account.banking_partner,
            kyc_status=account.kyc_status,
            us=UsAccountOut.of(account),
            token=account.token,
            blockchain_wallet_id=account.blockchain_wallet_id,
            blockchain_wallet=PaysIntoOut(network=wallet.network, address=wallet.address),
            partner_fee_id=account.partner_fee_id,
        )


def _receiving(bank: Bank) -> ReceivingBankOut:
    return ReceivingBankOut(name=bank.name, address_line_1="United States", address_line_2=None)

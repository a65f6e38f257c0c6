"""Customers on the wire."""

from __future__ import annotations

import ipaddress
from typing import Annotated, Any, Final, Literal

from pydantic import (
    AfterValidator,
    AnyUrl,
    BaseModel,
    EmailStr,
    Field,
    StringConstraints,
    field_validator,
)
from sqlalchemy import inspect

from deedbook.platform.payments.customers import rules
from deedbook.platform.payments.customers.models import Customer
from deedbook.platform.payments.customers.values import (
    AccountPurpose,
    AdditionalInfoLabel,
    AnnualRevenue,
    BusinessType,
    CustomerType,
    IdDocument,
    KycStatus,
    KycType,
    OwnerRole,
    ProofOfAddress,
    Purpose,
    SourceOfFunds,
    SourceOfWealth,
    TaxType,
)
from deedbook.platform.payments.reference.codes import CountryCode, NaicsCode
from deedbook.web.schemas import Body, Moment, OptionalText

Text = Annotated[str, StringConstraints(max_length=2048)]
Text128 = Annotated[str, StringConstraints(max_length=128)]
Text255 = Annotated[str, StringConstraints(max_length=255)]
Text512 = Annotated[str, StringConstraints(max_length=512)]
Text1000 = Annotated[str, StringConstraints(max_length=1000)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=255)]
Day = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}", max_length=40)]
Latitude = Annotated[float, Field(ge=-90, le=90)]
Longitude = Annotated[float, Field(ge=-180, le=180)]
Percentage = Annotated[int, Field(ge=0, le=100)]


def _url(text: str) -> str:
    AnyUrl(text)
    return text


def _ip_address(text: str) -> str:
    return str(ipaddress.ip_address(text))


Url = Annotated[str, StringConstraints(max_length=2048), AfterValidator(_url)]
IpAddress = Annotated[str, StringConstraints(max_length=64), AfterValidator(_ip_address)]


class AdditionalInfoItem(Body):
    """A further document or fact."""

    label: AdditionalInfoLabel
    value: Name


class OwnerIn(Body):
    """An owner of a business."""

    role: OwnerRole
    first_name: Name
    last_name: Name
    date_of_birth: Day
    tax_id: Text
    address_line_1: Text
    address_line_2: Text | None = None
    city: Text
    state_province_region: Text
    country: CountryCode
    postal_code: Text
    id_doc_country: CountryCode
    id_doc_type: IdDocument
    id_doc_front_file: Url
    id_doc_back_file: Url | None = None
    proof_of_address_doc_type: ProofOfAddress | None = None
    proof_of_address_doc_file: Url | None = None
    ownership_percentage: Percentage | None = None
    title: Text128 | None = None
    tax_type: TaxType | None = None


_NEEDED_OF_OWNERS: Final = [
    name for name, field in OwnerIn.model_fields.items() if field.is_required()
]


class UpdateOwnerIn(Body):
    """An owner whose details change; what is left out stays."""

    id: str
    role: OwnerRole | None = None
    first_name: Name | None = None
    last_name: Name | None = None
    date_of_birth: Day | None = None
    tax_id: Text | None = None
    address_line_1: Text | None = None
    address_line_2: Text | None = None
    city: Text | None = None
    state_province_region: Text | None = None
    country: CountryCode | None = None
    postal_code: Text | None = None
    id_doc_country: CountryCode | None = None
    id_doc_type: IdDocument | None = None
    id_doc_front_file: Url | None = None
    id_doc_back_file: Url | None = None
    proof_of_address_doc_type: ProofOfAddress | None = None
    proof_of_address_doc_file: Url | None = None
    ownership_percentage: Percentage | None = None
    title: Text128 | None = None
    tax_type: TaxType | None = None

    @field_validator(*_NEEDED_OF_OWNERS, mode="before")
    @classmethod
    def _stays(cls, value: object) -> object:
        if value is None:
            raise ValueError("cannot be cleared")
        return value


class CustomerDetails(Body):
    """What may be known of a customer, all of it optional here."""

    tax_id: Text | None = None
    address_line_1: Text | None = None
    address_line_2: Text | None = None
    city: Text | None = None
    state_province_region: Text | None = None
    postal_code: Text | None = None
    ip_address: IpAddress | None = None
    latitude: Latitude | None = None
    longitude: Longitude | None = None
    image_url: Url | None = None
    phone_number: Text | None = None
    proof_of_address_doc_type: ProofOfAddress | None = None
    proof_of_address_doc_file: Url | None = None
    first_name: Text | None = None
    last_name: Text | None = None
    date_of_birth: Day | None = None
    id_doc_country: CountryCode | None = None
    id_doc_type: IdDocument | None = None
    id_doc_front_file: Url | None = None
    id_doc_back_file: Url | None = None
    legal_name: Text | None = None
    alternate_name: Text | None = None
    formation_date: Day | None = None
    website: Url | None = None
    incorporation_doc_file: Url | None = None
    proof_of_ownership_doc_file: Url | None = None
    source_of_funds_doc_type: SourceOfFunds | None = None
    source_of_funds_doc_file: Url | None = None
    selfie_file: Url | None = None
    purpose_of_transactions: Purpose | None = None
    purpose_of_transactions_explanation: Text | None = None
    account_purpose: AccountPurpose | None = None
    account_purpose_other: Text512 | None = None
    business_type: BusinessType | None = None
    business_description: Text1000 | None = None
    business_industry: NaicsCode | None = None
    estimated_annual_revenue: AnnualRevenue | None = None
    source_of_wealth: SourceOfWealth | None = None
    publicly_traded: bool | None = None
    occupation: Text255 | None = None
    external_id: Text | None = None
    additional_info: list[AdditionalInfoItem] | None = Field(None, max_length=50)


class CreateCustomerIn(CustomerDetails):
    """A new customer, who accepted the terms named by `tos_id`."""

    type: CustomerType
    kyc_type: KycType
    email: EmailStr
    country: CountryCode
    tos_id: OptionalText = None
    owners: list[OwnerIn] | None = Field(None, max_length=50)


class UpdateCustomerIn(CustomerDetails):
    """Changes of a customer: a field left out stays, `null` clears it."""

    email: EmailStr
    country: CountryCode
    tos_id: OptionalText = None
    owners: list[UpdateOwnerIn] | None = Field(None, max_length=50)


class CustomerCreatedOut(BaseModel):
    """The id of a new customer, twice, as the wire has it."""

    id: str
    customer_id: str


class LimitOut(BaseModel):
    """Limits in cents."""

    per_transaction: int | None
    daily: int | None
    monthly: int | None


class OwnerOut(BaseModel):
    """An owner of a business."""

    id: str
    instance_id: str
    customer_id: str
    role: str
    first_name: str
    last_name: str
    date_of_birth: str
    tax_id: str
    address_line_1: str
    address_line_2: str | None
    city: str
    state_province_region: str
    country: str
    postal_code: str
    id_doc_country: str
    id_doc_type: str
    id_doc_front_file: str
    id_doc_back_file: str | None
    proof_of_address_doc_type: str | None
    proof_of_address_doc_file: str | None
    ownership_percentage: int | None
    title: str | None
    tax_type: str | None


class CustomerOut(BaseModel):
    """A customer."""

    id: str
    customer_id: str
    instance_id: str
    type: CustomerType
    kyc_type: KycType
    kyc_status: KycStatus
    kyc_warnings: list[dict[str, Any]]
    fraud_warnings: list[dict[str, Any]]
    email: str
    country: str
    tax_id: str | None
    address_line_1: str | None
    address_line_2: str | None
    city: str | None
    state_province_region: str | None
    postal_code: str | None
    ip_address: str | None
    latitude: float | None
    longitude: float | None
    image_url: str | None
    phone_number: str | None
    proof_of_address_doc_type: str | None
    proof_of_address_doc_file: str | None
    first_name: str | None
    last_name: str | None
    date_of_birth: str | None
    id_doc_country: str | None
    id_doc_type: str | None
    id_doc_front_file: str | None
    id_doc_back_file: str | None
    legal_name: str | None
    alternate_name: str | None
    formation_date: str | None
    website: str | None
    incorporation_doc_file: str | None
    proof_of_ownership_doc_file: str | None
    source_of_funds_doc_type: str | None
    source_of_funds_doc_file: str | None
    selfie_file: str | None
    purpose_of_transactions: str | None
    purpose_of_transactions_explanation: str | None
    account_purpose: str | None
    account_purpose_other: str | None
    business_type: str | None
    business_description: str | None
    business_industry: str | None
    estimated_annual_revenue: str | None
    source_of_wealth: str | None
    publicly_traded: bool | None
    occupation: str | None
    external_id: str | None
    owners: list[OwnerOut]
    additional_info: list[dict[str, Any]]
    tos_id: str | None
    is_tos_accepted: bool
    is_fbo: bool
    aml_status: Literal["clear", "hit", "error"] | None
    aml_hits: dict[str, bool]
    limit: LimitOut
    created_at: Moment
    updated_at: Moment

    @classmethod
    def of(cls, customer: Customer) -> CustomerOut:
        """Give a customer as the wire has it."""
        columns = {name: getattr(customer, name) for name in inspect(Customer).columns.keys()}  # noqa: SIM118 (no dict)
        return cls(
            **columns,
            customer_id=customer.id,
            owners=[
                OwnerOut.model_validate(each, from_attributes=True) for each in customer.owners
            ],
            kyc_warnings=[],
            fraud_warnings=[],
            is_tos_accepted=True,
            is_fbo=False,
            aml_status="clear",
            aml_hits={},
            limit=LimitOut(**rules.limits_of(customer)._asdict()),
        )


class DailyMonthly(BaseModel):
    """Limits of one direction, in cents."""

    daily: int
    monthly: int


class DirectionLimits(BaseModel):
    """Limits by direction."""

    payin: DailyMonthly
    payout: DailyMonthly


class CustomerLimitsOut(BaseModel):
    """How much a customer may move."""

    limits: DirectionLimits

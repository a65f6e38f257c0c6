"""Requests for information on the wire."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from deedbook.platform.payments.customers.models import Customer
from deedbook.platform.payments.customers.schemas import Url
from deedbook.platform.payments.customers.values import CustomerType, KycStatus
from deedbook.platform.payments.requests_for_information.models import RequestForInformation
from deedbook.web.schemas import Body, Moment

RfiStatus = Literal["pending", "submitted", "expired", "cancelled"]
Refusal = Literal["no_pending_rfi", "already_resolved"]
DocumentType = Literal[
    "ADDRESS_PROOF_DOCUMENT",
    "SOURCE_OF_FUNDS_DOCUMENT",
    "BANK_STATEMENT_DOCUMENT",
    "USER_SELFIE",
    "TAX_CERTIFICATE",
    "VISA_DOCUMENT",
    "OTHER",
]
# A text, a choice among the items of a field, or documents by their addresses.
Answer = (
    Annotated[str, StringConstraints(max_length=4096)] | Annotated[list[Url], Field(max_length=20)]
)


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"is no regular expression: {error}") from None
    return text


# What a field does not have is left out on the wire, where it cannot be null.
_LEFT_OUT: Final = Field(default=None, exclude_if=lambda value: value is None)


class RfiItem(BaseModel):
    """One choice of a field."""

    label: str
    value: str


class RfiField(BaseModel):
    """One thing that is asked for."""

    key: Annotated[str, StringConstraints(min_length=1, max_length=128)]
    label: Annotated[str, StringConstraints(min_length=1, max_length=256)]
    required: bool
    regex: Annotated[str, StringConstraints(max_length=512), AfterValidator(_pattern)] | None = (
        _LEFT_OUT
    )
    items: list[RfiItem] | None = _LEFT_OUT
    multiple: bool | None = _LEFT_OUT
    aiprise_document_type: DocumentType | None = _LEFT_OUT


class RfiSection(BaseModel):
    """What is asked for together, and why."""

    title: Annotated[str, StringConstraints(min_length=1, max_length=256)]
    description: Annotated[str, StringConstraints(max_length=4096)]
    supporting_document: Url | None = _LEFT_OUT
    fields: Annotated[list[RfiField], Field(min_length=1, max_length=20)]


class AnswersIn(Body):
    """The answers, by the key of each field."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Answer]

    @property
    def given(self) -> Mapping[str, Answer]:
        """The answers by key."""
        return self.__pydantic_extra__


class NotAnswered(BaseModel):
    """Nothing waits for an answer."""

    success: Literal[False] = False
    reason: Refusal


class InstanceRfiOut(BaseModel):
    """What is asked of an instance."""

    id: str
    instance_id: str
    status: RfiStatus
    request: list[RfiSection]
    response: dict[str, Answer]
    expires_at: Moment
    submitted_at: Moment | None
    created_at: Moment

    @classmethod
    def of(cls, request: RequestForInformation) -> InstanceRfiOut:
        """Give a request to an instance as the wire has it."""
        return cls(**_columns(request))


class RfiOut(InstanceRfiOut):
    """What is asked of a customer."""

    customer_id: str
    customer_type: CustomerType
    customer_kyc_status: KycStatus

    @classmethod
    def about(cls, customer: Customer, request: RequestForInformation) -> RfiOut:
        """Give a request about a customer as the wire has it."""
        return cls(
            **_columns(request),
            customer_id=customer.id,
            customer_type=customer.type,
            customer_kyc_status=customer.kyc_status,
        )


def _columns(request: RequestForInformation) -> dict[str, Any]:
    names = ("id", "instance_id", "request", "response", "expires_at", "submitted_at", "created_at")
    return {name: getattr(request, name) for name in names} | {"status": request.state}

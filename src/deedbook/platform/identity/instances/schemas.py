"""Instances on the wire."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, EmailStr, Field, StringConstraints, field_validator

from deedbook.web.schemas import Body, WebAddress

InstanceName = Annotated[str, StringConstraints(min_length=3, max_length=100)]
InstanceType = Literal["production", "development"]


class InstanceIn(Body):
    """A new instance."""

    name: InstanceName
    type: InstanceType


class InstanceCreatedOut(BaseModel):
    """The id of a new instance, and where its onboarding stands."""

    id: str
    onboarding_step: str


class UpdateInstanceIn(Body):
    """The settings of an instance; those left out stay as they are."""

    name: InstanceName
    customer_invite_redirect_url: WebAddress | None = None
    email_notifications: bool = True
    require_passkey: bool = False
    compliance_emails: list[EmailStr] = Field(default=[], max_length=20)
    customer_rfi_emails_enabled: bool = True

    @field_validator("compliance_emails", mode="before")
    @classmethod
    def _none_is_empty(cls, value: object) -> object:
        return [] if value is None else value


class OwnershipIn(Body):
    """The member who is to own the instance."""

    user_id: Annotated[str, StringConstraints(min_length=15, max_length=15)]


class SubscriptionFeatures(BaseModel):
    """What an instance may use; the simulated world has everything on."""

    international_swift: bool = True
    virtual_accounts: bool = True
    otc: bool = True
    billing_charge: bool = True
    wallets_and_transfers: bool = True
    manual_review_all_payments: bool = False
    ted_payin: bool = True


class InstanceOut(BaseModel):
    """An instance, and the caller's role in it."""

    id: str
    name: str
    type: InstanceType
    subscription_features: SubscriptionFeatures
    user_owner_id: str
    user_role: str
    onboarding_step: str
    receiver_invite_redirect_url: str | None
    email_notifications: bool
    require_passkey: bool


class InstanceSettingsOut(InstanceOut):
    """An instance with the rest of its settings: who gets questions of compliance, and whether."""

    compliance_emails: list[str]
    customer_rfi_emails_enabled: bool


class ExternalInstanceOut(BaseModel):
    """What anyone may know of an instance that invites them."""

    legal_name: str | None
    receiver_invite_redirect_url: str | None

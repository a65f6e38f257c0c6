"""Payin quotes on the wire."""

from __future__ import annotations

import re
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, BaseModel, EmailStr, Field, StringConstraints, field_validator

from deedbook.platform.payments.chains import Token
from deedbook.platform.payments.payin_quotes.methods import Currency, PaymentMethod
from deedbook.platform.payments.payin_quotes.models import PayinQuote
from deedbook.platform.payments.pricing import FLAT_FEE, PERCENTAGE_FEE, CurrencyType
from deedbook.platform.payments.quotes import milliseconds
from deedbook.web.schemas import Body, OptionalId

Id = Annotated[str, StringConstraints(min_length=15, max_length=15)]
RequestAmount = Annotated[int, Field(ge=500)]
_NO_DIGIT: Final = re.compile(r"[./ -]")


def _tax_id(text: str, lengths: tuple[int, ...], kind: str) -> str:
    digits = _NO_DIGIT.sub("", text)
    if not digits.isdecimal() or len(digits) not in lengths:
        raise ValueError(f"{text!r} is no {kind}")
    return text


def _brazilian(text: str) -> str:
    return _tax_id(text, (11, 14), "CPF or CNPJ")


def _argentine(text: str) -> str:
    return _tax_id(text, (11,), "CUIT or CUIL")


BrazilianTaxId = Annotated[str, StringConstraints(max_length=32), AfterValidator(_brazilian)]
ArgentineTaxId = Annotated[str, StringConstraints(max_length=32), AfterValidator(_argentine)]
Text64 = Annotated[str, StringConstraints(max_length=64)]
# A Colombian mobile number in the form of E.164.
ColombianPhone = Annotated[str, StringConstraints(pattern=r"^\+573\d{9}$")]


class PayerRules(Body):
    """Who may pay, and for PSE who does."""

    pix_allowed_tax_ids: Annotated[list[BrazilianTaxId], Field(max_length=100)] | None = None
    transfers_allowed_tax_id: ArgentineTaxId | None = None
    pse_allowed_tax_ids: Annotated[list[Text64], Field(max_length=100)] | None = None
    pse_full_name: Annotated[str, StringConstraints(max_length=50)] | None = None
    pse_document_type: Literal["CC", "NIT"] | None = None
    pse_document_number: Text64 | None = None
    pse_email: EmailStr | None = None
    pse_phone: ColombianPhone | None = None
    pse_bank_code: Text64 | None = None


class PayinQuoteIn(Body):
    """What to pay in: `request_amount` in cents of what is sent or of what is received.

    The sender's side is meant unless said otherwise, and fees are taken from the amount unless the
    sender covers them. A development instance has one token, which need not be named.
    """

    blockchain_wallet_id: OptionalId = None
    wallet_id: OptionalId = None
    currency_type: CurrencyType = "sender"
    cover_fees: bool = False
    request_amount: RequestAmount
    payment_method: PaymentMethod
    token: Token | None = None
    partner_fee_id: OptionalId = None
    payer_rules: PayerRules | None = None
    is_otc: bool = False

    @field_validator("cover_fees", "is_otc", mode="before")
    @classmethod
    def _none_is_no(cls, value: object) -> object:
        return False if value is None else value


class PayinQuoteOut(BaseModel):
    """A quote: amounts in cents, quotations times 100, `expires_at` in Unix milliseconds."""

    id: str
    expires_at: int
    commercial_quotation: int
    blindpay_quotation: int
    receiver_amount: int
    sender_amount: int
    partner_fee_amount: int
    flat_fee: int
    billing_fee_amount: int
    is_otc: bool

    @classmethod
    def of(cls, quote: PayinQuote) -> PayinQuoteOut:
        """Give a quote as the wire has it."""
        names = cls.model_fields.keys() - {"expires_at"}
        fields = {name: getattr(quote, name) for name in names}
        return cls(**fields, expires_at=milliseconds(quote.expires_at))


class PayinExchangeIn(Body):
    """What to exchange: a currency for a token."""

    source: Token | Currency = Field(alias="from")
    target: Token | Currency = Field(alias="to")
    request_amount: RequestAmount
    currency_type: CurrencyType = "sender"


class PayinExchangeOut(BaseModel):
    """A rate of now: quotations times 100, amounts in cents, the percentage in basis points."""

    commercial_quotation: int
    blindpay_quotation: int
    result_amount: int
    instance_flat_fee: int = FLAT_FEE
    instance_percentage_fee: int = PERCENTAGE_FEE

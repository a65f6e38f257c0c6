"""Who remembers the log, on the wire."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BaseModel, EmailStr, Field, StringConstraints, model_validator

from deedbook.web.schemas import Body, Moment

Every = Literal["never", "daily", "monthly"]


class WitnessIn(Body):
    """What a witness remembers: the log of `size` entries, under the name that it gives itself."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=100)]
    size: int = Field(ge=1, le=2**63 - 1)


class WitnessOut(BaseModel):
    """A witness, and the last that it said."""

    id: str
    name: str
    size: int
    remembered_at: Moment
    created_at: Moment


class WitnessesOut(BaseModel):
    """Every witness of a log, who said something last the first."""

    data: list[WitnessOut]


class MailingIn(Body):
    """How often the newest checkpoint is mailed, and to whom."""

    every: Every
    addresses: list[EmailStr] = Field(default=[], max_length=10)

    @model_validator(mode="after")
    def _reaches_someone(self) -> Self:
        if self.every != "never" and not self.addresses:
            raise ValueError("addresses: name at least one, or mail never")
        return self


class MailOut(BaseModel):
    """What an address got last (null before the first), and whether the last attempt failed."""

    address: str
    size: int | None
    sent_at: Moment | None
    has_failed: bool


class MailingOut(BaseModel):
    """How often checkpoints are mailed, when the next is due, and what each address has."""

    every: Every
    addresses: list[str]
    next_at: Moment | None
    mails: list[MailOut]


class NewestCheckpointOut(BaseModel):
    """The newest checkpoint; its time is what the server's clock said."""

    size: int
    signed_at: Moment | None
    age_seconds: int | None


class StatusOut(BaseModel):
    """How the log stands: what is sealed and signed, and who outside remembers it.

    `unsealed_seconds` is the age of the oldest entry without a position, null when all have one;
    `sealer` is `behind` when that is more than half a minute.
    """

    size: int
    checkpoint: NewestCheckpointOut | None
    unsealed_seconds: int | None
    sealer: Literal["working", "behind"]
    witnesses: list[WitnessOut]
    mailing: MailingOut

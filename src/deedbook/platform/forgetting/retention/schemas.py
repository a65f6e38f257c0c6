"""Retention on the wire."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from deedbook.platform.forgetting.retention.service import LEAST_MONTHS, MOST_MONTHS
from deedbook.web.schemas import Body, Moment


class RetentionIn(Body):
    """For how many months entries are kept; null keeps them for ever."""

    months: Annotated[int, Field(ge=LEAST_MONTHS, le=MOST_MONTHS)] | None


class NextRetention(BaseModel):
    """What is announced and holds from a moment on."""

    months: int | None
    effective_at: Moment


class RetentionOut(BaseModel):
    """For how many months entries are kept (null: for ever), and what is announced.

    Below the position `expired_below` entries have expired, or are about to.
    """

    months: int | None
    next: NextRetention | None
    expired_below: int

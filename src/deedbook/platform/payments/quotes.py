"""What every quote keeps to: it expires, it is used once, and none is kept for ever."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final, Protocol

from sqlalchemy import delete, select

from deedbook.database.base import now
from deedbook.engine import DeedbookError
from deedbook.recording import UnitOfWork

QUOTE_LIFE: Final = timedelta(minutes=5)
# An expired quote is kept for a while, so that a late client is told what is wrong.
_KEPT_AFTER_EXPIRY: Final = timedelta(days=1)
# Each new quote takes so many old ones away: they cannot come faster than they go.
_SWEPT_AT_ONCE: Final = 20


class QuoteNotFound(DeedbookError):
    """This instance has no such quote."""

    # The wire contract has 400 where a quote is used, not 404.
    code = "QUOTES_NOT_FOUND"
    status = 400


class QuoteExpired(DeedbookError):
    """This quote has expired: ask for a new one."""

    code = "QUOTES_EXPIRED"
    status = 400
    machine_message = "quote_expired"


class QuoteAlreadyUsed(DeedbookError):
    """This quote was used already: each is good for one payment."""

    # The wire contract has 400 where a quote is used, not 409.
    code = "QUOTES_ALREADY_USED"
    status = 400
    machine_message = "quote_already_used"


class Quote(Protocol):
    """What is the same in every table of quotes; the attributes are expressions in a model."""

    id: Any
    instance_id: Any
    expires_at: Any
    used_at: Any


def require_open(quote: Quote) -> None:
    """Refuse a quote that was used or has expired."""
    if quote.used_at is not None:
        raise QuoteAlreadyUsed
    if quote.expires_at <= now():
        raise QuoteExpired


def milliseconds(moment: datetime) -> int:
    """Give a moment as quotes show it: Unix time in milliseconds."""
    return round(moment.timestamp() * 1000)


def sweep(work: UnitOfWork, model: type[Quote]) -> None:
    """Delete a few quotes of the instance that expired a day ago and were not used."""
    old = (
        select(model.id)
        .where(
            model.instance_id == work.instance_id,
            model.used_at.is_(None),
            model.expires_at < now() - _KEPT_AFTER_EXPIRY,
        )
        .limit(_SWEPT_AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    work.session.execute(delete(model).where(model.id.in_(old)))

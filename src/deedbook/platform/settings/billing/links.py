"""Links to invoices as documents, which work for a while without signing in."""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlencode

from deedbook.database.base import now
from deedbook.engine import DeedbookError

LINK_LIFE: Final = timedelta(minutes=15)


class LinkExpired(DeedbookError):
    """This link is not valid any more. Ask for a new one."""

    code = "BILLING_LINK_EXPIRED"
    status = 403


def document_link(public_url: str, secret: bytes, invoice_id: str) -> str:
    """Give a link to an invoice's document, good for a quarter of an hour."""
    expires = _seconds(now() + LINK_LIFE)
    query = {"expires": expires, "signature": _signature(secret, invoice_id, expires)}
    return f"{public_url}/v1/e/invoices/{invoice_id}/pdf?{urlencode(query)}"


def check_link(secret: bytes, invoice_id: str, expires: int, signature: str) -> None:
    """Refuse a link that is over or was not made here. Raises `LinkExpired`."""
    right = _signature(secret, invoice_id, expires)
    if not hmac.compare_digest(right.encode(), signature.encode()) or expires < _seconds(now()):
        raise LinkExpired


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def _signature(secret: bytes, invoice_id: str, expires: int) -> str:
    signed = f"invoice document\n{invoice_id}\n{expires}".encode()
    return hmac.digest(secret, signed, "sha256").hex()

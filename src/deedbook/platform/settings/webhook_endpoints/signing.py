"""The secret of an endpoint, and signatures made with it.

Messages are signed as the Standard Webhooks specification has it, under the older header names that
receivers know: `svix-id`, `svix-timestamp` (Unix time in seconds) and `svix-signature` (`v1,` and
base64 of HMAC-SHA256 over id, timestamp and body, with dots between them).
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import datetime

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from standardwebhooks import Webhook


def signing_secret(server_secret: bytes, endpoint_id: str) -> str:
    """Give an endpoint's secret. It is derived (HKDF, RFC 5869), so the database holds none."""
    info = b"deedbook webhook endpoint " + endpoint_id.encode()
    key = HKDF(SHA256(), 32, salt=None, info=info).derive(server_secret)
    return "whsec_" + base64.b64encode(key).decode()


def signed_headers(secret: str, event_id: str, moment: datetime, body: str) -> Mapping[str, str]:
    """Give the headers by which a receiver knows that a message is ours and when it was sent."""
    return {
        "svix-id": event_id,
        "svix-timestamp": str(int(moment.timestamp())),
        "svix-signature": Webhook(secret).sign(event_id, moment, body),
    }

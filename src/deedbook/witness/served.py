"""One instance's log as its server tells it, over HTTP: bounded in time and size, no redirects."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import quote, urlencode, urlsplit

import httpcore2

from deedbook.witness.errors import CannotTell

_STEP_SECONDS: Final = 10.0
_TOTAL_SECONDS: Final = 60.0
_MAX_BYTES: Final = 16_000_000
_OK: Final = 200
_SHOWN: Final = 200
_FAILURES: Final = (
    OSError,
    httpcore2.TimeoutException,
    httpcore2.NetworkError,
    httpcore2.ProtocolError,
    httpcore2.UnsupportedProtocol,
)


class ServedLog:
    """The log of an instance behind the base URL of a server; each call raises `CannotTell`.

    `token` is an API key or a session's token of someone who may read the log.
    """

    def __init__(self, base_url: str, instance_id: str, token: str) -> None:
        if not _is_address(base_url):
            raise CannotTell(
                f"{base_url} is no address of a server: write https://HOST or http://HOST"
            )
        if not (token.isascii() and token.isprintable()):
            raise CannotTell("the token has characters that no token has")
        self.instance_id = instance_id
        self._prefix = f"{base_url.rstrip('/')}/v1/instances/{quote(instance_id, safe='')}"
        self._token = token
        self._pool = httpcore2.ConnectionPool()

    def close(self) -> None:
        """Hang up."""
        self._pool.close()

    def checkpoint(self, **sizes: int) -> dict[str, Any]:
        """Give `{"size", "checkpoint", "consistency"}`: the newest, or that of the sizes asked for."""
        return self._ask("GET", f"audit-logs/checkpoints?{urlencode(sizes)}")

    def endorsements(self) -> Iterator[str]:
        """Give the old keys' words for new ones that the log tells, the newest first."""
        query = {"action": "audit_log.key_rotated", "include": "system", "limit": "1000"}
        while True:
            page = self._ask("GET", f"audit-logs?{urlencode(query)}")
            try:
                for entry in page["data"]:
                    yield str(entry["effect"]["endorsement"])
                after = page["pagination"]["next_page"]
            except (KeyError, TypeError):
                raise CannotTell("what the server says of replaced keys cannot be read") from None
            if after is None or after == query.get("starting_after"):
                return
            query["starting_after"] = str(after)

    def tell(self, name: str, size: int) -> None:
        """Tell the server what is remembered, for the people who look at its log."""
        self._ask("POST", "audit-logs/witnesses", {"name": name, "size": size})

    def _ask(self, method: str, path: str, body: object = None) -> dict[str, Any]:
        content = None if body is None else json.dumps(body).encode()
        try:
            status, answer = self._send(method, f"{self._prefix}/{path.rstrip('?')}", content)
        except _FAILURES as error:
            raise CannotTell(f"no answer: {str(error) or type(error).__name__}") from None
        if status != _OK:
            raise CannotTell(f"the server answered {status}{_description(answer)}")
        try:
            read = json.loads(answer)
        except (ValueError, RecursionError):
            read = None
        if not isinstance(read, dict):
            raise CannotTell("what the server answers is not the API of a log")
        return read

    def _send(self, method: str, url: str, content: bytes | None) -> tuple[int, bytes]:
        until = time.monotonic() + _TOTAL_SECONDS
        headers = {
            "Authorization": f"Bearer {self._token}",
            "Content-Type": "application/json",
            "User-Agent": "Deedbook-Witness/1",
        }
        timeout = dict.fromkeys(("connect", "read", "write", "pool"), _STEP_SECONDS)
        received = bytearray()
        with self._pool.stream(
            method,
            url,
            headers=list(headers.items()),
            content=content,
            extensions={"timeout": timeout},
        ) as response:
            for part in response.iter_stream():
                received += part
                if len(received) > _MAX_BYTES or time.monotonic() > until:
                    raise CannotTell("the server's answer has no end")
        return response.status, bytes(received)


def _is_address(url: str) -> bool:
    parts = urlsplit(url)
    try:
        # A port that is no number is found out when it is asked for.
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _description(answer: bytes) -> str:
    """Give what a refusal says of itself, as far as it is one of ours."""
    try:
        told = json.loads(answer)["description"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""
    return f": {told[:_SHOWN]}" if isinstance(told, str) else ""

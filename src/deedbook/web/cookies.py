"""The session cookie, and why a foreign page cannot use it."""

from __future__ import annotations

from typing import Final

from fastapi import Request, Response

from deedbook.engine import DeedbookError

_SECURE_NAME: Final = "__Host-deedbook_session"
_PLAIN_NAME: Final = "deedbook_session"


class CrossSite(DeedbookError):
    """A request with a session cookie must come from a page of this very site."""

    code = "AUTH_FORBIDDEN"
    status = 403
    # Who is behind the cookie was not asked: another site sent it.
    is_denial = False


def session_token(request: Request, *, secure: bool, writes: bool) -> str | None:
    """Give the token that a request bears: the Bearer token, or else the cookie's.

    Raises `CrossSite` for a cookie on a request that `writes` and that another site caused.
    """
    token = shown_token(request, secure=secure)
    if token and _bearer(request) is None and writes:
        refuse_cross_site(request)
    return token


def shown_token(request: Request, *, secure: bool) -> str | None:
    """Give the token that a request bears, wherever the request came from."""
    return _bearer(request) or request.cookies.get(_name(secure=secure)) or None


def _bearer(request: Request) -> str | None:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return (token.strip() or None) if scheme.lower() == "bearer" else None


def refuse_cross_site(request: Request) -> None:
    """Refuse a request that another site caused.

    Browsers say so themselves (Sec-Fetch-Site, W3C Fetch Metadata §2.2); older ones send an Origin,
    which has to be this host. A client that sends neither is no browser.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        if site not in ("same-origin", "none"):
            raise CrossSite
        return
    origin = request.headers.get("origin")
    # An origin is scheme://host:port, or "null" (RFC 6454 §6.1).
    if origin is not None and origin.partition("://")[2] != request.headers.get("host"):
        raise CrossSite


def set_session(response: Response, token: str, *, secure: bool, max_age: int) -> None:
    """Put a session's token into the browser; no script can read it."""
    response.set_cookie(
        _name(secure=secure),
        token,
        max_age=max_age,
        path="/",
        secure=secure,
        httponly=True,
        samesite="lax",
    )


def clear_session(response: Response, *, secure: bool) -> None:
    """Take the session's cookie out of the browser."""
    response.delete_cookie(
        _name(secure=secure), path="/", secure=secure, httponly=True, samesite="lax"
    )


def _name(*, secure: bool) -> str:
    return _SECURE_NAME if secure else _PLAIN_NAME

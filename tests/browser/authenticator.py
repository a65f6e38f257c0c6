"""A virtual authenticator, as a device of the browser's person would be."""

from __future__ import annotations

from playwright.sync_api import Page


def add_authenticator(page: Page, *, verifies: bool = True) -> None:
    """Plug one into the browser (WebAuthn Level 3, §11); it answers at once."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": verifies,
                "isUserVerified": verifies,
                "automaticPresenceSimulation": True,
            }
        },
    )

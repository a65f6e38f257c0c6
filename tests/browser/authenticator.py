"""A virtual authenticator, as a device of the browser's person would be."""

from __future__ import annotations

from typing import Final

from playwright.sync_api import Page

# For a page that has to suggest no passkey: this authenticator takes a suggestion at once.
NO_SUGGESTIONS: Final = """
if (window.PublicKeyCredential) {
  PublicKeyCredential.isConditionalMediationAvailable = async () => false;
}
"""


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

"""Passkeys in a real browser, with its own authenticator: what a page does, and what the log says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from browser.authenticator import NO_SUGGESTIONS, add_authenticator
from browser.server import Server
from browser.watch import Watch

# As a page would write it; the answers go out as the browser's own `toJSON()` gives them.
SCRIPT = """
window.deedbook = (() => {
  const encode = (bytes) =>
    btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  const send = async (method, path, content, headers = {}) => {
    const reply = await fetch(path, {
      method,
      headers: { 'Content-Type': 'application/json', ...headers },
      body: content,
    });
    return { status: reply.status, body: await reply.json() };
  };
  const post = async (path, value) => (await send('POST', path, JSON.stringify(value ?? {}))).body;
  const answer = async (options) => {
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
    return (await navigator.credentials.get({ publicKey })).toJSON();
  };
  return {
    send,
    enrol: async (name) => {
      const options = await post('/v1/whoami/passkeys/options');
      const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
      const credential = (await navigator.credentials.create({ publicKey })).toJSON();
      return send('POST', '/v1/whoami/passkeys', JSON.stringify({ name, credential }));
    },
    signIn: async () => {
      const passkey = await answer(await post('/v1/sign-in/passkey-options'));
      return send('POST', '/v1/sessions', JSON.stringify({ passkey }));
    },
    confirmed: async (method, path, value) => {
      const content = JSON.stringify(value);
      const bytes = new TextEncoder().encode(content);
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
      const body_sha256 = [...digest].map((each) => each.toString(16).padStart(2, '0')).join('');
      const options = await post('/v1/whoami/passkeys/challenge', { method, path, body_sha256 });
      const assertion = new TextEncoder().encode(JSON.stringify(await answer(options)));
      return send(method, path, content, { 'X-Passkey-Assertion': encode(assertion) });
    },
  };
})();
"""


@pytest.fixture
def page(context: BrowserContext, server: Server) -> Page:
    """A page of the server, with an authenticator that its user can be verified by."""
    context.add_init_script(NO_SUGGESTIONS)
    context.add_init_script(SCRIPT)
    page = context.new_page()
    add_authenticator(page)
    page.goto(f"{server.url}/dashboard/")
    return page


def call(page: Page, name: str, *arguments: object) -> Any:
    """Call one of the page's functions."""
    script = "([name, arguments]) => window.deedbook[name](...arguments)"
    return page.evaluate(script, [name, list(arguments)])


def test_enrol_sign_in_and_confirm_an_act(
    page: Page, server: Server, enter: Callable[..., object], watch: Watch
) -> None:
    office = server.office()
    enter(office.owner)
    enrolled = call(page, "enrol", "This browser")
    assert enrolled["status"] == 200, enrolled
    assert server.send(office.owner, "GET", "/v1/whoami", None)["has_passkey"] is True

    # Signed out, the passkey is all that is needed.
    page.context.clear_cookies()
    watch.expect_status(401, 403)
    assert call(page, "send", "GET", "/v1/whoami")["status"] == 401
    signed_in = call(page, "signIn")
    assert (signed_in["status"], signed_in["body"]) == (200, {"user_id": office.owner.id})

    settings = {"name": "Careful", "require_passkey": True}
    assert call(page, "confirmed", "PUT", office.path, settings)["status"] == 200

    keys, body = f"{office.path}/api-keys", {"name": "Reports", "permission": "full_access"}
    content = '{"name":"Reports","permission":"full_access"}'
    refused = call(page, "send", "POST", keys, content)
    assert (refused["status"], refused["body"]["message"]) == (403, "passkey_required")
    confirmed = call(page, "confirmed", "POST", keys, body)
    assert confirmed["status"] == 200, confirmed

    # The refused attempt is an entry as well.
    made, changed = server.log(office, "outcome=success")[:2]
    for entry, action in ((made, "api_key.created"), (changed, "instance.updated")):
        assert (entry["action"], entry["has_passkey"]) == (action, True)
        assert entry["auth_method"] == "passkey_session"
        path = f"{office.path}/audit-logs/{entry['id']}/verification"
        found = server.send(office.owner, "GET", path, None)
        assert (found["result"], found["problems"]) == ("verified", [])


def test_an_authenticator_that_does_not_verify_its_user_is_not_enrolled(
    context: BrowserContext, server: Server, enter: Callable[..., object], watch: Watch
) -> None:
    # The dashboard finds out that nobody is signed in.
    watch.expect_status(401)
    context.add_init_script(SCRIPT)
    page = context.new_page()
    add_authenticator(page, verifies=False)
    page.goto(f"{server.url}/dashboard/")
    office = server.office()
    enter(office.owner)
    # The browser itself refuses: the options require user verification.
    with pytest.raises(Exception, match=r"NotAllowedError|NotSupportedError|ConstraintError"):
        call(page, "enrol", "Weak")
    assert server.send(office.owner, "GET", "/v1/whoami/passkeys", None) == []

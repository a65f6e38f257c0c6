"""What a person would call the program behind a `User-Agent` header."""

import re
import unicodedata
from functools import cache, lru_cache

import ua_parser

_LONGEST_READ = 1024
_LONGEST_NAME = 80
_CACHED = 1024

# A product and its version as in RFC 9110 §10.1.5, though letters beyond ASCII are let pass. The
# version must begin like one: "Acme/UNAVAILABLE" is left to the parser that may know better.
_PRODUCT = re.compile(
    r"""(?P<product> [^\s/()<>@,;:\\"\[\]?={}]+ )
        /
        (?P<version> v?[0-9][^\s/()<>@,;:\\"\[\]?={}]* )
        (?= [\s,;(] | \Z )""",
    re.VERBOSE,
)

# Browsers say these first for history's sake; the name comes later in the text.
_BROWSER_PRODUCTS = frozenset({"mozilla", "opera"})

_BROWSERS = {
    "Chrome Mobile": "Chrome",
    "Chrome Mobile WebView": "Web view",
    "Chrome Mobile iOS": "Chrome",
    "Edge Mobile": "Edge",
    "Firefox Mobile": "Firefox",
    "Firefox iOS": "Firefox",
    "HeadlessChrome": "Headless Chrome",
    "IE": "Internet Explorer",
    "IE Mobile": "Internet Explorer",
    "Mobile Safari": "Safari",
    "Mobile Safari UI/WKWebView": "Web view",
    "Opera Mobile": "Opera",
}
_SYSTEMS = {"Chrome OS": "ChromeOS", "Mac OS X": "macOS", "WatchOS": "watchOS"}
_APPLE_DEVICE = re.compile(r"\b(?:iPad|iPhone|iPod)\b")

_WARMING = (
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 "
    "(KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36"
)


def describe(user_agent: str | None) -> str | None:
    """Name the program and, of a browser, the device or system that it ran on.

    "Chrome 126 on macOS", "Safari 17 on iPhone", "curl 8.5.0", "acme-python 3.0.0". At most 80
    characters, none of them control or other invisible ones. It is what the client says of itself:
    good for reading, no proof of anything. Only the first 1,024 characters are looked at.

    `user_agent` is the header, best as `clean_header` left it.

    Returns `None` for no header and for one that says nothing known. Never raises.
    """
    return None if user_agent is None else _describe(user_agent[:_LONGEST_READ])


def warm() -> None:
    """Load the browser patterns now (0.2 s), so that no request has to wait for them."""
    _browser(_WARMING)


@cache
def _parser() -> ua_parser.Parser:
    """Give a parser of browsers and systems; the patterns of devices would take as much memory again."""
    browsers, systems, _ = ua_parser.load_lazy_builtins()
    return ua_parser.Parser(ua_parser.BestAvailableResolver((browsers, systems, [])))


@lru_cache(maxsize=_CACHED)
def _describe(user_agent: str) -> str | None:
    visible = _visible(user_agent)
    name = _product(visible) or _browser(visible)
    if name is None or len(name) <= _LONGEST_NAME:
        return name
    return name[: _LONGEST_NAME - 1].rstrip() + "…"


def _visible(text: str) -> str:
    """Join the words of `text` with single spaces, without any control or format character."""
    # Category C holds control, format (bidi too), surrogate, private and unassigned characters.
    # Tabs and line breaks are among them, but they part words.
    kept = (char for char in text if char.isspace() or unicodedata.category(char)[0] != "C")
    return " ".join("".join(kept).split())


def _product(text: str) -> str | None:
    """Read an SDK or a tool, of which the parser of browsers knows few and renames some."""
    found = _PRODUCT.match(text)
    if found is None or found["product"].lower() in _BROWSER_PRODUCTS:
        return None
    return f"{found['product']} {found['version']}"


def _browser(text: str) -> str | None:
    browser = _parser().parse_user_agent(text)
    if browser is None:
        return None
    name = " ".join(filter(None, (_BROWSERS.get(browser.family, browser.family), browser.major)))
    platform = _platform(text)
    return f"{name} on {platform}" if platform else name


def _platform(text: str) -> str | None:
    system = _parser().parse_os(text)
    if system is None:
        return None
    # "iPhone" says more than "iOS"; other devices' names are model numbers that say less.
    if system.family == "iOS" and (device := _APPLE_DEVICE.search(text)):
        return device[0]
    return _SYSTEMS.get(system.family, system.family)

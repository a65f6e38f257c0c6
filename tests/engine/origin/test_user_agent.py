"""User agents as a person would name them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deedbook.engine.origin import describe, user_agent, warm

WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"
APPLE_WEBKIT = "AppleWebKit/605.1.15 (KHTML, like Gecko)"
MAC = f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {WEBKIT}"
WINDOWS = f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {WEBKIT}"
LINUX = f"Mozilla/5.0 (X11; Linux x86_64) {WEBKIT}"
IPHONE = f"Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) {APPLE_WEBKIT}"
IPAD = f"Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) {APPLE_WEBKIT}"
ANDROID = f"Mozilla/5.0 (Linux; Android 14; K) {WEBKIT}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{MAC} Chrome/126.0.0.0 Safari/537.36", "Chrome 126 on macOS"),
        (f"{MAC} Version/17.4.1 Safari/605.1.15", "Safari 17 on macOS"),
        (f"{WINDOWS} Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0", "Edge 126 on Windows"),
        (f"{WINDOWS} Chrome/126.0.0.0 Safari/537.36 OPR/112.0.0.0", "Opera 112 on Windows"),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0",
            "Firefox 128 on Windows",
        ),
        (
            "Mozilla/5.0 (Windows NT 6.1; WOW64; Trident/7.0; rv:11.0) like Gecko",
            "Internet Explorer 11 on Windows",
        ),
        (
            "Opera/9.80 (Windows NT 6.1; U; en) Presto/2.12.388 Version/12.18",
            "Opera 12 on Windows",
        ),
        (f"{LINUX} HeadlessChrome/126.0.0.0 Safari/537.36", "Headless Chrome 126 on Linux"),
        (
            f"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) {WEBKIT} Chrome/126.0.0.0 Safari/537.36",
            "Chrome 126 on ChromeOS",
        ),
        (f"{IPHONE} Version/17.5 Mobile/15E148 Safari/604.1", "Safari 17 on iPhone"),
        (f"{IPAD} Version/17.5 Mobile/15E148 Safari/604.1", "Safari 17 on iPad"),
        (f"{IPHONE} CriOS/126.0.6478.35 Mobile/15E148 Safari/604.1", "Chrome 126 on iPhone"),
        (f"{IPHONE} Mobile/15E148", "Web view on iPhone"),
        (f"{ANDROID} Chrome/126.0.0.0 Mobile Safari/537.36", "Chrome 126 on Android"),
        ("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "Googlebot 2"),
    ],
)
def test_a_browser_is_named_with_what_it_runs_on(text: str, expected: str) -> None:
    assert describe(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("acme-python/3.0.0", "acme-python 3.0.0"),
        ("acme-python/3.0.0 (Linux; Python 3.12)", "acme-python 3.0.0"),
        ("curl/8.5.0", "curl 8.5.0"),
        ("python-requests/2.32.3", "python-requests 2.32.3"),
        ("Go-http-client/1.1", "Go-http-client 1.1"),
        ("aws-cli/2.15.0 Python/3.11.6", "aws-cli 2.15.0"),
        ("acme/v2;beta", "acme v2"),
        ("Zoë/1.0", "Zoë 1.0"),
        ("\tcurl/\u202e8.5\x00.0\r\n", "curl 8.5.0"),
        ("a" * 200 + "/1.0", "a" * 79 + "…"),
    ],
)
def test_an_sdk_is_named_by_its_product_and_version(text: str, expected: str) -> None:
    assert describe(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "  ",
        "node",
        "Mozilla/5.0",
        "<script>/1.0",
        "a/b/1.0",
        "acme/",
        "/1.0",
        "\ud800\x00\x1b",
        " " * 2000 + "curl/8.5.0",
    ],
)
def test_what_says_nothing_known_is_not_guessed_at(text: str | None) -> None:
    assert describe(text) is None


@given(
    st.text(st.characters(exclude_categories=()), max_size=2000)
    | st.from_regex(r"\A(Mozilla/5\.0 \()?[^/ ]{1,100}/\d[^ ]{0,100}")
)
def test_any_header_has_a_short_printable_name_or_none(text: str) -> None:
    name = describe(text)
    if name is not None:
        assert 0 < len(name) <= 80
        assert not [char for char in name if unicodedata.category(char)[0] == "C"]


def test_the_names_are_cached_within_bounds() -> None:
    assert user_agent._describe.cache_parameters()["maxsize"] == 1024


def test_warming_loads_the_patterns() -> None:
    user_agent._parser.cache_clear()
    warm()
    assert user_agent._parser.cache_info().currsize == 1


def test_who_only_likens_itself_to_a_device_is_not_taken_for_it() -> None:
    claim = (
        "Mozilla/5.0 (Mobile; Windows Phone 8.1; rv:11.0) like Gecko like iPhone OS 7_0_3 Safari"
    )
    assert "iPhone" not in (describe(claim) or "")

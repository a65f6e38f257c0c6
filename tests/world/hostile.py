"""Two hundred texts that are meant to hurt whoever stores, shows, sorts or prints them."""

from __future__ import annotations

from typing import Final

_CONTROLS: Final = [f"a{chr(point)}b" for point in (*range(32), 0x7F, *range(0x80, 0xA0))]
_INVISIBLE: Final = [
    f"a{chr(point)}b"
    for point in (
        0x00AD, 0x034F, 0x061C, 0x115F, 0x180E, *range(0x200B, 0x2010), *range(0x2028, 0x2030),
        *range(0x2060, 0x2065), *range(0x2066, 0x2070), 0x3164, 0xFE0F, 0xFEFF, 0xFFF9, 0xFFFD,
        0xFFFE, 0xFFFF, 0xE0001, 0xE0041, 0x1F3F4, 0x10FFFF,
    )
]  # fmt: skip
_SURROGATES: Final = ["\ud800", "\udfff", "a\ud800b", "\udc00\ud800", "\ud83dx\ude00", "\udcff" * 9]
_SCRIPTS: Final = [
    "مرحبا بالعالم", "שלום עולם", "abc\u202efdp.exe", "\u202d\u202etxt", "\u2067\u2066\u2069",
    "😀", "👨‍👩‍👧‍👦", "🏳️‍🌈", "🇧🇷", "é", "e\u0301", "Ω≈ç√∫", "ﷺ" * 20, "Z̸̡̛͓̹̰̗͎a̴̡l̷g̶o̵", "ǅ", "ß", "İ", "\u0131", "ﬀ",
    "田中さん", "한국어", "ก็็็็็", "नमस्ते", "\U0001d518\U0001d52b\U0001d526", "\U0001f468" * 30,
]  # fmt: skip
_MARKUP: Final = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>",
    '"><script>alert(1)</script>', "'-alert(1)-'", "javascript:alert(1)", "</textarea><b>",
    "<iframe srcdoc='<script>parent.document.title=1</script>'>", "<!--", "-->", "]]>", "&lt;b&gt;",
    '<math><mi//xlink:href="data:x,<script>alert(1)</script>">', "{{7*7}}", "${7*7}", "#{7*7}",
    "<%= 7*7 %>", "[x](javascript:alert(1))", "<style>*{display:none}</style>",
    "<a href=//evil.example>x</a>", "<base href=//evil.example>", "<meta http-equiv=refresh>",
    "data:text/html,<script>alert(1)</script>", "vbscript:msgbox(1)", "expression(alert(1))",
]  # fmt: skip
_CODE: Final = [
    "'; DROP TABLE deedbook_entry; --", "' OR '1'='1", '" OR ""="', "1; SELECT pg_sleep(9)",
    "%' ESCAPE '", "_%_%", "\\", "\\\\", "\\'", "$$", "{label}", "{entity_id}", "{0}", "{}", "{{}}",
    "{label.__class__}", "{label!r:>999999999}", "%s%s%n", "%(a)s", "%x", "$HOME", "`id`", "$(id)",
    "| id", "; id", "&& id", "../../../etc/passwd", "..\\..\\boot.ini", "/etc/passwd", "C:\\nul",
    "CON", "NUL", "file:///etc/passwd", "http://169.254.169.254/", "//evil.example", "?a=b&c=d#e",
    "%00", "%0d%0aSet-Cookie:x=y", "%2e%2e%2f", "a\r\nX-Injected: yes", "a\r",
    "=1+1", "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(1)", "\t=1", '"a","b"', "a;b,c", "NaN", "null",
    "undefined", "true", "1e999", "-0", "0x1F", "١٢٣", '{"a":1}', "[1,2]", '"', "'", '","outcome":"x',
    "\\u0000", "\\ud800", "!!python/object:os.system", "<?xml version='1.0'?>", "<!ENTITY x 'y'>",
    "__proto__", "constructor", "toString", "hasOwnProperty", "__class__", "self", "None",
]  # fmt: skip
_TERMINAL: Final = [
    "\x1b[31mred\x1b[0m", "\x1b[2J\x1b[H", "\x1b]0;title\x07", "\x1b]8;;http://evil.example\x07x",
    "\x1b[?1049h", "\x1bP+q\x1b\\", "\x9b31m", "\x1b[6n", "\x08\x08\x08x", "\x1b]52;c;eA==\x07",
    "[red]markup[/red]", "[link=http://evil.example]x[/link]", ":warning:",
]  # fmt: skip
_SIZES: Final = [
    "x" * 10_000,
    "😀" * 2_500,
    "\u202e" * 3_000,
    "<b>" * 3_000,
    " " * 500,
    "a " * 4_000,
]

HOSTILE: Final[tuple[str, ...]] = (
    *_CONTROLS, *_INVISIBLE, *_SURROGATES, *_SCRIPTS, *_MARKUP, *_CODE, *_TERMINAL, *_SIZES,
)  # fmt: skip

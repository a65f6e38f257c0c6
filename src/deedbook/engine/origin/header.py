"""Header values as text that can be stored, whatever a client put in them."""

import re

HEADER_LIMIT = 1024

# Lone surrogates have no UTF-8 form (RFC 8785 needs one) and no text column of PostgreSQL takes
# U+0000. All other characters, control and bidi ones too, are evidence and stay as they came.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_REPLACEMENT = "\ufffd"


def clean_header(text: str | None, limit: int = HEADER_LIMIT) -> str | None:
    """Make a header's value storable, and readable where it was UTF-8.

    HTTP servers decode header bytes as Latin-1; where those bytes are valid UTF-8 they are read as
    such ("Zoë" sent as UTF-8 reads "Zoë"). Lone surrogates and U+0000 become U+FFFD. A value of
    more than `limit` characters keeps its first `limit`, and says so: "… (cut from N characters)",
    where N counts the decoded characters.

    Returns `None` for `None`, when there was no such header.
    """
    if text is None:
        return None
    decoded = _as_utf8(text)
    kept = storable(decoded[:limit])
    return kept if len(decoded) <= limit else f"{kept}… (cut from {len(decoded)} characters)"


def storable(text: str) -> str:
    """Replace the characters that a UTF-8 store cannot hold with U+FFFD, one for one."""
    return _UNSTORABLE.sub(_REPLACEMENT, text)


def _as_utf8(text: str) -> str:
    if text.isascii():
        return text
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text

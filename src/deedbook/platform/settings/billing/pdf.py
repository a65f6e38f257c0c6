"""An invoice as a document of one page (PDF 1.4, ISO 32000-1), by hand: text in a standard font."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

_LEFT: Final = 72
_TOP: Final = 770
_LINE_HEIGHT: Final = 18


def one_page(lines: Sequence[str]) -> bytes:
    """Give a document of size A4 with these lines; characters beyond Latin-1 become question marks."""
    written = "\n".join(f"({_escaped(line)}) Tj T*" for line in lines)
    drawn = f"BT /F1 11 Tf {_LINE_HEIGHT} TL {_LEFT} {_TOP} Td\n{written}\nET".encode(
        "latin-1", "replace"
    )
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources 6 0 R >>",
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(drawn), drawn),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Font << /F1 5 0 R >> >>",
    )
    return _assembled(objects)


def _escaped(line: str) -> str:
    """Escape what would end a string (§7.3.4.2), and leave out control characters."""
    plain = "".join(character for character in line if character.isprintable())
    return plain.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _assembled(objects: Sequence[bytes]) -> bytes:
    """Put objects into a file, with the table of where each begins (§7.5.4)."""
    document, places = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(document))
        document += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = len(document)
    document += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    document += b"".join(b"%010d 00000 n \n" % place for place in places)
    document += b"trailer << /Size %d /Root 1 0 R >>\n" % (len(objects) + 1)
    return bytes(document + b"startxref\n%d\n%%%%EOF\n" % table)

"""The map in a PDF that says which characters its glyph codes stand for, so that text can be copied."""

from collections.abc import Mapping

_BLOCK = 100  # the most entries that a CMap block may have


def to_unicode(texts: Mapping[int, str]) -> bytes:
    """Return a ToUnicode CMap for two-byte codes (ISO 32000-1, 9.10.3)."""
    entries = [
        f"<{code:04X}> <{ord(char):04X}>" if len(char) == 1 and char <= "\uffff" else _entry(code, char)
        for code, char in sorted(texts.items())
    ]
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<0000> <FFFF>",
        "endcodespacerange",
    ]
    for start in range(0, len(entries), _BLOCK):
        block = entries[start : start + _BLOCK]
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines).encode("ascii")


def _entry(code: int, text: str) -> str:
    """Return the entry of a text that is not one character of the first plane."""
    return f"<{code:04X}> <{text.encode('utf-16-be').hex().upper()}>"

"""What a face prints otherwise beside other text: digits among Latin letters, Chinese dashes, ligatures."""

from typing import Any

import uharfbuzz as hb

from kexie_docs.fonts.face import Form, Forms

_VARYING = "0123456789…!\"#%&'*+,-./:;=?@_~–°×·"
"""Characters of no script, which a font may print otherwise among Latin letters."""
_DASH = "—"
_JOINED = ("———", "——", "ffi", "ffl", "ff", "fi", "fl")


def read_forms(face: Any, font: Any) -> Forms:
    """Return the forms of a face that has any, by HarfBuzz; without pair kerning, as word processors set it.

    It takes 0.1 ms for Noto, whose tables have them, and next to nothing for a face without such tables.
    """
    if not face.get_table_script_tags("GSUB"):
        return Forms({}, {}, {})

    def nominal(char: str) -> int:
        return int(font.get_nominal_glyph(ord(char)) or 0)

    def shaped(text: str, script: str, language: str) -> list[tuple[int, int, int]]:
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.direction, buffer.script, buffer.language = "ltr", script, language
        hb.shape(font, buffer, {"kern": False})
        return [
            (info.cluster, info.codepoint, position.x_advance)
            for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
        ]

    latin = {
        _VARYING[cluster]: Form(glyph, advance)
        for cluster, glyph, advance in shaped(_VARYING, "Latn", "en-US")
        if glyph != nominal(_VARYING[cluster])
    }
    ((_, glyph, advance),) = shaped(_DASH, "Hani", "zh-CN")
    chinese = {_DASH: Form(glyph, advance)} if glyph != nominal(_DASH) else {}
    joined: dict[str, int] = {}
    for text in _JOINED:
        found = shaped(text, "Hani" if _DASH in text else "Latn", "en-US")
        if len(found) == 1:
            joined[text] = found[0][2]
    return Forms(latin, chinese, joined)

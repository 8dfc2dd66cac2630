"""fontTable.xml: what a machine without the office fonts has to know to find a stand-in."""

from lxml import etree

from kexie_docs.style.sheet import FontRole, Style
from kexie_docs.writers.docx.oxml import element

_SIMPLIFIED_CHINESE = "86"  # GB2312 character set, hexadecimal

# Family and pitch as the office fonts declare them.
_KIND = {
    FontRole.XIAOBIAOSONG: ("auto", "variable"),
    FontRole.FANGSONG: ("modern", "fixed"),
    FontRole.HEITI: ("modern", "fixed"),
    FontRole.KAITI: ("modern", "fixed"),
    FontRole.SONGTI: ("auto", "variable"),
}


def font_table_element(sheet: Style) -> etree._Element:
    """Return the root of fontTable.xml: every font that the styles name, with its second name."""
    result = element("fonts")
    seen = set()
    for role, name in sheet.word_fonts.items():
        if name in seen:
            continue
        seen.add(name)
        font = element("font", name=name)
        alternate = sheet.word_font_alternates.get(role)
        if alternate:
            font.append(element("altName", val=alternate))
        family, pitch = _KIND[role]
        font.extend(
            [
                element("charset", val=_SIMPLIFIED_CHINESE),
                element("family", val=family),
                element("pitch", val=pitch),
            ]
        )
        result.append(font)
    for named in sheet.named_fonts:
        if named.name not in seen:
            charset = element("charset", val=_SIMPLIFIED_CHINESE)
            result.append(element("font", charset, element("family", val="auto"), name=named.name))
    return result

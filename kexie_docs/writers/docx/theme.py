"""theme1.xml: required by validators; it names no font that the styles do not name."""

from html import escape

from kexie_docs.style.sheet import Style
from kexie_docs.writers.docx.styles import BODY

_COLORS = {
    "dk1": "000000", "lt1": "FFFFFF", "dk2": "3B3B3B", "lt2": "EEEEEE",
    "accent1": "C00000", "accent2": "1F4E79", "accent3": "7F7F7F", "accent4": "BF9000",
    "accent5": "2E75B6", "accent6": "548235", "hlink": "0563C1", "folHlink": "954F72",
}  # fmt: skip

_FILL = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
_LINE = f'<a:ln w="6350">{_FILL}</a:ln>'
_EFFECT = "<a:effectStyle><a:effectLst/></a:effectStyle>"
# The schema asks for three of each: subtle, moderate, intense.
_FORMATS = (
    '<a:fmtScheme name="kexie">'
    f"<a:fillStyleLst>{_FILL * 3}</a:fillStyleLst><a:lnStyleLst>{_LINE * 3}</a:lnStyleLst>"
    f"<a:effectStyleLst>{_EFFECT * 3}</a:effectStyleLst><a:bgFillStyleLst>{_FILL * 3}</a:bgFillStyleLst>"
    "</a:fmtScheme>"
)


def theme_xml(sheet: Style) -> bytes:
    """Return the theme part.

    Word needs none, and nothing in our files refers to it. Its fonts are the body's, since WPS reports every
    font that a file names and the machine lacks.
    """
    name = escape(sheet.word_font(sheet.paragraphs[BODY].font))
    face = "".join(f'<a:{script} typeface="{name}"/>' for script in ("latin", "ea", "cs"))
    colors = "".join(f'<a:{slot}><a:srgbClr val="{color}"/></a:{slot}>' for slot, color in _COLORS.items())
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="kexie">'
        f'<a:themeElements><a:clrScheme name="kexie">{colors}</a:clrScheme>'
        f'<a:fontScheme name="kexie"><a:majorFont>{face}</a:majorFont><a:minorFont>{face}</a:minorFont>'
        f"</a:fontScheme>{_FORMATS}</a:themeElements></a:theme>"
    ).encode()

"""settings.xml: line breaking and compatibility, so that word processors have no freedom left."""

from lxml import etree

from kexie_docs.style.sheet import Style
from kexie_docs.writers.docx.oxml import element
from kexie_docs.writers.docx.properties import zi_width
from kexie_docs.writers.docx.styles import BODY

_COMPATIBILITY = {
    "compatibilityMode": 15,
    "overrideTableStyleFontSizeAndJustification": 1,
    "enableOpenTypeFeatures": 1,
    "doNotFlipMirrorIndents": 1,
    "differentiateMultirowTableHeaders": 1,
    "useWord2013TrackBottomHyphenation": 0,
}
_WORD = "http://schemas.microsoft.com/office/word"


def settings_element(sheet: Style) -> etree._Element:
    """Return the root of settings.xml."""
    rules = sheet.line_breaking
    return element(
        "settings",
        element("zoom", percent=100),
        element("defaultTabStop", val=round(2 * zi_width(sheet.paragraphs[BODY]))),
        element("evenAndOddHeaders"),
        # Punctuation keeps its full width: 28 characters fill every line.
        element("characterSpacingControl", val="doNotCompress"),
        element("noLineBreaksAfter", lang="zh-CN", val=rules.not_at_end),
        element("noLineBreaksBefore", lang="zh-CN", val=rules.not_at_start),
        element(
            "compat",
            # A line that ends in a break is not stretched to the margin.
            element("doNotExpandShiftReturn"),
            *(
                element("compatSetting", name=name, uri=_WORD, val=value)
                for name, value in _COMPATIBILITY.items()
            ),
        ),
        element("decimalSymbol", val="."),
        element("listSeparator", val=","),
    )

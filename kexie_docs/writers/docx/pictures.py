"""A picture between paragraphs: an empty paragraph of its height, with the picture anchored in it.

The paragraph's line is exactly as high as the picture, so every program breaks pages alike; a picture that
stood in the line itself would be cut off by the exact line height that official documents have.
"""

from lxml import etree

from kexie_docs.doctree.nodes import Picture
from kexie_docs.doctree.walk import PICTURE_GAP
from kexie_docs.style.sheet import Style
from kexie_docs.writers.docx.oxml import element
from kexie_docs.writers.docx.package import OpenPackage
from kexie_docs.writers.docx.seal import drawing_run


def picture_element(picture: Picture, package: OpenPackage, sheet: Style) -> etree._Element:
    """Return ``w:p`` with the picture in the middle of the type area."""
    style = sheet.paragraphs[picture.paragraph_style]
    x = (sheet.page.text_width - picture.width) / 2
    y = round(style.space_before * sheet.grid.line_pitch) + PICTURE_GAP
    used = package.add_picture(picture.image)
    return element(
        "p",
        element(
            "pPr",
            element("pStyle", val=style.word_id),
            element("spacing", line=picture.height + PICTURE_GAP, lineRule="exact"),
        ),
        drawing_run(used, (picture.width, picture.height), (x, y), "图片", picture.text),
    )

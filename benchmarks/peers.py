"""The other ways: docxtpl (then LibreOffice), and typst; each as a user would write it, on the same text.

As a program: ``python -m benchmarks.peers docxtpl DATA.json OUT.docx`` or ``typst DATA.json OUT.pdf FONTS``.
"""

import importlib
import json
import sys
from pathlib import Path
from typing import Any

TYPST_SOURCE = """
#let rows = json(bytes(sys.inputs.at("data")))
#set page(paper: "a4", margin: (top: 37mm, bottom: 35mm, left: 28mm, right: 26mm),
  footer-descent: 7mm,
  footer: context align(if calc.odd(counter(page).get().first()) { right } else { left },
    text(font: "FandolSong", size: 14pt)[— #counter(page).display() —]))
#set text(font: "FandolFang R", size: 16pt, lang: "zh", region: "cn", tracking: -0.25pt,
  top-edge: 0.88em, bottom-edge: -0.12em)
#set par(justify: true, leading: 12.95pt, spacing: 12.95pt, first-line-indent: (amount: 2em, all: true))
#for (kind, body) in rows {
  if kind == "title" {
    align(center, text(font: "FandolSong", weight: "bold", size: 22pt, body))
  } else if kind == "heading" {
    par(text(font: "FandolHei", body))
  } else {
    par(body)
  }
}
"""


def make_word_template(path: Path) -> None:
    """Write the Word template that docxtpl fills: page set-up, three styles, a loop."""
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    for name, font, size in (
        ("Normal", "仿宋_GB2312", 16), ("Heading 1", "黑体", 16), ("Title", "方正小标宋简体", 22)
    ):  # fmt: skip
        style = document.styles[name]
        style.font.name, style.font.size = font, Pt(size)
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
        style.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        style.paragraph_format.line_spacing = Pt(28.95)
        style.paragraph_format.space_after = style.paragraph_format.space_before = Pt(0)
        style.paragraph_format.first_line_indent = Pt(0 if name == "Title" else 32)
        style.paragraph_format.alignment = (
            WD_ALIGN_PARAGRAPH.CENTER if name == "Title" else WD_ALIGN_PARAGRAPH.JUSTIFY
        )
    for text, name in (
        ("{%p for kind, text in rows %}", "Normal"),
        ("{%p if kind == 'title' %}", "Normal"), ("{{ text }}", "Title"), ("{%p endif %}", "Normal"),
        ("{%p if kind == 'heading' %}", "Normal"), ("{{ text }}", "Heading 1"), ("{%p endif %}", "Normal"),
        ("{%p if kind == 'body' %}", "Normal"), ("{{ text }}", "Normal"), ("{%p endif %}", "Normal"),
        ("{%p endfor %}", "Normal"),
    ):  # fmt: skip
        document.add_paragraph(text, style=name)
    document.save(str(path))


def fill_word_template(template: Path, data: str, target: Path) -> None:
    """Fill the template with docxtpl."""
    from docxtpl import DocxTemplate

    document = DocxTemplate(str(template))
    document.render({"rows": json.loads(data)}, autoescape=True)
    document.save(str(target))


def typst_module() -> Any:
    """Return typst's module untyped: it is installed for benchmarks only, and type checking does without."""
    return importlib.import_module("typst")


def main() -> None:
    """Run one peer once, as a whole process."""
    peer, data, target, extra = sys.argv[1:]
    text = Path(data).read_text(encoding="utf-8")
    if peer == "docxtpl":
        fill_word_template(Path(extra), text, Path(target))
    else:
        typst_module().compile(
            TYPST_SOURCE.encode(),
            output=target, font_paths=[extra], ignore_system_fonts=True,
            sys_inputs={"data": text},
        )  # fmt: skip


if __name__ == "__main__":
    main()
